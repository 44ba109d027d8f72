"""Some of the observations: the order messages have, the ends of series, and rows alone."""

import math
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.model.dataflow import Dataflow
from cauce.model.observation import Observations
from cauce.publish.periods import span

MOST = 1 << 62
"""Keys there may be, for each to be one whole number."""


def in_time(observations: Observations, rows: Ints) -> Ints:
    """The rows in the order of messages: by series as they stand, then by time.

    Args:
        observations: ordered by their keys, as the store gives them; time is the last dimension.
        rows: ascending.
    """
    ranks = _ranks(tuple(code.id for code in observations.dataflow.dimensions[-1].codes))
    if (np.diff(ranks) > 0).all():
        return rows
    owner = np.cumsum(new_series(observations, rows))
    ordered: Ints = rows[np.lexsort((ranks[observations.key[rows, -1]], owner))]
    return ordered


def first_and_last(
    observations: Observations, rows: Ints, first: int | None, last: int | None
) -> Ints:
    """Of rows in the order of messages, the first and the last so many of every series."""
    if first is None and last is None:
        return rows
    new = new_series(observations, rows)
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], len(new))
    series = np.cumsum(new) - 1
    place = np.arange(len(new))
    chosen = np.zeros(len(new), dtype=np.bool_)
    if first is not None:
        chosen |= place - starts[series] < first
    if last is not None:
        chosen |= ends[series] - place <= last
    return rows[chosen]


def new_series(observations: Observations, rows: Ints) -> Flags:
    """Where another series begins, of rows series by series; time is the last dimension."""
    key = observations.key[rows, :-1]
    new = np.ones(len(key), dtype=np.bool_)
    new[1:] = (key[1:] != key[:-1]).any(axis=1)
    return new


def together(observations: Observations, rows: Ints, place: int) -> Ints:
    """The rows of one section after the other: of all whose codes differ at this place alone.

    Sections stand by their first row, and rows in them as they came.
    """
    if not len(rows):
        return rows
    section = _sections(observations, rows, place)
    order = np.argsort(section, kind="stable")
    begins = _begins(section[order])
    if len(begins) == len(_begins(section)):
        return rows
    lengths = np.diff(begins, append=len(rows))
    by_first = np.argsort(order[begins])
    begins, lengths = begins[by_first], lengths[by_first]
    shift = begins - (np.cumsum(lengths) - lengths)
    ordered: Ints = rows[order[np.repeat(shift, lengths) + np.arange(len(rows))]]
    return ordered


def _begins(numbers: Ints) -> Ints:
    """Where another number begins."""
    found: Ints = np.append(0, np.flatnonzero(numbers[1:] != numbers[:-1]) + 1)
    return found


def _sections(observations: Observations, rows: Ints, place: int) -> Ints:
    """A number for the codes of a row in all dimensions but one, the same for the same codes."""
    sizes = [len(dimension.codes) for dimension in observations.dataflow.dimensions]
    others = [at for at in range(len(sizes)) if at != place]
    number = np.zeros(len(rows), dtype=np.int64)
    if math.prod(sizes) >= MOST:
        _, number = np.unique(observations.key[rows][:, others], axis=0, return_inverse=True)
        return number.reshape(-1)
    for at in others:
        number *= sizes[at]
        number += observations.key[rows, at]
    return number


def within(dataflow: Dataflow, start: str, end: str) -> Flags:
    """Which codes of time begin in or after one period and end in or before another; "" for none.

    Raises:
        BadInput: one of them is no period.
    """
    since, until = days_of(dataflow)
    kept = np.ones(len(since), dtype=np.bool_)
    if start:
        kept &= since >= span(start)[0].toordinal()
    if end:
        kept &= until <= span(end)[1].toordinal()
    return kept


def days_of(dataflow: Dataflow) -> tuple[Ints, Ints]:
    """The first and the last day of every code of time, as ordinals."""
    return _days(tuple(code.id for code in dataflow.dimensions[-1].codes))


@lru_cache(maxsize=256)
def _days(periods: tuple[str, ...]) -> tuple[Ints, Ints]:
    days = np.array([[day.toordinal() for day in span(period)] for period in periods])
    days = days.reshape(-1, 2)
    return days[:, 0], days[:, 1]


@lru_cache(maxsize=256)
def _ranks(periods: tuple[str, ...]) -> Ints:
    """Where each period stands when they are ordered by their first days."""
    ranks: Ints = np.argsort(np.argsort(_days(periods)[0], kind="stable"), kind="stable")
    return ranks


def picked(observations: Observations, rows: Ints) -> Observations:
    """The observations in these rows, in this order."""
    found: dict[str, Any] = {}
    listed = rows.tolist()
    for column in fields(observations):
        value = getattr(observations, column.name)
        if isinstance(value, np.ndarray):
            found[column.name] = value[rows]
        elif column.name == "theirs":
            found[column.name] = tuple(tuple(map(each.__getitem__, listed)) for each in value)
        elif isinstance(value, tuple):
            found[column.name] = tuple(map(value.__getitem__, listed))
    return replace(observations, **found)
