"""How much of a projection the base year bears: the number, a class alone, or nothing."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.observation import ObsStatus, Reliability
from cauce.model.projected import COARSE_SHARE, FINEST_SHARE
from cauce.model.rule import rule
from cauce.model.text import Text

CLASS_ONLY = Text(
    "only whether it grows: the base year's number has a coefficient of variation of 20 to 33 %",
    "solo si crece: el número del año base tiene un coeficiente de variación de 20 a 33 %",
)
TOO_UNCERTAIN = Text(
    "not published: the base year's number has a coefficient of variation above 33 %",
    "no se publica: el número del año base tiene un coeficiente de variación mayor que 33 %",
)
NO_BASE = Text(
    "not published: the base year's number, or its error, is withheld or missing",
    "no se publica: el número del año base, o su error, está reservado o falta",
)
GROWS = Text("grows", "crece")
FALLS = Text("falls", "disminuye")
UNDECIDED = Text("no conclusion", "sin conclusión")


@dataclass(frozen=True)
class Publication:
    """What may be said of each of c numbers: the columns of the same names of `Projected`.

    `shown` says which numbers stand as they are; of the others, `status` and `rule` say why not.
    """

    shown: tuple[bool, ...]
    status: tuple[ObsStatus, ...]
    reliability: tuple[Reliability, ...]
    rule: tuple[str, ...]


def publication(value: Floats, se: Floats) -> Publication:
    """The rule of publication: by the coefficient of variation of the base year's number.

    Up to 20 % the number is published, up to 33 % only a class, above nothing. A number known
    without error passes; one whose error is not known does not.

    Args:
        value: the base year's numbers, shape (c,); NaN where withheld.
        se: their standard errors, shape (c,).

    Source: domain page outlook, section 4.9, rule of publication.
    """
    judged = [_judge(*each) for each in zip(value.tolist(), se.tolist(), strict=True)]
    status, reliability, words = zip(*judged, strict=True) if judged else ((), (), ())
    return Publication(
        tuple(each is ObsStatus.FORECAST for each in status), status, reliability, words
    )


def _judge(value: float, se: float) -> tuple[ObsStatus, Reliability, str]:
    if not (np.isfinite(value) and np.isfinite(se)):
        return ObsStatus.NOT_POSSIBLE, Reliability.NOT_JUDGED, rule(NO_BASE)
    if se <= FINEST_SHARE * abs(value):
        return ObsStatus.FORECAST, Reliability.RELIABLE, ""
    if se <= COARSE_SHARE * abs(value):
        return ObsStatus.SUPPRESSED, Reliability.WEAK, rule(CLASS_ONLY)
    return ObsStatus.SUPPRESSED, Reliability.UNRELIABLE, rule(TOO_UNCERTAIN)


def growth_class(base: float, low: float, high: float) -> Text:
    """Grows or falls where the interval lies on one side of the base year, else no conclusion."""
    if low > base:
        return GROWS
    return FALLS if high < base else UNDECIDED
