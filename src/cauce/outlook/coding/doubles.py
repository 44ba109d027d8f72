"""Which answers two people code, so that it is known how far coders agree."""

import numpy as np

from cauce.model.arrays import Flags

SHARE = 0.05


def drawn_twice(chance: np.random.Generator, count: int, share: float = SHARE) -> Flags:
    """Which of the next answers are coded by two, each with the same chance. Shape (count,)."""
    return chance.random(count) < share
