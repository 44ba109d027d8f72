"""The standard of the statistics institute of Chile, for totals and means and for proportions."""

import numpy as np

from cauce.model.arrays import Flags
from cauce.model.observation import Reliability
from cauce.model.text import Text
from cauce.protect.profiles.criteria import (
    VARIES,
    Criterion,
    Evidence,
    Profile,
    at_least,
    cv_within,
    gap_within,
)


def se_within_curve(evidence: Evidence) -> Flags:
    """Is se at most p^(2/3)/9, or (1-p)^(2/3)/9 above one half? True of all but proportions."""
    share = np.where(evidence.proportion, evidence.value, 0.0)
    limit = np.minimum(share, 1 - share) ** (2 / 3) / 9
    within: Flags = (evidence.se <= limit) | ~evidence.proportion
    return within


INE_CL = Profile(
    version="ine_cl-1",
    source="INE Chile, quality standard for household surveys, as in the R package calidad",
    criteria=(
        at_least("n", 60, Reliability.UNRELIABLE),
        at_least("df", 9, Reliability.UNRELIABLE),
        cv_within(0.30, Reliability.UNRELIABLE, "others"),
        gap_within(0.30, Reliability.UNRELIABLE),
        cv_within(0.15, Reliability.WEAK, "others"),
        gap_within(0.15, Reliability.WEAK),
        Criterion(
            Reliability.WEAK,
            se_within_curve,
            Text(
                "standard error above the limit for a proportion of this size",
                "error estándar sobre el límite para una proporción de este tamaño",
            ),
        ),
        VARIES,
    ),
)
