"""The numbers of a crisis as a reader sees them: a middle with its range, or why there is none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor, isfinite, log10

from cauce.model.crisis import Crisis
from cauce.model.observation import ConfStatus, Observations
from cauce.portal.words import Words
from cauce.store import Damaged, NotPublished, Snapshot, Withdrawn
from cauce.store.keys import rows_at

DIGITS = 3
"""Significant digits: a range of tens of thousands is not told to the last person."""


@dataclass(frozen=True)
class Range:
    """A number in words; `told` is "" where there is none, and `why` says why."""

    told: str
    span: str
    why: str
    raw: float | None


@dataclass(frozen=True)
class Numbers:
    """The dataflows of one crisis, asked by the codes of their dimensions."""

    crisis: Crisis
    tables: Mapping[str, Observations]
    words: Words

    def range(self, part: str, indicator: str, **codes: str) -> Range:
        """The number of these codes; a dimension that is not named stands at its total or first."""
        found = self.tables.get(part)
        row = None if found is None else _row(found, {"INDICATOR": indicator, **codes})
        if found is None or row is None:
            return Range("", "", self.words("crisis_not_produced"), None)
        value, low, high = (float(x[row]) for x in (found.value, found.ci_low, found.ci_high))
        if not isfinite(value):
            few = found.conf_status[row] is not ConfStatus.FREE
            why = self.words("crisis_few" if few else "crisis_not_produced")
            return Range("", "", why, None)
        told = [self.told(each) for each in (value, low, high)]
        span = "" if low == high else self.words("crisis_span", low=told[1], high=told[2])
        return Range(told[0], span, "", value)

    def told(self, value: float) -> str:
        """Rounded to three digits, as the language writes numbers."""
        if value == 0:
            return self.words.number(value, 0)
        step = 10.0 ** max(0, floor(log10(abs(value))) + 1 - DIGITS)
        return self.words.number(round(value / step) * step, 0)

    def codes(self, part: str, dimension: str) -> list[tuple[str, str]]:
        """The codes of a dimension but its total, with their names."""
        found = self.tables.get(part)
        if found is None:
            return []
        named = next((d for d in found.dataflow.dimensions if d.id == dimension), None)
        codes = () if named is None else named.codes
        return [(code.id, self.words.of(code.name)) for code in codes if code.id != "_T"]

    def own(self, part: str, at: int) -> str:
        """The id of the dimension that stands so many places after CRISIS; "" if there is none."""
        found = self.tables.get(part)
        inner = () if found is None else found.dataflow.dimensions[4:-1]
        return inner[at].id if at < len(inner) else ""


def _row(found: Observations, codes: Mapping[str, str]) -> int | None:
    positions = []
    for dimension in found.dataflow.dimensions:
        ids = [code.id for code in dimension.codes]
        wanted = codes.get(dimension.id, ids[0])
        if wanted not in ids:
            return None
        positions.append(ids.index(wanted))
    rows = rows_at(found, positions)
    return int(rows[0]) if len(rows) else None


def crises(snapshot: Snapshot) -> dict[str, Crisis]:
    """The crises of a generation by their id, the latest first."""
    found = {m.crisis.id: m.crisis for m in snapshot.flows() if m.crisis is not None}
    return dict(sorted(found.items(), key=lambda item: (item[1].month, item[0]), reverse=True))


def numbers_of(snapshot: Snapshot, crisis: Crisis, words: Words) -> Numbers:
    """The numbers of a crisis; a dataflow that was withdrawn since is none of them."""
    tables = {}
    for part, flow in crisis.flows.items():
        try:
            tables[part] = snapshot.observations(flow)
        except (NotPublished, Withdrawn, Damaged):
            continue
    return Numbers(crisis, tables, words)


def crisis_paths(snapshot: Snapshot) -> Iterator[str]:
    """The pages of crises without the language; none where none is published."""
    found = crises(snapshot)
    yield from ("/crises", *(f"/crises/{id_}" for id_ in found)) if found else ()
