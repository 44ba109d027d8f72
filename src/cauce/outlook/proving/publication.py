"""How much of a projection the base year bears: the number, a class alone, or nothing."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.observation import ObsStatus, Reliability
from cauce.model.projected import COARSE_SHARE, FINEST_SHARE
from cauce.model.text import Text

CLASS_ONLY = Text(
    "Only its class is told: the base year's number has a coefficient of variation of 20 to 33 %.",
    "Solo se da su clase: el número del año base tiene un coeficiente de variación de 20 a 33 %.",
)
TOO_UNCERTAIN = Text(
    "Not published: the base year's number has a coefficient of variation above 33 %.",
    "No se publica: el número del año base tiene un coeficiente de variación mayor que 33 %.",
)
NO_BASE = Text(
    "Not published: the base year's number, or its error, is withheld or missing.",
    "No se publica: el número del año base, o su error, está reservado o falta.",
)
GROWS = Text("grows", "crece")
FALLS = Text("falls", "disminuye")
UNDECIDED = Text("may grow or fall", "puede crecer o disminuir")


@dataclass(frozen=True)
class Borne:
    """What the base year bears of one projected number, and why not more; None where all of it."""

    status: ObsStatus
    reliability: Reliability
    because: Text | None


NUMBER = Borne(ObsStatus.FORECAST, Reliability.RELIABLE, None)
CLASS = Borne(ObsStatus.SUPPRESSED, Reliability.WEAK, CLASS_ONLY)
NOTHING = Borne(ObsStatus.SUPPRESSED, Reliability.UNRELIABLE, TOO_UNCERTAIN)
UNTOLD = Borne(ObsStatus.NOT_POSSIBLE, Reliability.NOT_JUDGED, NO_BASE)


def base_cv(value: Floats, se: Floats) -> Floats:
    """Coefficients of variation of the base year's numbers, fractions, shape (c,).

    0 of a number known without error, infinite of a 0 that is not, NaN where either is withheld.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = np.where(se == 0, 0.0, se / np.abs(value))
    found: Floats = np.where(np.isfinite(value) & np.isfinite(se), cv, np.nan)
    return found


def borne(cv: float) -> Borne:
    """The rule of publication: by the coefficient of variation of the base year's number.

    Up to 20 % the number is published, up to 33 % only a class, above nothing. A number known
    without error passes; one whose error is not known (NaN) does not.

    Source: domain page outlook, section 4.9, rule of publication.
    """
    if np.isnan(cv):
        return UNTOLD
    if cv <= FINEST_SHARE:
        return NUMBER
    return CLASS if cv <= COARSE_SHARE else NOTHING


def growth_class(base: float, low: float, high: float) -> Text:
    """Grows or falls where the interval lies on one side of the base year, else no conclusion."""
    if low > base:
        return GROWS
    return FALLS if high < base else UNDECIDED
