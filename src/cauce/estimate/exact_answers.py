"""Linear indicators from whole-number sums that somebody else may have added up."""

from collections.abc import Sequence
from typing import Protocol

from cauce.estimate.cube import Estimates
from cauce.estimate.exact import frame_of
from cauce.estimate.exact_local import Summed, by_grouping, sum_here
from cauce.estimate.grouping import Grouping
from cauce.estimate.layout import measure_of
from cauce.estimate.rows import Rows
from cauce.model.errors import BadInput
from cauce.model.sample import Score

MOST_SCORES = 24
"""So many scores are added up at a time: engines plan longer texts for minutes."""


class Adder(Protocol):
    """Whoever adds up the people of a sample by PSU and cell."""

    def add(self, rows: Rows, groupings: Sequence[Grouping], scores: Sequence[Score]) -> Summed:
        """The sums of scores in groupings, in order. Raises BadInput and MethodFailed."""


class Kernel:
    """Our own kernel, from the arrays of the sample."""

    def add(self, rows: Rows, groupings: Sequence[Grouping], scores: Sequence[Score]) -> Summed:
        return sum_here(rows, groupings, scores)


class Exactly:
    """Estimates from the sums of an adder; `sha256s` are the hashes of these, pass by pass."""

    def __init__(self, adder: Adder) -> None:
        self._adder = adder
        self.sha256s: list[str] = []

    def run(
        self, rows: Rows, policy: int, groupings: Sequence[Grouping], scores: Sequence[Score]
    ) -> list[list[Estimates]]:
        """The estimates of every score in every grouping: [grouping][score], arrays (cells,).

        Raises:
            BadInput: the error of the design does not come from sums by PSU alone.
        """
        if rows.stages or rows.replication is not None or rows.regression is not None:
            raise BadInput(
                "The design has further stages, replicate weights or calibrated ones: its errors "
                "need more than sums by PSU. Use --engine local."
            )
        sizes, frame = [grouping.size for grouping in groupings], frame_of(rows)
        found: list[list[Estimates]] = [[] for _ in groupings]
        for at in range(0, len(scores), MOST_SCORES):
            asked = scores[at : at + MOST_SCORES]
            summed = self._adder.add(rows, groupings, asked)
            self.sha256s.append(summed.sums.sha256(summed.scales))
            measures = [measure_of(score) for score in asked]
            for own, more in zip(
                found, by_grouping(sizes, measures, frame, summed, policy), strict=True
            ):
                own += more
        return found
