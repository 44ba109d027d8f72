"""The criteria of ECLAC of 2023, for totals and means and for proportions."""

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
    log_cv,
)

LOG_CV = Text(
    "coefficient of variation of the logarithm > 17.5%",
    "coeficiente de variación logarítmico > 17,5%",
)


def deff_is_plausible(evidence: Evidence) -> Flags:
    """Design effect of 1 or more, or a planned domain of at least 100 respondents."""
    plausible: Flags = (evidence.deff >= 1) | (evidence.planned & (evidence.n >= 100))
    return plausible


def log_cv_within(evidence: Evidence) -> Flags:
    within: Flags = (log_cv(evidence) <= 0.175) | ~evidence.proportion
    return within


ECLAC_2023 = Profile(
    version="eclac_2023-1",
    source="ECLAC (2023), quality criteria for household surveys, as in the R package calidad",
    criteria=(
        Criterion(
            Reliability.UNRELIABLE,
            deff_is_plausible,
            Text(
                "design effect below 1 in a domain the survey was not planned for",
                "efecto de diseño menor que 1 en un dominio no planificado",
            ),
        ),
        at_least("ess", 60, Reliability.UNRELIABLE),
        at_least("df", 9, Reliability.UNRELIABLE),
        at_least("cases", 30, Reliability.UNRELIABLE),
        cv_within(0.30, Reliability.UNRELIABLE, "others"),
        gap_within(0.30, Reliability.UNRELIABLE),
        Criterion(
            Reliability.UNRELIABLE,
            lambda evidence: log_cv_within(evidence) | (evidence.value >= 0.5),
            LOG_CV,
        ),
        at_least("cases", 50, Reliability.WEAK),
        cv_within(0.20, Reliability.WEAK, "others"),
        gap_within(0.20, Reliability.WEAK),
        Criterion(Reliability.WEAK, log_cv_within, LOG_CV),
        VARIES,
    ),
)
