"""Where the kernel keeps what it adds up: cells by grouping, and lanes by score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.estimate import kernel
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.sample import Score


@dataclass(frozen=True)
class Lane:
    """A numerator and a denominator that are added up side by side; all arrays of shape (n,).

    `x` is None where it is 1 for everyone inside. `pilot` is a centre near the ratios of all cells,
    so that sums of squares keep their digits. Of a rate the complement x - y is wanted, not x.
    """

    inside: Flags
    missing: Flags | None
    y: Floats
    x: Floats | None
    centred: bool
    complement: bool


@dataclass(frozen=True)
class Layout:
    """Cells by grouping and lanes by score.

    `first_lane` is where a score's numerator and denominator are, `last_lane` where its weights
    are: of a ratio, which has a second lane, not the same. `slots` a row adds to; `spans` are the
    cells of a grouping.
    """

    cells: int
    lanes: tuple[Lane, ...]
    first_lane: tuple[int, ...]
    last_lane: tuple[int, ...]
    slots: int
    group_start: Ints
    group_dims: Ints
    strides: Ints
    offsets: Ints
    spans: tuple[tuple[int, int], ...]

    @property
    def blocks(self) -> int:
        """Blocks of kernel.LANES lanes."""
        return -(-len(self.lanes) // kernel.LANES)


def lay_out(
    sizes: Sequence[int], groupings: Sequence[tuple[int, ...]], scores: Sequence[Score]
) -> Layout:
    """Give every cell its place and every score its lanes."""
    starts, dims, strides, offsets, spans = [0], [], [], [], []
    cells = 0
    for grouping in groupings:
        stride = 1
        own = []
        for dim in reversed(grouping):
            own.append(stride)
            stride *= sizes[dim]
        dims += list(grouping)
        strides += own[::-1]
        starts.append(len(dims))
        offsets.append(cells)
        spans.append((cells, cells + stride))
        cells += stride
    lanes = [_lanes(score) for score in scores]
    ends = np.cumsum([len(own) for own in lanes]).tolist()
    return Layout(
        cells=cells,
        lanes=tuple(lane for own in lanes for lane in own),
        first_lane=tuple(end - len(own) for end, own in zip(ends, lanes, strict=True)),
        last_lane=tuple(end - 1 for end in ends),
        slots=_slots(scores),
        group_start=np.array(starts, dtype=np.int64),
        group_dims=np.array(dims, dtype=np.int64),
        strides=np.array(strides, dtype=np.int64),
        offsets=np.array(offsets, dtype=np.int64),
        spans=tuple(spans),
    )


def _lanes(score: Score) -> list[Lane]:
    """The lane of a score; of a ratio also one of its denominator as if that were a mean.

    The second gives what a ratio needs of the weights alone: their sum, the squares of the
    denominator, and the PSUs with a respondent even where all denominators are 0.
    """
    centred = score.estimator in ("mean", "ratio")
    rate = score.estimator == "rate"
    first = Lane(
        score.inside, score.missing_rows, score.numerator, score.denominator, centred, rate
    )
    if score.denominator is None:
        return [first]
    return [first, Lane(score.inside, None, score.denominator, None, False, False)]


def _slots(scores: Sequence[Score]) -> int:
    """How many of the first slots a row adds to."""
    if any(score.denominator is not None for score in scores):
        return kernel.YX + 1
    if any(score.missing_rows is not None for score in scores):
        return kernel.MISSING + 1
    return kernel.CASES + 1 if all(map(binary, scores)) else kernel.Y + 1


def binary(score: Score) -> bool:
    """Whether everyone counts as 0 or 1, so that a weighted square is the weighted self."""
    return score.denominator is None and not score.magnitude and score.estimator != "mean"
