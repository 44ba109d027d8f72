"""How an answer is written: codes for yes and no, blanks, and codes for those who did not say."""

from typing import TypeAlias

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.sources.invented.chance import Chance

BLANK = -1
Columns: TypeAlias = dict[str, Ints]


def yes_no(flags: Flags) -> Ints:
    """1 yes, 2 no."""
    return np.where(flags, 1, 2)


def only(asked: Flags, values: Ints) -> Ints:
    """The answer of those who were asked; nothing is written for the others."""
    return np.where(asked, values, BLANK)


def hidden(values: Ints, own: Chance, question: str, share: float, code: int) -> Ints:
    """Some answers replaced by the code of those who did not give one, by chance alone."""
    return np.where(own.yearly(f"answers on {question}") < share, code, values)
