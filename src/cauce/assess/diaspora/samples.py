"""What a sample that was not drawn by chance cannot say."""

from collections.abc import Mapping

from cauce.model.contribution import Sampling
from cauce.model.text import Text

WARNINGS: Mapping[Sampling, Text] = {
    "NON_PROBABILITY": Text(
        "Those who answered chose themselves or were chosen: they speak for themselves, not for "
        "the diaspora. No error can be computed.",
        "Quienes respondieron se eligieron o fueron elegidos: hablan por sí mismos, no por la "
        "diáspora. No puede calcularse un error.",
    ),
    "UNKNOWN": Text(
        "How those who answered were chosen is not known: read it as if they chose themselves.",
        "No se sabe cómo se eligió a quienes respondieron: léase como si se hubieran elegido.",
    ),
}


def sample_warning(sampling: Sampling) -> Text | None:
    """What must stand beside a figure from such a sample; None if it was drawn by chance or none.

    Source: Baker et al. (2013), Summary report of the AAPOR task force on non-probability
    sampling, Journal of Survey Statistics and Methodology 1(2).
    """
    return WARNINGS.get(sampling)
