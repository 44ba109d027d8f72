"""A frame answered by codes, one answer a question: what is asked, what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cauce.model.frame import Frame, Item, Part
from cauce.model.text import Text

Outcome = Literal["GRAVE", "LACKING", "OPEN", "MET"]
OUTCOMES: tuple[Outcome, ...] = ("GRAVE", "LACKING", "OPEN", "MET")
Meaning = Literal["YES", "NO", "CANNOT_TELL"]
MEANINGS: tuple[Meaning, ...] = ("YES", "NO", "CANNOT_TELL")


@dataclass(frozen=True)
class AnswerKind:
    """A code to answer with, and whether it means that what is asked holds.

    One that asks for `evidence` counts only with evidence beside it. `grave`: it alone forbids.
    """

    id: str
    name: Text
    means: Meaning
    grave: bool = False
    evidence: bool = False
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Checklist(Frame):
    """Every item is asked of every element, once each.

    `outcomes` are the words for what follows: a grave lack, another lack, something open, all met.
    `notice` stands above every judgement, `basis` says where it is from and how sure that is.
    """

    answers: tuple[AnswerKind, ...]
    outcomes: Mapping[Outcome, Text]
    notice: Text
    basis: Text


@dataclass(frozen=True)
class Given:
    """An answer as it was given: UNK, NST or "" is none, NAP that it does not apply."""

    item: str
    element: str
    answer: str
    evidence: str = ""


@dataclass(frozen=True)
class Asked:
    """One item of one element, with what was answered to it; None for nothing."""

    item: Item
    element: Part
    given: Given | None
    kind: AnswerKind | None
