"""Controlled rounding: whole numbers that still add up, each next to the number it stands for."""

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from cauce.model.arrays import Floats, Ints
from cauce.model.errors import BadInput, MethodFailed
from cauce.outlook.proving.tree import Hierarchy, coherence

APART = 1e-6


def rounded(numbers: Floats, of: Hierarchy, base: int = 1) -> Ints:
    """Multiples of `base` that add up, every one of them next below or above its number.

    The finest are rounded up or down so that they move least in all, and so that no sum leaves the
    two multiples around it; where a table has more than two dimensions' worth of sums and that
    cannot be had, the sums leave them by as little as they can.

    Args:
        numbers: coherent, not negative, shape (m,), as `reconcile` gives them.

    Raises:
        BadInput: the numbers do not add up yet, or some are missing or below 0.
        MethodFailed: the solver found no rounding.

    Source: Causey, Cox & Ernst (1985), Applications of transportation theory to statistical
    problems, JASA 80(392), zero-restricted controlled rounding, here as an integer programme.
    """
    if not np.isfinite(numbers).all() or (numbers < 0).any() or coherence(numbers, of) > APART:
        raise BadInput("Only numbers that are there, not below 0 and add up can be rounded.")
    finest = numbers[of.finest] / base
    down = np.floor(finest + APART)
    up = np.maximum(finest - down, 0.0)
    parts = of.sums[of.above]
    fixed, sums = parts @ down, numbers[of.above] / base
    b, a = len(down), len(fixed)
    # Unknowns: who goes up, and by how much a sum leaves the multiples around it on either side.
    matrix = sparse.hstack([parts, sparse.eye_array(a), -sparse.eye_array(a)], format="csr")
    leave = np.full(2 * a, float(b + 1))
    found = milp(
        np.concatenate([1 - 2 * up, leave]),
        integrality=np.ones(b + 2 * a, dtype=np.int64),
        bounds=Bounds(0, np.concatenate([(up > APART).astype(float), np.full(2 * a, np.inf)])),
        constraints=LinearConstraint(
            matrix, np.floor(sums + APART) - fixed, np.ceil(sums - APART) - fixed
        ),
    )
    if found.x is None:
        raise MethodFailed(f"No rounding to multiples of {base} was found: {found.message}")
    whole = np.rint(down + found.x[:b]).astype(np.int64)
    return np.asarray(of.sums.astype(np.int64) @ whole) * base
