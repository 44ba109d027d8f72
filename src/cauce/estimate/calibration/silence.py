"""Those who answered stand for those who did not, cell by cell.

The factor of a cell is the sum of weights of all who were to answer over that of those who did. In
errors it counts as a part of the weight, as R's survey has it if weights are given: whoever did not
answer stays in the design with weight 0, so that his PSU does. That the factors
themselves are estimates, from the same sample, is left out; after calibration it is the residuals
on the margins that count, and it matters less.

Source: Särndal & Lundström (2005), Estimation in Surveys with Nonresponse, section 6.3 (weighting
classes) and chapter 11 (what its variance leaves out).
"""

from dataclasses import dataclass

import numpy as np

from cauce.estimate.calibration.collapse import combined
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.auxiliary import ANSWERED, OUTSIDE
from cauce.model.errors import BadInput


@dataclass(frozen=True)
class Answered:
    """Weights of those who answered, of shape (n,), 0 of all others; and how they were raised."""

    weight: Floats
    asked: int
    answered: int
    factors: tuple[float, float]


def for_the_silent(weight: Floats, ended: Codes, cells: dict[str, tuple[Codes, int]]) -> Answered:
    """The weights of those who answered, raised to all who were to.

    Args:
        ended: how each interview ended, see `Auxiliary`.
        cells: codes by variable, of everybody who was to answer, and how many codes there are.

    Raises:
        BadInput: the cell of somebody is not known, or nobody in a cell answered.
    """
    counted = weight > 0
    asked, answered = counted & (ended != OUTSIDE), counted & (ended == ANSWERED)
    if not answered.any():
        raise BadInput("[nonresponse]: nobody answered. Are the codes of the column right?")
    cell, first = _cells(asked, cells)
    count = len(first)
    people = np.bincount(cell[answered], minlength=count)
    empty = (people == 0) & (np.bincount(cell[asked], minlength=count) > 0)
    if empty.any():
        raise BadInput(
            f"[nonresponse]: in {empty.sum():,} of {count:,} cells nobody answered, and "
            f"{np.isin(cell[asked], np.flatnonzero(empty)).sum():,} were to. Join them with "
            "others: take a variable out, or one with fewer codes."
        )
    wanted = np.bincount(cell[asked], weight[asked], count)
    given = np.bincount(cell[answered], weight[answered], count)
    factor = np.divide(wanted, given, out=np.ones(count), where=given > 0)
    raised = np.where(answered, weight * factor[cell], 0.0)
    some = factor[people > 0]
    ends = float(some.min()), float(some.max())
    return Answered(raised, int(asked.sum()), int(answered.sum()), ends)


def _cells(asked: Flags, cells: dict[str, tuple[Codes, int]]) -> tuple[Ints, Ints]:
    """The number of everybody's cell, and a row of each."""
    for name, (codes, _) in cells.items():
        lost = int((asked & (codes < 0)).sum())
        if lost:
            raise BadInput(
                f"[nonresponse]: {lost:,} of {asked.sum():,} who were to answer have no {name}, so "
                "that their cell is not known. Cells are of what is known of everybody, from the "
                "frame."
            )
    columns = [(np.maximum(codes, 0), size) for codes, size in cells.values()]
    return combined([(np.zeros(len(asked), dtype=np.int64), 1), *columns])
