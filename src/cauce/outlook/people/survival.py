"""Who lives on: shares that survive five years, and the chance to die within one, from death rates.

Source: Preston, Heuveline and Guillot (2001), Demography: Measuring and Modeling Population
Processes, sections 3.1 to 3.3, and table 3.3 (Coale and Demeny, West) for children below five.
"""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.outlook.people.ages import FEMALE, MALE, STEP, refuse_negative

HIGH = 0.107
"""The rate of infants from which Coale and Demeny's years lived no longer depend on it."""
INFANT = {FEMALE: (0.350, 0.053, 2.800), MALE: (0.330, 0.045, 2.684)}
CHILD = {FEMALE: (1.361, 1.522, -1.518), MALE: (1.352, 1.651, -2.816)}
"""Years lived by those who die at age 0, and at ages 1 to 4: at high rates, or a + b m(0)."""


def survival(rates: Floats) -> Floats:
    """Share who live to be in each band five years later, shape (2, b).

    The first is of births of the five years; the last is of the two oldest bands together, into
    the open one.

    Args:
        rates: deaths a person and year at age 0, 1 to 4, 5 to 9 and so on, the last one open, by
            sex, shape (2, b + 1).

    Raises:
        BadInput: a rate is missing or below 0, that of the open band is 0, or a rate is so high
            that more die than there are.
    """
    lived = years_lived(rates)
    beyond = lived[:, -1] / (lived[:, -1] + lived[:, -2])
    between = lived[:, 1:-1] / lived[:, :-2]
    return np.column_stack([lived[:, 0] / STEP, between, beyond])


def yearly_death(rates: Floats) -> Floats:
    """Chance to die within a year at each band of age, by sex, shape (2, b): 1 − exp(−m).

    Args and Raises: as of `survival`. The rate of the first band is that of ages 0 and 1 to 4,
    weighed by the years lived at each.
    """
    parts = _parts(rates)
    young = (parts[:, :2] * rates[:, :2]).sum(axis=1) / parts[:, :2].sum(axis=1)
    chance: Floats = -np.expm1(-np.column_stack([young, rates[:, 2:]]))
    return chance


def years_lived(rates: Floats) -> Floats:
    """Years lived in each band of five years per person born, shape (2, b); the last is open.

    Args and Raises: as of `survival`.
    """
    parts = _parts(rates)
    return np.column_stack([parts[:, :2].sum(axis=1), parts[:, 2:]])


def _parts(rates: Floats) -> Floats:
    """Years lived at age 0, 1 to 4, 5 to 9 and so on per person born, shape (2, b + 1)."""
    _check(rates)
    width = np.array([1.0, 4.0, *[STEP] * (rates.shape[1] - 3)])
    closed = rates[:, :-1]
    before = _before(rates)
    chance = width * closed / (1 + (width - before) * closed)
    if (chance > 1).any():
        raise BadInput("Death rates: more people would die in a band of age than reach it.")
    alive = np.cumprod(np.column_stack([np.ones(2), 1 - chance]), axis=1)
    dying = alive[:, :-1] * chance
    within = alive[:, 1:] * width + before * dying
    return np.column_stack([within, alive[:, -1] / rates[:, -1]])


def _before(rates: Floats) -> Floats:
    """Years lived in each closed interval by those who die in it, shape (2, b)."""
    years = np.full((2, rates.shape[1] - 1), STEP / 2)
    for sex in (FEMALE, MALE):
        infants = rates[sex, 0]
        for at, (high, base, slope) in enumerate((INFANT[sex], CHILD[sex])):
            years[sex, at] = high if infants >= HIGH else base + slope * infants
    return years


def _check(rates: Floats) -> None:
    if rates.ndim != 2 or rates.shape[0] != 2 or rates.shape[1] < 4:
        raise BadInput(
            "Death rates are needed for both sexes at ages 0, 1 to 4, 5 to 9 and so on, up to an "
            f"open age; these have the shape {rates.shape}."
        )
    refuse_negative("Death rates", rates)
    if missing := int((~np.isfinite(rates)).sum()):
        raise BadInput(f"Death rates: {missing} are missing; a life table needs every age.")
    if (rates[:, -1] == 0).any():
        raise BadInput("Death rates: nobody dies in the open band, so it has no end.")
