"""Did it really change? Two waves that have PSUs in common, with the covariance these bring."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cauce.estimate.answers import Answers
from cauce.estimate.covariances import (
    Line,
    Shared,
    comparisons,
    covariance,
    crossings,
    joined,
)
from cauce.estimate.grouping import Grouping, group
from cauce.estimate.moved import Moved, around, moved, moved_covariance
from cauce.estimate.moved import joined as joined_moves
from cauce.estimate.regression import regression_of, stacked
from cauce.estimate.replicated_waves import refuse_waves
from cauce.estimate.rows import rows_of
from cauce.estimate.stacking import Matched, matched, matched_within
from cauce.estimate.sweep import Sweep
from cauce.estimate.tables import classified, estimate, keys_of, own_dimensions, questions
from cauce.model.arrays import Floats, Ints
from cauce.model.cell import Cells
from cauce.model.comparison import Comparisons
from cauce.model.dataflow import Dataflow
from cauce.model.design import Design, Stage
from cauce.model.indicator import LINEAR, Indicator
from cauce.model.residuals import Residuals
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
    """The change of every indicator from one wave, or pooled year, to a later one, in every cell.

    The variance is v(after) + v(before) - 2 cov. Only PSUs that are in both, by the labels of
    stratum and PSU, bring a covariance: in stratum h with c of them, c / (c - 1) times the sum of
    products of both sides' deviations from their means, times 1 - n₁n₂ / (c N) where the PSUs of
    the population are known. Without a PSU in common the waves are independent. What is no total
    or ratio is linearised in its own wave (`moved`).

    Args:
        cells: what `estimate` made of the earlier and the later wave; worked out if not given.
        new_psus: the survey draws new PSUs for every wave, so that equal labels mean nothing.

    Raises:
        BadInput: a sample's design does not hold the labels of its file.
        MethodFailed: PSUs may be in both, and a wave has replicate weights of its office.

    Source: Tam (1984), On covariances from overlapping samples, American Statistician 38; Qualité &
    Tillé (2008), Variance estimation of changes in repeated surveys, Survey Methodology 34.
    """
    if not new_psus:
        refuse_waves((before.design, after.design), "how two waves move together")
    earlier, later = cells or (estimate(before, dataflows), estimate(after, dataflows))
    waves = _Waves(before, after, dataflows, new_psus)
    found = []
    for flow, old, new in zip(dataflows, earlier, later, strict=True):
        shared = joined(waves.shared(flow))
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
        self._asked = tuple(_Asked(sample, dataflows) for sample in (after, before))
        self._names, self._sizes = self._asked[AFTER].names, self._asked[AFTER].sizes
        codes = [asked.answers.classifiers for asked in self._asked]
        self._codes = [np.concatenate(pair) for pair in zip(*codes, strict=True)]
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
            grouping = self._grouping(dims)
            for position, indicator in enumerate(flow.indicators):
                if indicator.within and self._names.index(indicator.within) not in dims:
                    continue
                covariances, common = self._covariance(indicator, dims)
                own = (flow, self._period, self._names, self._sizes, grouping, position)
                key = keys_of(*own, np.ones(grouping.size, dtype=np.bool_))
                found.append(Shared(key, covariances * indicator.scale**2, common))
        return found

    def _grouping(self, dims: Dims) -> Grouping:
        if dims not in self._groupings:
            own = self._codes, self._sizes, dims
            self._groupings[dims] = group(*own, len(self._side))
        return self._groupings[dims]

    def _covariance(self, indicator: Indicator, dims: Dims) -> tuple[Floats, Ints]:
        name = indicator.id
        if (name, dims) not in self._known:
            own = self._line, self._grouping(dims)
            asked = [each.questions[name] for each in self._asked]
            if indicator.estimator in LINEAR:
                score = _both(asked[AFTER].score, asked[BEFORE].score)
                self._known[name, dims] = covariance(*own, self._side, score)
            else:
                of = joined_moves(*(each.moved(name, dims) for each in self._asked))
                whole = self._grouping(around(asked[AFTER], dims))
                self._known[name, dims] = moved_covariance(*own, whole, self._side, of, True)
        return self._known[name, dims]


class _Asked:
    """A wave that can be asked what moves its estimates."""

    def __init__(self, sample: Sample, dataflows: Sequence[Dataflow]) -> None:
        self.names, self.sizes, codes = classified(sample, dataflows)
        self.answers = Answers(Sweep(sample.design), codes, self.sizes)
        scores = {score.indicator: score for score in sample.scores}
        every = questions(dataflows, scores, self.names, self.sizes)
        self.questions = {question.indicator.id: question for question in every}

    def moved(self, name: str, dims: Dims) -> Moved:
        return moved(self.answers, self.questions[name], dims)


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
    """The rows whose PSU is in both waves; strata with one of these bring nothing.

    A stratum here is what PSUs have in common in both designs: of pooled years those are finer
    than the survey's (`stacking.pooled`). Where further stages count, so do units that are in both
    waves, within PSUs that are.
    """
    weight = np.concatenate([after.weight, before.weight])
    if new_psus:
        return _nothing(weight)
    places = matched((after, before))
    found, rate = _shared_line((_first(after), _first(before)), places, weight)
    further = []
    for waves in zip(after.stages, before.stages, strict=True):
        if not rate.any():
            break
        places = matched_within(places.psus, waves)
        above = rate
        line, rate = _shared_line(waves, places, weight)
        by = np.zeros(len(line.inner))
        by[line.stratum[line.order]] = above[line.order]
        further.append(replace(line, inner=line.inner * by, outer=line.outer * by))
        rate = rate * above
    margins = stacked([(wave.residuals, len(wave.weight)) for wave in (after, before)])
    if margins is not None:
        found, *further = (_with_margins(line, margins) for line in (found, *further))
    return replace(found, further=tuple(further))


def _with_margins(line: Line, margins: Residuals) -> Line:
    """The same rows with the regression on the margins of both waves, each for itself."""
    labels = line.stratum, line.psu
    own = regression_of(margins, line.weight, line.order, labels, line.inner, line.outer)
    return replace(line, regression=own)


def _nothing(weight: Floats) -> Line:
    nobody: Ints = np.empty(0, dtype=np.int64)
    none: Floats = np.empty(0)
    return Line(nobody, nobody, nobody, weight, none, none, none)


def _first(design: Design) -> Stage:
    """The first stage of a design as a stage like the others."""
    population = design.population_psus
    unknown = np.full(len(design.psu), np.inf)
    return Stage(design.stratum, design.psu, unknown if population is None else population)


def _shared_line(
    waves: tuple[Stage, Stage], places: Matched, weight: Floats
) -> tuple[Line, Floats]:
    """The rows whose unit of one stage is in both waves, and how often it was drawn for both.

    The rate, of shape (n,), is that of units in both waves; 0 for all other rows.
    """
    units, rate = places.psus, np.zeros(len(weight))
    psu = np.concatenate(units)
    common = np.intersect1d(units[AFTER], units[BEFORE])
    rows = np.flatnonzero(np.isin(psu, common))
    if not len(rows):
        return _nothing(weight), rate
    homes = [_by_psu(own, wave.stratum, psu) for own, wave in zip(units, waves, strict=True)]
    _, layer = np.unique(np.stack([home[common] for home in homes]), axis=1, return_inverse=True)
    layer = layer.reshape(-1)
    stratum = np.zeros(int(psu.max()) + 1, dtype=np.int64)
    stratum[common] = layer
    size = _population(waves, units, common, layer, psu)
    design = Design(
        stratum=stratum[psu[rows]],
        psu=psu[rows],
        weight=weight[rows],
        population_psus=size[stratum[psu[rows]]],
        single_psu="certainty",
    )
    rate[rows] = (np.bincount(layer) / size)[stratum[psu[rows]]]
    own = rows_of(design, ())
    order = rows if own.order is None else rows[own.order]
    return Line(order, stratum[psu], psu, weight, own.inner, own.outer, own.alone), rate


def _by_psu(units: Ints, values: Ints | Floats, every: Ints) -> NDArray[Any]:
    """What holds of each PSU of a design, by the PSU's number."""
    found = np.zeros(int(every.max()) + 1, dtype=values.dtype)
    found[units] = values
    return found


def _population(
    waves: tuple[Stage, Stage], units: Sequence[Ints], common: Ints, layer: Ints, every: Ints
) -> Floats:
    """The number of units of each layer that makes 1 - c / N' the 1 - n₁n₂ / (c N) of waves.

    Infinity where a wave does not know it.
    """
    whole = np.zeros(int(layer.max()) + 1)
    drawn = np.ones(len(whole))
    for wave, own in zip(waves, units, strict=True):
        np.maximum.at(whole, layer, _by_psu(own, wave.population, every)[common])
        home = _by_psu(own, wave.stratum, every)
        sampled = np.bincount(home[np.unique(own)])
        n = np.zeros(len(whole))
        n[layer] = sampled[home[common]]
        drawn *= n
    size: Floats = whole * np.bincount(layer).astype(np.float64) ** 2 / drawn
    return size
