"""The cells of every dataflow from a wave of any size, equal to those from memory to the last bit.

Memory is that of the cells and of one batch. Everyone is read twice: once to know which cells there
are, the pilots of means and the weights; once for the pass. A third reading is made where a cell is
too far from its pilot, and one where amounts are published, to leave everyone out of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np

from cauce.estimate.answers import Dims, Key
from cauce.estimate.cube import Estimates
from cauce.estimate.grouping import Grouping
from cauce.estimate.layout import lay_out
from cauce.estimate.stream_cells import Seats
from cauce.estimate.stream_draw import StreamDraw, draw_of
from cauce.estimate.stream_facts import Everyone
from cauce.estimate.stream_kernel import place_codes
from cauce.estimate.stream_largest import TopTwo
from cauce.estimate.stream_pairs import StreamPairs
from cauce.estimate.stream_steps import Step, side_by_side
from cauce.estimate.stream_walk import Course, Pilots, stream_measure
from cauce.estimate.sweep import cut, together
from cauce.estimate.tables import cells_of, own_dimensions, questions, size_of
from cauce.model.arrays import Codes, Floats
from cauce.model.cell import Cells
from cauce.model.comparison import Comparisons
from cauce.model.dataflow import Dataflow
from cauce.model.errors import MethodFailed
from cauce.model.indicator import LINEAR
from cauce.model.missing import Missing
from cauce.model.sample import Score
from cauce.model.stream import Batch, Stream
from cauce.model.wave_facts import WaveFacts


@dataclass(frozen=True)
class Streamed:
    """What `estimate` and `compare` give of a sample, and what is known of the wave as a whole."""

    cells: tuple[Cells, ...]
    comparisons: tuple[Comparisons, ...]
    facts: WaveFacts


def estimate_stream(
    stream: Stream, dataflows: Sequence[Dataflow], group: int, orders: Sequence[float]
) -> Streamed:
    """The cells of all dataflows, margins included, and the comparisons of their pairs.

    Args:
        group: how many of the most influential respondents are looked at together.
        orders: the quantiles of weights that are told.

    Raises:
        LonelyPsu: a stratum has a single PSU and the design says to refuse.
        MethodFailed: an indicator needs everyone at once.
        BadInput: a table has more cells than can be numbered.
    """
    refuse_bent(dataflows)
    batches = iter(stream.batches())
    first = next(batches)
    scores = first.scores
    draw, everyone = draw_of(stream.strata), Everyone(scores, group)
    answers = StreamAnswers(draw, dataflows, scores, stream.strata.unit == "psu")
    pilots = Pilots(scores)
    for batch in chain((first,), batches):
        pilot = partial(pilots.look, draw.rows(batch), batch)
        side_by_side([partial(answers.look, batch), partial(everyone.look, batch), pilot])
    overall = everyone.course(pilots.found())
    answers.settle(pilots.found())
    answers.walk(stream, overall)
    everyone.settle(overall, draw.policy)
    if answers.pairs or everyone.moved:
        for batch in stream.batches():
            side_by_side([*answers.multiply(batch), partial(everyone.leave_out, batch)])
    cells = tuple(answers.cells_of(flow, stream.period) for flow in dataflows)
    compared = tuple(answers.compared(cells, stream.period))
    return Streamed(cells, compared, everyone.facts(stream, orders))


def refuse_bent(dataflows: Sequence[Dataflow]) -> None:
    """Raises MethodFailed if a table has what cannot be estimated batch by batch, by name."""
    bent = {
        indicator.id: indicator.estimator
        for flow in dataflows
        for indicator in flow.indicators
        if indicator.estimator not in LINEAR
    }
    if bent:
        told = ", ".join(f"{name} ({estimator})" for name, estimator in bent.items())
        raise MethodFailed(
            f"{len(bent):,} indicators need everyone at once and cannot be estimated from a file "
            f"that is read in batches: {told}. Take them out of the pack's tables and catalogue, "
            "or read the whole file into memory: --stream never."
        )


class StreamAnswers:
    """Estimates by indicator and grouping, worked out batch by batch; see `answers.Answers`."""

    def __init__(
        self,
        draw: StreamDraw,
        dataflows: Sequence[Dataflow],
        scores: Sequence[Score],
        answered: bool,
    ) -> None:
        self.draw, self._scores, self._answered = draw, scores, answered
        self.names = sorted({name for flow in dataflows for name in own_dimensions(flow)})
        self.sizes = [size_of(dataflows, name) for name in self.names]
        by_name = {score.indicator: score for score in scores}
        self._asked = questions(dataflows, by_name, self.names, self.sizes)
        self._place = {score.indicator: at for at, score in enumerate(scores)}
        places = {s.indicator: (at, s.estimator == "total") for at, s in enumerate(scores)}
        self.pairs = StreamPairs(dataflows, self.names, self.sizes, places)
        crossings = {dims for q in self._asked for dims in q.dims} | self.pairs.crossings()
        self._seats = Seats(self.sizes, crossings)
        self._courses: list[Course] = []
        self._largest: dict[Key, TopTwo] = {}
        self._tops: dict[Key, Floats] = {}
        self.found: dict[Key, Estimates] = {}
        self.weight: Floats = np.empty(0)

    def grouping(self, dims: Dims) -> Grouping:
        return self._seats.grouping(dims)

    def look(self, batch: Batch) -> None:
        """Take in which cells some respondents are in."""
        self._seats.look(self._codes(batch))

    def settle(self, pilots: Mapping[int, float]) -> None:
        """Lay out the passes, now that the cells are known: those that are made from memory."""
        self._seats.settle()
        groups: dict[frozenset[Dims], list[Score]] = {}
        for q in self._asked:
            groups.setdefault(q.dims, []).append(q.score)
        for wanted, scores in groups.items():
            dims = sorted(wanted)
            sizes = [self.grouping(own).size for own in dims]
            for some in together(scores, sum(sizes)):
                asked = [stream_measure(score) for score in some]
                layout = lay_out(sizes, [(at,) for at in range(len(sizes))], asked)
                places = [self._place[score.indicator] for score in some]
                self._courses.append(Course(layout, dims, places, pilots))
        self.pairs.settle(self)
        for name, own, size, amount in self._cells_asked():
            if amount:
                self._largest[name, own] = TopTwo(size, self._answered)
            else:
                self._tops[name, own] = np.full((size, 2), np.nan)

    def walk(self, stream: Stream, overall: Sequence[Course]) -> None:
        """Make the passes, and once more those with a cell that is far from its pilot.

        Args:
            overall: passes of others, to be made at the same time.
        """
        courses = [*self._courses, *overall]
        self._once(stream, courses, first=True)
        for course in courses:
            course.refuse_amounts()
        again = [course for course in courses if course.centre_anew()]
        if again:
            self._once(stream, again, first=False)
        for course in self._courses:
            self._tell(course)
        for key, top in self._largest.items():
            self._tops[key] = top.shares()

    def cells_of(self, flow: Dataflow, period: str) -> Cells:
        """The cells of one dataflow, margins first."""
        scores = {score.indicator: score for score in self._scores}
        return cells_of(
            flow, period, self.names, self.sizes, scores, self, self._tops, answerer=None
        )

    def multiply(self, batch: Batch) -> list[Step]:
        """Take respondents into the products of both sides of pairs, once all are summed up."""
        if not self.pairs:
            return []
        codes = self._codes(batch)
        cells = self._cells(self.pairs.crossings(), codes)
        return self.pairs.multiply(self.draw.rows(batch), batch, codes, cells)

    def compared(self, cells: Sequence[Cells], period: str) -> Iterator[Comparisons]:
        return self.pairs.found(self.draw.nobody(), cells, self, period)

    def _once(self, stream: Stream, courses: Sequence[Course], first: bool) -> None:
        at = 0
        for batch in stream.batches():
            codes, rows = self._codes(batch), self.draw.rows(batch)
            cells = self._cells({dims for course in courses for dims in course.dims}, codes)
            way = rows, batch, at, self.draw.borders, cells
            steps: list[Step] = [partial(course.walk, *way) for course in courses]
            if first:
                steps += self._once_only(batch, codes, cells)
            side_by_side(steps)
            at += len(batch.weight)

    def _once_only(self, batch: Batch, codes: Codes, cells: Mapping[Dims, Codes]) -> list[Step]:
        """What does not depend on centres: the largest contributors, and sums of pairs."""
        drawn = batch.weight, batch.psu
        largest: list[Step] = [
            partial(top.add, batch.scores[self._place[name]], cells[dims], *drawn)
            for (name, dims), top in self._largest.items()
        ]
        return [*largest, *self.pairs.sum_up(batch, codes, cells)]

    def _cells(self, crossings: Iterable[Dims], codes: Codes) -> dict[Dims, Codes]:
        return {dims: self._seats.cells(dims, codes) for dims in crossings}

    def _tell(self, course: Course) -> None:
        columns = course.estimates(self.draw.policy)
        for at, column in zip(course.scores, columns, strict=True):
            for dims, (start, stop) in zip(course.dims, course.layout.spans, strict=True):
                self.found[self._scores[at].indicator, dims] = cut(column, start, stop)

    def _cells_asked(self) -> Iterator[tuple[str, Dims, int, bool]]:
        """Indicator, crossing, its cells, and whether amounts are summed up in it."""
        for q in self._asked:
            for dims in q.dims:
                yield q.indicator.id, dims, self.grouping(dims).size, q.score.magnitude

    def _codes(self, batch: Batch) -> Codes:
        codes = np.empty((len(self.names), len(batch.weight)), np.int32)
        for own, name, size in zip(codes, self.names, self.sizes, strict=True):
            place_codes(batch.columns[name], size, Missing.NOT_APPLICABLE.value, own)
        return codes
