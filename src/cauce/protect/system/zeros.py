"""What a reader knows to be 0: no count is below zero, so a zero is zero in every part of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from cauce.protect.span import Vector
from cauce.protect.system.columns import count
from cauce.protect.system.frames import KINDS, Name
from cauce.protect.system.places import Spot
from cauce.protect.system.union import Union


class Zeros:
    """The unknowns of a union that are `known` to be 0."""

    def __init__(self, found: Union) -> None:
        self._union = found
        self.known: set[int] = set()
        self._links: dict[int, list[int]] = defaultdict(list)
        for number, vector in enumerate(found.alike):
            for unknown in vector:
                self._links[unknown].append(number)

    def told(self, spots: Iterable[Spot]) -> list[Vector]:
        """What the counts of zero of some cells give away, those known already left out."""
        zero: set[int] = set()
        more: set[tuple[tuple[int, int], ...]] = set()
        for vector in (vector for spot in spots for vector in self._of(spot)):
            if len(vector) == 1 or all(entry > 0 for entry in vector.values()):
                zero.update(vector)
            else:
                more.add(tuple(vector.items()))
        others = [dict(vector) for vector in sorted(more)]
        return [*({unknown: 1} for unknown in sorted(self._closure(zero))), *others]

    def know(self, spots: Iterable[Spot]) -> list[Vector]:
        """Take the counts of zero of some cells as known: what that adds to what is known."""
        told = self.told(spots)
        self.known |= {next(iter(vector)) for vector in told if len(vector) == 1}
        return told

    def _of(self, spot: Spot) -> Iterator[Vector]:
        members = self._union.parts[spot.part].frame.members.get(spot.domain, ())
        for name in self._names(spot):
            for position in members:
                yield self._union.single(spot.part, name, position)

    def _names(self, spot: Spot) -> list[Name]:
        below = self._union.parts[spot.part].columns.below
        return list(
            dict.fromkeys(
                name
                for kind in KINDS
                if kind in spot.names and count(spot.section, spot.row, kind) == 0
                for name in below[spot.names[kind]]
            )
        )

    def _closure(self, zero: set[int]) -> set[int]:
        """With them all that is 0 because two frames count the same."""
        found, waiting = set(zero) - self.known, sorted(zero - self.known)
        while waiting:
            for number in self._links[waiting.pop()]:
                vector = self._union.alike[number]
                left = [one for one in vector if one not in self.known and one not in found]
                if left and (
                    all(vector[one] > 0 for one in left) or all(vector[one] < 0 for one in left)
                ):
                    found.update(left)
                    waiting += left
        return found
