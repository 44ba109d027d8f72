"""The same whole-number sums from arrays: what an engine does with rows, on this machine."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.estimate.cube import Estimates, refuse_beyond
from cauce.estimate.exact import Frame, estimates_of_sums, frame_of
from cauce.estimate.exact_scales import Looked, Scales, look, scales_of
from cauce.estimate.exact_sums import PsuSums, sums_by_psu, whole
from cauce.estimate.grouping import Grouping
from cauce.estimate.layout import Layout, Measure, lay_out, measure_of
from cauce.estimate.rows import Rows
from cauce.estimate.sweep import cut
from cauce.model.arrays import Floats, Ints
from cauce.model.sample import Score


@dataclass(frozen=True)
class Summed:
    """Sums by PSU and cell in order, their scales, and of each measure how many lie beyond."""

    sums: PsuSums
    scales: Scales
    beyond: Ints


def layout_of(sizes: Sequence[int], measures: Sequence[Measure]) -> Layout:
    """Groupings of so many cells each, one after the other; each has missing answers counted."""
    counted = [replace(measure, missing=True) for measure in measures]
    return lay_out(sizes, [(at,) for at in range(len(sizes))], counted)


def sum_here(rows: Rows, groupings: Sequence[Grouping], scores: Sequence[Score]) -> Summed:
    """The sums of respondents by PSU and cell of each grouping.

    Raises:
        BadInput: the numbers do not fit the scales, or a numerator that is no amount is neither 0
            nor 1 for someone inside.
    """
    measures = [measure_of(score) for score in scores]
    beyond = [beyond_of(score) for score in scores]
    refuse_beyond(measures, beyond, [int(score.inside.sum()) for score in scores])
    scales = scales_here(rows.weight, scores, measures)
    sizes = [grouping.size for grouping in groupings]
    order = np.arange(len(rows.psu)) if rows.order is None else rows.order
    sums = sums_by_psu(
        whole(rows.psu, rows.weight, scores, scales),
        layout_of(sizes, measures),
        [grouping.cell for grouping in groupings],
        sizes,
        order,
    )
    return Summed(sums.in_order(frame_of(rows).stratum), scales, np.array(beyond))


def scales_here(weight: Floats, scores: Sequence[Score], measures: Sequence[Measure]) -> Scales:
    """The scales of weights and scores. Raises BadInput if they do not fit."""
    everyone = np.ones(len(weight), dtype=np.bool_)
    y: list[Looked | None] = []
    x: list[Looked | None] = []
    for score, measure in zip(scores, measures, strict=True):
        y.append(None if measure.binary else look(score.numerator, score.inside))
        x.append(None if score.denominator is None else look(score.denominator, score.inside))
    return scales_of(measures, len(weight), look(weight, everyone), y, x)


def beyond_of(score: Score) -> int:
    """How many of those inside have a numerator that is not within the denominator."""
    y = score.numerator[score.inside]
    if score.denominator is None:
        return int(((y != 0) & (y != 1)).sum())
    x = score.denominator[score.inside]
    return int((~((y >= 0) & (y <= x))).sum())


def by_grouping(
    sizes: Sequence[int],
    measures: Sequence[Measure],
    frame: Frame,
    summed: Summed,
    policy: int,
) -> list[list[Estimates]]:
    """The estimates of every measure in every grouping: [grouping][measure], arrays (cells,)."""
    layout = layout_of(sizes, measures)
    columns = estimates_of_sums(layout, frame, summed.sums, summed.scales, summed.beyond, policy)
    return [[cut(column, start, stop) for column in columns] for start, stop in layout.spans]
