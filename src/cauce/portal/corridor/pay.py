"""What movers earn beside natives: means, and the gap as surveys and packs declare it."""

from collections.abc import Iterator, Sequence

from cauce.model.codelist import TOTAL
from cauce.model.indicator import Indicator
from cauce.portal.corridor.ends import Ends
from cauce.portal.corridor.survey import Survey, bases, lines, under
from cauce.portal.corridor.testing import Compared
from cauce.portal.origins import INDICATOR, ORIGIN, Table, Tables
from cauce.portal.words import Words
from cauce.publish.brief.told import Grid, Missing, Picture, Section, Tile
from cauce.publish.charts.dots import dots

EARNINGS = ("EAR_XEES", "EAR_HEES", "SDG_0851", "LMIS_EARMED_SEX_NB", "LMIS_EARMEDH_SEX_NB")
SEXES = (TOTAL, "F", "M")
Gap = tuple[Table, int]


def pay(
    tables: Tables, found: Sequence[Survey], compared: Compared, ends: Ends, words: Words
) -> Section | Missing:
    """Mean earnings of both, and the gaps between them."""
    contrasts = [
        each
        for survey in found
        for each in under(
            survey, lines(survey, EARNINGS, compared, words), EARNINGS, words("c_pay"), words
        )
    ]
    gaps = list(_gaps(tables, ends))
    if not contrasts and not gaps:
        return Missing("pay", words("c_pay"), words("c_pay_needs", **ends.names))
    own = list({table.flow.id: (table, row) for table, row in gaps}.values())
    survey_bases = tuple(each for s in found for each in bases(s, EARNINGS, words))
    return Section(
        id="pay",
        title=words("c_pay"),
        lead=" ".join(_leads(gaps, words)) or words("c_pay_lead", **ends.names),
        pictures=_picture(gaps, words),
        contrasts=tuple(contrasts),
        grids=_grid(gaps, words),
        notes=(words("c_pay_note"),) if gaps else (),
        bases=survey_bases
        + tuple(t.basis(t.period(r), words, INDICATOR=t.indicator(r).id) for t, r in own),
    )


def pay_tile(tables: Tables, ends: Ends, words: Words) -> Tile | None:
    for table, row in _gaps(tables, ends):
        told = table.figure(row, words)
        note = words("c_interval", interval=told.interval) if told.interval else ""
        return Tile(
            words("c_pay_gap"), f"{told.value} %", f"{note} · {table.period(row)}".strip(" ·")
        )
    return None


def _gaps(tables: Tables, ends: Ends) -> Iterator[Gap]:
    """Numbers of gaps between the two in particular, natives first, the last period of each."""
    for manifest in tables.manifests:
        flow = manifest.dataflow
        if flow.source.area != ends.destination or any(d.id == ORIGIN for d in flow.dimensions):
            continue
        mine = [each for each in flow.indicators if _is_between(each, ends)]
        table = tables.table(manifest) if mine else None
        for each in mine:
            for sex in SEXES:
                wanted = {INDICATOR: each.id} | ({"SEX": sex} if table and table.has("SEX") else {})
                rows = table.latest(wanted) if table else []
                if table and rows and table.value(rows[-1]) is not None:
                    yield table, rows[-1]
                if table and not table.has("SEX"):
                    break


def _is_between(indicator: Indicator, ends: Ends) -> bool:
    """Whether an indicator is the gap in pay between those from there and those from here."""
    gap = indicator.estimator in ("relative_gap", "factor_gap") and "EARN" in indicator.numerator
    return (
        gap
        and f"'{ends.destination}'" in indicator.first
        and f"'{ends.origin}'" in indicator.second
    )


def _leads(gaps: Sequence[Gap], words: Words) -> Iterator[str]:
    for table, row in gaps:
        if not table.has("SEX") or table.code(row, "SEX") == TOTAL:
            told = table.figure(row, words)
            name = words.of(table.indicator(row).name)
            yield words("c_pay_gap_lead", name=name, value=told.value, interval=told.interval)


def _label(table: Table, row: int, words: Words) -> str:
    """The name of a gap; of a sex, below the gap of all, only whose it is."""
    if table.has("SEX") and table.code(row, "SEX") != TOTAL:
        return f"– {table.name(row, 'SEX', words)}"
    return words.of(table.indicator(row).name)


def _picture(gaps: Sequence[Gap], words: Words) -> tuple[Picture, ...]:
    points = [table.point(row, _label(table, row, words), words) for table, row in gaps]
    if not points:
        return ()
    title = words("c_pay_picture")
    said = "; ".join(point.told for point in points)
    return (Picture(lambda width: dots(title, said, points, words.plain, width=width), title),)


def _grid(gaps: Sequence[Gap], words: Words) -> tuple[Grid, ...]:
    rows = []
    for table, row in gaps:
        told = table.figure(row, words)
        rows.append((_label(table, row, words), told.value, told.interval, told.n))
    heads = ("", words("unit_PT"), words("c_ci"), words("c_n"))
    return (Grid(words("c_pay_picture"), heads, tuple(rows)),) if rows else ()
