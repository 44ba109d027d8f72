"""What a phase asks of an applicant, and what one learns from the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cauce.model.cost import Cost
from cauce.model.document import Asked
from cauce.model.pre_check import PreCheck
from cauce.model.text import Text

QuestionKind = Literal["flag", "day", "number", "code"]


@dataclass(frozen=True)
class Question:
    """One fact a phase asks for; `codes` are the answers to choose from, for kind "code"."""

    fact: str
    words: tuple[Text, ...]
    kind: QuestionKind
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Consultation:
    """Eligibility, documents and cost for one set of answers. Nothing of it is kept.

    `questions` are all that the phase asks, by fact.
    """

    phase: Text
    on: date
    check: PreCheck
    documents: tuple[Asked, ...]
    cost: Cost
    questions: Mapping[str, Question]
