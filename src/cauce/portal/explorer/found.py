"""The rows that answer a view, and in which order; no object is made of a row nobody sees."""

from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.dataflow import Dataflow, Dimension
from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.portal.asked import Wish
from cauce.portal.explorer.view import View
from cauce.publish import days_of, first_and_last, in_time, within
from cauce.store.keys import wanted_of
from cauce.store.series import Series, Wanted, available, fitting, rows_in, rows_of, series_of

COLUMNS = {"value": "value", "interval": "ci_low", "error": "se", "n": "n"}


@dataclass(frozen=True)
class Found:
    """A view with the rows that answer it, by series, then by time; shape (r,)."""

    observations: Observations
    series: Series
    view: View
    rows: Ints

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        return self.observations.dataflow.dimensions

    @property
    def wanted(self) -> Wanted:
        return wanted_of(self.observations.dataflow, self.view.asked.chosen)

    @property
    def periods(self) -> Codes:
        """The code of time of every row, (r,)."""
        found: Codes = self.observations.key[self.rows, -1]
        return found

    def offered(self) -> list[Ints]:
        """By dimension, the codes that exist where the others are as chosen."""
        return available(self.observations, self.wanted)

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
    flow = observations.dataflow
    try:
        wanted = _wanted(flow, view)
    except BadInput:
        told = tuple(f"{n} = {p}" for n, p in (("from", view.start), ("to", view.end)) if p)
        view = replace(view, start="", end="", strange=(*view.strange, *told))
        wanted = _wanted(flow, view)
    rows = in_time(observations, rows_of(observations, wanted))
    rows = first_and_last(observations, rows, None, view.last)
    return Found(observations, series_of(observations), view, rows)


def settled(observations: Observations, view: View, query: Wish) -> View:
    """The view with what the reader left unsaid moved to codes that exist beside what was said."""
    series, chosen = series_of(observations), list(view.asked.chosen)
    left = np.ones(len(series.key), dtype=np.bool_)
    flow = observations.dataflow
    said = [j for j, d in enumerate(flow.dimensions[:-1]) if d.id in query]
    for j in [*said, *(j for j in range(len(chosen) - 1) if j not in said)]:
        if j not in said and chosen[j] is not None and not _fits(series, left, chosen, j):
            there = np.unique(series.key[left, j])
            chosen[j] = (int(there[0]),) if len(there) else chosen[j]
        left &= fitting(series, wanted_of(flow, [*(None,) * j, chosen[j]]))
    if flow.dimensions[-1].id not in query and chosen[-1] is not None:
        periods = observations.key[rows_in(series, left), -1]
        if len(periods) and not (periods == chosen[-1][0]).any():
            chosen[-1] = (int(periods[np.argmax(days_of(flow)[1][periods])]),)
    return replace(view, asked=replace(view.asked, chosen=tuple(chosen)))


def _fits(series: Series, left: Flags, chosen: list[tuple[int, ...] | None], j: int) -> bool:
    wanted = chosen[j]
    return wanted is None or bool((left & (series.key[:, j] == wanted[0])).any())


def _wanted(flow: Dataflow, view: View) -> Wanted:
    """The codes of a view, those of time within its bounds."""
    wanted, last = dict(wanted_of(flow, view.asked.chosen)), len(flow.dimensions) - 1
    if view.start or view.end:
        flags = within(flow, view.start, view.end)
        wanted[last] = flags & wanted[last] if last in wanted else flags
    return wanted


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
