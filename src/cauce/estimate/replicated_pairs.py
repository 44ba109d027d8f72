"""Covariances of two domains of a cell, replicate by replicate."""

import numpy as np

from cauce.estimate.answers import Answers, Question
from cauce.estimate.moved import moved
from cauce.estimate.replicated_bent import deviations
from cauce.estimate.replicated_parts import moved_by, off
from cauce.estimate.replicated_sums import Replicas
from cauce.model.arrays import Codes, Floats


def side_covariance(
    answers: Answers, replicas: Replicas, q: Question, dims: tuple[int, ...], at: int, side: Codes
) -> Floats:
    """The covariance of an estimate on both sides of each cell of a grouping, shape (cells,).

    Args:
        at: the dimension whose codes are the sides; `side` is 0 or 1, -1 of whoever is on neither.
    """
    fine_dims = tuple(sorted((*dims, at)))
    fine, cell = answers.grouping(fine_dims), answers.grouping(dims).cell
    if q.indicator.estimator == "quantile":
        # Its error is that of its rank, turned into amounts, and so is the covariance.
        z = moved(answers, q, fine_dims).z
        far = off(answers.sweep.rows, replicas, moved_by(z, fine))
    else:
        far = deviations(answers, replicas, q, fine_dims)
    size = answers.grouping(dims).size
    places = np.full((2, size), -1, dtype=np.int64)
    for s in (0, 1):
        places[s, cell[side == s]] = fine.cell[side == s]
    both = (places >= 0).all(axis=0)
    found = np.zeros(size)
    found[both] = replicas.covariance(far[places[0, both]], far[places[1, both]])
    return found
