"""The series of a dataflow: what exists, where each stands, and what is left when codes are chosen.

A dataflow has far fewer series than observations. Asked of the series, choices, what else could be
chosen and the place of rows cost the same however long the series are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Codes, Flags, Ints
from cauce.model.dataflow import Dimension
from cauce.model.observation import Observations
from cauce.publish.periods import span

Chosen = Sequence[Sequence[int] | None]
"""By dimension, the positions of the codes that are chosen; None for all of them."""


@dataclass(frozen=True)
class Series:
    """The series of one dataflow, s of them, c observations, d dimensions, time the last.

    `key` has shape (s, d - 1). The rows of series i are `start[i]` to `start[i + 1]`, of shape
    (s + 1,). `period` is the code of time of every row, (c,). `since` and `until` are the first
    and last day of every code of time, as ordinals.
    """

    dimensions: tuple[Dimension, ...]
    key: Codes
    start: Ints
    period: Codes
    since: Ints
    until: Ints


def series_of(observations: Observations) -> Series:
    """The series of observations that stand in the order of their keys, as the store gives them."""
    key, time = observations.key[:, :-1], observations.dataflow.dimensions[-1]
    new = np.ones(len(key), dtype=np.bool_)
    new[1:] = (key[1:] != key[:-1]).any(axis=1)
    first = np.flatnonzero(new)
    days = np.array([[d.toordinal() for d in span(code.id)] for code in time.codes]).reshape(-1, 2)
    return Series(
        dimensions=observations.dataflow.dimensions,
        key=np.ascontiguousarray(key[first]),
        start=np.append(first, len(key)),
        period=np.ascontiguousarray(observations.key[:, -1]),
        since=days[:, 0],
        until=days[:, 1],
    )


def fitting(series: Series, chosen: Chosen) -> list[Flags]:
    """By dimension but time, which series have one of its chosen codes; each of shape (s,)."""
    found = []
    for j, codes in enumerate(chosen[: series.key.shape[1]]):
        if codes is None:
            found.append(np.ones(len(series.key), dtype=np.bool_))
        elif len(codes) == 1:
            found.append(series.key[:, j] == codes[0])
        else:
            found.append(_among(codes, len(series.dimensions[j].codes))[series.key[:, j]])
    return found


def rows_of(
    series: Series, flags: Flags, periods: Flags | None = None, last: int | None = None
) -> Ints:
    """The rows of the series that are flagged, by series, then by time.

    Args:
        series: what there is.
        flags: which of the series; shape (s,).
        periods: which codes of time, all if None.
        last: how many observations of each series at most, its latest; all if None.
    """
    wanted = np.flatnonzero(flags)
    first, count = series.start[wanted], np.diff(series.start)[wanted]
    owner = np.repeat(np.arange(len(wanted)), count)
    rows = np.arange(count.sum()) + np.repeat(first - np.cumsum(count) + count, count)
    if periods is not None:
        kept = periods[series.period[rows]]
        rows, owner = rows[kept], owner[kept]
    if (np.diff(series.since) < 0).any():  # codes of time that are not listed in its order
        order = np.lexsort((series.since[series.period[rows]], owner))
        rows, owner = rows[order], owner[order]
    if last is not None:
        ends = np.searchsorted(owner, owner, side="right")
        rows = rows[ends - np.arange(len(rows)) <= last]
    found: Ints = rows
    return found


def available(series: Series, chosen: Chosen) -> list[Ints]:
    """By dimension, the codes that occur where all the others are as chosen; in their order."""
    each = fitting(series, chosen)
    found = []
    for j in range(series.key.shape[1]):
        others = np.ones(len(series.key), dtype=np.bool_)
        for i, flags in enumerate(each):
            if i != j:
                others &= flags
        found.append(np.unique(series.key[others, j]))
    together = np.logical_and.reduce(each) if each else np.ones(len(series.key), dtype=np.bool_)
    found.append(np.unique(series.period[rows_of(series, together)]))
    return found


def within(series: Series, start: str, end: str) -> Flags:
    """Which codes of time begin in or after one period and end in or before another; "" for none.

    Raises:
        BadInput: one of them is no period.
    """
    kept = np.ones(len(series.since), dtype=np.bool_)
    if start:
        kept &= series.since >= span(start)[0].toordinal()
    if end:
        kept &= series.until <= span(end)[1].toordinal()
    return kept


def _among(codes: Sequence[int], count: int) -> Flags:
    flags = np.zeros(count, dtype=np.bool_)
    flags[list(codes)] = True
    return flags
