"""Declared pairs of domains compared in every cell: men and women, natives and migrants."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

import numpy as np

from cauce.estimate.compared import domain_score, gap, linear_of, unvaried
from cauce.estimate.cube import Estimates
from cauce.estimate.grouping import Grouping, group
from cauce.estimate.influence import score_of_z
from cauce.estimate.intervals import t_interval
from cauce.estimate.student import t_975
from cauce.estimate.sweep import Sweep
from cauce.estimate.tables import classified, keys_of, own_dimensions
from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.comparison import Comparisons, Pair
from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput
from cauce.model.indicator import LINEAR
from cauce.model.sample import Sample, Score

T = TypeVar("T")
# So many indicators are compared in one pass: each brings three scores of everybody.
TOGETHER = 16


def compare(
    sample: Sample, dataflows: Sequence[Dataflow], pairs: Sequence[Pair]
) -> tuple[Comparisons, ...]:
    """The difference of each pair in every cell of the other dimensions, margins included.

    Of every total, mean, rate and ratio of every dataflow that has the pair's dimension. Both
    domains lie in the same PSUs, so that their estimates are correlated: the error is that of the
    difference itself. A dataflow with none of them is left out.

    Raises:
        BadInput: a pair names a code its dimension does not have.
    """
    sweep = Sweep(sample.design)
    names, sizes, classifiers = classified(sample, dataflows)
    found = []
    for flow in dataflows:
        own = own_dimensions(flow)
        for pair in (pair for pair in pairs if pair.dimension in own):
            at = names.index(pair.dimension)
            first, second = (
                np.isin(classifiers[at], _places(flow, pair, codes))
                for codes in (pair.first, pair.second)
            )
            scores = {s.indicator: replace(s, first=first, second=second) for s in sample.scores}
            rest = sorted(names.index(name) for name in own if name != pair.dimension)
            columns = Columns(flow, sample.period, names, sizes)
            for dims in crossings(rest):
                grouping = group(classifiers, sizes, dims, len(sweep.rows.weight))
                _compare_in(sweep, grouping, flow, scores, columns)
            if columns.any():
                found.append(columns.comparisons(pair))
    return tuple(found)


def crossings(dims: Sequence[int]) -> list[tuple[int, ...]]:
    """All combinations of some dimensions, the margins first."""
    return [chosen for k in range(len(dims) + 1) for chosen in combinations(dims, k)]


def _places(flow: Dataflow, pair: Pair, codes: Sequence[str]) -> list[int]:
    """Where codes stand in the classifier of the pair's dimension, whose total has no place."""
    dimension = next(d for d in flow.dimensions if d.id == pair.dimension)
    ids = [code.id for code in dimension.codes]
    unknown = [code for code in codes if code not in ids]
    if unknown:
        raise BadInput(
            f"The pair {pair.id} compares codes that {pair.dimension} does not have: "
            f"{', '.join(unknown)}."
        )
    return [ids.index(code) - 1 for code in codes]


def _compare_in(
    sweep: Sweep,
    grouping: Grouping,
    flow: Dataflow,
    scores: dict[str, Score],
    columns: "Columns",
) -> None:
    """Compare the pair in one grouping, for all linear indicators of a dataflow."""
    linear = [(i, one) for i, one in enumerate(flow.indicators) if one.estimator in LINEAR]
    for some in parts_of(linear, TOGETHER):
        passed, values = [], []
        for _, indicator in some:
            score = scores[indicator.id]
            base = linear_of(score)
            influence = gap("difference", base, score, grouping, sweep.rows.weight)
            values.append(influence.value)
            passed += [
                domain_score(score, "first", base),
                domain_score(score, "second", base),
                score_of_z(score, influence),
            ]
        ran = sweep.run([grouping], passed)[0]
        for at, (position, _) in enumerate(some):
            one, two, both = ran[3 * at : 3 * at + 3]
            variance = both.se**2
            covariance = 0.5 * (one.se**2 + two.se**2 - variance)
            common = one.psus + two.psus - both.psus
            columns.add(grouping, position, one, two, variance, covariance, common)


def parts_of(whole: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """A sequence in parts of at most so many."""
    for at in range(0, len(whole), size):
        yield whole[at : at + size]


class Columns:
    """The comparisons of one dataflow, collected grouping by grouping."""

    def __init__(
        self, flow: Dataflow, period: str, names: Sequence[str], sizes: Sequence[int]
    ) -> None:
        self._flow, self._period, self._names, self._sizes = flow, period, names, sizes
        self._keys: list[Codes] = []
        self._parts: dict[str, list[np.ndarray]] = {}

    def add(
        self,
        grouping: Grouping,
        position: int,
        one: Estimates,
        two: Estimates,
        variance: Floats,
        covariance: Floats,
        common: Ints,
    ) -> None:
        """Take in one indicator of one grouping; kept where both domains have somebody."""
        kept = (one.n > 0) & (two.n > 0)
        scale = self._flow.indicators[position].scale
        df = np.minimum(one.df, two.df)
        difference, se = one.value - two.value, np.sqrt(np.maximum(variance, 0.0))
        # Where neither varied, as of rates that are 0 in both, an error of 0 says nothing.
        se = np.where(unvaried(one, two), np.nan, se)
        low, high = t_interval(difference, se, t_975(df))
        columns = {
            "first": one.value * scale,
            "second": two.value * scale,
            "difference": difference * scale,
            "se": se * scale,
            "ci_low": low * scale,
            "ci_high": high * scale,
            "covariance": covariance * scale**2,
            "df": df,
            "n": np.minimum(one.n, two.n),
            "common": common,
        }
        for name, column in columns.items():
            self._parts.setdefault(name, []).append(column[kept])
        own = (self._flow, self._period, self._names, self._sizes)
        self._keys.append(keys_of(*own, grouping, position, kept))

    def any(self) -> bool:
        return bool(self._keys)

    def comparisons(self, of: Pair | tuple[str, str]) -> Comparisons:
        """All that was taken in; there must be something."""
        arrays = {name: np.concatenate(part) for name, part in self._parts.items()}
        return Comparisons(dataflow=self._flow, of=of, key=np.concatenate(self._keys), **arrays)
