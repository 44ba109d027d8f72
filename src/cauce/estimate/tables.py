"""The cells of every dataflow of a release, from one sample in one pass."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from cauce.estimate.cube import Estimates, cube
from cauce.estimate.kernel import two_largest
from cauce.model.arrays import Codes, Flags, Floats
from cauce.model.cell import Cells
from cauce.model.dataflow import Dataflow
from cauce.model.missing import Missing
from cauce.model.sample import Sample, Score

FIXED_BEFORE, FIXED_AFTER = 3, 1
SCALED = ("value", "se", "ci_low", "ci_high")


def estimate(sample: Sample, dataflows: Sequence[Dataflow]) -> tuple[Cells, ...]:
    """Estimate all indicators of all dataflows, crossed with their dimensions and all margins.

    Position 0 of a dimension is its total; the last two are unknown and not applicable. Cells
    nobody is in are left out, but for the grand total.

    Raises:
        LonelyPsu: a stratum has a single PSU and the design says to refuse.
    """
    names = sorted({name for flow in dataflows for name in own_dimensions(flow)})
    sizes = [_size(dataflows, name) for name in names]
    classifiers = [
        positions(sample.columns[name], size) for name, size in zip(names, sizes, strict=True)
    ]
    wanted = {indicator.id for flow in dataflows for indicator in flow.indicators}
    scores = [score for score in sample.scores if score.indicator in wanted]
    groupings = sorted({grouping for flow in dataflows for grouping in _groupings(flow, names)})
    estimates = dict(
        zip(groupings, cube(sample.design, classifiers, sizes, groupings, scores), strict=True)
    )
    largest = Largest(sample, classifiers, sizes, scores)
    return tuple(
        _cells(flow, sample.period, names, sizes, scores, estimates, largest) for flow in dataflows
    )


def own_dimensions(flow: Dataflow) -> tuple[str, ...]:
    """The dimensions of a dataflow that tell respondents apart."""
    return tuple(d.id for d in flow.dimensions[FIXED_BEFORE : len(flow.dimensions) - FIXED_AFTER])


def _size(dataflows: Sequence[Dataflow], name: str) -> int:
    """The codes of a dimension with unknown and not applicable, without the total."""
    return next(len(d.codes) for flow in dataflows for d in flow.dimensions if d.id == name) - 1


def positions(column: Codes, size: int) -> Codes:
    """Codes from 0, with unknown and not applicable as the last two, in place of reasons."""
    reasons = np.where(column == Missing.NOT_APPLICABLE, size - 1, size - 2)
    return np.where(column >= 0, column, reasons).astype(np.int32)


def _groupings(flow: Dataflow, names: Sequence[str]) -> list[tuple[int, ...]]:
    own = [names.index(name) for name in own_dimensions(flow)]
    return [tuple(sorted(chosen)) for k in range(len(own) + 1) for chosen in combinations(own, k)]


class Largest:
    """The shares of the two largest contributors, worked out once per grouping and score."""

    def __init__(
        self,
        sample: Sample,
        classifiers: Sequence[Codes],
        sizes: Sequence[int],
        scores: Sequence[Score],
    ) -> None:
        self._weight = sample.design.weight
        self._classifiers = (
            np.stack(classifiers, axis=1)
            if classifiers
            else np.empty((len(self._weight), 0), np.int32)
        )
        self._sizes = sizes
        self._scores = scores
        self._known: dict[tuple[tuple[int, ...], int], Floats] = {}

    def of(self, grouping: tuple[int, ...], s: int) -> Floats:
        """Shares of shape (cells, 2); NaN for a score that is no amount, or where the sum is 0."""
        size = int(np.prod([self._sizes[d] for d in grouping], dtype=np.int64))
        if not self._scores[s].magnitude:
            return np.full((size, 2), np.nan)
        if (grouping, s) not in self._known:
            self._known[grouping, s] = self._shares(grouping, s, size)
        return self._known[grouping, s]

    def _shares(self, grouping: tuple[int, ...], s: int, size: int) -> Floats:
        score = self._scores[s]
        amount = np.where(score.inside, np.abs(score.numerator) * self._weight, 0.0)
        strides = np.array(
            [
                np.prod([self._sizes[e] for e in grouping[i + 1 :]], dtype=np.int64)
                for i in range(len(grouping))
            ],
            dtype=np.int64,
        )
        dims = np.array(grouping, dtype=np.int64)
        top = two_largest(self._classifiers, dims, strides, size, amount)
        cell = (self._classifiers[:, dims] * strides).sum(axis=1).astype(np.int64)
        total = np.bincount(cell, weights=amount, minlength=size)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.where(total[:, None] > 0, top / total[:, None], np.nan))


def _cells(
    flow: Dataflow,
    period: str,
    names: Sequence[str],
    sizes: Sequence[int],
    scores: Sequence[Score],
    estimates: dict[tuple[int, ...], Estimates],
    largest: Largest,
) -> Cells:
    """The cells of one dataflow, margins first."""
    keys: list[Codes] = []
    parts: dict[str, list[Any]] = {name: [] for name in Estimates.__dataclass_fields__}
    tops: list[Floats] = []
    for grouping in _groupings(flow, names):
        found = estimates[grouping]
        for position, indicator in enumerate(flow.indicators):
            s = next(i for i, score in enumerate(scores) if score.indicator == indicator.id)
            kept = _kept(found, s, grouping)
            keys.append(_keys(flow, period, names, sizes, grouping, position, kept))
            for name, part in parts.items():
                column = getattr(found, name)[kept, s]
                part.append(column * indicator.scale if name in SCALED else column)
            tops.append(largest.of(grouping, s)[kept])
    arrays: dict[str, Any] = {name: np.concatenate(part) for name, part in parts.items()}
    return Cells(dataflow=flow, key=np.concatenate(keys), largest=np.concatenate(tops), **arrays)


def _kept(found: Estimates, s: int, grouping: tuple[int, ...]) -> Flags:
    someone: Flags = (found.n[:, s] > 0) | (found.missing[:, s] > 0)
    return someone if grouping else np.ones(1, dtype=np.bool_)


def _keys(
    flow: Dataflow,
    period: str,
    names: Sequence[str],
    sizes: Sequence[int],
    grouping: tuple[int, ...],
    indicator: int,
    kept: Flags,
) -> Codes:
    """Positions in every dimension of the dataflow, shape (kept cells, d)."""
    cells = np.flatnonzero(kept)
    key = np.zeros((len(cells), len(flow.dimensions)), dtype=np.int32)
    own = [d.id for d in flow.dimensions]
    key[:, 2] = indicator
    key[:, -1] = next(i for i, c in enumerate(flow.dimensions[-1].codes) if c.id == period)
    for dim in reversed(grouping):
        key[:, own.index(names[dim])] = cells % sizes[dim] + 1
        cells = cells // sizes[dim]
    return key
