"""Where the kernel keeps what it adds up: cells by grouping, and lanes by score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.estimate import kernel
from cauce.model.arrays import Ints
from cauce.model.indicator import Estimator
from cauce.model.sample import Score


@dataclass(frozen=True)
class Measure:
    """What is asked of a score, whoever the respondents are.

    `binary` says that everyone counts as 0 or 1, so that a weighted square is the weighted self;
    `over` that there is a denominator other than 1; `missing` that there may be missing answers.
    """

    indicator: str
    estimator: Estimator
    binary: bool
    over: bool
    missing: bool


@dataclass(frozen=True)
class Lane:
    """A numerator and a denominator that are added up side by side: those of a score, or not.

    A ratio has a second lane, of its `weights`: there the denominator stands above, and 1 below.
    A lane is `centred` if its numerators are taken off a pilot, `squared` if their squares are
    wanted, has a `complement` if x - y is wanted and not x, is `over` something if x is not 1 for
    everyone inside, and may have `missing` answers.
    """

    score: int
    weights: bool
    centred: bool
    squared: bool
    complement: bool
    over: bool
    missing: bool

    @property
    def extras(self) -> tuple[bool, ...]:
        """Which of the sums the kernel calls extras it has."""
        return self.squared, self.centred, self.missing, self.over


@dataclass(frozen=True)
class Layout:
    """Cells by grouping and lanes by score.

    `measures` say what is asked of each score. `first_lane` is where a score's numerator and
    denominator are, `last_lane` where its weights are: of a ratio, which has a second lane, not the
    same. `extras`, of shape (lanes, 4), are the columns of what not all lanes have, -1 if they have
    them not; a row adds to the first `width` columns. `spans` are the cells of a grouping.
    """

    cells: int
    measures: tuple[Measure, ...]
    lanes: tuple[Lane, ...]
    first_lane: tuple[int, ...]
    last_lane: tuple[int, ...]
    extras: Ints
    width: int
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
    sizes: Sequence[int], groupings: Sequence[tuple[int, ...]], measures: Sequence[Measure]
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
    lanes = [_lanes(at, measure) for at, measure in enumerate(measures)]
    extras, width = _extras([lane for own in lanes for lane in own])
    ends = np.cumsum([len(own) for own in lanes]).tolist()
    return Layout(
        cells=cells,
        measures=tuple(measures),
        lanes=tuple(lane for own in lanes for lane in own),
        first_lane=tuple(end - len(own) for end, own in zip(ends, lanes, strict=True)),
        last_lane=tuple(end - 1 for end in ends),
        extras=extras,
        width=width,
        group_start=np.array(starts, dtype=np.int64),
        group_dims=np.array(dims, dtype=np.int64),
        strides=np.array(strides, dtype=np.int64),
        offsets=np.array(offsets, dtype=np.int64),
        spans=tuple(spans),
    )


def _lanes(at: int, measure: Measure) -> list[Lane]:
    """The lane of a score; of a ratio also one of its denominator as if that were a mean.

    The second gives what a ratio needs of the weights alone: their sum, the squares of the
    denominator, and the PSUs with a respondent even where all denominators are 0.
    """
    first = Lane(
        score=at,
        weights=False,
        centred=measure.estimator in ("mean", "ratio"),
        squared=not measure.binary,
        complement=measure.estimator == "rate",
        over=measure.over,
        missing=measure.missing,
    )
    if not measure.over:
        return [first]
    return [first, Lane(at, True, False, True, False, False, False)]


def _extras(lanes: Sequence[Lane]) -> tuple[Ints, int]:
    """Columns of each lane for what it has beyond the others, after those of its block."""
    extras = np.full((len(lanes), kernel.EXTRAS), -1, dtype=np.int64)
    ends = [kernel.FIRST_EXTRA]
    for at, lane in enumerate(lanes):
        if at % kernel.LANES == 0:
            ends.append(kernel.FIRST_EXTRA)
        for extra in np.flatnonzero(lane.extras):
            extras[at, extra] = ends[-1]
            ends[-1] += 1
    # Rows of whole vector registers are added faster.
    return extras, -(-max(ends) // kernel.LANES) * kernel.LANES


def measure_of(score: Score) -> Measure:
    """What is asked of a score."""
    over = score.denominator is not None
    return Measure(
        indicator=score.indicator,
        estimator=score.estimator,
        binary=not over and not score.magnitude and score.estimator != "mean",
        over=over,
        missing=score.missing_rows is not None,
    )
