"""Some of the observations: those a query asks for, and the order messages have."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
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
    return taken(observations, rows[_order(observations.dataflow, observations.key[rows])])


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
    return taken(observations, np.flatnonzero(chosen))


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


def _order(dataflow: Dataflow, key: Codes) -> Ints:
    """By series as the dimensions list their codes, then by time."""
    columns: list[Ints] = []
    for position, dimension in enumerate(dataflow.dimensions):
        column = key[:, position].astype(np.int64)
        if dimension.id == TIME:
            chronological = np.argsort(np.argsort([s.toordinal() for s, _ in spans(dataflow)]))
            columns.append(chronological[column])
        else:
            columns.append(column)
    times = [c for c, d in zip(columns, dataflow.dimensions, strict=True) if d.id == TIME]
    others = [c for c, d in zip(columns, dataflow.dimensions, strict=True) if d.id != TIME]
    return np.lexsort((*times, *reversed(others))) if columns else np.arange(len(key))


def taken(observations: Observations, rows: Ints) -> Observations:
    """The observations in these rows."""
    taken: dict[str, Any] = {}
    listed = rows.tolist()
    for column in fields(observations):
        value = getattr(observations, column.name)
        if isinstance(value, np.ndarray):
            taken[column.name] = value[rows]
        elif isinstance(value, tuple):
            taken[column.name] = tuple(value[row] for row in listed)
    return replace(observations, **taken)
