"""Screening for forced labour and trafficking: what is asked, and where somebody is sent."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.text import Text
from cauce.model.truth import Truth

Signal = Literal["NO_SIGNAL", "MORE_INFO", "REFER_URGENT"]
Concept = Literal["FORCED_LABOUR", "TRAFFICKING", "SMUGGLING", "CHILD"]
CONCEPTS: tuple[Concept, ...] = ("FORCED_LABOUR", "TRAFFICKING", "SMUGGLING", "CHILD")


@dataclass(frozen=True)
class Clue:
    """An indicator of forced labour."""

    id: str
    name: Text


@dataclass(frozen=True)
class Dimension:
    """A dimension of trafficking and how many indicators it has."""

    id: str
    name: Text
    indicators: int


@dataclass(frozen=True)
class Seen:
    """How many strong, medium and weak indicators were seen, or are needed."""

    strong: int
    medium: int
    weak: int


@dataclass(frozen=True)
class ScreeningFrame:
    """What is asked; any of `positive` makes a dimension positive, once confirmed."""

    version: str
    clues: tuple[Clue, ...]
    dimensions: tuple[Dimension, ...]
    positive: tuple[Seen, ...]


@dataclass(frozen=True)
class Service:
    """Where somebody is sent, and for what."""

    concept: Concept
    name: Text
    contact: str


@dataclass(frozen=True)
class ScreeningSettings:
    """The referral directory; `confirmed_by` is who stands behind the thresholds, "" for nobody."""

    services: tuple[Service, ...]
    confirmed_by: str = ""


@dataclass(frozen=True)
class ScreeningAnswers:
    """What was answered. Of smuggling only whether: nothing is held of an offence."""

    child: Truth
    smuggled: Truth
    clues: dict[str, Truth]
    seen: dict[str, Seen | None]


@dataclass(frozen=True)
class Screened:
    """What follows for one concept, why, and where to turn."""

    concept: Concept
    signal: Signal
    because: tuple[Text, ...]
    services: tuple[Service, ...]
