"""Shortage, surplus, or no conclusion: only what the probability supports."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput

GapClass = Literal["SHORTAGE", "SURPLUS", "NO_CONCLUSION", "NOT_KNOWN"]


@dataclass(frozen=True)
class Threshold:
    """From which relative gap, over how many years, and how sure one must be.

    The gap that counts grows with the horizon: 5 % over five years is 3 % over three.
    """

    share: float = 0.05
    years: float = 5.0
    certainty: float = 0.8


DEFAULT = Threshold()
"""Source: domain page outlook, section 4.7."""


@dataclass(frozen=True)
class Classes:
    """The class of every year and post, (h, o), and the probabilities it rests on, NaN if unknown.

    `shortage` and `surplus` are the parts of the draws beyond the threshold on either side.
    """

    code: NDArray[np.str_]
    shortage: Floats
    surplus: Floats


def classify(relative: Floats, threshold: Threshold = DEFAULT) -> Classes:
    """What the draws of the relative gap, (d, h, o), support; a draw that is NaN supports nothing.

    Raises:
        BadInput: the threshold is negative, its years are not positive, or its certainty is not
            above one half, so that a post could be short and in surplus at once.

    Source: domain page outlook, section 4.7.
    """
    if threshold.share < 0 or threshold.years <= 0 or not 0.5 < threshold.certainty <= 1:
        raise BadInput(
            "A threshold takes a share of 0 or more, more than 0 years, and a certainty above 0.5 "
            f"and up to 1, and is {threshold.share}, {threshold.years}, {threshold.certainty}."
        )
    years = np.arange(1, relative.shape[1] + 1)
    limit = (threshold.share * years / threshold.years)[None, :, None]
    known = np.isfinite(relative).all(axis=0)
    shortage = np.where(known, (relative > limit).mean(axis=0), np.nan)
    surplus = np.where(known, (relative < -limit).mean(axis=0), np.nan)
    code = np.select(
        [~known, shortage >= threshold.certainty, surplus >= threshold.certainty],
        ["NOT_KNOWN", "SHORTAGE", "SURPLUS"],
        "NO_CONCLUSION",
    )
    return Classes(code, shortage, surplus)


def support(classes: Classes) -> Floats:
    """The probability beside each class, (h, o): of the class, or the larger one that fell short.

    Source: domain page outlook, section 4.7.
    """
    either: Floats = np.fmax(classes.shortage, classes.surplus)
    return either
