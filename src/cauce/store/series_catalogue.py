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
        inside = np.append(0, np.cumsum(periods[self.periods]))
        found: Ints = inside[self.series.starts[1:]] - inside[self.series.starts[:-1]]
        return found

    def bounds(self, ranks: Ints, periods: Flags | None) -> tuple[Ints, Ints]:
        """The first and the last period of each series, as ranks; shapes (s,).

        Args:
            ranks: where each code of time stands in the order of time.
            periods: which of them count, all if None. Of a series without any the last is -1.
        """
        own = ranks[self.periods]
        first, last = own, own
        if periods is not None:
            inside = periods[self.periods]
            first, last = np.where(inside, own, len(ranks)), np.where(inside, own, -1)
        if not len(self.counts):
            return first, last
        starts = self.series.starts[:-1]
        return np.minimum.reduceat(first, starts), np.maximum.reduceat(last, starts)


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
