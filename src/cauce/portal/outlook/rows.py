"""What is said of each occupation, as one row: now, expected, openings, supply, gap, class."""

from dataclasses import dataclass

from cauce.model.codelist import Code
from cauce.model.rule import rule_in
from cauce.portal.figures import Figure
from cauce.portal.links import address, explain_address
from cauce.portal.origins import Table
from cauce.portal.outlook.shelf import Run
from cauce.portal.words import Words
from cauce.store.keys import key_text

CLASS, SKILL = "GAP_CLASS", "SKILL_LEVEL"
HIDDEN = frozenset({"_T", "_U", "_Z", "_X", "_N"})


@dataclass(frozen=True)
class Cell:
    """A number as told, with its interval of 80 % and the page behind it, or why there is none."""

    told: str
    interval: str
    why: str
    href: str
    raw: float | None
    low: float | None = None
    high: float | None = None

    @property
    def there(self) -> bool:
        return self.raw is not None


@dataclass(frozen=True)
class Judged:
    """A class of a gap: its code, its words, and the probability it rests on."""

    id: str
    name: str
    told: str


@dataclass(frozen=True)
class Row:
    """One occupation at the horizon; what the run does not say of it is None."""

    code: str
    name: str
    href: str
    now: Cell | None
    cells: dict[str, Cell]
    judged: Judged | None


def own_dimension(table: Table) -> str:
    """The dimension of occupations of a projected table: the first of its own."""
    return table.flow.dimensions[4].id


def codes(table: Table) -> list[Code]:
    """The occupations a table has numbers of, in the order of the classification."""
    dimension = own_dimension(table)
    j = [d.id for d in table.flow.dimensions].index(dimension)
    there = set(table.observations.key[:, j].tolist())
    listed = enumerate(table.flow.dimensions[j].codes)
    return [code for at, code in listed if at in there and code.id not in HIDDEN]


def cell(table: Table, row: int, words: Words) -> Cell:
    told = table.figure(row, words)
    key = key_text(table.flow, table.observations.key[row].tolist())
    href = explain_address(words.language, table.flow.id, key, table.period(row), "")
    why = "" if told.value else _why(table, row, told, words)
    return Cell(told.value, told.interval, why, href, told.raw, told.low, told.high)


def _why(table: Table, row: int, told: Figure, words: Words) -> str:
    """The rule that keeps a number back; else that there is none, for want of an input."""
    said = rule_in(table.observations.rule[row], words.language)
    nobody = any(flag == "impossible" or flag.startswith("status_") for flag in told.flags)
    return said or (words("o_no_source") if nobody else told.why)


def at(table: Table, indicator: str, code: str, year: str, words: Words) -> Cell | None:
    """The number of an indicator, occupation and year; None if the table lacks the indicator."""
    time = table.flow.dimensions[-1].id
    if not table.has("INDICATOR", indicator) or not table.has(time, year):
        return None
    wanted = {"INDICATOR": indicator, own_dimension(table): code, time: year}
    rows = table.rows(wanted)
    return cell(table, rows[0], words) if rows else None


def now(run: Run, table: Table, code: str, words: Words) -> Cell | None:
    """What the survey says of the base year."""
    observed = run.observed(own_dimension(table), "EMP_TEMP")
    if observed is None:
        return None
    rows = observed.rows({"INDICATOR": "EMP_TEMP", own_dimension(table): code})
    return cell(observed, rows[-1], words) if rows else None


def row(run: Run, table: Table, code: Code, year: str, words: Words) -> Row:
    """All that a run says of an occupation until a year."""
    names = [one.id for one in table.flow.indicators]
    found = {name: at(table, name, code.id, year, words) for name in names}
    return Row(
        code=code.id,
        name=words.of(code.name),
        href=address(f"/{words.language}/outlook/{run.area.id}/{code.id}", {"scenario": run.asked}),
        now=now(run, table, code.id, words),
        cells={
            **{name: one for name, one in found.items() if one is not None},
            **gap(run, code.id, year, words),
        },
        judged=judged(run, code.id, year, words),
    )


def judged(run: Run, code: str, year: str, words: Words) -> Judged | None:
    """The class of the gap, as published, with the probability behind it; None if there is none."""
    table = run.table("GAPS")
    if table is None or not table.has(own_dimension(table), code):
        return None
    time = table.flow.dimensions[-1].id
    wanted = {"INDICATOR": "PRJ_GAP_PR", own_dimension(table): code, time: year}
    rows = table.rows(wanted, (CLASS, SKILL))
    if not rows:
        return None
    which = table.code(rows[0], CLASS)
    number = table.figure(rows[0], words).value
    told = words("o_sure", probability=number) if number else ""
    return Judged(which, table.name(rows[0], CLASS, words), told)


def gap(run: Run, code: str, year: str, words: Words) -> dict[str, Cell]:
    """The gap of an occupation in people and as a part of employment, by indicator."""
    table = run.table("GAPS")
    if table is None or not table.has(own_dimension(table), code):
        return {}
    time = table.flow.dimensions[-1].id
    found = {}
    for indicator in ("PRJ_GAP_NB", "PRJ_GAP_RT"):
        wanted = {"INDICATOR": indicator, own_dimension(table): code, time: year}
        if rows := table.rows(wanted, (CLASS, SKILL)):
            found[indicator] = cell(table, rows[0], words)
    return found
