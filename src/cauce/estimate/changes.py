"""Did it really change? Two waves that have PSUs in common, with the covariance these bring."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from cauce.estimate.covariances import (
    Line,
    Shared,
    comparisons,
    covariance,
    crossings,
    joined,
    linear,
)
from cauce.estimate.grouping import Grouping, group
from cauce.estimate.rows import rows_of
from cauce.estimate.stacking import matched
from cauce.estimate.tables import classified, estimate, keys_of, own_dimensions
from cauce.model.arrays import Floats, Ints
from cauce.model.cell import Cells
from cauce.model.comparison import Comparisons
from cauce.model.dataflow import Dataflow
from cauce.model.design import Design
from cauce.model.indicator import LINEAR
from cauce.model.sample import Sample, Score

Dims: TypeAlias = tuple[int, ...]
AFTER, BEFORE = 0, 1


def change(
    before: Sample,
    after: Sample,
    dataflows: Sequence[Dataflow],
    cells: tuple[Sequence[Cells], Sequence[Cells]] | None = None,
    new_psus: bool = False,
) -> tuple[Comparisons, ...]:
    """The change of every total, mean, rate and ratio from one wave to a later one, in every cell.

    The variance is v(after) + v(before) - 2 cov. Only PSUs that are in both waves, by the labels of
    stratum and PSU, bring a covariance: in stratum h with c of them, c / (c - 1) times the sum of
    products of both waves' deviations from their means, times 1 - n₁n₂ / (c N) where the PSUs of
    the population are known. Without a PSU in common the waves are independent.

    Args:
        cells: what `estimate` made of the earlier and the later wave; worked out if not given.
        new_psus: the survey draws new PSUs for every wave, so that equal labels mean nothing.

    Raises:
        BadInput: a sample's design does not hold the labels of its file.

    Source: Tam (1984), On covariances from overlapping samples, American Statistician 38; Qualité &
    Tillé (2008), Variance estimation of changes in repeated surveys, Survey Methodology 34.
    """
    earlier, later = cells or (estimate(before, dataflows), estimate(after, dataflows))
    waves = _Waves(before, after, dataflows, new_psus)
    found = []
    for flow, old, new in zip(dataflows, earlier, later, strict=True):
        parts = waves.shared(flow)
        if parts:
            shared = joined(parts)
            key = shared.key.copy()
            key[:, -1] = [c.id for c in flow.dimensions[-1].codes].index(before.period)
            periods = before.period, after.period
            found.append(comparisons(periods, shared, (new, shared.key), (old, key)))
    return tuple(found)


class _Waves:
    """Covariances of two waves, each indicator and grouping worked out once."""

    def __init__(
        self, before: Sample, after: Sample, dataflows: Sequence[Dataflow], new_psus: bool
    ) -> None:
        self._period = after.period
        self._scores = {
            new.indicator: _both(new, old)
            for new, old in zip(after.scores, _in_order(before, after), strict=True)
        }
        self._names, self._sizes, earlier = classified(before, dataflows)
        _, _, later = classified(after, dataflows)
        self._codes = [np.concatenate(pair) for pair in zip(later, earlier, strict=True)]
        count = len(after.design.weight)
        self._line = common_line(after.design, before.design, new_psus)
        self._side = np.full(len(self._line.weight), BEFORE, dtype=np.int32)
        self._side[:count] = AFTER
        self._groupings: dict[Dims, Grouping] = {}
        self._known: dict[tuple[str, Dims], tuple[Floats, Ints]] = {}

    def shared(self, flow: Dataflow) -> list[Shared]:
        """What both waves have in common in all cells of a dataflow."""
        found = []
        for dims in crossings(sorted(self._names.index(d) for d in own_dimensions(flow))):
            for position, name in linear(flow, LINEAR):
                covariances, common = self._covariance(name, dims)
                grouping = self._groupings[dims]
                own = (flow, self._period, self._names, self._sizes, grouping, position)
                key = keys_of(*own, np.ones(grouping.size, dtype=np.bool_))
                scale = flow.indicators[position].scale
                found.append(Shared(key, covariances * scale**2, common))
        return found

    def _covariance(self, name: str, dims: Dims) -> tuple[Floats, Ints]:
        if dims not in self._groupings:
            own = self._codes, self._sizes, dims
            self._groupings[dims] = group(*own, len(self._side))
        if (name, dims) not in self._known:
            of = self._groupings[dims], self._side, self._scores[name]
            self._known[name, dims] = covariance(self._line, *of)
        return self._known[name, dims]


def _in_order(before: Sample, after: Sample) -> list[Score]:
    """The scores of the earlier wave in the order of the later one."""
    old = {score.indicator: score for score in before.scores}
    return [old[score.indicator] for score in after.scores]


def _both(new: Score, old: Score) -> Score:
    """What the kernel needs of a score, over the respondents of both waves, the later first."""
    x = None
    if new.denominator is not None and old.denominator is not None:
        x = np.concatenate([new.denominator, old.denominator])
    return Score(
        indicator=new.indicator,
        inside=np.concatenate([new.inside, old.inside]),
        numerator=np.concatenate([new.numerator, old.numerator]),
        denominator=x,
        missing=0,
        magnitude=new.magnitude,
        estimator=new.estimator,
    )


def common_line(after: Design, before: Design, new_psus: bool = False) -> Line:
    """The rows whose PSU is in both waves; strata with one of these bring nothing."""
    weight = np.concatenate([after.weight, before.weight])
    nothing: Ints = np.empty(0, dtype=np.int64)
    if new_psus:
        return Line(nothing, nothing, nothing, weight, *(np.empty(0) for _ in range(3)))
    places = matched((after, before))
    stratum, psu = (np.concatenate([place[at] for place in places]) for at in (0, 1))
    rows = np.flatnonzero(np.isin(psu, np.intersect1d(places[0][1], places[1][1])))
    size = _population((after, before), places)
    design = Design(
        stratum=stratum[rows],
        psu=psu[rows],
        weight=weight[rows],
        population_psus=None if size is None else size[stratum[rows]],
        single_psu="certainty",
    )
    if not len(rows):
        return Line(nothing, stratum, psu, weight, *(np.empty(0) for _ in range(3)))
    own = rows_of(design, ())
    order = rows if own.order is None else rows[own.order]
    return Line(order, stratum, psu, weight, own.inner, own.outer, own.alone)


def _population(
    designs: tuple[Design, Design], places: Sequence[tuple[Ints, Ints]]
) -> Floats | None:
    """The number of PSUs of each stratum that makes 1 - c / N' the 1 - n₁n₂ / (c N) of waves."""
    both = np.intersect1d(places[0][1], places[1][1])
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
