"""Who was asked in an assessment, and what they said."""

from dataclasses import dataclass

from cauce.model.record import Absent


@dataclass(frozen=True)
class Respondent:
    """Somebody who speaks for an institution; `token` says nothing of the person."""

    token: str
    institution: str
    function: str
    country: str
    instrument: str


@dataclass(frozen=True)
class Answer:
    """A step of the scale, or why there is none: unknown, not stated, not applicable."""

    respondent: str
    item: str
    score: int | Absent
    comment: str = ""
