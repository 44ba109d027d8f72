"""Declared pairs of domains compared in every cell: men and women, natives and migrants."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from cauce.estimate.covariances import (
    Shared,
    comparisons,
    covariance,
    crossings,
    joined,
    line_of,
    linear,
)
from cauce.estimate.grouping import Grouping, group
from cauce.estimate.sweep import Sweep
from cauce.estimate.tables import classified, estimate, keys_of, own_dimensions
from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.cell import Cells
from cauce.model.comparison import Comparisons
from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput
from cauce.model.indicator import LINEAR
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

    Of every total, mean, rate and ratio of every dataflow that has the pair's dimension. Both
    domains lie in the same PSUs, so that their estimates are correlated: the variance is that of
    the one, plus that of the other, less twice their covariance. A dataflow with none of them is
    left out.

    Args:
        cells: what `estimate` made of the sample and the dataflows; worked out if not given.

    Raises:
        BadInput: a pair names a code its dimension does not have.
    """
    cells = cells or estimate(sample, dataflows)
    compared = _Pairs(sample, dataflows)
    found = []
    for flow, own in zip(dataflows, cells, strict=True):
        for pair in (pair for pair in pairs if pair.dimension in own_dimensions(flow)):
            at = [d.id for d in flow.dimensions].index(pair.dimension)
            codes = [place(flow, pair, code) for code in (pair.first, pair.second)]
            parts = compared.shared(flow, pair, codes)
            if parts:
                shared = joined(parts)
                first, second = shared.key.copy(), shared.key.copy()
                first[:, at], second[:, at] = codes
                found.append(comparisons(pair, shared, (own, first), (own, second)))
    return tuple(found)


def place(flow: Dataflow, pair: Pair, code: str) -> int:
    """The position of a code in the pair's dimension."""
    dimension = next(d for d in flow.dimensions if d.id == pair.dimension)
    ids = [known.id for known in dimension.codes]
    if code not in ids:
        raise BadInput(
            f"The pair {pair.id} compares codes that {pair.dimension} does not have: {code}."
        )
    return ids.index(code)


class _Pairs:
    """Covariances of one sample, each indicator and grouping of a pair worked out once."""

    def __init__(self, sample: Sample, dataflows: Sequence[Dataflow]) -> None:
        self._period = sample.period
        self._scores = {score.indicator: score for score in sample.scores}
        self._line = line_of(Sweep(sample.design).rows)
        self._names, self._sizes, self._codes = classified(sample, dataflows)
        self._groupings: dict[Dims, Grouping] = {}
        self._known: dict[tuple[str, Dims, str], tuple[Floats, Ints]] = {}

    def shared(self, flow: Dataflow, pair: Pair, codes: Sequence[int]) -> list[Shared]:
        """What the two domains have in common in all cells of a dataflow."""
        at = self._names.index(pair.dimension)
        # The total stands first among the codes of a dimension, and has none in a classifier.
        side = np.full(len(self._line.weight), -1, dtype=np.int32)
        for number, code in enumerate(codes):
            side[self._codes[at] == code - 1] = number
        rest = sorted(self._names.index(d) for d in own_dimensions(flow) if d != pair.dimension)
        found = []
        for dims in crossings(rest):
            grouping = self._grouping(dims)
            everyone = np.ones(grouping.size, dtype=np.bool_)
            for position, name in linear(flow, LINEAR):
                covariances, common = self._covariance(name, dims, pair, side)
                own = (flow, self._period, self._names, self._sizes)
                key = keys_of(*own, grouping, position, everyone)
                scale = flow.indicators[position].scale
                found.append(Shared(key, covariances * scale**2, common))
        return found

    def _covariance(self, name: str, dims: Dims, pair: Pair, side: Codes) -> tuple[Floats, Ints]:
        known = name, dims, pair.id
        if known not in self._known:
            of = self._grouping(dims), side, self._scores[name]
            self._known[known] = covariance(self._line, *of)
        return self._known[known]

    def _grouping(self, dims: Dims) -> Grouping:
        if dims not in self._groupings:
            own = self._codes, self._sizes, dims
            self._groupings[dims] = group(*own, len(self._line.weight))
        return self._groupings[dims]
