"""A population five years on: survivors, births and net migrants by age and sex.

Source: Preston, Heuveline and Guillot (2001), section 6.3; half of the migrants come (or go) at the
start of the five years and share the births and deaths of the others, half at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.outlook.people.ages import FEMALE, MALE, STEP, refuse_negative, refuse_no_chance


@dataclass(frozen=True)
class Schedules:
    """What befalls a population within five years; b bands of age, women first, the last open.

    `survival` is the share living on into each band, shape (2, b), as `survival` makes it;
    `fertility` the births a woman and year in each band, shape (b,); `boys` the boys born per girl;
    `migrants` the people who come less those who go, by age at the border, shape (2, b).
    """

    survival: Floats
    fertility: Floats
    boys: float
    migrants: Floats


@dataclass(frozen=True)
class Step:
    """Five years of a population, all shape (2, b): start + births − deaths + migrants = end.

    `births` stand in the first band, `deaths` in the band that the dead would have reached.
    """

    start: Floats
    births: Floats
    deaths: Floats
    migrants: Floats
    end: Floats


def project(start: Floats, periods: Sequence[Schedules]) -> tuple[Step, ...]:
    """The population after each period of five years, and what changed it.

    Args:
        start: people by sex and band of age, shape (2, b), in the unit of the migrants.

    Raises:
        BadInput: people are missing or below 0; a schedule does not fit; more people go than are
            there.
    """
    refuse_negative("The population to start from", start)
    if missing := int((~np.isfinite(start)).sum()):
        raise BadInput(f"The population to start from lacks {missing} bands of age.")
    steps: list[Step] = []
    for number, period in enumerate(periods):
        check(period, start.shape, number)
        steps.append(_step(start, period, number))
        start = steps[-1].end
    return tuple(steps)


def _step(start: Floats, period: Schedules, number: int) -> Step:
    half = period.migrants / 2
    there = _present(start + half, number)
    reaching = np.column_stack([np.zeros(2), there[:, :-1]])
    reaching[:, -1] += there[:, -1]
    surviving = reaching * period.survival
    women = (there[FEMALE] + surviving[FEMALE] + half[FEMALE]) / 2
    born = STEP * float((period.fertility * women).sum())
    births = np.zeros_like(start)
    births[[FEMALE, MALE], 0] = born / (1 + period.boys) * np.array([1.0, period.boys])
    deaths = reaching + births - (surviving + births * period.survival)
    end = _present(surviving + births * period.survival + half, number)
    return Step(start, births, deaths, period.migrants, end)


def _present(people: Floats, number: int) -> Floats:
    if count := int((people < 0).sum()):
        raise BadInput(
            f"Period {number + 1}: in {count} bands of age and sex more people leave than are "
            "there. Lower the emigration of these ages, or spread it over others."
        )
    return people


def check(period: Schedules, shape: tuple[int, ...], number: int) -> None:
    """Refuse schedules that are not those of a population of this shape.

    Raises:
        BadInput: with the period and the schedule.
    """
    where = f"Period {number + 1}"
    asked = {
        "survival": (period.survival, shape),
        "fertility": (period.fertility, shape[1:]),
        "migration": (period.migrants, shape),
    }
    for name, (numbers, wanted) in asked.items():
        if numbers.shape != wanted:
            raise BadInput(
                f"{where}: the schedule of {name} has the shape {numbers.shape} and the population "
                f"needs {wanted}: two sexes and the same bands of age."
            )
        if missing := int((~np.isfinite(numbers)).sum()):
            raise BadInput(f"{where}: the schedule of {name} lacks {missing} bands of age.")
    refuse_no_chance(f"{where}, survival", period.survival)
    refuse_negative(f"{where}, fertility", period.fertility)
    if period.fertility[0] > 0:
        raise BadInput(f"{where}: the schedule of fertility has births of girls below five.")
    if not 0 < period.boys < np.inf:
        raise BadInput(f"{where}: {period.boys:g} boys per girl is no ratio at birth.")
