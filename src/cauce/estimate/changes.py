"""Did it really change? Two waves that have PSUs in common, with the covariance these bring."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.estimate.cube import Estimates
from cauce.estimate.grouping import Grouping, group
from cauce.estimate.pairs import TOGETHER, Columns, crossings, parts_of
from cauce.estimate.stacking import matched
from cauce.estimate.sweep import Sweep
from cauce.estimate.tables import classified, own_dimensions
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.comparison import Comparisons
from cauce.model.dataflow import Dataflow
from cauce.model.design import Design
from cauce.model.indicator import LINEAR
from cauce.model.sample import Sample, Score


@dataclass(frozen=True)
class Common:
    """The respondents of both waves whose PSU is in both, one wave after the other.

    `rows` marks them among all, shape (n,); `before` those of the earlier wave among all. `sweep`
    is over them, None if there is nobody.
    """

    rows: Flags
    before: Flags
    sweep: Sweep | None


def change(before: Sample, after: Sample, dataflows: Sequence[Dataflow]) -> tuple[Comparisons, ...]:
    """The change of every total, mean, rate and ratio from one wave to a later one, in every cell.

    The variance is v(after) + v(before) - 2 cov. Only PSUs that are in both waves, by the labels of
    stratum and PSU, bring a covariance: in stratum h with c of them, c / (c - 1) times the sum of
    products of both waves' deviations from their means, times 1 - n₁n₂ / (c N) where the PSUs of
    the population are known. Without a PSU in common the waves are independent.

    Raises:
        BadInput: a sample's design does not hold the labels of its file.

    Source: Tam (1984), On covariances from overlapping samples, American Statistician 38; Qualité &
    Tillé (2008), Variance estimation of changes in repeated surveys, Survey Methodology 34.
    """
    names, sizes, earlier = classified(before, dataflows)
    _, _, later = classified(after, dataflows)
    both = [np.concatenate(pair) for pair in zip(earlier, later, strict=True)]
    common = common_of(before.design, after.design)
    waves = Sweep(before.design), Sweep(after.design)
    old = {score.indicator: score for score in before.scores}
    new = {score.indicator: score for score in after.scores}
    found = []
    for flow in dataflows:
        columns = Columns(flow, after.period, names, sizes)
        linear = [
            (position, old[one.id], new[one.id])
            for position, one in enumerate(flow.indicators)
            if one.estimator in LINEAR
        ]
        for dims in crossings(sorted(names.index(name) for name in own_dimensions(flow))):
            grouping = group(both, sizes, dims, len(common.rows))
            for some in parts_of(linear, TOGETHER):
                _change_in(waves, common, grouping, some, columns)
        if columns.any():
            found.append(columns.comparisons((before.period, after.period)))
    return tuple(found)


def common_of(before: Design, after: Design) -> Common:
    """The PSUs of both waves as a design of their own; strata of one of them bring nothing."""
    places = matched((before, after))
    stratum, psu = (np.concatenate([place[at] for place in places]) for at in (0, 1))
    both = np.intersect1d(places[0][1], places[1][1])
    rows = np.isin(psu, both)
    size = _population((before, after), places, both)
    design = Design(
        stratum=stratum[rows],
        psu=psu[rows],
        weight=np.concatenate([before.weight, after.weight])[rows],
        population_psus=None if size is None else size[stratum[rows]],
        single_psu="certainty",
    )
    is_before = np.arange(len(rows)) < len(before.weight)
    return Common(rows, is_before, Sweep(design) if len(both) else None)


def _population(
    designs: tuple[Design, Design], places: Sequence[tuple[Ints, Ints]], both: Ints
) -> Floats | None:
    """The number of PSUs of each stratum that makes 1 - c / N' the 1 - n₁n₂ / (c N) of waves."""
    most = int(max(stratum.max() for stratum, _ in places)) + 1
    whole, drawn = np.zeros(most), np.ones(most)
    shared: Floats = np.zeros(most)
    for design, (stratum, psu) in zip(designs, places, strict=True):
        if design.population_psus is None:
            return None
        np.maximum.at(whole, stratum, design.population_psus)
        _, first = np.unique(psu, return_index=True)
        drawn *= np.bincount(stratum[first], minlength=most)
        here = stratum[first][np.isin(psu[first], both)]
        shared = np.bincount(here, minlength=most).astype(np.float64)
    size: Floats = whole * shared**2 / np.maximum(drawn, 1)
    return size


def _change_in(
    waves: tuple[Sweep, Sweep],
    common: Common,
    grouping: Grouping,
    some: Sequence[tuple[int, Score, Score]],
    columns: Columns,
) -> None:
    """The change of some indicators in one grouping."""
    parts = [
        Grouping(grouping.dims, grouping.cell[mine], grouping.ids)
        for mine in (common.before, ~common.before)
    ]
    was, now = (
        sweep.run([part], scores)[0]
        for sweep, part, scores in zip(
            waves, parts, ([old for _, old, _ in some], [new for _, _, new in some]), strict=True
        )
    )
    shared = _covariances(common, waves, parts, some)
    for (position, _, _), earlier, later, (covariance, psus) in zip(
        some, was, now, shared, strict=True
    ):
        most = earlier.se * later.se
        covariance = np.clip(covariance, -most, most)
        variance = earlier.se**2 + later.se**2 - 2 * covariance
        columns.add(grouping, position, later, earlier, variance, covariance, psus)


def _covariances(
    common: Common,
    waves: tuple[Sweep, Sweep],
    parts: Sequence[Grouping],
    some: Sequence[tuple[int, Score, Score]],
) -> list[tuple[Floats, Ints]]:
    """Covariance of both waves' estimates and PSUs both rest on, of each score: shape (cells,).

    v(a + b) - v(a) - v(b) is twice the covariance, all three over the PSUs in common.
    """
    cells = parts[0].size
    if common.sweep is None:
        return [(np.zeros(cells), np.zeros(cells, dtype=np.int64)) for _ in some]
    here = np.concatenate([part.cell for part in parts])[common.rows]
    grouping = Grouping(parts[0].dims, here, parts[0].ids)
    scores = []
    for _, old, new in some:
        z, inside = [], []
        for score, part, sweep in zip((old, new), parts, waves, strict=True):
            z.append(linear_influence(score, part, sweep.rows.weight))
            inside.append(score.inside)
        own = np.concatenate(z)
        who = np.concatenate(inside)
        for mine in (common.before, ~common.before, np.ones_like(common.before)):
            chosen = (who & mine)[common.rows]
            scores.append(
                Score("z", chosen, own[common.rows], None, 0, magnitude=True, estimator="total")
            )
    ran = common.sweep.run([grouping], scores)[0]
    return [_of_three(ran[at : at + 3]) for at in range(0, len(ran), 3)]


def _of_three(found: Sequence[Estimates]) -> tuple[Floats, Ints]:
    one, two, both = found
    variances = [np.where(np.isfinite(part.se), part.se, 0.0) ** 2 for part in found]
    covariance: Floats = 0.5 * (variances[2] - variances[0] - variances[1])
    return covariance, one.psus + two.psus - both.psus


def linear_influence(score: Score, grouping: Grouping, weight: Floats) -> Floats:
    """What each respondent moves a total (y) or ratio ((y - R x) / X) by, shape (n,)."""
    y = np.where(score.inside, score.numerator, 0.0)
    if score.estimator == "total":
        return y
    x = score.inside.astype(np.float64) if score.denominator is None else score.denominator
    x = np.where(score.inside, x, 0.0)
    above = np.bincount(grouping.cell, weight * y, grouping.size)
    below = np.bincount(grouping.cell, weight * x, grouping.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (y - (above / below)[grouping.cell] * x) / below[grouping.cell]
    return np.where(score.inside & np.isfinite(z), z, 0.0)
