"""The series of a table: where each begins, so that a query looks at series and not at rows.

A table has far fewer series than rows. Asked of the series, which rows are wanted, what else could
be chosen and where it stands cost the same however long the series are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cauce.model.arrays import Codes, Flags, Ints
from cauce.model.observation import Observations

Wanted = Mapping[int, Flags]
"""By position of a dimension, which of its codes; a dimension that is not there is all wanted."""


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
        return series_of_key(self.key)

    @cached_property
    def held_bytes(self) -> int:
        """About how much memory it takes: columns, and the references to words beside them."""
        own = (value for name, value in vars(self).items() if name not in ("dataflow", "theirs"))
        columns = (*own, *self.theirs)
        return sum(
            value.nbytes if isinstance(value, np.ndarray) else 8 * len(value)
            for value in columns
            if isinstance(value, np.ndarray | tuple)
        )


def series_of(observations: Observations) -> Series:
    """The series of a table, one after the other as its rows are."""
    if isinstance(observations, Table):
        return observations.series
    return series_of_key(observations.key)


def fitting(series: Series, wanted: Wanted) -> Flags:
    """Which series have a wanted code in every dimension but time; shape (s,)."""
    return _all(series, _each(series, wanted).values())


def rows_in(series: Series, inside: Flags) -> Ints:
    """All rows of the series that are flagged, ascending."""
    chosen = np.flatnonzero(inside)
    starts = series.starts[chosen]
    lengths = series.starts[chosen + 1] - starts
    ends = np.cumsum(lengths)
    rows: Ints = np.repeat(starts - (ends - lengths), lengths) + np.arange(lengths.sum())
    return rows


def rows_of(observations: Observations, wanted: Wanted) -> Ints:
    """The rows whose codes are wanted, ascending."""
    series, last = series_of(observations), len(observations.dataflow.dimensions) - 1
    rows = rows_in(series, fitting(series, wanted))
    if last in wanted:
        rows = rows[wanted[last][observations.key[rows, last]]]
    return rows


def available(observations: Observations, wanted: Wanted) -> list[Ints]:
    """By dimension, the codes that occur where all the others are wanted; in their order.

    What is wanted of the periods takes no code away: they are what a reader moves last.
    """
    series = series_of(observations)
    each = _each(series, wanted)
    found = []
    for j in range(series.key.shape[1]):
        others = _all(series, (flags for position, flags in each.items() if position != j))
        found.append(np.unique(series.key[others, j]))
    rows = rows_in(series, _all(series, each.values()))
    return [*found, np.unique(observations.key[rows, -1])]


def _each(series: Series, wanted: Wanted) -> dict[int, Flags]:
    """By dimension but time, which series have a code that is wanted of it."""
    own = series.key.shape[1]
    return {j: flags[series.key[:, j]] for j, flags in wanted.items() if j < own}


def _all(series: Series, each: Iterable[Flags]) -> Flags:
    inside = np.ones(len(series.key), dtype=np.bool_)
    for flags in each:
        inside &= flags
    return inside


def series_of_key(key: Codes) -> Series:
    """The series of keys that are in their order."""
    own = key[:, :-1]
    new = np.ones(len(key), dtype=np.bool_)
    new[1:] = (own[1:] != own[:-1]).any(axis=1)
    starts = np.flatnonzero(new)
    # Column by column in memory: a query looks at a few of them.
    return Series(np.asfortranarray(own[starts]), np.append(starts, len(key)))
