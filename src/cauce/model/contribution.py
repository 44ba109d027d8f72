"""What a diaspora gives, and what may be said of it together."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cauce.model.text import Text

Way = Literal["TO_ORIGIN", "FROM_ORIGIN"]
Valuation = Literal["OBS", "SUR", "MOD", "ADM", "NM"]
Confidence = Literal["A", "B", "C", "D"]
Sampling = Literal["PROBABILITY", "NON_PROBABILITY", "NOT_SAMPLED", "UNKNOWN"]
ObstacleKind = Literal[
    "UNIT",
    "YEAR",
    "WAY",
    "NOT_MONETISED",
    "INSIDE",
    "SAME_TWICE",
    "FAMILY",
    "VALUATION",
]


@dataclass(frozen=True)
class Contribution:
    """One line of the ledger. `unit` is a currency, or what is counted if not money (NM).

    `scope` says which part of the type it covers, "" for all of it; `inside` is the line this one
    is part of, "" if of none. `amount` None is unknown.
    """

    id: str
    country: str
    type: str
    way: Way
    year: int
    unit: str
    amount: Decimal | None
    valuation: Valuation
    confidence: Confidence
    sampling: Sampling
    scope: str = ""
    inside: str = ""
    source: str = ""


@dataclass(frozen=True)
class Obstacle:
    """Why lines may not be added; `lifted_by_ground`: somebody may do it who says why."""

    kind: ObstacleKind
    lines: tuple[str, ...]
    words: Text
    lifted_by_ground: bool = False


@dataclass(frozen=True)
class Sum:
    """Lines added up, or the obstacles; `confidence` is that of the weakest.

    `at_least` says that an amount in it is unknown; `by_confidence` splits the amount.
    """

    lines: tuple[str, ...]
    unit: str
    amount: Decimal | None
    at_least: bool
    confidence: Confidence | None
    by_confidence: Mapping[Confidence, Decimal]
    obstacles: tuple[Obstacle, ...]
    warnings: tuple[Text, ...]
    ground: Text | None = None


@dataclass(frozen=True)
class Ledger:
    """Sums of money by country, way, year, unit, type and valuation; what is not money apart.

    `within` are lines that are part of others, and in no sum.
    """

    money: tuple[Sum, ...]
    other: tuple[Sum, ...]
    within: tuple[str, ...]


@dataclass(frozen=True)
class Plausible:
    """What an amount can be, and on what ground."""

    low: Decimal
    high: Decimal
    ground: Text


@dataclass(frozen=True)
class Doubt:
    """An amount that is questioned; `perhaps` is what it may have been meant to be."""

    words: Text
    perhaps: Decimal | None
