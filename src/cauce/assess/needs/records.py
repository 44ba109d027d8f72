"""An assessment, as its registers hold it, turned into what is scored.

The fields are those of the registers `assessments`, `assessment_answers` and `roadmap_actions`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cauce.assess.filled import day, number, rows, text, words
from cauce.model.answer import Answer, Respondent
from cauce.model.errors import BadInput
from cauce.model.frame import ScoredFrame
from cauce.model.record import Absent, Record, Records
from cauce.model.roadmap import Step, StepStatus

STEPS: Mapping[str, StepStatus] = {
    "YTS": "YTS",
    "INP": "INP",
    "CMP": "CMP",
    "DEL": "DEL",
    "CAN": "CAN",
}


def weighed(frame: ScoredFrame, assessment: Record) -> ScoredFrame:
    """The frame with the weights of groups and the least coverage that the assessment declares.

    Raises:
        BadInput: a group the frame does not have, or a weight that is not above 0.

    Source: none, it computes nothing.
    """
    weights = {text(row, "group"): number(row, "weight") for row in rows(assessment, "weights")}
    strange = sorted(set(weights) - {group.id for group in frame.groups})
    if strange:
        raise BadInput(f"Weights of groups the frame {frame.id} lacks: {', '.join(strange)}.")
    numbers = {name: weight for name, weight in weights.items() if weight is not None}
    if any(weight <= 0 for weight in numbers.values()):
        raise BadInput("A weight must be above 0; to leave a group out, ask it nothing.")
    percent = number(assessment, "min_coverage_pct")
    return replace(
        frame,
        groups=tuple(
            replace(group, weight=numbers.get(group.id, group.weight)) for group in frame.groups
        ),
        min_coverage=frame.min_coverage if percent is None else percent / 100,
    )


def respondents_of(records: Sequence[Record]) -> tuple[Respondent, ...]:
    """Who answered, one a record; without an institution each stands for their own.

    Source: none, it computes nothing.
    """
    return tuple(
        Respondent(
            token=text(record, "respondent"),
            institution=text(record, "institution")
            or text(record, "institution_name")
            or text(record, "respondent"),
            function=text(record, "function"),
            country=text(record, "country"),
            instrument=text(record, "instrument"),
        )
        for record in _usable(records)
    )


def answers_of(records: Sequence[Record]) -> tuple[Answer, ...]:
    """What they answered; a score that was not filled in is not stated.

    Source: none, it computes nothing.
    """
    return tuple(
        Answer(
            text(record, "respondent"),
            text(row, "item"),
            _score(row.get("score")),
            text(row, "comment"),
        )
        for record in _usable(records)
        for row in rows(record, "answers")
    )


def steps_of(records: Records, assessment: str, country: str) -> tuple[Step, ...]:
    """The actions a country agreed on after an assessment; one whose state is unknown is to start.

    It depends only on actions of the same road map.

    Source: none, it computes nothing.
    """
    mine = {
        key: record
        for key, record in records.items()
        if text(record, "assessment") == assessment and text(record, "country") == country
    }
    return tuple(
        Step(
            id=key,
            country=country,
            gap=text(record, "item"),
            what=words(record, "title", key),
            lead=text(record, "lead") or text(record, "lead_name"),
            due=day(record, "due"),
            depends_on=tuple(
                other
                for row in rows(record, "depends_on")
                if (other := text(row, "action")) in mine
            ),
            status=STEPS.get(text(record, "status"), "YTS"),
        )
        for key, record in mine.items()
    )


def _usable(records: Sequence[Record]) -> list[Record]:
    """Those whose respondents did not refuse: consent NONE is not to be used."""
    return [record for record in records if record.get("consent") != "NONE"]


def _score(value: object) -> int | Absent:
    if isinstance(value, Absent):
        return value
    return int(value) if isinstance(value, int | float) else Absent.NOT_STATED
