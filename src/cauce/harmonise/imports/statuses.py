"""What the status letters of other producers mean in SDMX, which shares letters and not meanings.

Sources: ILOSTAT, value status codes; SDMX CL_OBS_STATUS 2.2 and CL_CONF_STATUS. Five letters mean
something else there (A, L, M, N, S) and four do not exist (C, R, X, Z): none is passed through.
"""

from collections.abc import Mapping

from cauce.model.imported import Meaning, StatusSystem
from cauce.model.observation import ConfStatus, ObsStatus
from cauce.model.rule import rule
from cauce.model.text import Text


def _told(letter: str, en: str, es: str) -> str:
    return rule(
        Text(f"The producer's status: {letter}, {en}.", f"Estado del productor: {letter}, {es}.")
    )


_ILOSTAT = (
    ("A", "Adjusted", "ajustado", ObsStatus.ESTIMATED, ConfStatus.FREE),
    ("B", "Break in series", "ruptura de la serie", ObsStatus.BREAK, ConfStatus.FREE),
    ("C", "Confidential", "confidencial", ObsStatus.SUPPRESSED, ConfStatus.CONFIDENTIAL),
    ("E", "Estimate", "estimación", ObsStatus.ESTIMATED, ConfStatus.FREE),
    ("F", "Forecast", "pronóstico", ObsStatus.FORECAST, ConfStatus.FREE),
    ("I", "Imputation", "imputación", ObsStatus.IMPUTED, ConfStatus.FREE),
    ("L", "Computed", "calculado", ObsStatus.NORMAL, ConfStatus.FREE),
    (
        "M",
        "Model-based extrapolation",
        "extrapolación por modelo",
        ObsStatus.ESTIMATED,
        ConfStatus.FREE,
    ),
    ("N", "Not available", "no disponible", ObsStatus.NOT_COLLECTED, ConfStatus.FREE),
    ("P", "Provisional", "provisional", ObsStatus.PROVISIONAL, ConfStatus.FREE),
    ("R", "Real value", "valor real", ObsStatus.NORMAL, ConfStatus.FREE),
    ("S", "Not significant", "no significativo", ObsStatus.NOT_SIGNIFICANT, ConfStatus.FREE),
    ("U", "Unreliable", "poco fiable", ObsStatus.LOW_RELIABILITY, ConfStatus.FREE),
    ("X", "Not applicable", "no se aplica", ObsStatus.NOT_POSSIBLE, ConfStatus.FREE),
    ("Z", "Non-official estimate", "estimación no oficial", ObsStatus.ESTIMATED, ConfStatus.FREE),
)

ILOSTAT: Mapping[str, Meaning] = {
    word: Meaning(status, conf, _told(letter, en.lower(), es))
    for letter, en, es, status, conf in _ILOSTAT
    for word in (letter, en)
}
"""By letter and by label. An S whose value is withheld becomes Q where lines are translated."""

SDMX: Mapping[str, Meaning] = {one.value: Meaning(one) for one in ObsStatus}

SYSTEMS: Mapping[StatusSystem, Mapping[str, Meaning]] = {
    "none": {},
    "sdmx": SDMX,
    "ilostat": ILOSTAT,
}
