"""The counts that stand in frames of the same axes, and how they depend on each other there."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.protect.relations import express
from cauce.protect.span import Vector
from cauce.protect.system.axes import Axis
from cauce.protect.system.derived import derived
from cauce.protect.system.frames import Crossing, Domain, Name, Section, names_of
from cauce.protect.system.parts import Columns, Part

CLOSE = 1e-6
"""How far apart two sums of the same weights may be, as a share: they are added in other orders."""
PLAIN = 2
"""The largest factor of a relation that is more than chance: of as many cells as counts any fits"""


def parts_of(frames: Sequence[Crossing]) -> list[Part]:
    """Each frame with its counts; how they depend on each other is found over all places."""
    alike: dict[tuple[Axis, ...], list[Crossing]] = {}
    for frame in frames:
        alike.setdefault(frame.axes, []).append(frame)
    return derived([filled(group) for group in alike.values()])


def filled(frames: Sequence[Crossing]) -> list[Part]:
    """Frames of the same axes with their counts."""
    names = sorted({name for frame in frames for name in counted(frame)})
    counts = [name for name in names if name[0] != "amount"]
    true = [inner_counts(frame, counts) for frame in frames]
    pairs = zip(frames, true, strict=True)
    loose = frozenset[Name]().union(*(not_sums(frame, counts, of) for frame, of in pairs))
    stacked = np.concatenate(true)
    order = sorted(
        range(len(counts)),
        key=lambda at: (counts[at] in loose, int(stacked[:, at].sum()), counts[at]),
    )
    vectors, own = related([counts[at] for at in order], stacked[:, order])
    for name in names:
        if name[0] == "amount":
            vectors[name] = {len(own): 1}
            own.append(name)
    below = nowhere_larger(counts, stacked, names_beside(frames))
    rows = len(np.unique(stacked, axis=0))
    found = Columns(vectors, tuple(own), below, loose, rows)
    return [
        Part(frame, found, numbers(counts, of) | amounts(frame))
        for frame, of in zip(frames, true, strict=True)
    ]


def numbers(names: Sequence[Name], counts: Ints) -> dict[Name, Floats]:
    return {name: counts[:, at].astype(np.float64) for at, name in enumerate(names)}


def amounts(frame: Crossing) -> dict[Name, Floats]:
    """The weighted sum of every amount in innermost domains, where a total or a mean says it.

    One whose margins are no sums of it, or that is told in two ways, is not said at all.
    """
    places = {domain: position for position, domain in enumerate(frame.inner)}
    found: dict[Name, Floats] = {}
    told: list[tuple[Name, Domain, float]] = []
    for section, row, domain, own in cells_of(frame):
        if "amount" in own:
            name, one = own["amount"], amount(section, row)
            sums = found.setdefault(name, np.full(len(frame.inner), np.nan))
            if np.isfinite(one):
                told.append((name, domain, one))
                if domain in places:
                    sums[places[domain]] = one
    for name, domain, one in told:
        total = found[name][frame.members.get(domain, [])].sum()
        if not np.isclose(total, one, rtol=CLOSE, atol=CLOSE):
            found[name][:] = np.nan
    return found


def amount(section: Section, row: int) -> float:
    """The weighted sum behind a cell of an amount, NaN where its value does not say it."""
    cells = section.judged.table.cells
    one = cells.dataflow.indicators[int(section.judged.table.indicator[row])]
    if cells.n[row] == 0:
        return 0.0
    if one.estimator == "total":
        return float(cells.value[row] / one.scale)
    if one.estimator == "mean":
        return float(cells.value[row] / one.scale * cells.weighted[row])
    return float("nan")


def counted(frame: Crossing) -> set[Name]:
    return {name for one in frame.sections for names in names_in(one) for name in names.values()}


def names_in(section: Section) -> list[dict[str, Name]]:
    """The counts of each indicator of a section, in the order of the dataflow's."""
    table = section.judged.table
    amounts = set(table.indicator[table.amount].tolist())
    present = set(table.indicator[section.rows].tolist())
    return [
        names_of(table.cells.dataflow, at, at in amounts) if at in present else {}
        for at in range(len(table.cells.dataflow.indicators))
    ]


def inner_counts(frame: Crossing, names: Sequence[Name]) -> Ints:
    """What the cells of innermost domains count; 0 where there is no cell."""
    places = {domain: position for position, domain in enumerate(frame.inner)}
    column = {name: at for at, name in enumerate(names)}
    found = np.zeros((len(frame.inner), len(names)), dtype=np.int64)
    for section, row, domain, own in cells_of(frame):
        at = places.get(domain)
        if at is not None:
            for kind, name in own.items():
                if name in column:
                    found[at, column[name]] = count(section, row, kind)
    return found


def cells_of(frame: Crossing) -> list[tuple[Section, int, tuple[int, ...], dict[str, Name]]]:
    """Every cell of a frame: its section, its row in the table, its domain and its counts."""
    found = []
    for section in frame.sections:
        names = names_in(section)
        indicator = section.judged.table.indicator[section.rows].tolist()
        rows, domains = section.rows.tolist(), section.domain.tolist()
        for row, domain, which in zip(rows, domains, indicator, strict=True):
            found.append((section, row, tuple(domain), names[which]))
    return found


def count(section: Section, row: int, kind: str) -> int:
    cells = section.judged.table.cells
    if kind == "rest":
        return int(cells.n[row] - cells.cases[row])
    if kind == "value":
        return round(float(np.nan_to_num(cells.value[row])))
    return int(getattr(cells, kind)[row])


def not_sums(frame: Crossing, names: Sequence[Name], inner: Ints) -> set[Name]:
    """The counts of which a margin is not the sum of what is innermost in it."""
    column, found = {name: at for at, name in enumerate(names)}, set()
    for section, row, domain, own in cells_of(frame):
        sums = inner[frame.members.get(domain, [])].sum(axis=0)
        for kind, name in own.items():
            if name in column and count(section, row, kind) != sums[column[name]]:
                found.add(name)
    return found


def related(names: Sequence[Name], matrix: Ints) -> tuple[dict[Name, Vector], list[Name]]:
    """Each count as a sum of independent ones; one that only fits by odd factors is its own."""
    found = express(matrix)
    own = [
        at
        for at, (vector, factor) in enumerate(found)
        if vector == {at: 1} or factor != 1 or max(map(abs, vector.values()), default=0) > PLAIN
    ]
    sums = {at: vector if at not in own else {at: 1} for at, (vector, _) in enumerate(found)}
    for at in tuple(own):
        if parts := plainly(matrix, at):
            own.remove(at)
            sums[at] = {}
            for part in parts:
                for column, entry in sums[part].items():
                    sums[at][column] = sums[at].get(column, 0) + entry
    place = {at: position for position, at in enumerate(own)}
    vectors = {
        name: {place[at]: 1}
        if at in place
        else {place[column]: entry for column, entry in sums[at].items()}
        for at, name in enumerate(names)
    }
    return vectors, [names[at] for at in own]


def plainly(matrix: Ints, at: int) -> tuple[int, ...]:
    """Which count before it an independent one equals, or the sum of which two; none if neither.

    Where domains are fewer than counts, odd factors that fit by chance hide what is the same.
    """
    before = [one for one in range(at) if matrix[:, one].any()]
    for one in before:
        if np.array_equal(matrix[:, one], matrix[:, at]):
            return (one,)
    for pair in combinations(before, 2):
        if np.array_equal(matrix[:, pair].sum(axis=1), matrix[:, at]):
            return pair
    return ()


def names_beside(frames: Sequence[Crossing]) -> dict[Name, Name]:
    """The amount that stands beside a number of respondents."""
    return {
        own["n"]: own["amount"]
        for frame in frames
        for section in frame.sections
        for own in names_in(section)
        if "amount" in own
    }


def nowhere_larger(
    names: Sequence[Name], matrix: Ints, amounts: dict[Name, Name]
) -> dict[Name, tuple[Name, ...]]:
    """For every count those that pass it in no domain; amounts go with their respondents."""
    found = {}
    for column, name in enumerate(names):
        passes: Flags = np.any(matrix > matrix[:, [column]], axis=0)
        smaller = [other for other, larger in zip(names, passes, strict=True) if not larger]
        beside = [amounts[one] for one in smaller if one in amounts]
        found[name] = (*smaller, *dict.fromkeys(beside))
    return found
