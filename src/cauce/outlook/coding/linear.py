"""A linear model of codes: one weight for each feature and code, most of them left out.

Source: linear support vector machines, one code against the rest, by dual coordinate descent: Hsieh
et al. (2008), A Dual Coordinate Descent Method for Large-scale Linear SVM, ICML.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from cauce.model.arrays import Floats
from cauce.model.errors import MethodFailed
from cauce.outlook.coding.features import Features, Measure, Singles, learn_features

SMALLEST = 0.01
"""A weight nearer to 0 is left out: the model is a twentieth as large and answers the same."""
ROUNDS, TOLERANCE = 20, 0.1


@dataclass(frozen=True)
class Linear:
    """Codes, the features they are told by, and a weight for each, shape (features, codes)."""

    codes: tuple[str, ...]
    features: Features
    weights: sparse.csr_matrix
    start: Singles

    @cached_property
    def measure(self) -> Measure:
        """Turns normalised texts into numbers."""
        return Measure(self.features)

    def scores(self, measured: sparse.csr_matrix) -> Floats:
        """How much texts look like each code, shape (texts, codes); above 0 more like than not."""
        found = (measured @ self.weights).toarray() + self.start
        return np.asarray(found, dtype=np.float64)


def fit(texts: Sequence[str], codes: Sequence[str], seed: int) -> Linear:
    """The model of normalised texts with their codes; the same for the same texts and seed.

    Raises:
        MethodFailed: fewer than two codes, so there is nothing to tell apart.
    """
    if len(set(codes)) < 2:
        raise MethodFailed(
            f"{len(texts):,} texts with {len(set(codes))} different codes: a model tells at least "
            "two apart. Add texts of other codes."
        )
    # Who only codes does not wait for the imports of who learns.
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.svm import LinearSVC

    features, measured = learn_features(texts)
    machine = LinearSVC(random_state=seed, max_iter=ROUNDS, tol=TOLERANCE)
    with warnings.catch_warnings():
        # Twenty rounds are enough for the order of codes, which is all that is asked.
        warnings.simplefilter("ignore", ConvergenceWarning)
        machine.fit(measured, np.asarray(codes))
    weights, start = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:
        weights, start = np.vstack([-weights, weights]), np.concatenate([-start, start])
    kept = np.where(np.abs(weights) < SMALLEST, 0.0, weights).astype(np.float32)
    return Linear(
        tuple(map(str, machine.classes_)),
        features,
        sparse.csr_matrix(kept.T),
        np.asarray(start, dtype=np.float32),
    )
