"""Signs of present shortage, each against all occupations and with its error, and how many agree.

A sign of today is no projection, and the two are never one score (domain page outlook, 4.7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.errors import BadInput
from cauce.model.shortage import FEWEST_SIGNS, PresentShortage, Sign
from cauce.model.text import Text

SURE = 0.8416
"""How many standard errors from 0 make four in five sure, the certainty the outlook asks of a
class (domain page outlook, section 4.7)."""
FEWEST_OCCUPATIONS = 5
"""Fewer are no distribution that one of them could stand out from."""


@dataclass(frozen=True)
class ShortageIndicator:
    """One sign: its name, and whether more of it (1) or less (-1) speaks for shortage."""

    id: str
    name: Text
    towards: Literal[1, -1]


INDICATORS: Mapping[str, ShortageIndicator] = {
    one.id: one
    for one in (
        ShortageIndicator("WAGE_GROWTH", Text("Growth of wages", "Crecimiento de salarios"), 1),
        ShortageIndicator("HOURS", Text("Growth of hours", "Crecimiento de horas"), 1),
        ShortageIndicator(
            "EMPLOYMENT_GROWTH", Text("Growth of employment", "Crecimiento del empleo"), 1
        ),
        ShortageIndicator(
            "UNEMPLOYMENT",
            Text("Unemployed by last occupation", "Desocupación según última ocupación"),
            -1,
        ),
        ShortageIndicator("UNDERQUALIFICATION", Text("Under-qualification", "Subcalificación"), 1),
        ShortageIndicator("FILL_RATE", Text("Fill rate", "Tasa de cobertura"), -1),
        ShortageIndicator(
            "APPLICANTS", Text("Applicants for each vacancy", "Postulantes por vacante"), -1
        ),
        ShortageIndicator("DIFFICULTY", Text("Difficulty index", "Índice de dificultad"), 1),
        ShortageIndicator(
            "PERMITS",
            Text("Permits issued of those decided", "Permisos otorgados de los resueltos"),
            1,
        ),
    )
}
"""The first five are the OECD's; the others come of vacancies and permits. That an authority grants
more permits where workers lack is our reading of them, and told as such."""


@dataclass(frozen=True)
class Reading:
    """One indicator of o occupations from released tables; NaN where withheld or not there.

    A count of a register has the error 0. `because` says why nothing is there for any occupation.
    """

    indicator: str
    value: Floats
    se: Floats
    because: Text | None = None


def signs(reading: Reading, weight: Floats) -> tuple[Sign, ...]:
    """One sign an occupation: z against the trend of all, with the error of z.

    z is the distance from the mean of all occupations, weighted by their employment, over the
    standard deviation between them, turned so that above 0 speaks for shortage. The error of the
    mean is left out: it is small beside that of one occupation.

    Args:
        weight: employment by occupation, shape (o,).

    Raises:
        BadInput: an indicator that is not known; employment that is negative; lengths that differ.

    Source: OECD (2017), Getting Skills Right: Skills for Jobs Indicators, chapter 3, as the domain
        page outlook, section 4.7, sums it up; the error is ours.
    """
    if reading.indicator not in INDICATORS:
        raise BadInput(
            f"{reading.indicator} is no sign of shortage. Known: {', '.join(INDICATORS)}."
        )
    if not len(reading.value) == len(reading.se) == len(weight):
        raise BadInput(f"{reading.indicator}: values, errors and employment differ in length.")
    if (weight < 0).any():
        raise BadInput("Employment of an occupation is negative.")
    there = np.isfinite(reading.value) & np.isfinite(reading.se) & (weight > 0)
    if reading.because is not None or int(there.sum()) < FEWEST_OCCUPATIONS:
        return _none(reading, reading.because or TOO_FEW)
    share = np.where(there, weight, 0.0) / weight[there].sum()
    value = np.where(there, reading.value, 0.0)
    mean = float((share * value).sum())
    spread = float(np.sqrt((share * (value - mean) ** 2).sum()))
    # What is left of equal numbers is rounding, and no spread.
    if spread <= 1e-12 * max(abs(mean), float(np.abs(value).max())):
        return _none(reading, ALIKE)
    towards = INDICATORS[reading.indicator].towards
    z = towards * (reading.value - mean) / spread
    return _signs(reading, there, z, reading.se / spread)


TOO_FEW = Text(
    f"Fewer than {FEWEST_OCCUPATIONS} occupations have a published number.",
    f"Menos de {FEWEST_OCCUPATIONS} ocupaciones tienen un número publicado.",
)
ALIKE = Text("All occupations have the same number.", "Todas las ocupaciones tienen igual número.")
WITHHELD = Text(
    "No number of this occupation is published.", "No se publica número de esta ocupación."
)


def _signs(reading: Reading, there: Flags, z: Floats, se: Floats) -> tuple[Sign, ...]:
    columns = (reading.value.tolist(), z.tolist(), se.tolist(), there.tolist())
    return tuple(
        Sign(reading.indicator, value, own, error, True)
        if known
        else Sign(reading.indicator, np.nan, np.nan, np.nan, False, WITHHELD)
        for value, own, error, known in zip(*columns, strict=True)
    )


def _none(reading: Reading, because: Text) -> tuple[Sign, ...]:
    lost = Sign(reading.indicator, np.nan, np.nan, np.nan, False, because)
    return (lost,) * len(reading.value)


def panel(
    occupations: Sequence[str], readings: Sequence[Reading], weight: Floats
) -> tuple[PresentShortage, ...]:
    """Every occupation with its signs and what they say together.

    A sign speaks for shortage, or against it, if it lies on that side of all occupations with four
    in five chances. More than half of those available must speak for it, or against it, and four
    must be available; otherwise there is no verdict.

    Raises:
        BadInput: as `signs`; an indicator comes twice.

    Source: domain page outlook, section 4.7.
    """
    names = [one.indicator for one in readings]
    if len(set(names)) < len(names):
        raise BadInput("An indicator of shortage comes twice: it would count twice.")
    found = [signs(one, weight) for one in readings]
    return tuple(
        _verdict(occupation, tuple(own[at] for own in found))
        for at, occupation in enumerate(occupations)
    )


def _verdict(occupation: str, found: tuple[Sign, ...]) -> PresentShortage:
    available = [one for one in found if one.available]
    many = len(available)
    more = sum(one.z > SURE * one.se for one in available)
    less = sum(-one.z > SURE * one.se for one in available)
    if many < FEWEST_SIGNS:
        few = Text(
            f"{many} of {len(found)} indicators are available; {FEWEST_SIGNS} are needed.",
            f"Hay {many} de {len(found)} indicadores disponibles; se necesitan {FEWEST_SIGNS}.",
        )
        return PresentShortage(occupation, found, "NO_VERDICT", few)
    told = Text(
        f"Of {many} available indicators {more} speak for shortage and {less} against it.",
        f"De {many} indicadores disponibles, {more} indican escasez y {less} lo contrario.",
    )
    if 2 * more > many:
        return PresentShortage(occupation, found, "SHORTAGE", told)
    if 2 * less > many:
        return PresentShortage(occupation, found, "NO_SHORTAGE", told)
    return PresentShortage(occupation, found, "NO_VERDICT", told)
