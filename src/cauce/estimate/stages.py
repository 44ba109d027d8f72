"""What the stages after the first add to moments.

Each is one more walk in which the units of the stage before, or their parts, are the strata. Sums
and counts stay those of the first: degrees of freedom are PSUs minus strata, as R's `degf`.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cauce.estimate import kernel
from cauce.estimate.layout import Layout
from cauce.estimate.residual_moments import with_residuals
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
    """What `walk_all` finds, with the moments of all stages. Raises as that does.

    Where weights were calibrated they are those of residuals, stage by stage.
    """
    of = lanes, pilots, centre, threads
    found = with_residuals(walk_all(layout, rows, *of), layout, rows, *of)
    bare = replace(layout, extras=np.full_like(layout.extras, -1), width=kernel.FIRST_EXTRA)
    for stage in rows.stages:
        here = replace(stage, weight=rows.weight, classifiers=rows.classifiers)
        own = with_residuals(walk_all(bare, here, *of), layout, here, *of)
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
