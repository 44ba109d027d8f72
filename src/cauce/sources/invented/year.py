"""What changes from year to year: who works, as what, for how long and for how much."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cauce.sources.invented.country import FIRST_YEAR, SEED, Column, Numbers, Stratum, random

EMPLOYED, UNEMPLOYED, OUTSIDE, CHILD = 1, 2, 3, 0
OCCUPATIONS = 10
# Shares of the major groups 0–9 of ISCO-08 by education, in the first year, and their drift a
# year on the scale of logarithms: fewer on the land and in offices, more in services and building.
BASE = np.log(
    np.array(
        [
            [0.001, 0.005, 0.004, 0.01, 0.01, 0.16, 0.21, 0.13, 0.07, 0.401],
            [0.002, 0.02, 0.015, 0.04, 0.05, 0.24, 0.13, 0.17, 0.11, 0.223],
            [0.006, 0.04, 0.05, 0.13, 0.16, 0.30, 0.05, 0.10, 0.08, 0.084],
            [0.006, 0.11, 0.47, 0.20, 0.08, 0.08, 0.01, 0.02, 0.01, 0.014],
        ]
    )
)
DRIFT = np.array([0.0, 0.005, 0.02, 0.015, -0.03, 0.02, -0.045, 0.02, 0.0, -0.01])
WAGE = np.array([0.5, 1.0, 0.8, 0.5, 0.2, 0.0, -0.25, 0.1, 0.1, -0.3])
CYCLE = (0.0, -0.05, -0.1, 0.05, 0.0, -0.08, 0.75, 0.45, 0.2, 0.05, 0.0, -0.05)


@dataclass(frozen=True)
class Year:
    """The state of some people of a stratum in one year; arrays of shape (people,).

    `status` is employed, unemployed, outside or a child. What concerns work is 0 or NaN for those
    without work. `earnings` are a month's, in the country's pesos.
    """

    status: NDArray[np.int64]
    absent: NDArray[np.bool_]
    occupation: NDArray[np.int64]
    employee: NDArray[np.bool_]
    position: NDArray[np.int64]
    formal: NDArray[np.bool_]
    hours_usual: NDArray[np.int64]
    hours_actual: NDArray[np.int64]
    wants_more: NDArray[np.bool_]
    earnings: Numbers
    attends: NDArray[np.bool_]
    potential: NDArray[np.bool_]
    returned: NDArray[np.bool_]
    spare: Numbers


def live(stratum: Stratum, year: int, people: NDArray[np.int64], seed: int = SEED) -> Year:
    """One year of some of the people of a stratum, by their positions."""
    chance = random(seed, 2, stratum.number, year)
    count = len(stratum.age)
    yearly = chance.random((count, 6))[people]
    psu_year = chance.normal(size=stratum.psus)[stratum.psu[people]]
    kept = stratum.draws[people]
    age, sex = stratum.age[people], stratum.sex[people]
    education, origin = stratum.education[people], stratum.origin[people]
    effect = stratum.effect[stratum.psu[people]]
    t = year - FIRST_YEAR
    attends = _attends(age, kept[:, 6], education)
    active = _active(
        age, sex, education, origin, attends, effect[:, 1], _mix(kept[:, 0], yearly[:, 0]), t
    )
    jobless = _jobless(
        age, education, origin, effect[:, 2] + 0.3 * psu_year, _mix(kept[:, 1], yearly[:, 1]), t
    )
    grown = age >= 15
    status = np.where(
        ~grown, CHILD, np.where(~active, OUTSIDE, np.where(jobless, UNEMPLOYED, EMPLOYED))
    )
    employed = status == EMPLOYED
    occupation = _occupation(education, stratum.urban, origin, kept[:, 2], t)
    position = _position(occupation, kept[:, 3])
    formal = _formal(
        occupation, position, origin, education, effect[:, 1], _mix(kept[:, 4], yearly[:, 2]), t
    )
    usual, actual = _hours(sex, position, kept[:, 5], yearly[:, 3])
    wants = (usual < 40) & (yearly[:, 4] < np.where(formal, 0.15, 0.4)) & employed
    return Year(
        status=status,
        absent=employed & (yearly[:, 5] < 0.03),
        occupation=np.where(employed, occupation, -1),
        employee=employed & (position == 1),
        position=np.where(employed, position, 0),
        formal=employed & formal,
        hours_usual=np.where(employed, usual, 0),
        hours_actual=np.where(employed & (yearly[:, 5] >= 0.03), actual, 0),
        wants_more=wants,
        earnings=np.where(
            employed,
            _earnings(education, occupation, origin, sex, formal, usual, kept[:, 7], t),
            0.0,
        ),
        attends=attends,
        potential=(status == OUTSIDE) & (yearly[:, 1] < 0.09) & (age < 65),
        returned=grown & (origin == 0) & (kept[:, 3] < 0.035) & (age > 20),
        spare=yearly,
    )


def _mix(kept: Numbers, yearly: Numbers) -> Numbers:
    """A uniform number that is partly a person's own and partly the year's."""
    both = 0.6 * kept + 0.4 * yearly
    # The distribution of the mix, so that the result is uniform again.
    return np.where(
        both < 0.4,
        both**2 / 0.48,
        np.where(both < 0.6, (both - 0.2) / 0.6, 1 - (1 - both) ** 2 / 0.48),
    )


def _logit(x: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-x)))


def _attends(age: NDArray[np.int64], u: Numbers, education: NDArray[np.int64]) -> NDArray[np.bool_]:
    share = np.select(
        [age < 5, age < 15, age < 18, age < 25], [0.1, 0.96, 0.75, 0.15 + 0.12 * education], 0.02
    )
    return np.asarray(u < share)


def _active(
    age: Column,
    sex: Column,
    education: Column,
    origin: Column,
    attends: Column,
    effect: Column,
    u: Column,
    t: int,
) -> Column:
    x = 1.15 - 0.0026 * (age - 40) ** 2 - 0.95 * sex + 0.3 * education + 0.35 * (origin > 0)
    active: Column = u < _logit(x - 1.6 * attends + 0.25 * effect + 0.02 * t * sex)
    return active


def _jobless(
    age: Column, education: Column, origin: Column, effect: Column, u: Column, t: int
) -> Column:
    x = -2.75 + 1.05 * (age < 25) - 0.12 * education + 0.12 * (origin == 1)
    return u < _logit(x + 0.35 * effect + CYCLE[t % len(CYCLE)])


def _occupation(education: Column, urban: bool, origin: Column, u: Column, t: int) -> Column:
    """Major group 0–9, by the distribution of a person's education in that year."""
    weight = BASE + DRIFT * t
    town = np.zeros(OCCUPATIONS)
    town[6] = -1.8 if urban else 0.7
    abroad = np.zeros((2, OCCUPATIONS))
    abroad[1, [7, 9]] = (0.6, 0.5)
    table = np.exp(weight[None, :, :] + town + abroad[:, None, :])
    table = np.cumsum(table / table.sum(axis=2, keepdims=True), axis=2)
    rows = table[(origin == 1).astype(int), education]
    return np.minimum((u[:, None] > rows).sum(axis=1), OCCUPATIONS - 1)


def _position(occupation: Column, u: Column) -> Column:
    """1 employee, 2 employer, 3 own account, 5 contributing family worker."""
    own = np.array([0, 0.25, 0.12, 0.12, 0.02, 0.3, 0.6, 0.35, 0.3, 0.18])[occupation]
    boss = np.array([0, 0.3, 0.03, 0.02, 0, 0.03, 0.04, 0.04, 0.02, 0])[occupation]
    family = np.array([0, 0, 0, 0, 0, 0.03, 0.1, 0.01, 0, 0.03])[occupation]
    return np.select([u < own, u < own + boss, u < own + boss + family], [3, 2, 5], 1)


def _formal(
    occupation: Column,
    position: Column,
    origin: Column,
    education: Column,
    effect: Column,
    u: Column,
    t: int,
) -> Column:
    base = np.array([6, 1.5, 1.6, 1.3, 1.4, 0.1, -1.2, -0.2, 0.2, -0.5])[occupation]
    x = base + 0.35 * education - 1.7 * (position == 3) - 9 * (position == 5) - 0.75 * (origin == 1)
    return u < _logit(x + 0.2 * effect + 0.015 * t)


def _hours(sex: Column, position: Column, kept: Column, yearly: Column) -> tuple[Column, Column]:
    centre = 45 - 5 * sex - 6 * (position == 3) - 12 * (position == 5)
    usual = np.rint(centre + 16 * (kept - 0.5) + 6 * (yearly - 0.5)).astype(np.int64).clip(3, 84)
    actual = np.rint(usual + 14 * (yearly - 0.55)).astype(np.int64).clip(1, 98)
    return usual, actual


def _earnings(
    education: Column,
    occupation: Column,
    origin: Column,
    sex: Column,
    formal: Column,
    hours: Column,
    u: Column,
    t: int,
) -> Column:
    """A month's earnings in pesos, in steps of ten; log-logistic noise."""
    noise = 0.28 * np.log(u / (1 - u)).clip(-5, 5)
    x = 8.6 + 0.24 * education + WAGE[occupation] - 0.14 * sex - 0.16 * (origin == 1)
    x = x + 0.35 * formal + 0.6 * np.log(hours / 44) + 0.035 * t + noise
    earnings: Column = np.rint(np.exp(x) / 10) * 10
    return earnings
