"""Reconciliation: draws of every level moved as little as their errors say, until they add up.

Source: Wickramasuriya, Athanasopoulos & Hyndman (2019), Optimal forecast reconciliation for
hierarchical and grouped time series through trace minimization, JASA 114(526), here with W
diagonal; non-negative as in Wickramasuriya, Turlach & Hyndman (2020), Statistics and Computing 30.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import SuperLU, splu

from cauce.model.arrays import Flags, Floats
from cauce.model.errors import BadInput, MethodFailed
from cauce.outlook.proving.tree import Hierarchy

EXACT = 1e-10
"""What stands for a variance of 0, relative to the mean one: the number stays to nine digits."""
TURNS = 60
BLOCK = 64
"""Draws solved at once: more of them leave the cache and take three times as long."""
CLOSE, STEPS = 1e-13, 100
"""How far a solution may be from what is asked, relative to it, and after how many steps."""


def reconcile(draws: Floats, variance: Floats, of: Hierarchy, *, negative: bool = False) -> Floats:
    """The coherent draws nearest to the given ones: S(SᵀW⁻¹S)⁻¹SᵀW⁻¹ŷ for each.

    The same is written with the constraints C = [I −A] as ŷ − WCᵀ(CWCᵀ)⁻¹Cŷ, whose matrix is
    small and sparse where SᵀW⁻¹S is full, because everybody is part of the total. It is solved for
    many draws at once.

    Args:
        draws: shape (d, h, m), in the order of the hierarchy.
        variance: of each number's own forecast, the diagonal of W, shape (h, m). 0 says that the
            number is known, as a total of the population may be, and must not move.
        negative: whether results below 0 may stay; else they are 0 and the others give way.

    Returns:
        Shape (d, h, m). Every number is the sum of its finest ones.

    Raises:
        BadInput: a draw or variance is missing or below 0 where it cannot be, or numbers that are
            said to be known do not add up.
        MethodFailed: the non-negative solution was not found.
    """
    _check(draws, variance, of)
    years = [_year(draws[:, h], variance[h], of, negative) for h in range(draws.shape[1])]
    return np.stack(years, axis=1)


def _check(draws: Floats, variance: Floats, of: Hierarchy) -> None:
    m = of.sums.shape[0]
    if draws.ndim != 3 or draws.shape[2] != m or variance.shape != draws.shape[1:]:
        raise BadInput(
            f"Draws {draws.shape} and variances {variance.shape} are not of the {m} numbers of the "
            "hierarchy: give (d, h, m) and (h, m)."
        )
    if missing := int((~np.isfinite(draws)).any(axis=0).sum()):
        raise BadInput(
            f"{missing} numbers to reconcile are missing in some draw. Leave the cell out of the "
            "hierarchy, or give it a forecast with the large variance it has."
        )
    if bad := int((~np.isfinite(variance) | (variance < 0)).sum()):
        raise BadInput(f"{bad} variances are missing or below 0: the numbers cannot be weighed.")


def _year(draws: Floats, variance: Floats, of: Hierarchy, negative: bool) -> Floats:
    weight = np.where(variance > 0, variance, EXACT * (variance.mean() or 1.0))
    free = _solver(of, weight, np.zeros(len(of.finest), dtype=np.bool_))
    finest, _ = free(draws)
    if not negative:
        below = np.flatnonzero((finest < 0).any(axis=1))
        for at in below:
            finest[at] = _not_negative(draws[at], finest[at], weight, of)
    found: Floats = (of.sums @ np.ascontiguousarray(finest.T)).T
    _keeps_what_is_known(found, draws, variance)
    return found


def _keeps_what_is_known(found: Floats, draws: Floats, variance: Floats) -> None:
    known = variance == 0
    moved = np.abs(found - draws)[:, known]
    if (moved > 1e-6 * np.maximum(np.abs(draws[:, known]), 1.0)).any():
        raise BadInput(
            "Numbers whose variance is 0 do not add up to each other, or are below 0: one of them "
            "is not known after all. Give it the variance it has."
        )


@dataclass(frozen=True)
class _Solver:
    """CWCᵀ for one W; `parts` is A, `held` are the finest numbers that are kept at 0.

    `own` are the weights of the finest that may move, `scale` makes the diagonal of CWCᵀ ones.
    """

    of: Hierarchy
    parts: sparse.csr_array
    back: sparse.csr_array
    above: Floats
    own: Floats
    scale: Floats
    held: Flags

    def __call__(self, draws: Floats) -> tuple[Floats, Floats]:
        """The finest numbers, and how each would move its own weight: both of shape (d, b)."""
        finest = np.where(self.held, 0.0, draws[:, self.of.finest])
        off = draws[:, self.of.above] - finest @ self.back
        moved = [self._solved(off[at : at + BLOCK].T) for at in range(0, len(off), BLOCK)]
        pull: Floats = np.hstack(moved).T @ self.parts
        return np.where(self.held, 0.0, finest + self.own * pull), pull

    def _solved(self, off: Floats) -> Floats:
        """x of CWCᵀx = off, each a column, by conjugate gradients; by factoring if these are slow.

        Scaled to a diagonal of ones the matrix is near that of a tree of equal parts, and half a
        dozen steps do; a variance far from what its parts add up to takes more.

        Source: Hestenes and Stiefel (1952), Journal of Research of the National Bureau of
        Standards 49:409.
        """
        scale = self.scale[:, None]
        rest = off * scale
        found, toward = np.zeros_like(rest), rest.copy()
        size = (rest**2).sum(axis=0)
        enough = CLOSE**2 * size
        for _ in range(STEPS):
            if (size <= enough).all():
                return found * scale
            turned = self._times(toward, scale)
            going = np.where(size > enough, size, 0.0)
            step = going / np.where(going > 0, (toward * turned).sum(axis=0), 1.0)
            found += step * toward
            rest -= step * turned
            now = (rest**2).sum(axis=0)
            toward = rest + np.where(going > 0, now / np.where(size > 0, size, 1.0), 0.0) * toward
            size = now
        return self._factored().solve(off)

    def _times(self, columns: Floats, scale: Floats) -> Floats:
        scaled = scale * columns
        through: Floats = self.parts @ (self.own[:, None] * (self.back @ scaled))
        return scale * (self.above[:, None] * scaled + through)

    def _factored(self) -> SuperLU:
        matrix = (
            sparse.diags_array(self.above) + self.parts @ sparse.diags_array(self.own) @ self.back
        )
        return splu(sparse.csc_matrix(matrix), permc_spec="MMD_AT_PLUS_A")


def _solver(of: Hierarchy, weight: Floats, held: Flags) -> _Solver:
    parts = sparse.csr_array(of.sums[of.above])
    own, above = np.where(held, 0.0, weight[of.finest]), weight[of.above]
    # Parts are zeros and ones: the diagonal of AWAᵀ is what the weights of its parts add up to.
    scale = 1 / np.sqrt(above + parts @ own)
    return _Solver(of, parts, sparse.csr_array(parts.T), above, own, scale, held)


def _not_negative(draw: Floats, start: Floats, weight: Floats, of: Hierarchy) -> Floats:
    """The nearest coherent numbers of one draw among those that are not below 0.

    An active set by block pivoting: who is below 0 is held there, who would rise again is let go,
    until neither happens; then the conditions of Karush, Kuhn and Tucker hold.
    """
    scale = float(np.abs(draw).max())
    held = start < -1e-12 * scale
    for turn in range(TURNS):
        finest, pull = _solver(of, weight, held)(draw[None])
        below = ~held & (finest[0] < -1e-12 * scale)
        rises = held & (draw[of.finest] + weight[of.finest] * pull[0] > 1e-12 * scale)
        if not (below | rises).any():
            kept: Floats = np.maximum(finest[0], 0.0)
            return kept
        # Many at once is quick; one at a time, the last, cannot go round in circles.
        change = below | rises if turn < TURNS // 2 else _last(below | rises)
        held = held ^ change
    raise MethodFailed(
        f"No non-negative reconciliation was found in {TURNS} turns: a variance is out of scale "
        "beside the others."
    )


def _last(flags: Flags) -> Flags:
    only = np.zeros_like(flags)
    only[np.flatnonzero(flags)[-1]] = True
    return only
