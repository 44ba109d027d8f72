"""The factors of weights that meet all totals and move the weights least: Newton on the dual.

With d the weights and x the margins of row k, λ solves Σ d F(x'λ) x = T, the condition for a
minimum of the convex function Σ d ∫F(x'λ) - T'λ. A step is halved until the function falls, so that
what has a solution reaches it. Margins that follow from others are allowed if their totals do, too.

Source: Deville & Särndal (1992), Calibration estimators in survey sampling, JASA 87, section 2;
Deville, Särndal & Sautory (1993), Generalized raking procedures in survey sampling, JASA 88.
"""

from dataclasses import dataclass

import numpy as np

from cauce.estimate import sparse_kernel
from cauce.estimate.calibration import collapse_kernel
from cauce.estimate.calibration.collapse import Collapsed
from cauce.estimate.calibration.distances import Factors, factors
from cauce.model.arrays import Floats
from cauce.model.calibration import Distance
from cauce.model.errors import BadInput, MethodFailed
from cauce.model.sparse import Sparse

MOST_STEPS, MOST_HALVINGS = 200, 40
# Totals are met up to this share of themselves, where they can be.
CLOSE = 1e-13
# Margins whose squares are less than this share of the largest follow from the others.
DEPENDENT = 1e-11
SHOWN = 5


@dataclass(frozen=True)
class Solution:
    """The factor of each row and how it was found.

    `inverse` is that of the margins' weighted squares and products before calibration; `misfit` the
    largest distance from a total, as a share of it.
    """

    factor: Floats
    inverse: Floats
    steps: int
    misfit: float


def solve(collapsed: Collapsed, d: Floats, distance: Distance) -> Solution:
    """The factors of the rows with weights d, of shape (rows,).

    Raises:
        BadInput: totals contradict each other, or bounds exclude every solution.
        MethodFailed: no solution is found.
    """
    before = products(collapsed.margins, d)
    inverse, hollow = inverse_of(before)
    refuse_empty(collapsed, before)
    refuse_contradictions(collapsed, hollow, before, distance.tolerance)
    refuse_bounds(collapsed, d, distance)
    state, steps = _search(collapsed, d, distance)
    misfit = float(state.shares().max())
    if not misfit <= distance.tolerance:
        raise _failed(collapsed, state, distance, steps)
    return Solution(state.found.factor, inverse, steps, misfit)


def _search(collapsed: Collapsed, d: Floats, distance: Distance) -> tuple["_State", int]:
    """Where Newton's steps lead to, and how many they were."""
    state = _State(
        collapsed.margins, d, collapsed.totals, distance, np.zeros(len(collapsed.totals))
    )
    steps = 0
    while steps < MOST_STEPS:
        slopes = products(collapsed.margins, d * state.found.slope)
        best = _shortened(state, inverse_of(slopes)[0] @ state.lack)
        if best is None:
            break
        steps += 1
        still = np.abs(best.u - state.u).max() < CLOSE
        state = best
        if still or state.shares().max() < CLOSE:
            break
    return state, steps


class _State:
    """Where the search is: coefficients, what they make of the weights, and what totals lack."""

    def __init__(
        self, margins: Sparse, d: Floats, totals: Floats, distance: Distance, at: Floats
    ) -> None:
        self.margins, self.d, self.totals, self.distance, self.at = margins, d, totals, distance, at
        parts = margins.starts, margins.columns, margins.values
        self.u = sparse_kernel.projected(*parts, at)
        self.found: Factors = factors(distance, self.u)
        self.sums = weighted(margins, d * self.found.factor)
        self.lack = totals - self.sums
        self.height = float((d * self.found.integral).sum() - totals @ at)

    def moved(self, by: Floats) -> "_State":
        return _State(self.margins, self.d, self.totals, self.distance, self.at + by)

    def shares(self) -> Floats:
        """The distance from each total, as a share of it, or of the amounts if it is 0."""
        margins = self.margins
        size = Sparse(margins.starts, margins.columns, np.abs(margins.values), margins.width)
        each = np.where(self.totals != 0, np.abs(self.totals), weighted(size, self.d))
        return np.abs(self.lack) / each


def _shortened(state: _State, direction: Floats) -> _State | None:
    """The state after a step that is no longer than goes downhill; None if none does."""
    slope = float(direction @ state.lack)
    # The height of a state is known to the last digits of its parts.
    blur = 1e-14 * float(np.abs(state.totals) @ np.abs(state.at) + np.abs(state.height) + 1)
    for halving in range(MOST_HALVINGS):
        part = 0.5**halving
        other = state.moved(part * direction)
        if np.isfinite(other.height) and (
            other.height <= state.height - 1e-4 * part * slope + blur
            or np.abs(other.lack).max() < 0.5 * np.abs(state.lack).max()
        ):
            return other
    return None


def products(margins: Sparse, factor: Floats) -> Floats:
    found: Floats = sparse_kernel.products(
        margins.starts, margins.columns, margins.values, factor, margins.width
    )
    return found


def weighted(margins: Sparse, factor: Floats) -> Floats:
    """The sum of each margin, each row times its factor, shape (margins,)."""
    each = np.repeat(factor, np.diff(margins.starts)) * margins.values
    found = np.bincount(margins.columns, each, margins.width)
    return np.asarray(found, dtype=np.float64)


def inverse_of(squares: Floats) -> tuple[Floats, Floats]:
    """The generalised inverse of a matrix of products, and what it has no inverse of.

    The second are combinations of margins that are 0 for everyone, shape (combinations, margins),
    in units of each margin's own size.
    """
    size = np.sqrt(np.maximum(np.diag(squares), 0.0))
    size = np.where(size > 0, size, 1.0)
    found = squares / size[:, None] / size
    some = collapse_kernel.swept(found, DEPENDENT) == 1
    hollow = np.eye(len(size))[~some]
    hollow[:, some] = -found[np.ix_(some, ~some)].T
    inverse = np.where(some[:, None] & some, found, 0.0)
    return inverse / size[:, None] / size, hollow


def refuse_empty(collapsed: Collapsed, squares: Floats) -> None:
    """Raises BadInput if nobody with a weight brings anything to a margin, as in a replicate."""
    empty = (np.diag(squares) == 0) & (collapsed.totals != 0)
    if empty.any():
        names = [name for name, none in zip(collapsed.names, empty, strict=True) if none]
        raise BadInput(
            f"{len(names):,} of {len(empty):,} margins cannot be met, because nobody with a weight "
            f"has any of them: {_some(names)}. Join rare codes."
        )


def refuse_contradictions(
    collapsed: Collapsed, hollow: Floats, squares: Floats, tolerance: float
) -> None:
    """Raises BadInput if margins that follow from each other have totals that do not."""
    size = np.sqrt(np.diag(squares))
    parts = hollow * (collapsed.totals / np.where(size > 0, size, 1.0))
    off = np.abs(parts.sum(axis=1)) > tolerance * np.abs(parts).sum(axis=1)
    if not off.any():
        return
    involved = (np.abs(hollow[off]) > 1e-6).any(axis=0)
    names = [name for name, there in zip(collapsed.names, involved, strict=True) if there]
    raise BadInput(
        f"The totals of {len(names):,} margins contradict each other, such as "
        f"{_some(names)}: for every weight the sums of some of them are those of others, and the "
        "totals are not. Correct them."
    )


def refuse_bounds(collapsed: Collapsed, d: Floats, distance: Distance) -> None:
    """Raises BadInput if a margin lies beyond what factors between the bounds can give."""
    margins = collapsed.margins
    low, high = max(distance.low, -1e300), min(distance.high, 1e300)
    up, down = (weighted(_signed(margins, sign), d) for sign in (1.0, -1.0))
    totals = collapsed.totals
    with np.errstate(over="ignore"):
        most, least = high * up - low * down, low * up - high * down
    slack = distance.tolerance * np.abs(totals)
    beyond = np.flatnonzero((totals > most + slack) | (totals < least - slack))
    if len(beyond):
        told = [
            f"{collapsed.names[j]} (from {up[j] - down[j]:,.12g} to {totals[j]:,.12g})"
            for j in beyond[:SHOWN]
        ]
        more = f" and {len(beyond) - SHOWN:,} more" if len(beyond) > SHOWN else ""
        raise BadInput(
            f"Factors between {distance.low:g} and {distance.high:g} cannot meet "
            f"{len(beyond):,} of {len(totals):,} margins: {', '.join(told)}{more}. Widen the "
            "bounds, or correct the totals."
        )


def _signed(margins: Sparse, sign: float) -> Sparse:
    """The values of one sign, as amounts."""
    values = np.maximum(sign * margins.values, 0.0)
    return Sparse(margins.starts, margins.columns, values, margins.width)


def _failed(collapsed: Collapsed, state: _State, distance: Distance, steps: int) -> MethodFailed:
    shares = state.shares()
    far = [collapsed.names[j] for j in np.argsort(-shares, kind="stable")[:SHOWN] if shares[j] > 0]
    bounded = np.isfinite(distance.low) or np.isfinite(distance.high)
    way = (
        f"The bounds {distance.low:g} to {distance.high:g} seem to exclude every solution: widen "
        "them, or join rare codes."
        if bounded
        else "The margins seem to exclude each other in this sample: join rare codes, or take a "
        "margin out."
    )
    return MethodFailed(
        f"Calibration ({distance.method}) did not reach its totals in {steps:,} steps: "
        f"{(shares > distance.tolerance).sum():,} of {len(shares):,} margins are missed, by up to "
        f"{shares.max():.2%}, most of all {_some(far)}. {way}"
    )


def _some(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
