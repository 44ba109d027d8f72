"""What a sample that was not drawn by chance cannot say."""

from collections.abc import Mapping

from cauce.assess.diaspora.surveys import design_of
from cauce.assess.filled import text
from cauce.model.contribution import Sampling
from cauce.model.record import Record, Records
from cauce.model.text import Text

SURVEYS = "diaspora_surveys"
FIGURES = ("diaspora_contributions", "diaspora_stocks")
"""The registers whose figures may come from a survey."""

SAMPLINGS: Mapping[str, Sampling] = {
    "PROBABILITY": "PROBABILITY",
    "NON_PROBABILITY": "NON_PROBABILITY",
    "NOT_SAMPLED": "NOT_SAMPLED",
}
WORST: tuple[Sampling, ...] = ("NON_PROBABILITY", "UNKNOWN", "PROBABILITY", "NOT_SAMPLED")
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
MARKS: Mapping[Sampling, Text] = {
    "NON_PROBABILITY": Text("not a probability sample", "muestra no probabilística"),
    "UNKNOWN": Text("sample not known", "no se conoce la muestra"),
}
"""The same in a few words, for a cell of a table."""


def sample_warning(sampling: Sampling) -> Text | None:
    """What must stand beside a figure from such a sample; None if it was drawn by chance or none.

    Source: Baker et al. (2013), Summary report of the AAPOR task force on non-probability
    sampling, Journal of Survey Statistics and Methodology 1(2).
    """
    return WARNINGS.get(sampling)


def sampling_of(figure: Record, surveys: Records) -> Sampling:
    """How those were chosen on whom a figure rests: by its own word, or by its survey's design.

    Where the two differ, what is further from chance holds. A figure of a survey that says nothing
    of its sample, or names a survey that is not seen, has a sample that is not known.

    Source: as `sample_warning`.
    """
    own = SAMPLINGS.get(text(figure, "sample"))
    key = text(figure, "survey")
    if own is None and (key or text(figure, "valuation") == "SUR") and key not in surveys:
        return "UNKNOWN"
    found = [own or "NOT_SAMPLED"]
    if key in surveys:
        found.append(design_of(surveys[key]).sampling)
    return min(found, key=WORST.index)


def warning_of(register: str, record: Record, surveys: Records) -> Text | None:
    """The warning that goes with a record of a survey or of a figure; None for all others.

    Source: as `sample_warning`.
    """
    if register == SURVEYS:
        return sample_warning(design_of(record).sampling)
    return sample_warning(sampling_of(record, surveys)) if register in FIGURES else None
