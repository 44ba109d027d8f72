"""What a country lacks, and what it agreed to do about it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cauce.model.text import Text

GapKind = Literal["LACKING", "NO_INFORMATION", "DISPUTED"]
StepStatus = Literal["YTS", "INP", "CMP", "DEL", "CAN"]
"""Yet to start, in progress, completed, delayed, cancelled."""
StepState = Literal["DONE", "CANCELLED", "BLOCKED", "OVERDUE", "AT_RISK", "ON_TRACK", "NO_DATE"]


@dataclass(frozen=True)
class Gap:
    """An item that scores too low, of which nothing is known, or over which people differ."""

    country: str
    item: str
    kind: GapKind
    score: float | None
    because: Text


@dataclass(frozen=True)
class Step:
    """An action of a road map. `lead` "" and `due` None are empty until the country fills them."""

    id: str
    country: str
    gap: str
    what: Text
    lead: str = ""
    due: date | None = None
    depends_on: tuple[str, ...] = ()
    status: StepStatus = "YTS"


@dataclass(frozen=True)
class StepReview:
    """Where an action stands on a day."""

    step: str
    state: StepState
    because: Text
