"""What a reader can compute from published cells: exact elimination over the integers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from math import gcd

Vector = dict[int, int]
Index = dict[int, set[int]]


class Span:
    """The linear combinations of what is published, and the sensitive sums kept out of them.

    Vectors are sparse, of Python integers, which never overflow. The basis is fully reduced: the
    pivot row of a vector is zero in all others, so what is left of a new vector is found in one go.

    `weak` are the rows that rest on a single person. Two things are kept out of reach: any sum of
    weak rows alone, and any protected sum even for a reader who knows every weak row, since a
    person knows what he himself told.

    Source: Langsrud (2024), secondary cell suppression by Gaussian elimination; the singleton
        methods anySum and subSpace of the R package GaussSuppression, together.
    """

    def __init__(self, protected: Iterable[Vector], weak: AbstractSet[int] = frozenset()) -> None:
        self._weak = weak
        self._basis: dict[int, Vector] = {}
        self._users: Index = defaultdict(set)
        self._guards: Index = defaultdict(set)
        self._protected: list[Vector] = []
        for vector in protected:
            if not vector.keys() <= weak:
                for row in vector:
                    self._guards[row].add(len(self._protected))
                self._protected.append(dict(vector))

    def publish(self, sums: Sequence[Vector]) -> bool:
        """Publish the sums together, unless that would give a protected one away: then False."""
        news = self._news(sums)
        if any(pivot in self._weak for pivot in news) or self._gives_away(news):
            return False
        self._add(news)
        return True

    def concede(self, sums: Sequence[Vector]) -> None:
        """Take the sums as known whatever follows, as those of empty cells are."""
        self._add(self._news(sums))

    def adds(self, vector: Vector) -> bool:
        """Take a sum as known; whether it was not yet."""
        news = self._news([vector])
        self._add(news)
        return bool(news)

    def left(self, vector: Vector) -> Vector:
        """What is left of a sum, some number of times, for a reader who knows all of the span."""
        left = dict(vector)
        for row in vector:
            if row in self._basis:
                eliminate(left, row, self._basis[row])
        return left

    def _news(self, sums: Sequence[Vector]) -> dict[int, Vector]:
        """What the sums add to what is known, by pivot row, reduced against each other."""
        news: dict[int, Vector] = {}
        for vector in sums:
            left = self.left(vector)
            for row, other in news.items():
                if row in left:
                    eliminate(left, row, other)
            if not left:
                continue
            pivot = self._pivot(left)
            for other in news.values():
                if pivot in other:
                    eliminate(other, pivot, left)
            news[pivot] = left
        return news

    def _pivot(self, vector: Vector) -> int:
        """The row to eliminate by. Any row of people gives the same verdicts; this one is cheap.

        Weak rows come last: a vector whose pivot is weak is a sum of weak rows alone.
        """
        nobody: frozenset[int] = frozenset()
        return min(
            vector,
            key=lambda row: (
                row in self._weak,
                len(self._guards.get(row, nobody)) + len(self._users.get(row, nobody)),
                abs(vector[row]),
                row,
            ),
        )

    def _gives_away(self, news: dict[int, Vector]) -> bool:
        touched = set().union(*(self._guards.get(pivot, ()) for pivot in news))
        for name in touched:
            left = dict(self._protected[name])
            for pivot, vector in news.items():
                if pivot in left:
                    eliminate(left, pivot, vector)
            if left.keys() <= self._weak:
                return True
        return False

    def _add(self, news: dict[int, Vector]) -> None:
        for pivot, vector in news.items():
            for user in self._users.pop(pivot, ()):
                eliminate(self._basis[user], pivot, vector, self._users, user)
            for name in self._guards.pop(pivot, ()):
                eliminate(self._protected[name], pivot, vector, self._guards, name)
        for pivot, vector in news.items():
            self._basis[pivot] = vector
            for row in vector:
                if row != pivot:
                    self._users[row].add(pivot)


def eliminate(
    target: Vector, row: int, vector: Vector, index: Index | None = None, name: int = -1
) -> None:
    """Make `row` of the target zero with a multiple of the vector, in place and in integers.

    `index` says by row which targets have it; it is kept true for the target of that `name`.
    """
    common = gcd(vector[row], target[row])
    scale, factor = vector[row] // common, target[row] // common
    if scale < 0:
        scale, factor = -scale, -factor
    if scale != 1:
        for key in target:
            target[key] *= scale
    for key, entry in vector.items():
        value = target.get(key, 0) - factor * entry
        if value:
            if index is not None and key not in target:
                index[key].add(name)
            target[key] = value
        else:
            del target[key]
            if index is not None and key != row:
                index[key].discard(name)
    if scale != 1:
        shrink(target)


def shrink(vector: Vector) -> None:
    """Divide by the greatest common divisor of all entries."""
    common = gcd(*vector.values())
    if common > 1:
        for key in vector:
            vector[key] //= common
