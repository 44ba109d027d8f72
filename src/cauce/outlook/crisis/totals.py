"""Sums of draws over the parts of a total."""

from collections.abc import Sequence

import numpy as np

from cauce.model.arrays import Floats, Ints


def summed(draws: Floats, parts: Sequence[Ints]) -> Floats:
    """The sum over each set of cells, shape (…, len(parts)); c is the last axis of `draws`.

    A total that lacks a part is not known: NaN, and never what is left of it.
    """
    sums = [draws[..., at].sum(axis=-1) for at in parts]
    return np.stack(sums, axis=-1) if sums else np.empty((*draws.shape[:-1], 0))
