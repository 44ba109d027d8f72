"""Which cells of every crossing somebody is in, found batch by batch, and where everyone's is."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np

from cauce.estimate.grouping import Grouping, crossed
from cauce.estimate.stream_kernel import numbers_of
from cauce.model.arrays import Codes, Flags, Ints

Dims: TypeAlias = tuple[int, ...]
# Up to so many cells of a crossing have a place each, occupied or not; of more, the numbers of
# those that are occupied are kept in order.
DENSE_CELLS = 2**22


class Seats:
    """The occupied cells of crossings; only of the finest ones are they looked for.

    Memory goes with cells, and no cell is numbered as `grouping.group` would not number it.
    """

    def __init__(self, sizes: Sequence[int], crossings: Iterable[Dims]) -> None:
        self._sizes = tuple(sizes)
        every = sorted(set(crossings))
        self._most = {dims: crossed(sizes, dims) for dims in every}
        self._finest = [d for d in every if not any(set(d) < set(other) for other in every)]
        self._flags: dict[Dims, Flags] = {}
        self._ids: dict[Dims, Ints] = {dims: np.empty(0, dtype=np.int64) for dims in self._finest}
        self._places: dict[Dims, Codes] = {}
        for dims in self._finest:
            if self._most[dims] <= DENSE_CELLS:
                self._flags[dims] = np.zeros(self._most[dims], dtype=np.bool_)

    def look(self, codes: Codes) -> None:
        """Take in the cells of some respondents; codes (classifiers, n)."""
        for dims in self._finest:
            numbers = self._numbers(dims, codes)
            if dims in self._flags:
                self._flags[dims][numbers] = True
            else:
                self._ids[dims] = np.union1d(self._ids[dims], np.unique(numbers))

    def settle(self) -> None:
        """Number the occupied cells of all crossings, now that everybody was looked at."""
        for dims, flags in self._flags.items():
            self._ids[dims] = np.flatnonzero(flags)
        self._flags = {}
        for dims, most in self._most.items():
            if dims not in self._ids:
                finest = next(f for f in self._finest if set(dims) < set(f))
                self._ids[dims] = self._margin(dims, finest)
            if most <= DENSE_CELLS:
                place = np.zeros(most, dtype=np.int32)
                place[self._ids[dims]] = np.arange(len(self._ids[dims]))
                self._places[dims] = place

    def grouping(self, dims: Dims) -> Grouping:
        """The occupied cells of a crossing, without the respondents."""
        return Grouping(dims, np.empty(0, dtype=np.int32), self._ids[dims])

    def cells(self, dims: Dims, codes: Codes) -> Codes:
        """The cell of some respondents in a crossing, counted as `grouping` does; shape (n,)."""
        numbers = self._numbers(dims, codes)
        if dims in self._places:
            return self._places[dims][numbers]
        return np.searchsorted(self._ids[dims], numbers).astype(np.int32)

    def _numbers(self, dims: Dims, codes: Codes) -> Ints:
        sizes = np.array([self._sizes[dim] for dim in dims], dtype=np.int64)
        numbers: Ints = numbers_of(codes, np.array(dims, dtype=np.int64), sizes)
        return numbers

    def _margin(self, dims: Dims, finest: Dims) -> Ints:
        """The cells of a crossing that those of a finer one are parts of."""
        rest, codes = self._ids[finest], np.zeros((len(self._sizes), len(self._ids[finest])), int)
        for dim in reversed(finest):
            codes[dim], rest = rest % self._sizes[dim], rest // self._sizes[dim]
        return np.unique(self._numbers(dims, codes.astype(np.int32)))
