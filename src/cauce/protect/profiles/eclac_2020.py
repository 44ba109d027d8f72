"""The criteria of ECLAC of 2020."""

from cauce.model.observation import Reliability
from cauce.model.text import Text
from cauce.protect.profiles.criteria import (
    VARIES,
    Criterion,
    Profile,
    at_least,
    cv_within,
    gap_within,
    log_cv,
)

ECLAC_2020 = Profile(
    version="eclac_2020-1",
    source="ECLAC (2020), quality criteria for household surveys, as in the R package calidad",
    criteria=(
        at_least("n", 100, Reliability.UNRELIABLE),
        at_least("ess", 140, Reliability.UNRELIABLE),
        at_least("cases", 50, Reliability.UNRELIABLE),
        Criterion(
            Reliability.UNRELIABLE,
            lambda evidence: (log_cv(evidence) <= 0.175) | ~evidence.proportion,
            Text(
                "coefficient of variation of the logarithm > 17.5%",
                "coeficiente de variación logarítmico > 17,5%",
            ),
        ),
        at_least("df", 9, Reliability.WEAK),
        # The R code gives totals and means of cv >= 20 % no verdict at all; here they are weak.
        cv_within(0.20, Reliability.WEAK, strict=True),
        gap_within(0.20, Reliability.WEAK),
        VARIES,
    ),
)
