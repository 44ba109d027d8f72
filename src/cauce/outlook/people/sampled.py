"""Draws of published numbers of people, as unsure as their standard errors say."""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.outlook.chance import stream
from cauce.outlook.people.ages import refuse_negative


def sampled(value: Floats, se: Floats, draws: int, seed: int, name: str) -> Floats:
    """Draws whose mean and standard deviation are the number and its error, never below 0: (d, …).

    Of the logarithmic normal law. A number that is withheld is NaN in all draws; 0 people are 0.

    Args:
        name: what is drawn; the same name gives the same chance in every scenario.

    Raises:
        BadInput: people or errors below 0, or a number above 0 without its error.
    """
    refuse_negative(name, np.append(value, se))
    if count := int((np.isfinite(value) & (value > 0) & ~np.isfinite(se)).sum()):
        raise BadInput(f"{name}: {count} numbers have no standard error. Give 0 for a full count.")
    there = value > 0
    squared = np.log1p(np.divide(se, value, where=there, out=np.zeros_like(value)) ** 2)
    z = stream(seed, name).normal(size=(draws, *value.shape))
    drawn: Floats = value * np.exp(z * np.sqrt(squared) - squared / 2)
    return drawn
