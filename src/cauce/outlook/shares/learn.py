"""How series of one level of a hierarchy move: how far levels wander and how much slopes differ.

Few cells and waves cannot tell one pair of q and τ² from another, and the best pair alone makes a
forecast that is too sure and, with half a dozen noisy sectors, worse than the mean of three years.
So every pair of a grid counts, by how likely it makes what was seen of all cells.
"""

from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.outlook.shares.level import Fit, solve, solve_each, weigh
from cauce.outlook.shares.series import Series

WANDERS = np.geomspace(1e-5, 1e-1, 9)
"""Variances a year of a level: steps of 0.3 % to 32 % in a year."""
DIFFERS = np.array([0.0, *np.geomspace(1e-5, 1e-2, 7)])
"""Variances of slopes between cells: none, and 0.3 % to 10 % a year."""
COUNTS = 1e-3
"""Pairs less likely than this part of the likeliest are left out."""
LEANS = (0.0, 1.0)
"""How far slopes are drawn towards those of other countries: not at all, or around them."""


@dataclass(frozen=True)
class Motion:
    """What the cells of one level have in common, as a mixture of m pairs, each shape (m,).

    `q` is the variance a year with which the logarithm of a share wanders, `tau2` the variance of
    slopes a year between cells; `weight` is how much of each pair there is, adding up to 1. `lean`
    is 1 where slopes lie around those of other countries, 0 where around none.
    """

    q: Floats
    tau2: Floats
    weight: Floats
    lean: Floats


def learn(found: Series, towards: Floats | None = None) -> tuple[Motion, list[Fit]] | None:
    """The pairs of q and τ² that count, and the state of all cells under each of them.

    Before the data every pair of the grid, which is even in logarithms, counts the same. None if
    no cell has two waves of one classification: then the data say nothing.

    Args:
        towards: slopes a year of the same cells in other countries, shape (c,), 0 where none is
            known. Slopes that lie around them count beside slopes around none, each by how likely
            it makes what was seen: a country unlike its neighbours goes its own way.

    Source: domain page outlook, section 4.4, whose moments it stands in for; averaging over what is
    not known: Hoeting et al. (1999), Statistical Science 14:382; slopes around a common one: Fay
    and Herriot (1979), Journal of the American Statistical Association 74:269.
    """
    if not _moves(found):
        return None
    pairs, fits = [], []
    for lean in LEANS if towards is not None else LEANS[:1]:
        drift = np.zeros(len(found.log)) if towards is None else lean * towards
        # Less what others' slopes say: what is left has a slope around none.
        left = replace(found, log=found.log - drift[:, None] * found.years * found.seen)
        for q in WANDERS:
            weighed = weigh(left, float(q))
            pairs += [(q, tau2, lean) for tau2 in DIFFERS]
            own = [solve(weighed, 0.0), *solve_each(weighed, DIFFERS[1:].tolist())]
            fits += [replace(one, slope=one.slope + drift) for one in own]
    likely = np.array([one.likelihood.sum() for one in fits])
    weight = np.exp(likely - likely.max())
    counts = np.flatnonzero(weight > COUNTS)
    q, tau2, leans = np.array(pairs)[counts].T
    kept = weight[counts] / weight[counts].sum()
    return Motion(q, tau2, kept, leans), [fits[one] for one in counts]


def _moves(found: Series) -> bool:
    """Whether any cell has two waves of one classification."""
    last = found.changes.sum(axis=1) == 0
    waves = np.column_stack([last, found.changes])
    return bool((found.seen @ waves >= 2).any())
