"""The unknowns of one place, whatever table they stand in, and every cell as a sum of them.

What one frame counts and a finer one counts too is no unknown of its own: it is the sum of those of
the finer one. So the same count of the same people is one unknown wherever it stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from cauce.model.arrays import Floats
from cauce.protect.span import Vector
from cauce.protect.system.axes import Level, Lists, at_level, level_of
from cauce.protect.system.columns import CLOSE, cells_of
from cauce.protect.system.frames import Domain, Name, Place
from cauce.protect.system.parts import Part
from cauce.protect.system.years import waves_of


@dataclass(frozen=True)
class Side:
    """A count of one side of a gap: a sum of unknowns, and what it comes to, NaN if unsaid."""

    kind: str
    sum: Vector
    true: float


@dataclass
class Union:
    """The unknowns of one place; its parts, the finest first, and what their codes are made of.

    `of` says of every unknown what it counts, `true` how many (or how much) that is, `alone` which
    of them rest on a single person. `alike` are sums known to be 0 as two frames count the same.
    `sides` are, by the number of its table and its row, what a gap tells of those it compares.
    """

    parts: tuple[Part, ...]
    lists: Lists
    of: list[Name] = field(default_factory=list)
    true: list[float] = field(default_factory=list)
    alone: set[int] = field(default_factory=set)
    own: list[dict[tuple[int, int], Vector]] = field(default_factory=list)
    alike: list[Vector] = field(default_factory=list)
    sides: dict[tuple[int, int], tuple[Side, ...]] = field(default_factory=dict)
    _sums: dict[tuple[int, Name, Domain], Vector] = field(default_factory=dict)
    _singles: dict[tuple[int, Name, int], Vector] = field(default_factory=dict)

    @property
    def places(self) -> list[Place]:
        return sorted({part.frame.place for part in self.parts})

    def sum(self, part: int, name: Name, domain: Domain) -> Vector:
        """A count of a margin as a sum of unknowns. It is asked for often: leave it as it is."""
        key = part, name, domain
        found = self._sums.get(key)
        if found is None:
            found = self.over(part, name, self.parts[part].frame.members.get(domain, ()))
            self._sums[key] = found
        return found

    def single(self, part: int, name: Name, position: int) -> Vector:
        """A count of one innermost domain as a sum of unknowns. Leave it as it is."""
        key = part, name, position
        found = self._singles.get(key)
        if found is None:
            found = self._singles[key] = self.over(part, name, (position,))
        return found

    def over(self, part: int, name: Name, positions: Iterable[int]) -> Vector:
        """A count of some innermost domains as a sum of unknowns."""
        vector, own = self.parts[part].columns.vectors[name], self.own[part]
        found: Vector = {}
        for position in positions:
            for column, factor in vector.items():
                for unknown, entry in own[position, column].items():
                    found[unknown] = found.get(unknown, 0) + factor * entry
        return {unknown: entry for unknown, entry in found.items() if entry}


def union(parts: Sequence[Part], known: Lists) -> Union:
    """The unknowns of the frames of one place, not linked yet; a year's come after its quarters."""
    order = sorted(
        parts, key=lambda one: (one.waves > 1, -len(one.frame.axes), -len(one.frame.inner))
    )
    found = Union(tuple(order), known)
    for at, part in enumerate(found.parts):
        found.own.append({})
        finer = [
            [(other, inside)]
            for other in range(at)
            if found.parts[other].frame.place == part.frame.place
            and (inside := within(found.parts[other], part)) is not None
        ]
        for column, name in enumerate(part.columns.own):
            shorter = waves_of(found.parts, part, name) if part.waves > 1 else []
            sources = [shorter, *finer] if shorter else finer
            if not any(take_in(found, at, column, one) for one in sources):
                begin(found, at, column, name)
    return found


def has(part: Part, name: Name) -> bool:
    """Whether margins of a part are sums of such a count."""
    return name in part.columns.vectors and name not in part.columns.loose


Source = Sequence[tuple[int, Sequence[Sequence[int]]]]
"""Parts, each with the positions of its innermost domains in each of another part."""


def take_in(found: Union, at: int, column: int, source: Source) -> bool:
    """Make a count the sum of what finer parts count; False if that is something else."""
    name = found.parts[at].columns.own[column]
    if not all(has(found.parts[finer], name) for finer, _ in source):
        return False
    fine = [found.parts[finer].true[name] for finer, _ in source]
    sums = np.array(
        [
            [of[list(positions)].sum() for positions in inside]
            for of, (_, inside) in zip(fine, source, strict=True)
        ]
    ).sum(axis=0)
    every = np.array(sum(of.sum() for of in fine))
    if not same(sums, found.parts[at].true[name]) or not same(sums.sum(), every):
        return False
    for position in range(len(found.parts[at].frame.inner)):
        vector: Vector = {}
        for finer, inside in source:
            vector |= found.over(finer, name, inside[position])
        found.own[at][position, column] = vector
    return True


def same(one: Floats, other: Floats) -> bool:
    """Whether two sums are one; of what cannot be said nothing contradicts it."""
    unknown = np.isnan(one) | np.isnan(other)
    return bool((unknown | np.isclose(one, other, rtol=CLOSE, atol=CLOSE)).all())


def begin(found: Union, at: int, column: int, name: Name) -> None:
    """Make a count of every innermost domain an unknown of its own."""
    single = alone(found.parts[at], name)
    for position, true in enumerate(found.parts[at].true[name].tolist()):
        if position in single:
            found.alone.add(len(found.of))
        found.own[at][position, column] = {len(found.of): 1}
        found.of.append(name)
        found.true.append(true)


def alone(part: Part, name: Name) -> set[int]:
    """The innermost domains in which a single person is counted, or earns all of an amount."""
    if name[0] == "missing":
        return set()
    if name[0] != "amount":
        return set(np.flatnonzero(part.true[name] == 1).tolist())
    places = {domain: position for position, domain in enumerate(part.frame.inner)}
    return {
        places[domain]
        for section, row, domain, own in cells_of(part.frame)
        if own.get("amount") == name
        and domain in places
        and section.judged.table.cells.cases[row] == 1
    }


def within(fine: Part, coarse: Part) -> list[list[int]] | None:
    """The innermost domains of the finer frame in each of the coarser; None if it is not finer."""
    level = level_of(coarse.frame.axes)
    theirs, ours = at_margins(coarse, level), at_margins(fine, level)
    if theirs is None or ours is None or len(theirs) < len(coarse.frame.inner):
        return None
    place = {positions[0]: lies for lies, positions in theirs.items()}
    return [ours.get(place[at], []) for at in range(len(coarse.frame.inner))]


def at_margins(part: Part, level: Level) -> dict[Domain, list[int]] | None:
    """The innermost domains in every class of a level; None if the frame does not have it."""
    found = at_level(part.frame.axes, level)
    if found is None:
        return None
    margins: dict[Domain, list[int]] = {}
    for position, domain in enumerate(part.frame.inner):
        lies = tuple(codes[domain[at]] for at, codes in found)
        if -1 not in lies:
            margins.setdefault(lies, []).append(position)
    return margins
