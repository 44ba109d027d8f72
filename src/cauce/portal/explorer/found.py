"""The rows that answer a view, and in which order; no object is made of a row nobody sees."""

import weakref
from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.portal.asked import Wish
from cauce.portal.explorer.view import View
from cauce.publish import Series, available, fitting, rows_of, series_of, within

_KEPT: dict[int, tuple[weakref.ref[Observations], Series]] = {}
COLUMNS = {"value": "value", "interval": "ci_low", "error": "se", "n": "n"}


def kept_series(observations: Observations) -> Series:
    """The series of observations, worked out once for as long as the observations are kept."""
    place = id(observations)
    found = _KEPT.get(place)
    if found is not None and found[0]() is observations:
        return found[1]
    made = series_of(observations)
    _KEPT[place] = (weakref.ref(observations, lambda _: _KEPT.pop(place, None)), made)
    return made


@dataclass(frozen=True)
class Found:
    """A view with the rows that answer it, by series, then by time; shape (r,)."""

    observations: Observations
    series: Series
    view: View
    rows: Ints

    def offered(self) -> list[Ints]:
        """By dimension, the codes that exist where the others are as chosen."""
        return available(self.series, self.view.asked.chosen)

    def differing(self) -> tuple[int, ...]:
        """The dimensions in which the rows may differ, as the reader asked; time if in none."""
        chosen, key = self.view.asked.chosen, self.observations.key[self.rows]
        last = len(chosen) - 1
        found = [
            j
            for j, codes in enumerate(chosen)
            if (codes is None or len(codes) > 1) and (j > 2 or _several(key[:, j]))
        ]
        return tuple(found) or (last,)


def found_of(observations: Observations, view: View) -> Found:
    """The rows of a view. A bound that is no period is told among its strange words."""
    series = kept_series(observations)
    try:
        periods = _periods(series, view)
    except BadInput:
        told = tuple(f"{n} = {p}" for n, p in (("from", view.start), ("to", view.end)) if p)
        view = replace(view, start="", end="", strange=(*view.strange, *told))
        periods = _periods(series, view)
    each = fitting(series, view.asked.chosen)
    flags = np.logical_and.reduce(each) if each else np.ones(len(series.key), dtype=np.bool_)
    return Found(observations, series, view, rows_of(series, flags, periods, view.last))


def settled(observations: Observations, view: View, query: Wish) -> View:
    """The view with what the reader left unsaid moved to codes that exist beside what was said."""
    series, chosen = kept_series(observations), list(view.asked.chosen)
    left = np.ones(len(series.key), dtype=np.bool_)
    flow = observations.dataflow
    said = [j for j, d in enumerate(flow.dimensions[:-1]) if d.id in query]
    for j in [*said, *(j for j in range(len(chosen) - 1) if j not in said)]:
        if j not in said and chosen[j] is not None and not _fits(series, left, chosen, j):
            there = np.unique(series.key[left, j])
            chosen[j] = (int(there[0]),) if len(there) else chosen[j]
        left &= fitting(series, [*(None,) * j, chosen[j]])[-1]
    if flow.dimensions[-1].id not in query and chosen[-1] is not None:
        periods = series.period[rows_of(series, left)]
        if len(periods) and not (periods == chosen[-1][0]).any():
            chosen[-1] = (int(periods[np.argmax(series.until[periods])]),)
    return replace(view, asked=replace(view.asked, chosen=tuple(chosen)))


def _fits(series: Series, left: Flags, chosen: list[tuple[int, ...] | None], j: int) -> bool:
    wanted = chosen[j]
    return wanted is None or bool((left & (series.key[:, j] == wanted[0])).any())


def _periods(series: Series, view: View) -> Flags | None:
    flags = within(series, view.start, view.end) if view.start or view.end else None
    codes = view.asked.chosen[-1]
    if codes is None:
        return flags
    named = np.zeros(len(series.since), dtype=np.bool_)
    named[list(codes)] = True
    return named if flags is None else flags & named


def _several(codes: Codes) -> bool:
    return len(codes) > 0 and bool((codes != codes[0]).any())


def measured(observations: Observations, rows: Ints, by: str) -> Floats:
    """A measure of rows, NaN where a number is withheld: nothing about it may give an order.

    A row of -1 has none, too.
    """
    values = np.asarray(getattr(observations, COLUMNS[by]), dtype=np.float64)[rows]
    if by == "n":
        values = np.where(values < 0, np.nan, values)
    shown = np.isfinite(observations.value[rows]) & (np.asarray(rows) >= 0)
    return np.where(shown, values, np.nan)


def ordered(keys: Floats, descending: bool) -> Ints:
    """The places of numbers by size; what has none comes last either way, in the order it had."""
    absent = ~np.isfinite(keys)
    return np.lexsort((np.where(absent, 0.0, -keys if descending else keys), absent))
