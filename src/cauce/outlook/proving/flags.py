"""How probabilities came out, as those of a shortage: whether 8 in 10 of "80 %" came true."""

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.errors import BadInput
from cauce.model.scorecard import FlagScore

CLASSES = 5


def flag_score(said: Floats, came: Flags) -> FlagScore:
    """Brier score, base rate, skill against it, and reliability in five classes of probability.

    Args:
        said: probabilities, shape (n,), between 0 and 1.
        came: whether it happened, shape (n,).

    Raises:
        BadInput: nothing was said, or something is no probability.

    Source: Brier (1950), Monthly Weather Review 78(1); Murphy (1973), Journal of Applied
    Meteorology 12(4), reliability.
    """
    if not len(said) or len(said) != len(came) or not ((said >= 0) & (said <= 1)).all():
        raise BadInput("Flags are scored by probabilities from 0 to 1, each with what came of it.")
    brier = float(((said - came) ** 2).mean())
    base = float(came.mean())
    always = base * (1 - base)
    at = np.minimum((said * CLASSES).astype(np.int64), CLASSES - 1)
    count = np.bincount(at, minlength=CLASSES)
    with np.errstate(invalid="ignore"):
        mean_said = np.bincount(at, said, CLASSES) / count
        mean_came = np.bincount(at, came.astype(np.float64), CLASSES) / count
    return FlagScore(
        brier=brier,
        base_rate=base,
        skill=1 - brier / always if always else float("nan"),
        said=tuple(mean_said.tolist()),
        came=tuple(mean_came.tolist()),
        count=tuple(count.tolist()),
    )
