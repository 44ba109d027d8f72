"""How a stream's respondents were drawn, as the pass wants it: factors of strata, and borders."""

from dataclasses import dataclass

import numpy as np

from cauce.estimate.rows import Rows, borders_of, factors_of
from cauce.estimate.single_psu import AVERAGE, POLICIES, collapse, refuse_lonely
from cauce.estimate.walk import blocks_of, refuse_uncountable
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.design import Design
from cauce.model.errors import MethodFailed
from cauce.model.stream import Batch, Strata

NOBODY = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class StreamDraw:
    """The strata as `rows.Rows` has them, `joined` with others where the policy says so.

    `joined` is the stratum of each stratum of the stream, of shape (strata,); `borders` are the
    rows where blocks begin, and the end.
    """

    joined: Ints
    lonely: Flags
    inner: Floats
    outer: Floats
    alone: Floats
    policy: int
    borders: tuple[int, ...]

    def nobody(self) -> Rows:
        """The strata alone."""
        return self.rows(Batch(NOBODY, NOBODY, np.empty(0), NOBODY, {}, ()))

    def rows(self, batch: Batch) -> Rows:
        """Some respondents, in order; without their cells."""
        return Rows(
            stratum=self.joined[batch.stratum],
            psu=batch.psu,
            weight=batch.weight,
            classifiers=(),
            order=None,
            starts=NOBODY,
            lonely=self.lonely,
            inner=self.inner,
            outer=self.outer,
            alone=self.alone,
        )


def draw_of(strata: Strata) -> StreamDraw:
    """What is done with each stratum, and where blocks begin.

    Raises:
        LonelyPsu: a stratum has a single PSU and the design says to refuse.
        MethodFailed: a stratum cannot be counted, or is to join one that does not follow it.
    """
    policy = POLICIES[strata.single_psu]
    joined, n_psus, size = np.arange(len(strata.psus)), strata.psus, strata.population
    if strata.single_psu == "collapse":
        joined, size = collapse(n_psus, size)
        _refuse_apart(joined)
        n_psus = np.bincount(joined, n_psus).astype(np.int64)
    lonely = (n_psus == 1) & (size != 1)
    design = Design(NOBODY, NOBODY, np.empty(0), None, strata.single_psu, strata.labels)
    refuse_lonely(lonely, design)
    inner, outer = factors_of(n_psus, size, lonely, policy)
    people = np.bincount(joined, strata.rows).astype(np.int64)
    ends = np.cumsum(people)
    borders = borders_of(ends - people, int(ends[-1]), blocks_of(int(ends[-1])))
    refuse_uncountable(borders)
    return StreamDraw(
        joined=joined,
        lonely=lonely,
        inner=inner,
        outer=outer,
        alone=(lonely & (policy == AVERAGE)).astype(np.float64),
        policy=policy,
        borders=tuple(borders),
    )


def _refuse_apart(joined: Ints) -> None:
    """Raises MethodFailed if strata that are to be one do not follow each other in the file."""
    apart = int((np.diff(joined) < 0).sum())
    if apart:
        raise MethodFailed(
            f"{apart:,} strata with a single PSU are to join one that does not follow them, as "
            "strata drawn with certainty stand between. A file that is read in batches cannot do "
            "that: read it whole (--stream never), or let them be neighbours."
        )
