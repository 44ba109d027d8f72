"""The fallback where nobody was asked whether they left: what cohorts lost between two rounds.

Source: domain page outlook, section 4.6, the cohort net method. It is published as indicative
because Dupuy (2005), evaluating ROA's forecasts, found replacement demand overestimated.
"""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.people import refuse_negative

INDICATIVE = Text(
    "Indicative: replacement by the cohort net method, on employment per person of each cohort. "
    "It cannot tell who left work from who changed occupation, and published evaluations (Dupuy "
    "2005, of the Dutch forecasts) found that it overestimates.",
    "Indicativo: reemplazo por el método neto de cohortes, sobre el empleo por persona de cada "
    "cohorte. No distingue a quien dejó de trabajar de quien cambió de ocupación, y las "
    "evaluaciones publicadas (Dupuy 2005, de las previsiones holandesas) hallaron que sobreestima.",
)


def net_exits_of_cohorts(
    before: Floats, now: Floats, people_before: Floats, people_now: Floats, years: int
) -> Floats:
    """Yearly chance that a cohort's workers left an occupation, net, shape (s, a, o); `INDICATIVE`.

    It stands at the age at which the cohort began. Where a cohort gained workers, or had none, it
    is 0: those who came are newcomers. All cohorts that reach the open band are followed as one.

    Args:
        before, now: workers by sex, band of five years (the last open) and occupation in two
            rounds, shape (s, a, o). NaN where withheld, and then so is the chance.
        people_before, people_now: population by sex and band, shape (s, a). Deaths and migration
            are taken out by it, as workers are compared with the people there are.
        years: between the two rounds, a multiple of five.

    Raises:
        BadInput: numbers below 0, shapes that do not fit, nobody of an age, or rounds not a
            multiple of five years apart.
    """
    steps = _check(before, now, people_before, people_now, years)
    was = _rate(_cohorts(before, steps), _cohorts(people_before, steps))
    remained = np.divide(
        _rate(now, people_now)[:, steps:], was, where=was != 0, out=np.ones_like(was)
    )
    left = 1 - np.clip(remained, 0, 1) ** (1 / years)
    chance: Floats = np.concatenate([left, np.repeat(left[:, -1:], steps, axis=1)], axis=1)
    return chance


def _cohorts(numbers: Floats, steps: int) -> Floats:
    """The last steps + 1 bands as one: whoever of them lives is in the open band at the end."""
    last = numbers[:, -steps - 1 :].sum(axis=1, keepdims=True)
    return np.concatenate([numbers[:, : -steps - 1], last], axis=1)


def _rate(workers: Floats, people: Floats) -> Floats:
    rate: Floats = workers / people[:, :, None]
    return rate


def _check(
    before: Floats, now: Floats, people_before: Floats, people_now: Floats, years: int
) -> int:
    for name, numbers in (
        ("Workers before", before), ("Workers now", now),
        ("People before", people_before), ("People now", people_now),
    ):  # fmt: skip
        refuse_negative(name, numbers)
    people = before.shape[:2]
    fits = before.ndim == 3 and now.shape == before.shape
    if not (fits and people_before.shape == people_now.shape == people):
        raise BadInput(
            f"Cohorts: workers {before.shape} and {now.shape} and people {people_before.shape} and "
            f"{people_now.shape} are not of the same sexes, ages and occupations."
        )
    if count := int((np.append(people_before, people_now) == 0).sum()):
        raise BadInput(f"Cohorts: {count} bands of age have nobody in the population.")
    if years < 5 or years % 5 or years // 5 >= before.shape[1]:
        raise BadInput(
            f"Cohorts: the rounds are {years} years apart; bands of five years follow a cohort "
            "over 5, 10, … years, and fewer than the bands cover."
        )
    return years // 5
