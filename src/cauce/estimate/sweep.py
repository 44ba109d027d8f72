"""Many passes over one design, each for the scores and groupings that go together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cauce.estimate import kernel
from cauce.estimate.covariances import line_of
from cauce.estimate.cube import Estimates, columns_of
from cauce.estimate.deviations import deviations
from cauce.estimate.grouping import Grouping
from cauce.estimate.layout import lay_out, measure_of
from cauce.estimate.rows import Rows, rows_of
from cauce.estimate.single_psu import POLICIES, refuse_lonely
from cauce.model.arrays import Floats
from cauce.model.design import Design
from cauce.model.sample import Score

# So many numbers a pass may keep for its cells; more scores go into another pass.
MOST_KEPT = 2**24


class Sweep:
    """A design put in order once, for as many passes as are wanted.

    Raises:
        LonelyPsu: a stratum has a single PSU and the design says to refuse.
    """

    def __init__(self, design: Design, threads: int | None = None) -> None:
        self.rows: Rows = rows_of(design, ())
        refuse_lonely(self.rows.lonely, design)
        self.policy = POLICIES[design.single_psu]
        self._threads = threads
        self._line = line_of(self.rows)

    def run(self, groupings: Sequence[Grouping], scores: Sequence[Score]) -> list[list[Estimates]]:
        """The estimates of every score in every grouping: [grouping][score], arrays (cells,)."""
        found: list[list[Estimates]] = [[] for _ in groupings]
        sizes = [grouping.size for grouping in groupings]
        rows = replace(self.rows, classifiers=tuple(grouping.cell for grouping in groupings))
        for batch in together(scores, sum(sizes)):
            asked = [measure_of(score) for score in batch]
            layout = lay_out(sizes, [(at,) for at in range(len(sizes))], asked)
            for column in columns_of(rows, self.policy, layout, batch, self._threads):
                for own, (start, stop) in zip(found, layout.spans, strict=True):
                    own.append(cut(column, start, stop))
        return found

    def deviations(self, z: Floats, grouping: Grouping | None = None) -> Floats:
        """What each respondent adds to a covariance with the total of z; see `deviations`."""
        return deviations(self._line, grouping, z)


def cut(column: Estimates, start: int, stop: int) -> Estimates:
    """The estimates of some of the cells."""
    names = Estimates.__dataclass_fields__
    return Estimates(**{name: getattr(column, name)[start:stop] for name in names})


def together(scores: Sequence[Score], cells: int) -> Iterator[list[Score]]:
    """The scores in parts whose sums fit into memory together, at least one block of lanes each."""
    each = cells * kernel.SLOTS * 2
    most = max(kernel.LANES, MOST_KEPT // max(each, 1))
    for at in range(0, len(scores), most):
        yield list(scores[at : at + most])
