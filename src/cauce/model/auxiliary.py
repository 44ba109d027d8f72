"""What weights are raised by, person by person, behind the confidentiality wall."""

from dataclasses import dataclass, field

import numpy as np

from cauce.model.arrays import Codes, Floats, Ints

ANSWERED, SILENT, OUTSIDE = 1, 0, -1
"""How an interview ended."""


def _nobody() -> Codes:
    return np.empty(0, dtype=np.int32)


@dataclass(frozen=True)
class Auxiliary:
    """Codes and amounts of n respondents by variable, their households, and how they ended.

    A code is a position in the variable's list or a negative `Missing` reason; an amount is NaN
    where there is none. `household` numbers households from 0; `ended` is one of ANSWERED, SILENT
    and OUTSIDE. All arrays have shape (n,); None or empty where the pack does not ask.
    """

    codes: dict[str, Codes] = field(default_factory=dict)
    amounts: dict[str, Floats] = field(default_factory=dict)
    household: Ints | None = None
    ended: Codes = field(default_factory=_nobody)
