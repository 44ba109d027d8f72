"""The walk of one layout over a file of any size: the same blocks, and so the same bits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from cauce.estimate.cube import (
    Estimates,
    amounts_counted,
    any_badly_centred,
    estimates_from,
    own_centres,
    sums_of,
)
from cauce.estimate.layout import Lane, Layout, Measure, measure_of
from cauce.estimate.rows import Brought, Pair, Rows, brought_by, quotient
from cauce.estimate.walk import Found, Way, arrive, set_out, walk_on
from cauce.model.arrays import Codes
from cauce.model.errors import BadInput
from cauce.model.sample import Score
from cauce.model.stream import Batch


class Pilots:
    """The centres of means and ratios, by the place of their score; see `Rows.pilot`.

    Every batch but the last must have whole steps of rows.PILOT_STEP chunks of rows.CHUNK rows.
    """

    def __init__(self, scores: Sequence[Score]) -> None:
        self._sums: dict[int, Pair] = {
            at: (0.0, 0.0)
            for at, score in enumerate(scores)
            if score.estimator in ("mean", "ratio")
        }

    def look(self, rows: Rows, batch: Batch) -> None:
        for at, sums in self._sums.items():
            score = batch.scores[at]
            own = Brought(score.inside, None, score.numerator, score.denominator)
            self._sums[at] = rows.pilot_sums(own, *sums)

    def found(self) -> dict[int, float]:
        return {at: quotient(*sums) for at, sums in self._sums.items()}


class Course:
    """One layout on its way through the batches: walked once, or twice to centre it anew.

    Memory is that of its cells, twice: of the block under way, and of all blocks before it.

    Args:
        dims: the crossing of each of the layout's classifiers.
        scores: the place of each of its scores among those of a batch.
        pilots: as `Pilots` finds them.
    """

    def __init__(
        self,
        layout: Layout,
        dims: Sequence[tuple[int, ...]],
        scores: Sequence[int],
        pilots: Mapping[int, float],
    ) -> None:
        self.layout, self.dims, self.scores = layout, tuple(dims), tuple(scores)
        self._pilots = [
            pilots[scores[lane.score]] if lane.centred else 0.0 for lane in layout.lanes
        ]
        self._centre = np.zeros((layout.cells, len(layout.lanes)))
        self._inside = [0] * len(scores)
        self._way: Way | None = None
        self._found: Found | None = None

    def walk(
        self,
        rows: Rows,
        batch: Batch,
        first: int,
        borders: Sequence[int],
        cells: Mapping[tuple[int, ...], Codes],
    ) -> None:
        """Walk on through a batch, and close each block that ends in it.

        Args:
            rows: the batch as rows, without their cells.
            first: the place of its first row among all.
            cells: everyone's cell in each crossing, each of shape (n,).
        """
        own = replace(rows, classifiers=tuple(cells[dims] for dims in self.dims))
        lanes = [self._brought(batch, lane) for lane in self.layout.lanes]
        for at, score in enumerate(self.scores):
            self._inside[at] += int(batch.scores[score].inside.sum())
        for start, stop, ends in cuts(first, len(batch.weight), borders):
            if self._way is None:
                self._way = set_out(self.layout, self._centre)
            walk_on(self.layout, own, lanes, self._pilots, self._way, start, stop)
            if ends:
                self._close(own, self._way)

    def _close(self, rows: Rows, way: Way) -> None:
        """A block ends here: add what it found to those before it."""
        found = arrive(self.layout, rows, way)
        self._way = None
        if self._found is None:
            self._found = found
            return
        np.add(self._found.kept, found.kept, out=self._found.kept)
        np.add(self._found.beyond, found.beyond, out=self._found.beyond)

    @property
    def found(self) -> Found:
        """What the walk brought back."""
        if self._found is None:
            raise ValueError("The walk has not come to its end.")
        return self._found

    def centre_anew(self) -> bool:
        """Whether the walk must be made once more, around each cell's own ratio."""
        sums = sums_of(self.layout, self.found, self._centre)
        if not any_badly_centred(self.layout, sums):
            return False
        self._centre = own_centres(self.layout, sums)
        self._found = None
        return True

    def estimates(self, policy: int) -> list[Estimates]:
        """The estimates of each score in all cells of the layout, each array of shape (cells,)."""
        sums = sums_of(self.layout, self.found, self._centre)
        return estimates_from(self.layout, self.found, sums, policy)

    def refuse_amounts(self) -> None:
        """Raises BadInput if a numerator that is no amount is neither 0 nor 1 for someone."""
        measures = zip(self.layout.measures, self._inside, self.layout.first_lane, strict=True)
        for measure, inside, lane in measures:
            if measure.binary and self.found.beyond[lane]:
                beyond = int(self.found.beyond[lane])
                raise BadInput(amounts_counted(measure.indicator, beyond, inside))

    def _brought(self, batch: Batch, lane: Lane) -> Brought:
        own = brought_by(batch.scores[self.scores[lane.score]], lane)
        if lane.missing and own.missing is None:  # nobody is missing in this batch
            return replace(own, missing=np.zeros(len(batch.weight), dtype=np.bool_))
        return own


def stream_measure(score: Score) -> Measure:
    """What is asked of a score; whether somebody is missing is only known at the end."""
    return replace(measure_of(score), missing=True)


def cuts(first: int, count: int, borders: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """Parts of a batch that lie in one block, and whether the block ends with them.

    Args:
        first: the place of the batch's first row among all.
    """
    start = 0
    for border in borders[1:]:
        stop = min(border - first, count)
        if stop > start:
            yield start, stop, border - first == stop
            start = stop
