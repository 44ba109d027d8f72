"""A block as a linear programme that HiGHS keeps, so that one solution starts the next."""

from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.protect.attack.block import Block
from cauce.protect.attack.clock import Clock

TOLERANCES = (1e-9, 1e-7)
"""How far a solution may be outside of what is told; the second where the first finds none."""
LARGE = 2.0**13
"""Unknowns that can be larger are measured in larger units, so that the tolerance suits them."""
DUAL, PRIMAL = 1, 4
"""HiGHS's names for the simplex methods: one from nothing, one on from a feasible point."""
SOLVED = highspy.HighsModelStatus.kOptimal


class Contradiction(Exception):  # noqa: N818 - what it is
    """No reader can be told this: the numbers contradict each other."""


@dataclass(frozen=True)
class Solved:
    """The most a sum can be, at a point that has it, and why it cannot be more.

    The sum is at most that of what is told, each times its weight, shape (rows,), and of what
    bounds single unknowns, each times its limit, shape (unknowns,). `held` says that it would be
    more, or without end, were it not for the box all unknowns are put in.
    """

    most: float
    point: Floats
    weights: Floats
    limits: Floats
    held: bool


class Programme:
    """What a reader is told of one block, ready to be asked for the most of any sum.

    Nothing is without end: an unknown that nobody bounds is put in a box so wide that its sides are
    of no matter.
    """

    def __init__(self, block: Block, clock: Clock) -> None:
        self._clock = clock
        self._boxed = np.isinf(block.ceiling)
        self._unit = units(block)
        self._rate = rates(block, self._unit)
        self._low, self._high = block.low * self._rate, block.high * self._rate
        self._columns = np.arange(len(block.of), dtype=np.int32)
        self._highs = started()
        self._highs.passModel(self._model(block))

    def most(self, goal: Floats) -> Solved:
        """The most a sum with these factors can be, shape (unknowns,).

        Raises:
            Contradiction: what is told cannot be true.
            Unfinished: the budget is spent.
        """
        highs = self._highs
        highs.changeColsCost(len(goal), self._columns, -goal * self._unit)
        self._run()
        # From a point that is feasible the next is found without leaving what is told.
        highs.setOptionValue("simplex_strategy", PRIMAL)
        solution = highs.getSolution()
        point = np.array(solution.col_value) * self._unit
        limits = -np.array(solution.col_dual) / self._unit
        return Solved(
            most=float(goal @ point),
            point=point,
            weights=-np.array(solution.row_dual) * self._rate,
            limits=limits,
            held=bool(np.any(limits[self._boxed] > TOLERANCES[-1])),
        )

    def towards(self, goal: Floats) -> Floats | None:
        """A point where a sum is about the most, shape (unknowns,), None if there is none in time.

        An interior point method finds one of a large programme sooner than the simplex method.
        """
        inner = self._inner
        inner.changeColsCost(len(goal), self._columns, -goal * self._unit)
        inner.setOptionValue("time_limit", inner.getRunTime() + self._clock.left())
        inner.clearSolver()
        inner.run()
        self._clock.left()
        if inner.getModelStatus() != SOLVED:
            return None
        return np.array(inner.getSolution().col_value) * self._unit

    @cached_property
    def _inner(self) -> highspy.Highs:
        found = started()
        found.passModel(self._highs.getLp())
        found.setOptionValue("solver", "ipm")
        found.setOptionValue("run_crossover", "off")
        return found

    def forget(self, row: int) -> None:
        """Solve as if one of the sums had not been told."""
        self._highs.changeRowBounds(row, -np.inf, np.inf)

    def recall(self, row: int) -> None:
        self._highs.changeRowBounds(row, self._low[row], self._high[row])

    def _run(self) -> None:
        """Solve, and solve once more from nothing if what was solved before led astray."""
        for tolerance in (*TOLERANCES, TOLERANCES[-1]):
            self._highs.setOptionValue("primal_feasibility_tolerance", tolerance)
            self._highs.setOptionValue("time_limit", self._highs.getRunTime() + self._clock.left())
            self._highs.run()
            status = self._highs.getModelStatus()
            if status == SOLVED:
                return
            self._clock.left()
            if tolerance == TOLERANCES[-1]:
                self._highs.clearSolver()
                self._highs.setOptionValue("simplex_strategy", DUAL)
        raise Contradiction(
            f"{self._highs.modelStatusToString(status)}: what is told of {len(self._unit)} "
            "unknowns of a release has no solution."
        )

    def _model(self, block: Block) -> highspy.HighsLp:
        found = highspy.HighsLp()
        found.num_col_, found.num_row_ = len(block.of), len(block.low)
        found.col_cost_ = np.zeros(len(block.of))
        found.col_lower_ = block.floor / self._unit
        found.col_upper_ = np.where(self._boxed, box(block), block.ceiling) / self._unit
        found.row_lower_, found.row_upper_ = self._low, self._high
        found.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        found.a_matrix_.start_ = block.told.start.astype(np.int32)
        found.a_matrix_.index_ = block.told.unknown.astype(np.int32)
        spread = np.repeat(self._rate, np.diff(block.told.start))
        found.a_matrix_.value_ = block.told.factor * spread * self._unit[block.told.unknown]
        return found


class _Quiet(highspy.Highs):
    """HiGHS without the banner that its own constructor writes to the terminal."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)


def started() -> highspy.Highs:
    """A silent HiGHS that finds the same again."""
    found = _Quiet()
    found.setOptionValue("threads", 1)
    found.setOptionValue("random_seed", 1)
    found.setOptionValue("dual_feasibility_tolerance", TOLERANCES[0])
    return found


def implied(block: Block) -> Floats:
    """The most each unknown can be by one sum alone, infinite where none bounds it."""
    sizes = np.diff(block.told.start)
    found = block.ceiling.copy()
    for sign, ends in ((1, block.high), (-1, -block.low)):
        factor = block.told.factor * sign
        adds = np.minimum.reduceat(factor, block.told.start[:-1]) > 0 if len(sizes) else sizes > 0
        inside: Flags = np.repeat(adds & np.isfinite(ends), sizes)
        most = np.repeat(ends, sizes)[inside] / factor[inside]
        np.minimum.at(found, block.told.unknown[inside], np.maximum(most, 0.0))
    return found


def box(block: Block) -> float:
    """Far more than anything that is told of a block, or asked of it."""
    ends = np.concatenate([block.low, block.high, block.floor, block.ceiling, block.asked])
    return 1e6 + 1e3 * float(np.abs(ends[np.isfinite(ends)]).max(initial=0.0))


def units(block: Block) -> Floats:
    """What each unknown is measured in, a power of 2."""
    most = implied(block)
    most[np.isinf(most)] = 0.0
    found: Floats = np.exp2(np.ceil(np.log2(np.maximum(most, LARGE) / LARGE)))
    return found


def rates(block: Block, unit: Floats) -> Floats:
    """What each sum is multiplied by, a power of 2, so that its largest factor is about 1."""
    if not len(block.low):
        return np.ones(0)
    size = np.abs(block.told.factor) * unit[block.told.unknown]
    largest = np.maximum.reduceat(size, block.told.start[:-1])
    return np.exp2(-np.ceil(np.log2(largest)))
