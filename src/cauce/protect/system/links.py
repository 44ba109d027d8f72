"""What two frames both count and neither is finer in: the margins they share are equal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cauce.protect.span import Span, Vector
from cauce.protect.system.axes import Level, common, finer
from cauce.protect.system.frames import Domain, Name, Place
from cauce.protect.system.parts import Part
from cauce.protect.system.union import Union, at_margins, has, same

Margins = dict[Domain, list[int]]


@dataclass
class Group:
    """A level, and for every part that has it the domains in each of its classes."""

    level: Level
    margins: dict[int, Margins]


def link(found: Union) -> None:
    """Equate the margins that parts share, the finest first, so that each is told once."""
    for place in found.places:
        link_place(found, place)


def link_place(found: Union, place: Place) -> None:
    tied: list[tuple[Level, Name, list[set[int]]]] = []
    for group in groups(found.parts, place):
        fresh = Fresh(found.parts)
        for name in names_at(found, group):
            carriers = [at for at in group.margins if has(found.parts[at], name)]
            sets = [{at} for at in carriers]
            for level, other, known in tied:
                if other == name and finer(level, group.level):
                    sets = merged(sets, known)
            sets = joined(found, group, name, sets, fresh)
            tied.append((group.level, name, sets))


def groups(parts: Sequence[Part], place: Place) -> list[Group]:
    """The levels that any two parts of a place share, the finest first."""
    here = [(at, part) for at, part in enumerate(parts) if part.frame.place == place]
    levels = {
        common(one.frame.axes, other.frame.axes)
        for number, (_, one) in enumerate(here)
        for _, other in here[:number]
        if not one.columns.vectors.keys().isdisjoint(other.columns.vectors)
    }
    order = sorted(levels, key=lambda level: (-len(level), -size(level), level))
    return [
        Group(
            level,
            {at: margins for at, part in here if (margins := at_margins(part, level)) is not None},
        )
        for level in order
    ]


def size(level: Level) -> int:
    found = 1
    for _, partition in level:
        found *= len(partition)
    return found


def names_at(found: Union, group: Group) -> list[Name]:
    """What several parts of a group count, margins of which are sums; independent ones first."""
    seen: dict[Name, int] = {}
    own: set[Name] = set()
    for at in group.margins:
        columns = found.parts[at].columns
        own |= set(columns.own)
        for name in columns.vectors.keys() - columns.loose:
            seen[name] = seen.get(name, 0) + 1
    several = (name for name, times in seen.items() if times > 1)
    return sorted(several, key=lambda name: (name not in own, name))


def merged(sets: list[set[int]], known: list[set[int]]) -> list[set[int]]:
    """The sets, those put together that a known one joins."""
    for each in known:
        touched = [one for one in sets if one & each]
        if len(touched) > 1:
            sets = [one for one in sets if not one & each] + [set().union(*touched)]
    return sets


def joined(
    found: Union, group: Group, name: Name, sets: list[set[int]], fresh: "Fresh"
) -> list[set[int]]:
    """Equate a count of each set with that of the first, if it is the same in truth."""
    sets = sorted(sets, key=min)
    done = [set(each) for each in sets[:1]]
    for each in sets[1:]:
        one, other = (
            min(each),
            next(
                (min(own) for own in done if agree(found, group, name, min(own), min(each))), None
            ),
        )
        if other is None:
            done.append(set(each))
            continue
        if fresh.adds(name, other, one):
            found.alike += equated(found, group, name, other, one)
        next(own for own in done if other in own).update(each)
    return done


def agree(found: Union, group: Group, name: Name, one: int, other: int) -> bool:
    """Whether two parts count the same in every class of a level."""
    mine, theirs = group.margins[one], group.margins[other]
    ours, its = found.parts[one].true[name], found.parts[other].true[name]
    return all(
        same(ours[mine.get(lies, [])].sum(), its[theirs.get(lies, [])].sum())
        for lies in sorted({*mine, *theirs})
    )


def equated(found: Union, group: Group, name: Name, one: int, other: int) -> Iterator[Vector]:
    """The sums of two parts, one less the other, that are therefore 0."""
    mine, theirs = group.margins[one], group.margins[other]
    for lies in sorted(mine.keys() & theirs.keys()):
        vector = found.over(one, name, mine[lies])
        for unknown, entry in found.over(other, name, theirs[lies]).items():
            vector[unknown] = vector.get(unknown, 0) - entry
        vector = {unknown: entry for unknown, entry in vector.items() if entry}
        if vector:
            yield vector


class Fresh:
    """Which counts say something new of two parts: a sum of what is equated says nothing."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._known: dict[tuple[int, int], Span] = {}

    def adds(self, name: Name, one: int, other: int) -> bool:
        first, second = self._parts[one].columns, self._parts[other].columns
        width = len(first.own)
        vector = dict(first.vectors[name])
        vector |= {width + column: -entry for column, entry in second.vectors[name].items()}
        span = self._known.setdefault((one, other), Span([]))
        return span.adds(vector)
