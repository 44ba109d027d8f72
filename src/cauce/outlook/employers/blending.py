"""One number of a survey and a model, by their variances and the survey's past bias."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.model.text import Text

FEWEST_MATCHED = 5
"""Occupations whose expectation was met again, below which nothing is said of a bias."""
OUTPUT = "blend of employers' expectations and the projection"
UNKNOWN = Text(
    "How far employers' expectations come true is not known: no firms were asked again, or too few "
    "occupations were met again. A bias that is not known is not zero. Ask 30 % of the firms again "
    "in the next wave.",
    "No se sabe en qué medida se cumplen las expectativas de los empleadores: no se volvió a "
    "preguntar a empresas, o se reencontraron muy pocas ocupaciones. Un sesgo desconocido no es "
    "cero. Vuelva a preguntar al 30 % de las empresas en la próxima ola.",
)


@dataclass(frozen=True)
class Realised:
    """How expectations came true in matched firms, as parts of what was expected.

    `bias` is the mean of realised over expected, less 1: below 0, employers expected too much.
    `square` is τ², the mean square of it that sampling does not explain, of `occupations` ones.
    """

    bias: float
    square: float
    occupations: int


def realised(
    expected: Floats, expected_se: Floats, came: Floats, came_se: Floats
) -> Realised | NotProducible:
    """The bias of expectations, from released totals of the same firms in two waves.

    Args:
        expected: staff expected for today a wave ago, by occupation, shape (c,); NaN where
            withheld.
        came: staff of the same firms today, shape (c,).

    Returns:
        NotProducible with fewer than five occupations in both.

    Source: domain page outlook, section 5; τ² by moments, the sampling variance taken off, never
        below 0.
    """
    both = np.isfinite(expected) & np.isfinite(came) & np.isfinite(expected_se + came_se)
    both &= expected > 0
    if int(both.sum()) < FEWEST_MATCHED:
        return NotProducible(OUTPUT, UNKNOWN)
    e, r = expected[both], came[both]
    off = r / e - 1
    noise = (came_se[both] / e) ** 2 + (r * expected_se[both] / e**2) ** 2
    square = max(float((off**2 - noise).mean()), 0.0)
    return Realised(float(off.mean()), square, int(both.sum()))


@dataclass(frozen=True)
class Blend:
    """Numbers of c occupations, their standard errors, and the weight of the survey in each.

    Where one of the two is not there the other stands alone: the weight is 0 or 1.
    """

    value: Floats
    se: Floats
    weight: Floats


def blend(
    survey: Floats,
    survey_se: Floats,
    model: Floats,
    model_se: Floats,
    bias: Realised | NotProducible,
) -> Blend | NotProducible:
    """z = w survey + (1 - w) model, with w = V_m / (V_m + V_s + τ²).

    Args:
        survey: expected staff by occupation as released, shape (c,), NaN where withheld.
        model: the projection for the same day, shape (c,), NaN where there is none.
        bias: of earlier expectations; without it nothing is blended.

    Raises:
        BadInput: a number has no standard error, or a negative one.

    Source: domain page outlook, section 5; weights by variance as of two independent estimates, the
        bias of one added to its variance.
    """
    if isinstance(bias, NotProducible):
        return bias
    for value, se, what in ((survey, survey_se, "survey"), (model, model_se, "model")):
        lost = np.isfinite(value) & ~(se >= 0)
        if lost.any():
            raise BadInput(f"{int(lost.sum())} numbers of the {what} have no standard error.")
    v_s = _variance(survey, survey_se) + bias.square * np.where(np.isfinite(survey), survey, 0) ** 2
    v_m = _variance(model, model_se)
    weight = _weight(v_s, v_m, np.isfinite(survey), np.isfinite(model))
    told = np.isfinite(survey) | np.isfinite(model)
    value = weight * np.nan_to_num(survey) + (1 - weight) * np.nan_to_num(model)
    variance = _part(weight, v_s) + _part(1 - weight, v_m)
    return Blend(
        np.where(told, value, np.nan),
        np.where(told, np.sqrt(variance), np.nan),
        np.where(told, weight, np.nan),
    )


def _variance(value: Floats, se: Floats) -> Floats:
    """Infinite where there is no number: it then has no weight."""
    return np.where(np.isfinite(value), se**2, np.inf)


def _weight(v_s: Floats, v_m: Floats, has_s: Flags, has_m: Flags) -> Floats:
    """The survey's; two that are both certain count alike."""
    both = has_s & has_m
    total = np.where(both, v_s + v_m, 1.0)
    shared = np.where(total > 0, np.where(both, v_m, 0.0) / np.where(total > 0, total, 1.0), 0.5)
    return np.where(both, shared, has_s.astype(np.float64))


def _part(weight: Floats, variance: Floats) -> Floats:
    return np.where(weight > 0, weight**2 * np.where(np.isfinite(variance), variance, 0.0), 0.0)
