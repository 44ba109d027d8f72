"""An assessment, as its registers hold it, turned into what is scored.

The fields are those of the registers `assessments` and `assessment_answers`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cauce.model.answer import Answer, Respondent
from cauce.model.errors import BadInput
from cauce.model.frame import Frame
from cauce.model.record import Absent, Record, Row, Value


def weighed(frame: Frame, assessment: Record) -> Frame:
    """The frame with the weights of groups and the least coverage that the assessment declares.

    Raises:
        BadInput: a group the frame does not have, or a weight that is not above 0.

    Source: none, it computes nothing.
    """
    weights = {
        _text(row.get("group")): row.get("weight") for row in _rows(assessment.get("weights"))
    }
    strange = sorted(set(weights) - {group.id for group in frame.groups})
    if strange:
        raise BadInput(f"Weights of groups the frame {frame.id} lacks: {', '.join(strange)}.")
    numbers = {name: float(w) for name, w in weights.items() if isinstance(w, int | float)}
    if any(weight <= 0 for weight in numbers.values()):
        raise BadInput("A weight must be above 0; to leave a group out, ask it nothing.")
    percent = assessment.get("min_coverage_pct")
    return replace(
        frame,
        groups=tuple(
            replace(group, weight=numbers.get(group.id, group.weight)) for group in frame.groups
        ),
        min_coverage=percent / 100 if isinstance(percent, int | float) else frame.min_coverage,
    )


def respondents_of(records: Sequence[Record]) -> tuple[Respondent, ...]:
    """Who answered, one a record; without an institution each stands for their own.

    Source: none, it computes nothing.
    """
    return tuple(
        Respondent(
            token=_text(record["respondent"]),
            institution=_text(record.get("institution"))
            or _text(record.get("institution_name"))
            or _text(record["respondent"]),
            function=_text(record["function"]),
            country=_text(record["country"]),
            instrument=_text(record["instrument"]),
        )
        for record in _usable(records)
    )


def answers_of(records: Sequence[Record]) -> tuple[Answer, ...]:
    """What they answered; a score that was not filled in is not stated.

    Source: none, it computes nothing.
    """
    return tuple(
        Answer(
            _text(record["respondent"]),
            _text(row.get("item")),
            _score(row.get("score")),
            _text(row.get("comment")),
        )
        for record in _usable(records)
        for row in _rows(record.get("answers"))
    )


def _usable(records: Sequence[Record]) -> list[Record]:
    """Those whose respondents did not refuse: consent NONE is not to be used."""
    return [record for record in records if record.get("consent") != "NONE"]


def _score(value: object) -> int | Absent:
    if isinstance(value, Absent):
        return value
    return int(value) if isinstance(value, int | float) else Absent.NOT_STATED


def _rows(value: Value | None) -> list[Row]:
    rows = value if isinstance(value, tuple) else ()
    return [row for row in rows if isinstance(row, Mapping)]


def _text(value: object) -> str:
    return value if isinstance(value, str) and not isinstance(value, Absent) else ""
