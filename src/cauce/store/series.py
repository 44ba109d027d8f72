"""The series of a table: where each begins, so that a query looks at series and not at rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cauce.model.arrays import Codes, Flags, Ints
from cauce.model.observation import Observations


@dataclass(frozen=True)
class Series:
    """The keys of s series without their periods, shape (s, d - 1), and the row each begins at.

    `starts` has one more, shape (s + 1,): the number of rows.
    """

    key: Codes
    starts: Ints


@dataclass(frozen=True)
class Table(Observations):
    """Observations as the store gives them, by key, with their series looked for once."""

    @cached_property
    def series(self) -> Series:
        return _series(self.key)

    @cached_property
    def held_bytes(self) -> int:
        """About how much memory it takes: columns, and the references to words beside them."""
        columns = (value for name, value in vars(self).items() if name != "dataflow")
        return sum(
            value.nbytes if isinstance(value, np.ndarray) else 8 * len(value)
            for value in columns
            if isinstance(value, np.ndarray | tuple)
        )


def series_of(observations: Observations) -> Series:
    """The series of a table, one after the other as its rows are."""
    if isinstance(observations, Table):
        return observations.series
    return _series(observations.key)


def rows_of(observations: Observations, wanted: Mapping[int, Flags]) -> Ints:
    """The rows whose codes are wanted, ascending.

    Args:
        wanted: by position of a dimension, which of its codes; others are not restricted.
    """
    series, last = series_of(observations), len(observations.dataflow.dimensions) - 1
    inside = np.ones(len(series.key), dtype=np.bool_)
    for position, flags in wanted.items():
        if position != last:
            inside &= flags[series.key[:, position]]
    chosen = np.flatnonzero(inside)
    starts = series.starts[chosen]
    lengths = series.starts[chosen + 1] - starts
    ends = np.cumsum(lengths)
    rows: Ints = np.repeat(starts - (ends - lengths), lengths) + np.arange(lengths.sum())
    if last in wanted:
        rows = rows[wanted[last][observations.key[rows, last]]]
    return rows


def _series(key: Codes) -> Series:
    own = key[:, :-1]
    new = np.ones(len(key), dtype=np.bool_)
    new[1:] = (own[1:] != own[:-1]).any(axis=1)
    starts = np.flatnonzero(new)
    # Column by column in memory: a query looks at a few of them.
    return Series(np.asfortranarray(own[starts]), np.append(starts, len(key)))
