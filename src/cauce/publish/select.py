"""Some of the observations: those a query asks for, and the order messages have."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from cauce.model.arrays import Codes, Flags, Ints
from cauce.model.dataflow import Dataflow
from cauce.model.observation import Observations
from cauce.publish.components import TIME
from cauce.publish.periods import span


def select(
    observations: Observations, wanted: Mapping[str, Flags], keep: Flags | None = None
) -> Observations:
    """The observations whose codes are wanted, in the order of messages.

    Args:
        observations: all of them, c observations.
        wanted: by dimension, which of its codes; a dimension that is not named is not restricted.
        keep: which observations, whatever their codes; shape (c,).
    """
    chosen = np.ones(len(observations.value), dtype=np.bool_) if keep is None else keep.copy()
    for position, dimension in enumerate(observations.dataflow.dimensions):
        if dimension.id in wanted:
            chosen &= wanted[dimension.id][observations.key[:, position]]
    rows = np.flatnonzero(chosen)
    return picked(observations, rows[_order(observations.dataflow, observations.key[rows])])


def taken(observations: Observations, rows: Ints) -> Observations:
    """The observations of some rows, in the order of messages; all rows need no copy.

    Args:
        rows: ascending, of observations ordered by their keys, as the store gives them.
    """
    if len(rows) == len(observations.value) and _by_time(observations.dataflow):
        return observations
    if not _by_time(observations.dataflow):
        rows = rows[_order(observations.dataflow, observations.key[rows])]
    return picked(observations, rows)


def first_and_last(observations: Observations, first: int | None, last: int | None) -> Observations:
    """The first and the last observations of every series; takes them in the order of messages."""
    if first is None and last is None:
        return observations
    new = new_series(observations)
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], len(new))
    series = np.cumsum(new) - 1
    rows = np.arange(len(new))
    chosen = np.zeros(len(new), dtype=np.bool_)
    if first is not None:
        chosen |= rows - starts[series] < first
    if last is not None:
        chosen |= ends[series] - rows <= last
    return picked(observations, np.flatnonzero(chosen))


def new_series(observations: Observations) -> Flags:
    """Where another series begins, for observations in the order of messages; shape (c,)."""
    places = [i for i, d in enumerate(observations.dataflow.dimensions) if d.id != TIME]
    key = observations.key[:, places]
    new = np.ones(len(key), dtype=np.bool_)
    new[1:] = (key[1:] != key[:-1]).any(axis=1)
    return new


def spans(dataflow: Dataflow) -> tuple[tuple[date, date], ...]:
    """First and last day of every code of the time dimension."""
    time = next((d for d in dataflow.dimensions if d.id == TIME), None)
    return () if time is None else tuple(span(code.id) for code in time.codes)


def _by_time(dataflow: Dataflow) -> bool:
    """Whether the order of keys is the order of messages: the periods stand last, and by time."""
    last = dataflow.dimensions[-1]
    ranks = _ranks(tuple(code.id for code in last.codes))
    return last.id == TIME and bool((np.diff(ranks) > 0).all())


@lru_cache(maxsize=256)
def _ranks(periods: tuple[str, ...]) -> Ints:
    """Where each period stands when they are ordered by their first days."""
    starts = [span(period)[0].toordinal() for period in periods]
    ranks: Ints = np.argsort(np.argsort(starts, kind="stable"), kind="stable")
    return ranks


def _order(dataflow: Dataflow, key: Codes) -> Ints:
    """By series as the dimensions list their codes, then by time."""
    columns: list[Ints] = []
    for position, dimension in enumerate(dataflow.dimensions):
        column = key[:, position].astype(np.int64)
        if dimension.id == TIME:
            columns.append(_ranks(tuple(code.id for code in dimension.codes))[column])
        else:
            columns.append(column)
    times = [c for c, d in zip(columns, dataflow.dimensions, strict=True) if d.id == TIME]
    others = [c for c, d in zip(columns, dataflow.dimensions, strict=True) if d.id != TIME]
    return np.lexsort((*times, *reversed(others))) if columns else np.arange(len(key))


def picked(observations: Observations, rows: Ints) -> Observations:
    """The observations in these rows, in this order."""
    found: dict[str, Any] = {}
    listed = rows.tolist()
    for column in fields(observations):
        value = getattr(observations, column.name)
        if isinstance(value, np.ndarray):
            found[column.name] = value[rows]
        elif isinstance(value, tuple):
            found[column.name] = tuple(map(value.__getitem__, listed))
    return replace(observations, **found)
