"""A needs assessment: the report of each country, straight from the answers in the registers."""

from dataclasses import dataclass
from pathlib import Path

from cauce.assess.filled import text
from cauce.assess.needs.frames import parse_frame
from cauce.assess.needs.records import answers_of, respondents_of, steps_of, weighed
from cauce.assess.needs.roadmaps import draft_steps, gaps
from cauce.assess.needs.scores import score_countries
from cauce.assess.needs.told import told_needs
from cauce.model.errors import BadInput
from cauce.model.frame import ScoredFrame
from cauce.model.judgement import Judgement
from cauce.model.roadmap import Step
from cauce.model.score import CountryScores
from cauce.pipeline.judge.sight import Sight, one, speaker

ANSWERS = "assessment_answers"


@dataclass(frozen=True)
class Needs:
    """One country of an assessment; `agreed` says that its road map was, else it is a draft."""

    frame: ScoredFrame
    scores: CountryScores
    steps: tuple[Step, ...]
    agreed: bool
    judgement: Judgement


def judge_needs(sight: Sight, key: str, frames: Path, mechanism: str = "") -> tuple[Needs, ...]:
    """The report of each country seen, of one mechanism if the frame judges mechanisms.

    Raises:
        BadInput: there is no such assessment, its frame is not among `frames`, or nobody answered.
    """
    assessment = one(sight, "assessments", key)
    frame = weighed(_frame(frames, text(assessment, "frame")), assessment)
    answers = [
        record
        for record in sight.records(ANSWERS).values()
        if text(record, "assessment") == key and text(record, "mechanism") == mechanism
    ]
    if not answers:
        raise BadInput(
            "Nobody's answers to this assessment are entered or approved yet, or none of the "
            "mechanism asked for."
        )
    scores = score_countries(frame, respondents_of(answers), answers_of(answers))
    actions = sight.records("roadmap_actions")
    told = speaker(sight, ["institutions"])
    found = []
    for country in scores:
        agreed = steps_of(actions, key, country.country)
        steps = agreed or draft_steps(frame, gaps(frame, country))
        judgement = told_needs(frame, country, steps, sight.day, told)
        found.append(Needs(frame, country, steps, bool(agreed), judgement))
    return tuple(found)


def mechanisms_in(sight: Sight, key: str) -> list[str]:
    """The mechanisms an assessment was answered about; "" where it was about the country."""
    answers = sight.records(ANSWERS).values()
    return sorted({text(one, "mechanism") for one in answers if text(one, "assessment") == key})


def _frame(frames: Path, name: str) -> ScoredFrame:
    known = {path.stem: path for path in sorted(frames.glob("*.toml"))}
    if name not in known:
        raise BadInput(
            f"The assessment names no frame we have. Frames are {', '.join(known)}, in {frames}."
        )
    return parse_frame(known[name].name, known[name].read_text(encoding="utf-8"))
