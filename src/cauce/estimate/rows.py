"""The respondents as the kernel wants them: by stratum and PSU, so many at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cauce.estimate import kernel
from cauce.estimate.further import Further, further
from cauce.estimate.layout import Lane
from cauce.estimate.ordering import changes, ordered
from cauce.estimate.regression import Regression, regression_of
from cauce.estimate.replicated_made import Strata
from cauce.estimate.replicated_sums import Replicas, replicas_of
from cauce.estimate.single_psu import AVERAGE, POLICIES, UNCENTRED, collapse
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.design import Design
from cauce.model.sample import Score

# So many rows are prepared at a time: few enough to stay in the processor's cache.
CHUNK = 8192
# Every eighth of them is enough for a pilot.
PILOT_STEP = 8
Pair: TypeAlias = tuple[float, float]
NOBODY = np.empty(0, dtype=np.bool_)
ONES = np.empty(0)


@dataclass(frozen=True)
class Brought:
    """What the respondents bring to a lane: who is inside, who is missing, y and x; all (n,).

    `missing` is None where nobody is, `x` where it is 1 for everyone inside.
    """

    inside: Flags
    missing: Flags | None
    y: Floats
    x: Floats | None


@dataclass(frozen=True)
class Rows:
    """The respondents, their order by stratum and PSU (None if they have it), and their strata.

    `starts` are the rows of that order where a stratum begins. `inner`, `outer` and `alone` have
    one number a stratum: the factors of its PSU sums and of its means, and whether it counts as one
    whose variance is that of the others. `stages` are the same for those stages after the first
    that add to the error, their factors multiplied by the sampling rates above. `regression` is
    that on the margins the weights were calibrated to, None if they were not.
    """

    stratum: Ints
    psu: Ints
    weight: Floats
    classifiers: tuple[Codes, ...]
    order: Ints | None
    starts: Ints
    lonely: Flags
    inner: Floats
    outer: Floats
    alone: Floats
    stages: "tuple[Rows, ...]" = ()
    replication: Replicas | None = None
    regression: Regression | None = None

    def borders(self, blocks: int) -> list[int]:
        """Rows where a block begins, at stratum borders, as even as these allow; and the end."""
        return borders_of(self.starts, len(self.weight), blocks)

    def chunks(self, start: int, stop: int) -> Iterator[slice | Ints]:
        """Which rows come together, from `start` to `stop` of their order."""
        for at in range(start, stop, CHUNK):
            here = slice(at, min(at + CHUNK, stop))
            yield here if self.order is None else self.order[here]

    def codes(self, here: slice | Ints) -> Codes:
        """The codes of some rows, shape (classifiers, rows)."""
        codes = [taken(column, here, np.int32) for column in self.classifiers]
        return np.stack(codes) if codes else np.empty((0, 0), np.int32)

    def bring(
        self,
        lane: Brought,
        here: slice | Ints,
        pilot: float,
        side: int,
        extras: Ints,
        into: Floats,
    ) -> int:
        """Write what some rows add to a lane of a block; returns how many y lie beyond x."""
        beyond: int = kernel.bring(
            taken(self.weight, here),
            taken(lane.inside, here, np.bool_),
            NOBODY if lane.missing is None else taken(lane.missing, here, np.bool_),
            taken(lane.y, here),
            ONES if lane.x is None else taken(lane.x, here),
            pilot,
            side,
            extras,
            into,
        )
        return beyond

    def pilot(self, lane: Brought) -> float:
        """A centre near the ratios of all cells of a lane, from some of the rows.

        Any will do that is about as far from them as people are from each other. It is added up row
        by row: the same bits on every machine.
        """
        return quotient(*self.pilot_sums(lane))

    def pilot_sums(self, lane: Brought, above: float = 0.0, below: float = 0.0) -> Pair:
        """What a pilot is the quotient of, added to sums that rows before these gave."""
        for here in islice(self.chunks(0, len(self.weight)), 0, None, PILOT_STEP):
            y, x = kernel.weighted_sums(
                taken(self.weight, here),
                taken(lane.inside, here, np.bool_),
                taken(lane.y, here),
                ONES if lane.x is None else taken(lane.x, here),
            )
            above, below = above + y, below + x
        return above, below


def quotient(above: float, below: float) -> float:
    return above / below if below != 0.0 else 0.0


def borders_of(starts: Ints, count: int, blocks: int) -> list[int]:
    """Where blocks of so many rows begin, of the rows where strata begin; and the end."""
    ends = np.append(starts[1:], count)
    ideal = np.arange(1, blocks + 1) * count / blocks
    return [0, *np.unique(ends[np.searchsorted(ends, ideal)]).tolist()]


def brought_by(score: Score, lane: Lane) -> Brought:
    """What the respondents of a score bring to one of its lanes."""
    if not lane.weights:
        return Brought(score.inside, score.missing_rows, score.numerator, score.denominator)
    above = score.numerator if score.denominator is None else score.denominator
    return Brought(score.inside, None, above, None)


def taken(column: NDArray[Any], here: slice | Ints, dtype: Any = np.float64) -> NDArray[Any]:
    """Some rows of a column, always as a new array: the kernel is compiled for one kind only."""
    return np.array(column[here], dtype=dtype, order="C")


def rows_of(design: Design, classifiers: Sequence[Codes]) -> Rows:
    """Find the respondents' order, if they have not got it, and what is done with each stratum.

    Raises:
        LonelyPsu: of a stage after the first, and the design does not say what to do with it.
    """
    stratum, policy = design.stratum, POLICIES[design.single_psu]
    own = ordered(stratum, design.psu)
    n_psus = np.bincount(own.of_unit)
    size = np.full(len(n_psus), np.inf)
    if design.population_psus is not None:
        size[own.of_unit[changes(own.of_unit)]] = design.population_psus[own.rows]
    # Replicate weights of the office know of every stage.
    told = design.replication is not None and design.replication.weights is not None
    rate = np.zeros(0) if told else n_psus / size
    stages = tuple(_stage(stage, design, policy) for stage in further(design, rate))
    if design.single_psu == "collapse":
        new, size = collapse(n_psus, size)
        stratum = new[stratum]
        own = ordered(stratum, design.psu)
        n_psus = np.bincount(own.of_unit)
    lonely = (n_psus == 1) & (size != 1)
    inner, outer = factors_of(n_psus, size, lonely, policy)
    return Rows(
        stratum=stratum,
        psu=design.psu,
        weight=design.weight,
        classifiers=tuple(classifiers),
        order=own.order,
        starts=own.starts,
        lonely=lonely,
        inner=inner,
        outer=outer,
        alone=(lonely & (policy == AVERAGE)).astype(np.float64),
        replication=replicas_of(
            design, _strata(stratum, design.psu, n_psus, size, lonely, policy), bool(stages)
        ),
        stages=stages,
        regression=_regression(design, own.order, (stratum, design.psu), inner, outer),
    )


def _regression(
    design: Design, order: Ints | None, labels: tuple[Ints, Ints], inner: Floats, outer: Floats
) -> Regression | None:
    """The margins in the order of the rows; None if the weights are as they were drawn."""
    if design.residuals is None:
        return None
    every = np.arange(len(design.psu)) if order is None else order
    return regression_of(design.residuals, design.weight, every, labels, inner, outer)


def _stage(stage: Further, design: Design, policy: int) -> Rows:
    """The respondents by the strata and units of a further stage."""
    inner, outer = factors_of(stage.sampled, stage.population, stage.lonely, policy)
    factors = stage.rate * inner, stage.rate * outer
    return Rows(
        stratum=stage.stratum,
        psu=stage.unit,
        weight=design.weight,
        classifiers=(),
        order=stage.own.order,
        starts=stage.own.starts,
        lonely=stage.lonely,
        inner=factors[0],
        outer=factors[1],
        alone=np.zeros(len(inner)),
        regression=_regression(design, stage.own.order, (stage.stratum, stage.unit), *factors),
    )


def _strata(
    stratum: Ints, psu: Ints, n_psus: Ints, size: Floats, lonely: Flags, policy: int
) -> Strata:
    """The strata as those see them who make replicates of their PSUs."""
    home = np.zeros(int(psu.max(initial=0)) + 1, dtype=np.int64)
    home[psu] = stratum
    return Strata(home, n_psus, size, lonely, policy)


def factors_of(n_psus: Ints, size: Floats, lonely: Flags, policy: int) -> tuple[Floats, Floats]:
    """What the products of PSU sums, and of their means, are multiplied with in each stratum.

    They are (1 - n/N) n/(n - 1), and that over n. A lonely stratum adds its products uncentred,
    times 1 - n/N, or not at all.
    """
    factor = (1 - n_psus / size) * n_psus / np.maximum(n_psus - 1, 1)
    inner = np.where(lonely & (policy != UNCENTRED), 0.0, factor)
    return inner, np.where(lonely, 0.0, factor / np.maximum(n_psus, 1))
