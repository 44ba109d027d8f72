"""Counts that never share a table and depend on each other all the same.

One table shows the unemployed, another the labour force and the employed: by the margins the two
share, the first follow from the second. Such relations are searched for in the counts of all
tables, on every level that several break down to, over all places and periods together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from cauce.model.arrays import Ints
from cauce.protect.relations import express
from cauce.protect.span import Span, Vector
from cauce.protect.system.axes import Axis, Level, at_level, common, finer, level_of
from cauce.protect.system.columns import PLAIN
from cauce.protect.system.derived import MORE, following
from cauce.protect.system.frames import Domain, Name, Place
from cauce.protect.system.parts import Part
from cauce.protect.system.union import Union, at_margins

SURE = 10
"""Of how many bits the evidence of a relation is besides those that choose it: 1 in 1,000."""

Axes = tuple[Axis, ...]
Term = tuple[Axes, Name, int]


@dataclass(frozen=True)
class Relation:
    """Counts, each times a whole number, that add up to 0 in every class of a level.

    Each is named with the axes of the frame that has it.
    """

    level: Level
    terms: tuple[Term, ...]


def across(parts: Sequence[Part]) -> list[Relation]:
    """The relations between counts of frames of different axes, each once, the finest first."""
    search = _Search(parts)
    return [one for level in levels(search.axes) for one in search.at(level)]


def followed(parts: Sequence[Part], known: Sequence[Relation]) -> list[Part]:
    """All parts with the counts that follow, by what holds across tables, from those they have."""
    groups: dict[Axes, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.frame.axes, []).append(part)
    named = [{name: factor for _, name, factor in one.terms} for one in known]
    whole = [
        equation
        for equation, one in zip(named, known, strict=True)
        if len(equation) == len(one.terms)
    ]
    return following(groups.values(), whole)


def levels(axes: Iterable[Axes]) -> list[Level]:
    """What any number of frames share, the finest first."""
    own = {level_of(one) for one in axes}
    found, fresh = set(own), own
    while fresh:
        pairs = {common(cuts(one), cuts(other)) for one in fresh for other in own}
        fresh = pairs - found
        found |= fresh
    return sorted(found, key=lambda level: (-len(level), -sum(len(of) for _, of in level), level))


def cuts(level: Level) -> Axes:
    """The classes of a level as if they were codes."""
    return tuple(
        Axis(concept, concept, ("",) * len(partition), tuple(map(frozenset, partition)))
        for concept, partition in level
    )


class _Search:
    """The frames of a release by their axes, and which relations were found already."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts: dict[Axes, dict[Place, Part]] = {}
        for part in parts:
            self._parts.setdefault(part.frame.axes, {})[part.frame.place] = part
        self.axes = list(self._parts)
        self._id: dict[tuple[int, Name], int] = {}
        self._known: list[tuple[Level, Vector]] = []

    def at(self, level: Level) -> Iterator[Relation]:
        """What is new at a level."""
        having = [at for at, one in enumerate(self.axes) if at_level(one, level) is not None]
        here: dict[Place, list[int]] = {}
        for at in having:
            for place in self._parts[self.axes[at]]:
                here.setdefault(place, []).append(at)
        together = sorted({tuple(one) for one in here.values() if len(one) > 1})
        for frames in sorted(together, key=lambda one: (-len(one), one)):
            places = [place for place in sorted(here) if set(frames) <= set(here[place])]
            yield from self._among(level, frames, places)

    def _among(
        self, level: Level, frames: Sequence[int], places: Sequence[Place]
    ) -> Iterator[Relation]:
        names = [(at, name) for at in frames for name in self._names(at)]
        rows = [self._counts(level, frames, place) for place in places]
        span = Span([])
        for finest, vector in self._known:
            if finer(finest, level):
                span.adds(vector)
        for found in relations(np.concatenate(rows)):
            terms = [(*names[column], factor) for column, factor in sorted(found.items())]
            # What one table says of itself holds wherever it stands, not only in these places.
            if len({at for at, _, _ in terms}) == 1:
                continue
            vector = {self._number(at, name): factor for at, name, factor in terms}
            if span.adds(vector):
                self._known.append((level, vector))
                # What bears one name is linked as one count already.
                if len({name for _, name, _ in terms}) > 1:
                    named = ((self.axes[at], name, factor) for at, name, factor in terms)
                    yield Relation(level, tuple(named))

    def _names(self, at: int) -> list[Name]:
        columns = next(iter(self._parts[self.axes[at]].values())).columns
        return [one for one in columns.own if one[0] != "amount" and one not in columns.loose]

    def _number(self, at: int, name: Name) -> int:
        return self._id.setdefault((at, name), len(self._id))

    def _counts(self, level: Level, frames: Sequence[int], place: Place) -> Ints:
        """What the frames count in every class of one place, shape (classes, counts)."""
        parts = [self._parts[self.axes[at]][place] for at in frames]
        margins = [at_margins(part, level) or {} for part in parts]
        lies: list[Domain] = sorted(set().union(*margins))
        columns = [
            [part.true[name][own.get(one, [])].sum() for one in lies]
            for at, part, own in zip(frames, parts, margins, strict=True)
            for name in self._names(at)
        ]
        return np.array(columns, dtype=np.int64).reshape(len(columns), len(lies)).T


def relations(counts: Ints) -> Iterator[Vector]:
    """The sums of columns that are 0 in every row, too many or too large rows for chance.

    Where rows are more than independent columns all are found. Where they are few, as of one wave
    by sex, those of two or three columns: what is equal, and what is the sum of two others.

    Args:
        counts: shape (rows, columns).
    """
    rows = np.unique(counts, axis=0)
    first: dict[bytes, int] = {}
    for column in np.argsort(rows.sum(axis=0), kind="stable").tolist():
        if rows[:, column].any():
            first.setdefault(rows[:, column].tobytes(), column)
    own = list(first.values())
    found = express(rows[:, own])
    independent = {at for vector, _ in found for at in vector}
    many = len(rows) >= len(independent) + MORE
    for column in range(rows.shape[1]):
        twin = first.get(rows[:, column].tobytes(), column)
        if twin != column and (many or evident(rows[:, [twin]], len(own) + 1)):
            yield {twin: 1, column: -1}
    yield from plain(found, own) if many else pairs(rows, first)


def plain(found: Sequence[tuple[Vector, int]], own: Sequence[int]) -> Iterator[Vector]:
    """Relations that are more than chance by their factors."""
    for at, (vector, factor) in enumerate(found):
        if vector != {at: 1} and factor == 1 and max(map(abs, vector.values())) <= PLAIN:
            yield {own[at]: -1, **{own[other]: entry for other, entry in vector.items()}}


def pairs(rows: Ints, first: dict[bytes, int]) -> Iterator[Vector]:
    """The columns that are the sum of two others, where no chance makes them so."""
    own = list(first.values())
    for at, one in enumerate(own):
        for other in own[at + 1 :]:
            whole = first.get((rows[:, one] + rows[:, other]).tobytes())
            if whole is not None and evident(rows[:, [one, other]], len(own)):
                yield {whole: 1, one: -1, other: -1}


def evident(parts: Ints, columns: int) -> bool:
    """Whether the smaller of some numbers is so large, in so many rows, that no chance fits it.

    One of 1,000 is hit by chance once in 1,000 times; of `columns` there are so many to try.
    """
    bits = float(np.log2(1 + parts.min(axis=1)).sum())
    enough: bool = bits >= (parts.shape[1] + 1) * log2(max(columns, 2)) + SURE
    return enough


def tie(found: Union, known: Sequence[Relation]) -> None:
    """Take what holds across tables as known of a place."""
    for place in found.places:
        at = {
            part.frame.axes: number
            for number, part in enumerate(found.parts)
            if part.frame.place == place
        }
        for one in known:
            if all(axes in at for axes, _, _ in one.terms):
                found.alike += filter(None, tied(found, one, at))


def tied(found: Union, relation: Relation, at: dict[Axes, int]) -> Iterator[Vector]:
    """The sums of unknowns that a relation says are 0, one a class; empty if they are by name."""
    margins = {
        axes: at_margins(found.parts[at[axes]], relation.level) or {}
        for axes, _, _ in relation.terms
    }
    for lies in sorted(set().union(*margins.values())):
        vector: Vector = {}
        for axes, name, factor in relation.terms:
            sums = found.over(at[axes], name, margins[axes].get(lies, []))
            for unknown, entry in sums.items():
                vector[unknown] = vector.get(unknown, 0) + factor * entry
        yield {unknown: entry for unknown, entry in vector.items() if entry}
