"""How likely people of an occupation are to leave work: a logit of what they are, and of where.

logit(ω) = f(age, sex, education) + u(o), u(o) ~ N(0, τ²): people leave for what they are more than
for where they work, so occupations with few respondents are drawn toward people like theirs.

Source: domain page outlook, section 4.6; logistic regression, McCullagh and Nelder (1989),
Generalized Linear Models, chapter 4; τ² by moments, DerSimonian and Laird (1986), Controlled
Clinical Trials 7:177; u(o) at the mode of its posterior.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from cauce.model.arrays import Codes, Floats
from cauce.model.errors import BadInput, MethodFailed
from cauce.outlook.chance import stream
from cauce.outlook.people import refuse_negative

ROUNDS = 50
CLOSE = 1e-10
FARTHEST = 15.0
"""A coefficient beyond this says that everybody or nobody of a kind left: no logit is that."""


@dataclass(frozen=True)
class Exits:
    """Coefficients of f, shape (p,), with their covariance; u of each occupation, with variance.

    `tau2` is how much occupations differ beyond chance; an occupation never seen has u = 0 with
    that variance.
    """

    beta: Floats
    covariance: Floats
    effect: Floats
    effect_variance: Floats
    tau2: float


def fit_exits(
    left: Floats, asked: Floats, design: Floats, occupation: Codes, occupations: int
) -> Exits:
    """Learn from published cells who left work within a year.

    Args:
        left: effective respondents of each cell who left, shape (n,): share × effective sample.
        asked: effective respondents of the cell, shape (n,).
        design: what they are (a constant, age, sex, education), shape (n, p).
        occupation: position of the cell's occupation, shape (n,).
        occupations: how many there are.

    Raises:
        BadInput: more left than were asked, numbers that are missing or below 0, or cells that do
            not fit.
        MethodFailed: the columns of the design say the same twice, or everybody or nobody of a
            kind left, so that a coefficient has no end.
    """
    _check(left, asked, design, occupation, occupations)
    beta, covariance = _logistic(left, asked, design)
    chance = expit(design @ beta)
    score = _by(occupation, left - asked * chance, occupations)
    information = _by(occupation, asked * chance * (1 - chance), occupations)
    tau2 = _between(score, information)
    effect, variance = _effects(left, asked, design @ beta, occupation, occupations, tau2)
    return Exits(beta, covariance, effect, variance, tau2)


def exit_draws(found: Exits, design: Floats, occupation: Codes, draws: int, seed: int) -> Floats:
    """Chances to leave work within a year of these cells, shape (d, n), each between 0 and 1."""
    chance = stream(seed, "exits")
    root = np.linalg.cholesky(found.covariance)
    beta = found.beta + chance.normal(size=(draws, len(found.beta))) @ root.T
    effect = found.effect + chance.normal(size=(draws, len(found.effect))) * np.sqrt(
        found.effect_variance
    )
    drawn: Floats = expit(beta @ design.T + effect[:, occupation])
    return drawn


def net_exits(out: Floats, returning: Floats) -> Floats:
    """Exits less those who come back to work, both as shares of the employed; never below 0.

    At young ages more come than go: these are newcomers, and are counted with the graduates.
    """
    for name, numbers in (("Exits", out), ("Re-entries", returning)):
        refuse_negative(name, numbers)
    less: Floats = np.maximum(0, out - returning)
    return less


def _check(
    left: Floats, asked: Floats, design: Floats, occupation: Codes, occupations: int
) -> None:
    if not (left.shape == asked.shape == occupation.shape == design.shape[:1]):
        raise BadInput(
            f"Exits: {left.shape} who left, {asked.shape} asked, {design.shape} of design and "
            f"{occupation.shape} of occupation are not of the same cells."
        )
    if not (np.isfinite(left).all() and np.isfinite(asked).all() and np.isfinite(design).all()):
        raise BadInput("Exits: leave out cells that are withheld; a number is missing.")
    refuse_negative("Exits", np.append(left, asked))
    if (left > asked).any():
        raise BadInput("Exits: in some cells more left than were asked.")
    if not ((occupation >= 0) & (occupation < occupations)).all():
        raise BadInput(f"Exits: a cell has an occupation that is none of the {occupations}.")


def _logistic(left: Floats, asked: Floats, design: Floats) -> tuple[Floats, Floats]:
    """Coefficients and their covariance, by Newton's steps, held where a rate can still be told."""
    if np.linalg.matrix_rank(design[asked > 0]) < design.shape[1]:
        raise MethodFailed(
            "Exits: the columns of age, sex and education say the same twice, or nobody is in one "
            "of them. Join bands of age or drop a column."
        )
    beta = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        chance = expit(design @ beta)
        information = design.T @ (design * (asked * chance * (1 - chance))[:, None])
        step = np.linalg.solve(information, design.T @ (left - asked * chance))
        beta = np.clip(beta + step, -FARTHEST, FARTHEST)
    if np.abs(beta).max() == FARTHEST or np.abs(step).max() > CLOSE:
        raise MethodFailed(
            "Exits: everybody or nobody of a kind left, so no rate can be told. Join bands of age "
            "or levels of education."
        )
    return beta, np.asarray(np.linalg.inv(information), dtype=np.float64)


def _by(occupation: Codes, numbers: Floats, occupations: int) -> Floats:
    summed: Floats = np.bincount(occupation, numbers, minlength=occupations).astype(np.float64)
    return summed


def _between(score: Floats, information: Floats) -> float:
    """τ² between occupations by moments of u ≈ score/information, whose variance is 1/information.

    The grand mean is 0 by construction of f.
    """
    seen = information > 0
    weight = information[seen]
    spread = float((score[seen] ** 2 / weight).sum())
    return max(0.0, (spread - len(weight)) / float(weight.sum()))


def _effects(
    left: Floats, asked: Floats, base: Floats, occupation: Codes, occupations: int, tau2: float
) -> tuple[Floats, Floats]:
    """The mode of each u and 1/(information + 1/τ²) there; 0 where occupations do not differ."""
    effect: Floats = np.zeros(occupations)
    variance: Floats = np.zeros(occupations)
    if tau2 == 0:
        return effect, variance
    for _ in range(ROUNDS):
        chance = expit(base + effect[occupation])
        gained = _by(occupation, left - asked * chance, occupations)
        information = _by(occupation, asked * chance * (1 - chance), occupations)
        variance = (1 / (information + 1 / tau2)).astype(np.float64)
        step = np.clip(variance * (gained - effect / tau2), -1, 1)
        effect = effect + step
    return effect, variance
