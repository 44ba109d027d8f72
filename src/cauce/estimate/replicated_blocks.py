"""The weights of some replicates, for estimates that no sums give."""

import numpy as np

from cauce.estimate.replicated_made import Drawn, LeftOut
from cauce.estimate.replicated_sums import Replicas
from cauce.model.arrays import Floats, Ints

MOST_AT_ONCE = 2**23
"""So many weights are held at a time."""


def step_of(rows: int) -> int:
    """How many replicates are taken at a time."""
    return max(MOST_AT_ONCE // max(rows, 1), 1)


def weights_of(replicas: Replicas, weight: Floats, psu: Ints, first: int, last: int) -> Floats:
    """The weights of everybody in the replicates from `first` to `last`, (n, replicates)."""
    made = replicas.made
    if made is None:
        given = np.ascontiguousarray(replicas.columns[:, first:last])
        return given if replicas.combined else given * weight[:, None]
    if isinstance(made, Drawn):
        factor = made.steady[:, None] + made.moving[:, None] * made.counts[:, first:last]
        return np.ascontiguousarray(weight[:, None] * factor[psu])
    return np.ascontiguousarray(weight[:, None] * _left_out(made, first, last)[psu])


def _left_out(made: LeftOut, first: int, last: int) -> Floats:
    """The factor of each PSU in replicates that leave one out, (PSUs, replicates)."""
    factor = np.ones((len(made.stratum), last - first))
    strata = np.searchsorted(made.begin, np.arange(first, last), side="right") - 1
    for at, h in enumerate(strata.tolist()):
        n = made.begin[h + 1] - made.begin[h]
        if n == 1:
            factor[:, at] = made.grown
        else:
            factor[made.stratum == h, at] = n / (n - 1)
        factor[made.column == first + at, at] = 0.0
    return factor
