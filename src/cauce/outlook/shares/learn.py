"""How series of one level of a hierarchy move: how far levels wander and how much slopes differ."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.outlook.shares.level import fit
from cauce.outlook.shares.series import Series

LEAST_Q = 1e-5
"""A share wanders by three in a thousand a year at least: few waves cannot tell that it is less."""
ROUNDS, STEPS = 12, 12
"""Rounds in which q and τ² settle to each other, and steps of each; both converge in a few."""


@dataclass(frozen=True)
class Motion:
    """What the cells of one level have in common.

    `q` is the variance a year with which the logarithm of a share wanders, `tau2` the variance of
    slopes a year between cells; `pairs` is how many changes between two waves it was learnt from.
    """

    q: float
    tau2: float
    pairs: int


def learn(found: Series, least_q: float = LEAST_Q) -> Motion | None:
    """q and τ² by moments, each change and slope weighed by how well it is known.

    (Δy)² is expected to be v(t) + v(t−1) + qΔ + τ²Δ², and b² to be s² + τ². Changes are taken
    between waves of one classification, however far apart. None if there is no such pair of waves.

    Source: domain page outlook, section 4.4; weights of the iterated method of moments, DerSimonian
    and Kacker (2007), Contemporary Clinical Trials 28:105.
    """
    squared, noise, gap = _changes(found)
    if not len(gap):
        return None
    q, tau2 = moments(squared, noise, gap, 1e-3, least_q), 0.0
    for _ in range(ROUNDS):
        alone = fit(found, q, np.inf)
        told = np.isfinite(alone.slope)
        slope, error = alone.slope[told], alone.slope_variance[told]
        tau2 = moments(slope**2, error, np.ones(len(slope)), tau2, 0.0) if len(slope) else 0.0
        q = moments(squared, noise + tau2 * gap**2, gap, q, least_q)
    return Motion(q, tau2, len(gap))


def moments(squared: Floats, noise: Floats, times: Floats, start: float, least: float) -> float:
    """The variance x that makes `squared` what is expected of it, noise + times · x."""
    value = start
    for _ in range(STEPS):
        weight = 1 / (noise + times * value) ** 2
        above = (weight * times * (squared - noise)).sum() / (weight * times**2).sum()
        value = max(float(above), least)
    return value


def _changes(found: Series) -> tuple[Floats, Floats, Floats]:
    """Squared change, its noise and its years, of neighbouring waves of a cell and a standard."""
    standard = found.changes @ np.arange(1, found.changes.shape[1] + 1)
    parts: list[tuple[Floats, Floats, Floats]] = []
    for name in np.unique(standard):
        waves = np.flatnonzero(standard == name)
        before = np.full(len(found.log), -1)
        for wave in waves:
            now = found.seen[:, wave]
            cells = np.flatnonzero(now & (before >= 0))
            last = before[cells]
            parts.append(
                (
                    (found.log[cells, wave] - found.log[cells, last]) ** 2,
                    found.noise[cells, wave] + found.noise[cells, last],
                    found.years[wave] - found.years[last],
                )
            )
            before = np.where(now, wave, before)
    squared, noise, gap = (np.concatenate(part) for part in zip(*parts, strict=True))
    return squared, noise, gap
