"""The way from a vacancy requested to a worker returned, counted stage by stage."""

from dataclasses import dataclass

from cauce.model.text import Text


@dataclass(frozen=True)
class StageCount:
    """What one source counted at one stage; `count` None is unknown."""

    mechanism: str
    corridor: str
    period: str
    stage: str
    count: int | None
    unit: str
    source: str
    sex: str = "_T"


@dataclass(frozen=True)
class StageRatio:
    """A later stage over an earlier one, or why there is no such ratio; `note` is a caution."""

    earlier: str
    later: str
    unit: str
    source: str
    ratio: float | None
    refused: Text | None = None
    note: Text | None = None


@dataclass(frozen=True)
class StageSum:
    """Counts added over corridors or mechanisms, or why they may not be."""

    count: int | None
    at_least: bool
    refused: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Way:
    """What is known of one mechanism, corridor, period and sex, in the order of stages.

    `refused` says why there are no ratios at all.
    """

    mechanism: str
    corridor: str
    period: str
    sex: str
    counts: tuple[StageCount, ...]
    ratios: tuple[StageRatio, ...]
    refused: Text | None = None
