"""The span of published cells for large systems: the same answers as `Span`, by a compiled kernel.

It is imported only where it is needed, since the compiler takes its time to load.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, chain, count

import numpy as np

from cauce.model.arrays import Codes, Ints
from cauce.protect import span_kernel as kernel
from cauce.protect.span import Span, Vector
from cauce.protect.span_kernel import (
    DONE,
    ENTRIES,
    KEPT,
    LARGE,
    LIMIT,
    ROOM,
    TOUCHED,
    VECTORS,
    Space,
)

OF_ROWS = ("used", "basis", "weak", "work", "seen", "touched", "made_row", "made")
"""What a space has for every row, whatever room there is for vectors."""

Sums = tuple[Codes, Ints, Ints]
"""Rows and entries of sums, one after the other, and where each ends."""


class TooLarge(Exception):  # noqa: N818 - what they are
    """Integers have become too large for the kernel."""


class Spanned:
    """What `Span` is, compiled. Once integers get too large for it, `Span` goes on in its place."""

    def __init__(self, protected: Iterable[Vector], weak: AbstractSet[int] = frozenset()) -> None:
        self._weak = weak
        self._protected = [vector for vector in protected if not vector.keys() <= weak]
        self._taken: list[Vector] = []
        self._plain: Span | None = None
        self._space = made(0, 0, 0, 0)
        try:
            self._begin(packed(self._protected))
        except TooLarge:
            self._plain = self._again()

    def publish(self, sums: Sequence[Vector]) -> bool:
        """Publish the sums together, unless that would give a protected one away: then False."""
        if self._plain is None:
            try:
                done = self._take(sums, asks=True)
            except TooLarge:
                self._plain = self._again()
            else:
                self._taken += sums if done else ()
                return done
        return self._plain.publish(sums)

    def concede(self, sums: Sequence[Vector]) -> None:
        """Take the sums as known whatever follows."""
        for one in sums:
            if self._plain is None:
                try:
                    self._take([one], asks=False)
                    self._taken.append(one)
                    continue
                except TooLarge:
                    self._plain = self._again()
            self._plain.adds(one)

    def left(self, vector: Vector) -> Vector:
        """What is left of a sum, some number of times, for a reader who knows all of the span."""
        if self._plain is None:
            try:
                return self._left(vector)
            except TooLarge:
                self._plain = self._again()
        return self._plain.left(vector)

    def _left(self, vector: Vector) -> Vector:
        rows, entries, _ = packed([vector])
        self._widen(rows)
        space, nobody = self._space, np.empty(0, dtype=np.int64)
        done = kernel.left(space, rows, entries, 0, nobody, 0)
        touched = space.touched[: space.counts[TOUCHED]].tolist()
        found = {row: int(space.work[row]) for row in touched if space.work[row]}
        kernel.clear(space)
        if not done:
            raise TooLarge
        return found

    def _begin(self, sums: Sums) -> None:
        rows, entries, ends = sums
        self._widen(rows)
        self._space = roomier(self._space, 2 * len(ends) + 64, 2 * len(rows), 2 * len(rows))
        kernel.protect(self._space, rows, entries, ends)

    def _take(self, sums: Sequence[Vector], *, asks: bool) -> bool:
        rows, entries, ends = packed(sums)
        self._widen(rows)
        pivots = np.empty(len(ends), dtype=np.int64)
        base = int(self._space.counts[VECTORS])
        times = count(2)
        while (told := kernel.news(self._space, rows, entries, ends, pivots))[0] == ROOM:
            self._forget(base)
            self._grow(next(times))
        code, found = told
        new = pivots[:found]
        if code == DONE and asks:
            code = kernel.judge(self._space, base, new, len(self._protected))
        if code == KEPT:
            self._forget(base)
            return False
        while code != LARGE and (code := kernel.add(self._space, base, new)) == ROOM:
            self._grow(next(times))
        if code == LARGE:
            raise TooLarge
        return True

    def _forget(self, base: int) -> None:
        """Be without the vectors that were not taken in."""
        kernel.clear(self._space)
        if self._space.counts[VECTORS] > base:
            self._space.counts[ENTRIES] = self._space.start[base]
        self._space.counts[VECTORS] = base

    def _widen(self, rows: Codes) -> None:
        width = int(rows.max(initial=-1)) + 1
        if width > len(self._space.first):
            weak = np.fromiter((one for one in self._weak), dtype=np.int64, count=len(self._weak))
            self._space = wider(self._space, width + width // 2, weak)

    def _grow(self, times: int) -> None:
        """Make room for so many times what there is."""
        space = self._space
        vectors = int(space.counts[VECTORS])
        live = int(space.size[:vectors].sum()) + len(space.first) + 4 * vectors
        self._space = roomier(space, times * vectors + 64, times * live, times * live)

    def _again(self) -> Span:
        """What is known so far, in integers of any length."""
        plain = Span(self._protected, self._weak)
        for one in self._taken:
            plain.adds(one)
        return plain


def packed(sums: Sequence[Vector]) -> Sums:
    """Sums as arrays.

    Raises:
        TooLarge: they do not fit.
    """
    ends = np.array([*accumulate(map(len, sums))], dtype=np.int64)
    rows = np.fromiter(chain.from_iterable(sums), dtype=np.int32)
    values = [*chain.from_iterable(vector.values() for vector in sums)]
    if max(map(abs, values), default=0) > LIMIT:
        raise TooLarge
    return rows, np.array(values, dtype=np.int64), ends


def made(rows: int, vectors: int, entries: int, nodes: int) -> Space:
    """An empty space of so many rows, with room for so much."""
    return Space(
        start=np.zeros(vectors, dtype=np.int64),
        size=np.zeros(vectors, dtype=np.int64),
        room=np.zeros(vectors, dtype=np.int64),
        row=np.zeros(entries, dtype=np.int32),
        entry=np.zeros(entries, dtype=np.int32),
        first=np.full(rows, -1, dtype=np.int64),
        later=np.zeros(nodes, dtype=np.int64),
        name=np.zeros(nodes, dtype=np.int32),
        used=np.zeros(rows, dtype=np.int64),
        basis=np.full(rows, -1, dtype=np.int64),
        weak=np.zeros(rows, dtype=np.bool_),
        work=np.zeros(rows, dtype=np.int64),
        seen=np.zeros(rows, dtype=np.bool_),
        touched=np.zeros(rows, dtype=np.int64),
        made_row=np.zeros(rows, dtype=np.int32),
        made=np.zeros(rows, dtype=np.int64),
        counts=np.zeros(5, dtype=np.int64),
    )


def roomier(old: Space, vectors: int, entries: int, nodes: int) -> Space:
    """The same with room for so much; never less than there is."""
    new = made(0, vectors, entries, nodes)._replace(
        **{name: getattr(old, name) for name in OF_ROWS},
        first=np.full(len(old.first), -1, dtype=np.int64),
    )
    kernel.copied(old, new)
    return new


def wider(old: Space, rows: int, weak: Ints) -> Space:
    """The same with room for more rows; `weak` are those that rest on one person."""
    new = made(rows, 0, 0, 0)
    for name in ("first", "used", "basis"):
        getattr(new, name)[: len(old.first)] = getattr(old, name)
    new.weak[weak[weak < rows]] = True
    return old._replace(**{name: getattr(new, name) for name in (*OF_ROWS, "first")})
