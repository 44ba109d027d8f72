"""What of cleared cells may be sent to another office: at most what is public, and its moments.

A cell that was not cleared is sent without a number, as it is published. One that was is sent with
the sums and moments it is made of, unless it rests on fewer PSUs than respondents are asked for, or
than five: the squares of two or three PSUs and their sum give each of them away.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.model.cell import Cells
from cauce.model.errors import BadInput
from cauce.model.moments import FEWEST_PSUS, NEEDED, PARTS, SUMS, Moments
from cauce.model.observation import Observations
from cauce.model.release import Release
from cauce.model.terms import Terms
from cauce.protect.table import PERIOD, merged
from cauce.protect.thresholds import minimum_in_force, reference_date

NUMBERS = ("value", "se", "cv", "ci_low", "ci_high", "deff", "ess")


def to_send(release: Release, cells: Sequence[Cells], terms: Terms) -> tuple[int, list[Moments]]:
    """The minimum of respondents in force, and what may be sent of every dataflow of a release.

    Args:
        release: as `protect` gave it.
        cells: those that were protected, each wave of a dataflow as its own.
        terms: on which they were.

    Raises:
        BadInput: the release was not audited, or has numbers of cells that are not there.
    """
    if not release.audited:
        raise BadInput(f"{release.survey} was not audited: nothing of it is sent.")
    minimum = minimum_in_force(terms, reference_date(_periods(release))).value
    waves: dict[str, list[Cells]] = {}
    for one in cells:
        waves.setdefault(one.dataflow.id, []).append(one)
    return minimum, [
        moments_of(flow, merged(waves[flow.dataflow.id]), fewest_psus(minimum))
        for flow in release.flows
    ]


def fewest_psus(minimum: int) -> int:
    """How many PSUs a cell needs for its moments to be sent, by the minimum of respondents."""
    return max(minimum, FEWEST_PSUS)


def moments_of(flow: Observations, cells: Cells, psus: int) -> Moments:
    """What may be sent of one dataflow; a number that is not public has no moments either."""
    row = rows_of(flow, cells)
    there = row >= 0
    if count := int((np.isfinite(flow.value) & ~there).sum()):
        raise BadInput(f"{flow.dataflow.id} has {count} numbers that come from no cell.")
    parts = cells.moments[row]
    linear = np.isfinite(flow.value) & (flow.psus >= psus)
    linear &= np.isfinite(parts[:, PARTS.index("zz")])
    if flow.dataflow.method.protection:
        # Beside a count that is told with noise its moments would tell the count.
        linear = np.zeros_like(linear)
    wanted = needed(flow, cells)
    sums = np.where(wanted & linear[:, None], parts[:, : len(SUMS)], np.nan)
    alone, proportion = (parts[:, PARTS.index(name)] for name in ("alone", "proportion"))
    return Moments(
        observations=without_numbers(flow, linear),
        linear=linear,
        proportion=linear & (np.nan_to_num(proportion) == 1),
        alone=np.where(linear, np.nan_to_num(alone), 0).astype(np.int64),
        weighted=np.where(linear, cells.weighted[row], np.nan),
        sums=sums,
    )


def rows_of(flow: Observations, cells: Cells) -> Ints:
    """Where each observation's cell is, -1 if there is none, shape (c,)."""
    at = {key: row for row, key in enumerate(map(tuple, cells.key.tolist()))}
    return np.array([at.get(key, -1) for key in map(tuple, flow.key.tolist())], dtype=np.int64)


def needed(flow: Observations, cells: Cells) -> Flags:
    """Which sums each cell is made of by its estimator, shape (c, 8)."""
    column = [one.id for one in flow.dataflow.dimensions].index("INDICATOR")
    of = [NEEDED.get(one.estimator, ()) for one in cells.dataflow.indicators]
    every = np.array([[name in names for name in SUMS] for names in of], dtype=np.bool_)
    found: Flags = every[indicators_of(flow, column)]
    return found


def indicators_of(flow: Observations, column: int) -> Ints:
    """The position of each observation's indicator among those of the dataflow."""
    order = {one.id: at for at, one in enumerate(flow.dataflow.indicators)}
    codes = flow.dataflow.dimensions[column].codes
    return np.array([order[code.id] for code in codes], dtype=np.int64)[flow.key[:, column]]


def without_numbers(flow: Observations, rows: Flags) -> Observations:
    """The observations without the numbers that others give."""
    left: dict[str, Any] = {name: np.where(rows, np.nan, getattr(flow, name)) for name in NUMBERS}
    return replace(flow, **left)


def _periods(release: Release) -> list[str]:
    """The periods of a release."""
    return [
        dimension.codes[code].id
        for flow in release.flows
        for dimension in flow.dataflow.dimensions
        if dimension.id == PERIOD
        for code in np.unique(flow.key[:, -1]).tolist()
    ]


__all__ = ["moments_of", "to_send"]
