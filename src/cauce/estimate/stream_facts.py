"""What is known of a streamed wave as a whole: its weights, and who moves its amounts."""

from collections.abc import Sequence

import numpy as np

from cauce.estimate.layout import lay_out
from cauce.estimate.leaving_out import LeftOut, is_moved, told
from cauce.estimate.stream_quantiles import quantiles
from cauce.estimate.stream_walk import Course, stream_measure
from cauce.estimate.summed import ExactSum
from cauce.model.arrays import Floats
from cauce.model.sample import Score
from cauce.model.stream import Batch, Stream
from cauce.model.wave_facts import WaveFacts


class Weighing:
    """The sum of weights and Kish's factor, whatever the order of the respondents."""

    def __init__(self) -> None:
        self._sum, self._squares, self._n = ExactSum(), ExactSum(), 0

    def add(self, weight: Floats) -> None:
        self._sum.add(weight)
        self._squares.add(weight**2)
        self._n += int((weight > 0).sum())

    def told(self) -> tuple[float, float]:
        """The sum of weights; n times the sum of their squares over the square of their sum."""
        total = self._sum.value()
        return total, self._n * self._squares.value() / total**2


class Everyone:
    """All respondents of a stream: their weights, and the amounts each of them moves."""

    def __init__(self, scores: Sequence[Score], group: int) -> None:
        self._weighing = Weighing()
        self._moved = [at for at, score in enumerate(scores) if is_moved(score)]
        self._left = [LeftOut(scores[at], group) for at in self._moved]
        self._errors: list[float] = []
        self._asked = [stream_measure(scores[at]) for at in self._moved]

    def look(self, batch: Batch) -> None:
        self._weighing.add(batch.weight)
        for at, left in zip(self._moved, self._left, strict=True):
            left.sum_up(batch.scores[at], batch.weight)

    def course(self, pilots: dict[int, float]) -> list[Course]:
        """The pass that gives the errors of the amounts; none if there are none."""
        layout = lay_out([], [()], self._asked)
        return [Course(layout, (), self._moved, pilots)] if self._moved else []

    @property
    def moved(self) -> bool:
        """Whether there is an amount that respondents move."""
        return bool(self._moved)

    def settle(self, courses: Sequence[Course], policy: int) -> None:
        """Take the errors of the amounts, now that everyone was walked by."""
        self._errors = [float(one.se[0]) for way in courses for one in way.estimates(policy)]

    def leave_out(self, batch: Batch) -> None:
        for at, left, se in zip(self._moved, self._left, self._errors, strict=True):
            left.leave_out(batch.scores[at], batch.weight, batch.row, se)

    def facts(self, stream: Stream, orders: Sequence[float]) -> WaveFacts:
        """The wave in counts and sums."""
        strata, (weighted, kish) = stream.strata, self._weighing.told()
        rows = int(strata.rows.sum())
        found = quantiles(stream.weights, rows, orders)
        return WaveFacts(
            period=stream.period,
            rows=rows,
            strata=len(strata.psus),
            psus=int(strata.psus.sum()),
            lonely=int(np.count_nonzero((strata.psus == 1) & (strata.population != 1))),
            weighted=weighted,
            kish=kish,
            quantiles=tuple(zip(orders, found, strict=True)),
            reasons=stream.reasons,
            findings=stream.findings,
            influences=tuple(told(self._left, self._errors)),
        )
