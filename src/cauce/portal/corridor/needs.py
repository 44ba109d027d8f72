"""The outlook of a corridor: what its destination will lack, beside what its origin could spare."""

from cauce.portal.corridor.ends import Ends
from cauce.portal.origins import Table
from cauce.portal.outlook.rows import Row, codes, row
from cauce.portal.outlook.shelf import Run, runs_of
from cauce.portal.words import Words
from cauce.publish.brief.told import Item, Section
from cauce.store import Snapshot

SHORTAGE, SURPLUS, GAP = "SHORTAGE", "SURPLUS", "PRJ_GAP_NB"


def needs(snapshot: Snapshot, ends: Ends, words: Words) -> Section | None:
    """Projected shortages there and surpluses here; None where the destination has no outlook.

    A class stands only where its probability supports it; what is missing of the origin is said.
    """
    found = runs_of(snapshot)
    if ends.destination not in found:
        return None
    run = next(iter(found[ends.destination].values()))
    table = run.table("GROUP") or run.table("OCCUPATION")
    if table is None:
        return None
    there = _classed(run, table, words)
    items = [_item(one, words) for one in there if _is(one, SHORTAGE)]
    notes = [words("c_outlook_never"), *_origin(found.get(ends.origin, {}), ends, words)]
    return Section(
        id="outlook",
        title=words("c_outlook"),
        lead=words(
            "c_outlook_lead",
            **ends.names,
            short=len(items),
            all=len(there),
            horizon=run.years[-1],
        ),
        items=tuple(items),
        notes=tuple(notes),
        bases=(table.basis(f"{run.years[0]}–{run.years[-1]}", words),),
    )


def _classed(run: Run, table: Table, words: Words) -> list[Row]:
    return [row(run, table, code, run.years[-1], words) for code in codes(table)]


def _is(one: Row, which: str) -> bool:
    return one.judged is not None and one.judged.id == which


def _item(one: Row, words: Words) -> Item:
    gap = one.cells.get(GAP)
    told = one.judged.told if one.judged else ""
    number = f"{gap.told} (80 %: {gap.interval})" if gap and gap.told else ""
    said = words("c_outlook_missing", count=number) if number else ""
    return Item(one.name, " · ".join(filter(None, (said, told))), one.href)


def _origin(runs: dict[str, Run], ends: Ends, words: Words) -> list[str]:
    """Which occupations the origin has too many of, or that nobody knows."""
    if not runs:
        return [words("c_outlook_origin_none", **ends.names)]
    run = next(iter(runs.values()))
    table = run.table("GROUP") or run.table("OCCUPATION")
    spare = [one.name for one in _classed(run, table, words) if _is(one, SURPLUS)] if table else []
    if not spare:
        return [words("c_outlook_origin_no_surplus", **ends.names)]
    return [words("c_outlook_origin", **ends.names, occupations="; ".join(spare))]
