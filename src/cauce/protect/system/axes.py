"""What tables are broken down by, and how the codes of two lists cut the same people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cauce.model.codelist import TOTAL
from cauce.model.dataflow import Dimension

Atoms = frozenset[str]
Partition = tuple[tuple[str, ...], ...]
Cut = tuple[str, Partition]
"""A concept and the classes its atoms are put into."""


@dataclass(frozen=True)
class Axis:
    """A dimension that adds up: its codes but the total, and of which atoms each is made.

    `concept` says what is classified. Two axes of one concept cut the same people, each into
    classes of its own; an atom is what no list cuts any further.
    """

    id: str
    concept: str
    codes: tuple[str, ...]
    atoms: tuple[Atoms, ...]


@dataclass(frozen=True)
class Lists:
    """Which dimensions classify the same, and what their codes are made of: by (dimension, code).

    What is not named is a concept of its own, each code an atom.
    """

    concepts: Mapping[str, str]
    atoms: Mapping[tuple[str, str], Atoms]

    def axis(self, dimension: Dimension) -> Axis:
        codes = tuple(code.id for code in dimension.codes if code.id != TOTAL)
        atoms = tuple(self.atoms.get((dimension.id, code), frozenset({code})) for code in codes)
        return Axis(dimension.id, self.concepts.get(dimension.id, dimension.id), codes, atoms)


def meet(one: Axis, other: Axis) -> Cut:
    """The finest classes that are sums of codes of both axes."""
    return one.concept, classes((*one.atoms, *other.atoms))


def classes(parts: Iterable[Atoms]) -> Partition:
    """The parts, those that overlap put together."""
    found: list[set[str]] = []
    for part in parts:
        touched = [each for each in found if each & part]
        for each in touched:
            found.remove(each)
        found.append(set(part).union(*touched))
    return tuple(sorted(tuple(sorted(each)) for each in found))


def placed(axis: Axis, cut: Cut) -> tuple[int, ...] | None:
    """The class each code of an axis lies in, -1 for none; None if a code lies across classes."""
    where = {atom: number for number, each in enumerate(cut[1]) for atom in each}
    found: list[int] = []
    for part in axis.atoms:
        lies = {where.get(atom, -1) for atom in part}
        if len(lies) > 1:
            return None
        found.extend(lies)
    return tuple(found)


Level = tuple[Cut, ...]
"""What two frames both break down by, one cut a concept, in order."""


def common(one: Sequence[Axis], other: Sequence[Axis]) -> Level:
    """The finest margins that two sets of axes share."""
    left = list(other)
    found: list[Cut] = []
    for axis in one:
        near = [each for each in left if each.concept == axis.concept]
        if not near:
            continue
        match = axis if axis in near else near[0]
        left.remove(match)
        cut = meet(axis, match)
        if len(cut[1]) > 1:
            found.append(cut)
    return tuple(sorted(found))


def level_of(axes: Sequence[Axis]) -> Level:
    """The margins of a set of axes themselves."""
    return tuple(sorted((axis.concept, classes(axis.atoms)) for axis in axes))


def at_level(axes: Sequence[Axis], level: Level) -> list[tuple[int, tuple[int, ...]]] | None:
    """For every cut the axis that makes it and the class of its codes; None if one does not."""
    free, found = list(range(len(axes))), []
    for cut in level:
        for at in free:
            if axes[at].concept == cut[0] and (lies := placed(axes[at], cut)) is not None:
                free.remove(at)
                found.append((at, lies))
                break
        else:
            return None
    return found


def finer(one: Level, other: Level) -> bool:
    """Whether every cut of the other is one of sums of classes of this one."""
    left = list(one)
    for concept, partition in other:
        where = {atom: number for number, each in enumerate(partition) for atom in each}
        for own in left:
            if own[0] == concept and all(
                len({where.get(atom, -1) for atom in part}) == 1 for part in own[1]
            ):
                left.remove(own)
                break
        else:
            return False
    return True
