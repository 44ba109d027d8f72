"""Who is there already: the idle, those who return, migrants below their qualification.

Source: domain page outlook, section 4.7. Each function counts people of one group at the base year,
and `supply` refuses to add two that share one.
"""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.people.ages import refuse_negative, refuse_no_chance

QUALIFIED = (2, 3, 4)
"""ISCO-08 skill levels that a qualification can be below; level 1 asks for none.

Source: ILO (2012), International Standard Classification of Occupations, volume 1, table 1."""

NOBODY_STUDIES = Text(
    "Nobody of the unemployed who have worked is assumed to be a student: those who are would be "
    "counted again as graduates.",
    "Se supone que ningún desempleado que ya trabajó es estudiante: quienes lo son se contarían "
    "otra vez como egresados.",
)


def idle(
    unemployed: Floats, studying: Floats, employed: Floats, friction: float, horizon: int
) -> Floats:
    """Unemployed beyond what changing jobs takes, max(0, U − studying − u·E): the same every year.

    They are a stock and stand once, however many years are looked ahead.

    Args:
        unemployed: by occupation of their last work, shape (o,) or (d, o). Who never worked has
            none, and comes with the graduates or not at all.
        studying: those of them who still study, shape (o,): they come with the graduates. NaN
            where nobody knows, and then so is the result; who gives zeros instead assumes
            `NOBODY_STUDIES`, and says so.
        friction: unemployed per person employed who are between two jobs at any time.

    Raises:
        BadInput: numbers below 0, more students than unemployed, or a friction outside 0
            to 1.
    """
    for name, numbers in (
        ("Unemployed", unemployed),
        ("Unemployed who still study", studying),
        ("Employed", employed),
    ):
        refuse_negative(name, numbers)
    refuse_no_chance("Frictional unemployment", np.array([friction]))
    if (studying > unemployed).any():
        raise BadInput("More of the unemployed still study than there are unemployed.")
    return held(np.maximum(0, unemployed - studying - friction * employed), horizon)


def returnees(yearly: Floats, activity: Floats, share: Floats) -> Floats:
    """People who come back and will work, added up over the years, shape (d, h, o).

    Args:
        yearly: who returns each year, shape (h,) or (d, h).
        activity: share of them in the labour force, shape (1,) or (d,).
        share: their occupations, shape (o,) or (d, o), adding up to 1.

    Raises:
        BadInput: numbers below 0, or shares that do not add up to 1.
    """
    refuse_negative("Returns", yearly)
    refuse_no_chance("Activity of those who return", activity)
    _whole("Occupations of those who return", share)
    active = np.cumsum(np.atleast_2d(yearly), axis=1) * np.reshape(activity, (-1, 1))
    shares: Floats = np.atleast_2d(share)
    back: Floats = active[:, :, None] * shares[:, None, :]
    return back


def below_qualification(
    migrants: Floats, qualified: Floats, needed: Floats, within: Floats, horizon: int
) -> Floats:
    """Resident migrants employed below their qualification, by occupation they could do.

    Each is counted once, at the skill level of their own qualification. Which occupation of that
    level is `within`'s assumption.

    Args:
        migrants: published foreign-born employed by level of education and occupation, shape
            (e, o) or (d, e, o); NaN where withheld, and then so is what it would add to.
        qualified: ISCO skill level that each level of education gives access to, shape (e,).
        needed: ISCO skill level of each occupation, shape (o,).
        within: among the qualified of a level, who would work in which of its occupations, shape
            (o,); the occupations of a level add up to 1.

    Raises:
        BadInput: people below 0, levels that are not 1 to 4, or shares that do not add up to 1.
    """
    refuse_negative("Foreign-born employed", migrants)
    for name, levels in (("education", qualified), ("occupation", needed)):
        if not np.isin(levels, (1, 2, 3, 4)).all():
            raise BadInput(f"Skill levels of {name} are 1 to 4, of ISCO-08; mend the others.")
    refuse_no_chance("Occupations within a skill level", within)
    people = migrants if migrants.ndim == 3 else migrants[None]
    under = np.zeros((len(people), len(needed)))
    for level in QUALIFIED:
        here = needed == level
        if not here.any():
            continue
        _whole(f"Occupations of skill level {level}", within[here])
        held_below = people[:, qualified == level][:, :, needed < level].sum(axis=(1, 2))
        under[:, here] = held_below[:, None] * within[here]
    return held(under, horizon)


def held(numbers: Floats, horizon: int) -> Floats:
    """A stock that is there from the first year on and stays: (o,) or (d, o) to (d, h, o)."""
    stock: Floats = np.repeat(np.atleast_2d(numbers)[:, None, :], horizon, axis=1)
    return stock


def _whole(name: str, shares: Floats) -> None:
    refuse_no_chance(name, shares)
    if not (np.abs(shares.sum(axis=-1) - 1) <= 1e-6).all():
        raise BadInput(f"{name}: the shares do not add up to 1.")
