"""Totals of a survey of firms, with the error that calibration leaves."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats, Ints
from cauce.model.errors import MethodFailed


@dataclass(frozen=True)
class Total:
    """Totals and their standard errors, each of shape (c,)."""

    value: Floats
    se: Floats


def calibrated_total(
    y: Floats, staff: Floats, weight: Floats, stratum: Ints, population: Ints
) -> Total:
    """Totals of amounts with weights that were calibrated to staff by stratum.

    What staff explains of an amount is known from the register, so only what is left of it varies:
    the error is that of y - R x, R the ratio of both in the stratum. A stratum that answered in
    full adds none; one with a single answer of several firms has no error that could be told.

    Args:
        y: amounts of those who answered, shape (n, c).
        staff: as registered, shape (n,).
        weight: of `weigh`, above 0, shape (n,).
        population: firms of each stratum, shape (s,).

    Raises:
        MethodFailed: a stratum has a single answer and more firms.

    Source: Särndal, Swensson & Wretman (1992), result 6.6.1 with the ratio model by stratum; those
        who did not answer are a second phase within the stratum.
    """
    value = (weight[:, None] * y).sum(axis=0)
    variance = np.zeros(y.shape[1])
    for at, firms in enumerate(population.tolist()):
        rows = stratum == at
        n = int(rows.sum())
        if n == firms or n == 0:
            continue
        if n == 1:
            raise MethodFailed(
                "A stratum has a single answer and more firms, so that its error is not known. "
                "Join it with one like it."
            )
        w, x, own = weight[rows], staff[rows], y[rows]
        ratio = (w[:, None] * own).sum(axis=0) / (w * x).sum()
        left = w[:, None] * (own - ratio * x[:, None])
        variance += (1 - n / firms) * n * left.var(axis=0, ddof=1)
    return Total(value, np.sqrt(variance))
