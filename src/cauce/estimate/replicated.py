"""Errors of totals, rates, means and ratios from replicate weights, for all cells at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.estimate.layout import Layout, Measure
from cauce.estimate.replicated_ranks import degrees
from cauce.estimate.replicated_sums import Replicas, in_cells
from cauce.estimate.rows import Brought, Rows
from cauce.model.arrays import Codes, Flags, Floats, Ints

TOGETHER = 8
"""So many measures are summed up in one walk."""


@dataclass(frozen=True)
class Errors:
    """The variance and the degrees of freedom of one measure in all cells, each of shape (cells,).

    NaN where a replicate has no estimate: its denominator is 0 there.
    """

    variance: Floats
    df: Ints


@dataclass(frozen=True)
class Above:
    """Of which variables a measure is made: what stands above and, -1 for a total, below."""

    above: int
    below: int
    domain: int


def replicated(
    rows: Rows,
    replicas: Replicas,
    layout: Layout,
    lanes: Sequence[Brought],
    pilots: Sequence[float],
    threads: int | None,
) -> list[Errors]:
    """The errors of each measure of a layout under replicates.

    A mean or ratio is taken off its pilot first, so that nothing cancels.
    """
    found: list[Errors] = []
    for at in range(0, len(layout.measures), TOGETHER):
        measures = layout.measures[at : at + TOGETHER]
        firsts = layout.first_lane[at : at + TOGETHER]
        own = [(lanes[first], pilots[first]) for first in firsts]
        found += _together(rows, replicas, layout, measures, own, threads)
    return found


def _together(
    rows: Rows,
    replicas: Replicas,
    layout: Layout,
    measures: Sequence[Measure],
    brought: Sequence[tuple[Brought, float]],
    threads: int | None,
) -> list[Errors]:
    variables, domains, parts = _variables(measures, brought)
    order = np.arange(len(rows.weight)) if rows.order is None else rows.order
    variance = np.full((len(measures), layout.cells), np.nan)
    df = np.zeros((len(measures), layout.cells), dtype=np.int64)
    for g, (start, stop) in enumerate(layout.spans):
        cell = cells_of(layout, rows, g)
        own = order, rows.psu, rows.weight, cell, stop - start
        found = in_cells(replicas, *own, variables, domains)
        free = degrees(found, rows.weight, tuple(domains))
        for first, last, sums in found.blocks(threads):
            for m, part in enumerate(parts):
                d = _off(part, sums, found.whole[:, first:last])
                variance[m, start + first : start + last] = replicas.variance(d)
        for m, part in enumerate(parts):
            df[m, start:stop] = free[:, part.domain]
    return [Errors(*own) for own in zip(variance, df, strict=True)]


def cells_of(layout: Layout, rows: Rows, g: int) -> Codes:
    """The cell of each respondent in a grouping of the layout, from 0, shape (n,)."""
    cell = np.zeros(len(rows.weight), dtype=np.int32)
    for d in range(layout.group_start[g], layout.group_start[g + 1]):
        stride = int(layout.strides[d])
        own = rows.classifiers[layout.group_dims[d]]
        cell += own if stride == 1 else own * np.int32(stride)
    return cell


def _variables(
    measures: Sequence[Measure], brought: Sequence[tuple[Brought, float]]
) -> tuple[list[Floats], list[Flags], list[Above]]:
    """What is to be summed up, in which domains, and where each measure finds its own."""
    variables: list[Floats] = []
    domains: list[Flags] = []
    ones: dict[int, int] = {}
    parts = []
    for measure, (lane, pilot) in zip(measures, brought, strict=True):
        domain = next((d for d, known in enumerate(domains) if known is lane.inside), -1)
        if domain < 0:
            domain = len(domains)
            domains.append(lane.inside)
        below = -1
        if measure.estimator != "total":
            x = 1.0 if lane.x is None else lane.x
            if lane.x is None and domain in ones:
                below = ones[domain]
            else:
                below = len(variables)
                variables.append(np.where(lane.inside, x, 0.0))
                if lane.x is None:
                    ones[domain] = below
        z = np.where(lane.inside, lane.y, 0.0)
        if below >= 0 and pilot:
            z = z - pilot * variables[below]
        variables.append(z)
        parts.append(Above(len(variables) - 1, below, domain))
    return variables, domains, parts


def _off(part: Above, sums: Floats, whole: Floats) -> Floats:
    """How far the estimate under each replicate lies from the estimate, (cells, replicates)."""
    above, full = sums[:, part.above], whole[part.above][:, None]
    if part.below < 0:
        off: Floats = above - full
        return off
    return quotients(above, sums[:, part.below]) - quotients(full, whole[part.below][:, None])


def quotients(above: Floats, below: Floats) -> Floats:
    """above / below, NaN where below is 0."""
    found: Floats = np.divide(
        above, below, out=np.full(np.broadcast(above, below).shape, np.nan), where=below != 0
    )
    return found
