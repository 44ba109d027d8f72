"""What is sent from one end to the other."""

from collections.abc import Sequence

from cauce.portal.corridor.ends import Ends
from cauce.portal.corridor.ranking import others, ranked_words, ranking
from cauce.portal.origins import AREA, ORIGIN, Table, is_of_money
from cauce.portal.words import Words
from cauce.publish.brief.told import Grid, Missing, Section, Tile


def money(tables: Sequence[Table], ends: Ends, words: Words) -> Section | Missing:
    """Remittances sent from the destination to the origin, and those the other way."""
    found = _row(tables, ends)
    if found is None:
        return Missing("money", words("c_money"), words("c_money_needs", **ends.names))
    table, row = found
    period, told = table.period(row), table.figure(row, words)
    ranked = ranking(table, row)
    back = _row([table], ends.back)
    rows = [(ends.destination_name, ends.origin_name, told.value)]
    if back is not None:
        value = table.figure(back[1], words).value
        rows.append((ends.origin_name, ends.destination_name, value))
    heads = (words("c_money_from"), words("c_money_to"), told.unit)
    lead = words("c_money_lead", **ends.names, amount=told.value, unit=told.unit, period=period)
    return Section(
        id="money",
        title=words("c_money"),
        lead=f"{lead} {ranked_words(ranked, ends, words)}",
        pictures=others(ranked, ends, words, "c_money_others"),
        grids=(Grid(f"{words.of(table.flow.name)}, {period}", heads, tuple(rows)),),
        notes=(words("c_money_model"),),
        bases=(table.basis(period, words, REF_AREA=ends.destination, ORIGIN=ends.origin),),
    )


def money_tile(tables: Sequence[Table], ends: Ends, words: Words) -> Tile | None:
    found = _row(tables, ends)
    if found is None:
        return None
    told = found[0].figure(found[1], words)
    note = words("c_money_tile", **ends.names, unit=told.unit, period=found[0].period(found[1]))
    return Tile(words("c_money"), told.value, note)


def _row(tables: Sequence[Table], ends: Ends) -> tuple[Table, int] | None:
    wanted = {AREA: ends.destination, ORIGIN: ends.origin}
    for table in tables:
        if is_of_money(table.flow):
            rows = [r for r in table.rows(wanted) if table.value(r) is not None]
            if rows:
                return table, rows[-1]
    return None
