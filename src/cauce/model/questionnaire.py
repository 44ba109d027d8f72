"""What a survey asks, as a form asks it."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.text import Text

AnswerKind = Literal["ONE", "SEVERAL", "FLAG", "NUMBER", "DATE", "TEXT"]

CONSENT = "consent"
"""The question before all others, in every form; no question of a survey is called so."""


@dataclass(frozen=True)
class Asking:
    """One question; `choices` are those of ONE and SEVERAL, in their order."""

    name: str
    kind: AnswerKind
    words: Text
    choices: tuple[Text, ...]
    required: bool


@dataclass(frozen=True)
class Questionnaire:
    """The questions of a survey under its name; `by` says who asks."""

    id: str
    title: Text
    by: str
    questions: tuple[Asking, ...]
