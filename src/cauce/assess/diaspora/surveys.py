"""Whether a mapping survey is a probability sample, and what may be said of it if it is none."""

from collections.abc import Iterator

from cauce.assess.filled import flag, number, rows, text, whole, words
from cauce.model.contribution import Sampling
from cauce.model.mapping_survey import MappingSurvey, Obstacle, SurveyDesign, SurveyFinding
from cauce.model.record import Record, Row

EVERYONE = "ALL"
BY_CHANCE = frozenset({"SRS", "SYS", "STRAT", "CLUS", "RDD", "TLS"})
BEAR_ESTIMATES = frozenset({"PROBABILITY", "NOT_SAMPLED"})
ENOUGH_RESPONSE = 0.8
"""Below it whether those who did not answer differ has to be looked at.

Source: OMB (2006), Standards and Guidelines for Statistical Surveys, guideline 3.2.9.
"""


def design_of(survey: Record) -> SurveyDesign:
    """How people were chosen. A sample is one of chance only if all that makes it one is known.

    That is: a method that leaves the choice to nobody, a frame, and for everyone in it a known
    chance above zero. What is not known is not chance. Weights change none of it.

    Source: Särndal, Swensson & Wretman (1992), section 1.5, probability sampling; Baker et al.
    (2013), Summary report of the AAPOR task force on non-probability sampling.
    """
    against = tuple(_against(survey))
    selected, responded = number(survey, "selected"), whole(survey, "responded")
    known = selected is not None and selected > 0 and responded is not None
    return SurveyDesign(
        sampling=_sampling(text(survey, "method"), against),
        against=against,
        responded=responded,
        response=responded / selected if known and selected and responded is not None else None,
    )


def _against(survey: Record) -> Iterator[Obstacle]:
    method, frame = text(survey, "method"), text(survey, "frame")
    if not method:
        yield "NO_METHOD"
        return
    if method != EVERYONE and method not in BY_CHANCE:
        yield "METHOD"
        return
    if frame in ("", "NONE"):
        yield "FRAME" if frame else "NO_FRAME"
    chances = flag(survey, "chances_known")
    if method != EVERYONE and not chances:
        yield "NO_CHANCES" if chances is None else "CHANCES"


def _sampling(method: str, against: tuple[Obstacle, ...]) -> Sampling:
    if any(not each.startswith("NO_") for each in against):
        return "NON_PROBABILITY"
    if against:
        return "UNKNOWN"
    return "NOT_SAMPLED" if method == EVERYONE else "PROBABILITY"


def survey_of(key: str, survey: Record) -> MappingSurvey:
    """A survey with what may be told of it: estimates only if its sample bears them.

    Source: as `design_of`.
    """
    design = design_of(survey)
    estimates = tuple(_estimate(row, design) for row in rows(survey, "estimates"))
    bears = design.sampling in BEAR_ESTIMATES
    return MappingSurvey(
        key=key,
        design=design,
        answers=tuple(_answer(row) for row in rows(survey, "answers")),
        estimates=estimates if bears else (),
        withheld=0 if bears else len(estimates),
    )


def _answer(row: Row) -> SurveyFinding:
    share = number(row, "share_pct")
    return SurveyFinding(words(row, "said"), text(row, "topic"), share, whole(row, "answered"))


def _estimate(row: Row, design: SurveyDesign) -> SurveyFinding:
    """An estimate; where everyone was asked there is no sampling error to tell."""
    error = number(row, "se_pct") if design.sampling == "PROBABILITY" else None
    value = number(row, "value_pct")
    return SurveyFinding(words(row, "said"), text(row, "topic"), value, se_points=error)
