"""The most demanded skills of an outlook that was published: its openings with their intervals."""

from collections.abc import Sequence

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.skill_links import SkillLinks
from cauce.model.text import Text
from cauce.outlook.skills.demanded import Demanded, demanded

TOGETHER = Text(
    "The interval is that of openings which come out high, or low, in all occupations together: a "
    "published outlook does not say how they move with each other. As a rule it is too wide.",
    "El intervalo supone puestos altos, o bajos, en todas las ocupaciones a la vez: unas "
    "perspectivas publicadas no dicen cómo se mueven entre sí. Por regla es demasiado ancho.",
)
STEPS = 11
"""Draws that stand for an interval: the second is its lower end, the middle one the number, the
last but one its upper end, so that percentiles 10, 50 and 90 of them give the three back."""


def demanded_as_published(
    value: Floats, low: Floats, high: Floats, occupations: Sequence[str], links: SkillLinks
) -> Demanded:
    """Demand of each skill from published openings and their intervals of 80 %.

    Args:
        value: openings of each occupation until a year, shape (o,), NaN where they are not
            published: such an occupation counts for no skill.
        low, high: the ends of their intervals, shape (o,).

    Raises:
        BadInput: no openings are published; an interval does not hold its number; what `demanded`
            refuses.

    Source: domain page outlook, sections 4.6 and 5. Quantiles of a sum whose parts rise and fall
        together are the sums of their quantiles (comonotonicity: Dhaene et al., 2002, The concept
        of comonotonicity in actuarial science and finance: theory, theorem 4).
    """
    there = np.isfinite(value)
    if not there.any():
        raise BadInput("No openings are published for any occupation.")
    if not (there == (np.isfinite(low) & np.isfinite(high))).all():
        raise BadInput("A number of openings has no interval.")
    if ((low > value) | (value > high)).any():
        raise BadInput("An interval does not hold its number of openings.")
    at = np.linspace(0.0, 1.0, STEPS)[:, None]
    below = low + (value - low) * (at - 0.1) / 0.4
    above = value + (high - value) * (at - 0.5) / 0.4
    # Before the first tenth a line would go on below what is possible; it stays at the end.
    draws = np.clip(np.where(at <= 0.5, below, above), low, high)
    return demanded(draws, occupations, links)
