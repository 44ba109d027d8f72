"""Declared pairs of domains compared in every cell: men and women, natives and migrants."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from cauce.estimate.answers import Answers
from cauce.estimate.covariances import (
    Shared,
    comparisons,
    covariance,
    crossings,
    joined,
    line_of,
)
from cauce.estimate.moved import around, moved, moved_covariance
from cauce.estimate.replicated_pairs import side_covariance
from cauce.estimate.sweep import Sweep
from cauce.estimate.tables import classified, estimate, keys_of, own_dimensions, questions
from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.cell import Cells
from cauce.model.comparison import Comparisons
from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput
from cauce.model.indicator import LINEAR, Indicator
from cauce.model.pair import Pair
from cauce.model.sample import Sample

Dims: TypeAlias = tuple[int, ...]


def compare(
    sample: Sample,
    dataflows: Sequence[Dataflow],
    pairs: Sequence[Pair],
    cells: Sequence[Cells] = (),
) -> tuple[Comparisons, ...]:
    """The difference of each pair in every cell of the other dimensions, margins included.

    Of every indicator of every dataflow that has the pair's dimension. Both domains lie in the
    same PSUs, so that their estimates are correlated: the variance is that of the one, plus that of
    the other, less twice their covariance. What is no total or ratio is linearised (`moved`).

    Args:
        cells: what `estimate` made of the sample and the dataflows; worked out if not given.

    Raises:
        BadInput: a pair names a code its dimension does not have.
    """
    cells = cells or estimate(sample, dataflows)
    compared = _Pairs(sample, dataflows)
    return tuple(
        compared_by(pair, own, compared.shared(flow, pair))
        for flow, own in zip(dataflows, cells, strict=True)
        for pair in pairs_in(flow, pairs)
    )


def pairs_in(flow: Dataflow, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs whose dimension a dataflow has."""
    return [pair for pair in pairs if pair.dimension in own_dimensions(flow)]


def compared_by(pair: Pair, own: Cells, parts: Sequence[Shared]) -> Comparisons:
    """The comparisons of a dataflow's cells by a pair, from what both sides have in common."""
    flow, shared = own.dataflow, joined(parts)
    at = [d.id for d in flow.dimensions].index(pair.dimension)
    first, second = shared.key.copy(), shared.key.copy()
    first[:, at], second[:, at] = (place(flow, pair, code) for code in (pair.first, pair.second))
    return comparisons(pair, shared, (own, first), (own, second))


def place(flow: Dataflow, pair: Pair, code: str) -> int:
    """The position of a code in the pair's dimension."""
    dimension = next(d for d in flow.dimensions if d.id == pair.dimension)
    ids = [known.id for known in dimension.codes]
    if code not in ids:
        raise BadInput(
            f"The pair {pair.id} compares codes that {pair.dimension} does not have: {code}."
        )
    return ids.index(code)


def sides(flow: Dataflow, pair: Pair, codes: Codes) -> Codes:
    """On which side of a pair respondents are, by their codes of its dimension: 0, 1 or -1."""
    side = np.full(len(codes), -1, dtype=np.int32)
    for number, code in enumerate((pair.first, pair.second)):
        # The total stands first among the codes of a dimension, and has none in a classifier.
        side[codes == place(flow, pair, code) - 1] = number
    return side


class _Pairs:
    """Covariances of one sample, each indicator and grouping of a pair worked out once."""

    def __init__(self, sample: Sample, dataflows: Sequence[Dataflow]) -> None:
        self._period = sample.period
        self._scores = {score.indicator: score for score in sample.scores}
        sweep = Sweep(sample.design)
        self._line = line_of(sweep.rows)
        self._names, self._sizes, codes = classified(sample, dataflows)
        self._answers = Answers(sweep, codes, self._sizes)
        asked = questions(dataflows, self._scores, self._names, self._sizes)
        self._questions = {q.indicator.id: q for q in asked}
        self._known: dict[tuple[str, Dims, str], tuple[Floats, Ints]] = {}

    def shared(self, flow: Dataflow, pair: Pair) -> list[Shared]:
        """What the two domains have in common in all cells of a dataflow."""
        at = self._names.index(pair.dimension)
        side = sides(flow, pair, self._answers.classifiers[at])
        rest = sorted(self._names.index(d) for d in own_dimensions(flow) if d != pair.dimension)
        found = []
        for dims in crossings(rest):
            grouping = self._answers.grouping(dims)
            everyone = np.ones(grouping.size, dtype=np.bool_)
            for position, indicator in enumerate(flow.indicators):
                if indicator.within and self._questions[indicator.id].within not in (*dims, at):
                    continue
                covariances, common = self._covariance(indicator, dims, (pair.id, at), side)
                own = (flow, self._period, self._names, self._sizes)
                key = keys_of(*own, grouping, position, everyone)
                found.append(Shared(key, covariances * indicator.scale**2, common))
        return found

    def _covariance(
        self, indicator: Indicator, dims: Dims, pair: tuple[str, int], side: Codes
    ) -> tuple[Floats, Ints]:
        """Worked out once for a pair, given by its id and its dimension."""
        known = indicator.id, dims, pair[0]
        if known not in self._known:
            own = self._line, self._answers.grouping(dims)
            if indicator.estimator in LINEAR:
                self._known[known] = covariance(*own, side, self._scores[indicator.id])
            else:
                q, at = self._questions[indicator.id], pair[1]
                of = moved(self._answers, q, tuple(sorted((*dims, at))))
                whole = self._answers.grouping(around(q, dims))
                apart = bool(indicator.within) and q.within != at
                self._known[known] = moved_covariance(*own, whole, side, of, apart)
            replicas = self._answers.sweep.rows.replication
            if replicas is not None:
                asked = self._answers, replicas, self._questions[indicator.id]
                found = side_covariance(*asked, dims, pair[1], side)
                self._known[known] = found, self._known[known][1]
        return self._known[known]
