"""What each respondent adds to a covariance with a total, by his units at every stage."""

import numpy as np

from cauce.estimate import kernel
from cauce.estimate.covariances import Line
from cauce.estimate.grouping import Grouping
from cauce.model.arrays import Floats, Ints


def deviations(line: Line, grouping: Grouping | None, z: Floats) -> Floats:
    """For each respondent, what his PSU's sum of `z` (weights included) adds to a covariance.

    The covariance of the total of z with that of any other a is the sum of weight x a x this:
    v(a, z) = Σ_h [inner_h Σ_c a_c z_c - outer_h (Σ_c a_c)(Σ_c z_c)], shape (n,), at all stages.
    With a grouping z is summed up within the respondent's cell only. Whoever brings no covariance
    has 0.
    """
    strata, alone = len(line.alone), float(line.alone.sum())
    found = _at_stage(line, grouping, z) * (strata / max(strata - alone, 1))
    for stage in line.further:
        found += _at_stage(stage, grouping, z)
    return found


def _at_stage(line: Line, grouping: Grouping | None, z: Floats) -> Floats:
    """The same of one stage, strata of one PSU left out."""
    rows, found = line.order, np.zeros(len(z))
    if len(rows) == 0:
        return found
    psu, stratum = (_labels(line, grouping, own)[rows] for own in (line.psu, line.stratum))
    h = line.stratum[rows]
    inner = line.inner[h] * np.bincount(psu, z[rows])[psu]
    outer = line.outer[h] * np.bincount(stratum, z[rows])[stratum]
    found[rows] = inner - outer
    if line.regression is not None:
        everyone = np.zeros(len(z), dtype=np.int64)
        cell, cells = (everyone, 1) if grouping is None else (grouping.cell, grouping.size)
        found += line.regression.deviations(cell, cells, z)
    return found


def _labels(line: Line, grouping: Grouping | None, own: Ints) -> Ints:
    """Numbers of units, or of what of them lies in each cell."""
    if grouping is None:
        return own
    return kernel.within_cells(line.order, own, grouping.cell, grouping.size)
