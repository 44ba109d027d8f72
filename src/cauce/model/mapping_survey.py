"""How a mapping survey of a diaspora was done, and what may be said of it."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.contribution import Sampling
from cauce.model.text import Text

Obstacle = Literal["METHOD", "CHANCES", "FRAME", "NO_METHOD", "NO_CHANCES", "NO_FRAME"]
"""Why it is no probability sample, or (NO_…) cannot be told to be one."""


@dataclass(frozen=True)
class SurveyDesign:
    """How people were chosen, what stands against calling it chance, and how many answered.

    `response` is the share of those chosen who answered, None if that is not known.
    """

    sampling: Sampling
    against: tuple[Obstacle, ...]
    responded: int | None
    response: float | None


@dataclass(frozen=True)
class SurveyFinding:
    """A share of those who answered, or, of a sample drawn by chance, an estimate and its error.

    `percent` and `se_points` are in hundredths; None is unknown, and so is `answered`.
    """

    words: Text
    topic: str
    percent: float | None
    answered: int | None = None
    se_points: float | None = None


@dataclass(frozen=True)
class MappingSurvey:
    """A survey with its findings: `estimates` are of the population aimed at, and may be none."""

    key: str
    design: SurveyDesign
    answers: tuple[SurveyFinding, ...]
    estimates: tuple[SurveyFinding, ...]
    withheld: int
    """Estimates that were entered and are not told, since the sample does not bear them."""
