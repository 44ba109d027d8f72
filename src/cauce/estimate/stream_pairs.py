"""Declared pairs of domains compared in every cell, batch by batch: see `pairs.compare`."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from cauce.estimate.answers import Answered, Dims
from cauce.estimate.covariances import BothSides, Line, Shared, crossings, lonely_as_others
from cauce.estimate.pairs import compared_by, pairs_in, sides
from cauce.estimate.rows import Rows
from cauce.estimate.stream_steps import Step
from cauce.estimate.tables import keys_of, own_dimensions
from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.cell import Cells
from cauce.model.comparison import Comparisons
from cauce.model.dataflow import Dataflow
from cauce.model.pair import Pair
from cauce.model.sample import Score
from cauce.model.stream import Batch

Compared = tuple[str, Dims, str]


class StreamPairs:
    """Covariances of the two domains of every pair, each indicator and crossing worked out once.

    Memory goes with cells. What is no total, mean, rate or ratio must not be asked.

    Args:
        names: the dimensions of all dataflows, and `sizes` how many codes each has.
        places: where each indicator's score is in a batch, and whether it is a total.
    """

    def __init__(
        self,
        dataflows: Sequence[Dataflow],
        names: Sequence[str],
        sizes: Sequence[int],
        places: Mapping[str, tuple[int, bool]],
    ) -> None:
        self._names, self._sizes, self._places = names, sizes, places
        pairs = {pair.id: pair for flow in dataflows for pair in flow.pairs}
        self._pairs = list(pairs.values())
        self._flows = {pair.id: flow for flow in dataflows for pair in self._in(flow)}
        self._asked = dict.fromkeys(
            (indicator.id, dims, pair.id)
            for flow in dataflows
            for pair in self._in(flow)
            for dims in self._dims(flow, pair)
            for indicator in flow.indicators
        )
        self._both: dict[Compared, BothSides] = {}
        self._found: dict[Compared, tuple[Floats, Ints]] = {}

    def __bool__(self) -> bool:
        return bool(self._asked)

    def crossings(self) -> set[Dims]:
        """The crossings whose cells are asked for."""
        return {dims for _, dims, _ in self._asked}

    def settle(self, answers: Answered) -> None:
        """Lay out the sums, now that the cells are known."""
        for name, dims, pair in self._asked:
            _, total = self._places[name]
            self._both[name, dims, pair] = BothSides(answers.grouping(dims).size, total)

    def sum_up(self, batch: Batch, codes: Codes, cells: Mapping[Dims, Codes]) -> list[Step]:
        """Take respondents into the sums, one step a sum; `codes` has shape (classifiers, n)."""
        order = np.arange(len(batch.weight))
        return [
            partial(both.sum_up, order, cells[dims], side, batch.weight, self._score(batch, name))
            for name, dims, side, both in self._each(codes)
        ]

    def multiply(
        self, rows: Rows, batch: Batch, codes: Codes, cells: Mapping[Dims, Codes]
    ) -> list[Step]:
        """Take respondents into the products, now that all are summed up; one step a product."""
        line = _line(rows)
        return [
            partial(both.multiply, line, cells[dims], side, self._score(batch, name))
            for name, dims, side, both in self._each(codes)
        ]

    def _score(self, batch: Batch, name: str) -> Score:
        return batch.scores[self._places[name][0]]

    def found(
        self, rows: Rows, cells: Sequence[Cells], answers: Answered, period: str
    ) -> Iterator[Comparisons]:
        """The comparisons of every dataflow by each of its pairs."""
        line = _line(rows)
        for asked, both in self._both.items():
            moment = both.moment(line)
            self._found[asked] = moment * lonely_as_others(*both.strata), both.common
        for own in cells:
            for pair in self._in(own.dataflow):
                yield compared_by(pair, own, self._shared(own.dataflow, pair, answers, period))

    def _shared(self, flow: Dataflow, pair: Pair, answers: Answered, period: str) -> list[Shared]:
        found = []
        for dims in self._dims(flow, pair):
            grouping = answers.grouping(dims)
            everyone = np.ones(grouping.size, dtype=np.bool_)
            for position, indicator in enumerate(flow.indicators):
                covariances, common = self._found[indicator.id, dims, pair.id]
                own = flow, period, self._names, self._sizes, grouping, position
                key = keys_of(*own, everyone)
                found.append(Shared(key, covariances * indicator.scale**2, common))
        return found

    def _in(self, flow: Dataflow) -> list[Pair]:
        return pairs_in(flow, self._pairs)

    def _dims(self, flow: Dataflow, pair: Pair) -> list[Dims]:
        own = (name for name in own_dimensions(flow) if name != pair.dimension)
        return crossings(sorted(self._names.index(name) for name in own))

    def _each(self, codes: Codes) -> Iterator[tuple[str, Dims, Codes, BothSides]]:
        side = {
            pair.id: sides(self._flows[pair.id], pair, codes[self._names.index(pair.dimension)])
            for pair in self._pairs
        }
        for (name, dims, pair), both in self._both.items():
            yield name, dims, side[pair], both


def _line(rows: Rows) -> Line:
    """Some respondents in order."""
    return Line(
        np.arange(len(rows.weight)),
        rows.stratum,
        rows.psu,
        rows.weight,
        rows.inner,
        rows.outer,
        rows.alone,
    )
