"""Sex and bands of five years of age: what people of a population are counted by."""

import re
from collections.abc import Sequence

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.errors import BadInput

SEXES = ("F", "M")
FEMALE, MALE = 0, 1
STEP = 5
"""Years of a band of age, and so of a step from one band to the next."""
BAND = re.compile(r"Y?(\d+)[-T](\d+)|Y_GE(\d+)|(\d+)\+")
"""As the UN writes a band, or ILOSTAT."""


def bands(opened: int = 100) -> tuple[str, ...]:
    """The bands from birth on, the last of them without an end, as the UN writes them: 0-4, 100+.

    Raises:
        BadInput: `opened` is no age at which a band begins.
    """
    if opened < STEP or opened % STEP:
        raise BadInput(f"The last band cannot begin at age {opened}: bands are of five years.")
    return (*(f"{age}-{age + STEP - 1}" for age in range(0, opened, STEP)), f"{opened}+")


def cells(ages: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The codes of sex and age of each column of draws, women first: shape (c, 2)."""
    return tuple((sex, age) for sex in SEXES for age in ages)


def check_ages(ages: tuple[str, ...]) -> None:
    """Refuse bands that are not every band from birth to an open one, in their order.

    Raises:
        BadInput: with the bands that are missing or that nobody knows.
    """
    last = ages[-1] if ages else ""
    if not (last.endswith("+") and last[:-1].isdecimal()):
        raise BadInput(
            f"The last band of age is {last or 'missing'}: it has to be open, as 80+ or 100+ is."
        )
    wanted = bands(int(last[:-1]))
    if missing := [band for band in wanted if band not in ages]:
        raise BadInput(f"Bands of age are missing: {', '.join(missing)}. Give every one of them.")
    if ages != wanted:
        unknown = [band for band in ages if band not in wanted] or ["those given"]
        raise BadInput(
            f"The bands of age are not the ones of five years in their order: {', '.join(unknown)}."
        )


def ends(code: str) -> tuple[float, float]:
    """The age at which a band begins and the one it ends before: 15-19, Y15T19, 80+ or Y_GE65.

    Raises:
        BadInput: it is no band of age.
    """
    found = BAND.fullmatch(code)
    if not found:
        raise BadInput(f"{code!r} is no band of age, as 15-19, 80+, Y15T19 or Y_GE65.")
    first, last, *opened = found.groups()
    return (float(first), float(last) + 1) if first else (float(opened[0] or opened[1]), np.inf)


def within(fine: Sequence[str], coarse: Sequence[str]) -> Flags:
    """Which fine band of age lies in which coarse one, shape (f, c).

    Raises:
        BadInput: a fine band lies in two of them, in part or whole: people would be split.
    """
    inner, outer = (
        np.array([ends(each) for each in fine]),
        np.array([ends(each) for each in coarse]),
    )
    meets = (inner[:, :1] < outer[:, 1]) & (inner[:, 1:] > outer[:, 0])
    inside: Flags = (inner[:, :1] >= outer[:, 0]) & (inner[:, 1:] <= outer[:, 1])
    if (meets & ~inside).any() or (inside.sum(axis=1) > 1).any():
        raise BadInput(
            f"Bands of age do not fit into each other: {', '.join(fine)} into {', '.join(coarse)}."
        )
    return inside


def refuse_negative(name: str, numbers: Floats) -> None:
    """Refuse numbers below 0 where people, rates or shares are meant; one that is missing may stay.

    Raises:
        BadInput: with the name and how many there are.
    """
    if count := int((np.asarray(numbers) < 0).sum()):
        raise BadInput(f"{name}: {count} numbers are below 0; there are no negative people.")


def refuse_no_chance(name: str, numbers: Floats) -> None:
    """Refuse what is no probability or share: below 0 or above 1.

    Raises:
        BadInput: with the name and how many there are.
    """
    found = np.asarray(numbers)
    if count := int(((found < 0) | (found > 1)).sum()):
        raise BadInput(f"{name}: {count} numbers are not between 0 and 1.")
