"""Whether an occupation is short today, apart from every projection."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.text import Text

PresentVerdict = Literal["SHORTAGE", "NO_SHORTAGE", "NO_VERDICT"]

FEWEST_SIGNS = 4
"""Indicators that must be available before anything is said. Source: domain page outlook, 4.7."""


@dataclass(frozen=True)
class Sign:
    """One indicator of present shortage of one occupation; nobody forecast it.

    `value` is in the unit of the indicator. `z` says how many standard deviations it lies from all
    occupations, positive towards shortage, and `se` is the standard error of `z`. Where it is not
    `available` all three are NaN and `because` says what is missing.
    """

    indicator: str
    value: float
    z: float
    se: float
    available: bool
    because: Text | None = None


@dataclass(frozen=True)
class PresentShortage:
    """What the indicators that are available say of an occupation today, and why.

    With fewer than `FEWEST_SIGNS` of them there is no verdict, whatever they say.
    """

    occupation: str
    signs: tuple[Sign, ...]
    verdict: PresentVerdict
    because: Text
