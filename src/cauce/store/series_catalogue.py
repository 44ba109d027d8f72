"""The series of a vintage without their numbers: keys, which periods each has, how many.

It answers what there is without a table in memory: the periods of a million observations are four
megabytes, the observations themselves some two hundred.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from cauce.model.arrays import Codes, Flags, Ints
from cauce.model.dataflow import Dataflow
from cauce.store.parquet import read_columns
from cauce.store.series import Series, series_of_key
from cauce.store.table import positions


@dataclass(frozen=True)
class SeriesCatalogue:
    """The series of a vintage and the periods of each, series by series.

    `series.starts` says where the periods of each begin; `periods`, of shape (c,), are codes of
    time.
    """

    dataflow: Dataflow
    series: Series
    periods: Codes

    @property
    def held_bytes(self) -> int:
        return self.series.key.nbytes + self.series.starts.nbytes + self.periods.nbytes

    @cached_property
    def counts(self) -> Ints:
        """How many observations each series has; shape (s,)."""
        found: Ints = np.diff(self.series.starts)
        return found

    def counts_in(self, periods: Flags | None) -> Ints:
        """How many observations of each series are of some periods, all if None; shape (s,)."""
        if periods is None or not len(self.counts):
            return self.counts
        starts, inside = self.series.starts[:-1], periods[self.periods].view(np.int8)
        found: Ints = np.add.reduceat(inside, starts, dtype=np.int32)
        return found

    def bounds(self, periods: Flags | None) -> tuple[Ints, Ints]:
        """The first and the last period of each series; shapes (s,).

        Args:
            periods: which of them count, all if None. A series without any has the first of all.
        """
        return self._bounds if periods is None else self._bounds_in(periods)

    @cached_property
    def _bounds(self) -> tuple[Ints, Ints]:
        return self._bounds_in(np.ones(len(self._ranks), dtype=np.bool_))

    def _bounds_in(self, periods: Flags) -> tuple[Ints, Ints]:
        if not len(self.counts):
            return np.arange(0), np.arange(0)
        # Looked up by code, not by row: a period that does not count is the last or the first.
        least = np.where(periods, self._ranks, len(periods) - 1).astype(np.int32)
        most = np.where(periods, self._ranks, 0).astype(np.int32)
        starts, in_order = self.series.starts[:-1], np.argsort(self._ranks)
        first = np.minimum.reduceat(least[self.periods], starts)
        last = np.maximum.reduceat(most[self.periods], starts)
        return in_order[first], in_order[last]

    @cached_property
    def _ranks(self) -> Ints:
        """Where each code of time stands by its name: of one frequency that is the order of time.

        A series has one frequency, since FREQ is a part of its key.
        """
        names = np.array([code.id for code in self.dataflow.dimensions[-1].codes])
        found: Ints = np.argsort(np.argsort(names, kind="stable"), kind="stable")
        return found


def catalogue_of(contents: Iterable[bytes], dataflow: Dataflow) -> SeriesCatalogue:
    """The series in the parts of a vintage: of the files, only the columns of the key are read.

    Raises:
        Damaged: a part has other columns than expected, or codes the dataflow does not know.
    """
    names = [dimension.id for dimension in dataflow.dimensions]
    table = pa.concat_tables([read_columns(content, names) for content in contents])
    columns = [
        positions(table[d.id], [code.id for code in d.codes], d.id) for d in dataflow.dimensions
    ]
    key = np.stack(columns, axis=1)
    key = key[np.lexsort(key.T[::-1])]
    return SeriesCatalogue(dataflow, series_of_key(key), key[:, -1].astype(np.int32))
