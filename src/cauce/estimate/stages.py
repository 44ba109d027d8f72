"""What the stages after the first add to moments and covariances.

Each is one more walk in which the units of the stage before, or their parts, are the strata. Sums
and counts stay those of the first: degrees of freedom are PSUs minus strata, as R's `degf`.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cauce.estimate import kernel
from cauce.estimate.grouping import Grouping
from cauce.estimate.layout import Layout
from cauce.estimate.rows import Brought, Rows
from cauce.estimate.walk import Found, walk_all
from cauce.model.arrays import Floats

MOMENTS = (kernel.ZZ, kernel.ZB, kernel.BB)


def walk_stages(
    layout: Layout,
    rows: Rows,
    lanes: Sequence[Brought],
    pilots: Sequence[float],
    centre: Floats,
    threads: int | None,
) -> Found:
    """What `walk_all` finds, with the moments of all stages. Raises as that does."""
    found = walk_all(layout, rows, lanes, pilots, centre, threads)
    for stage in rows.stages:
        here = replace(stage, weight=rows.weight, classifiers=rows.classifiers)
        own = walk_all(layout, here, lanes, pilots, centre, threads)
        _add(found, own, layout)
    return found


def _add(found: Found, own: Found, layout: Layout) -> None:
    """Add the moments of a stage to those of the first.

    Where strata of one PSU count as the others do on average, all moments will be multiplied in the
    end: not those of further stages, which have no such strata.
    """
    for first, last in zip(layout.first_lane, layout.last_lane, strict=True):
        strata = np.maximum(found.of(last, kernel.STRATA), 1.0)
        part = (strata - found.of(last, kernel.ALONE)) / strata
        for lane in range(first, last + 1):
            for slot in MOMENTS:
                found.of(lane, slot)[:] += part * own.of(lane, slot)


def deviations_of(rows: Rows, z: Floats, grouping: Grouping | None = None) -> Floats:
    """What the sum of z in a respondent's unit adds to a covariance at one stage, shape (n,).

    With a `grouping`, z is summed up within the respondent's cell only.
    """
    psu, stratum = rows.psu, rows.stratum
    if grouping is not None:
        order = np.arange(len(psu)) if rows.order is None else rows.order
        psu, stratum = (
            kernel.within_cells(order, labels, grouping.cell, grouping.size)
            for labels in (psu, stratum)
        )
    inner = rows.inner[rows.stratum] * np.bincount(psu, z)[psu]
    outer = rows.outer[rows.stratum] * np.bincount(stratum, z)[stratum]
    found: Floats = inner - outer
    return found
