"""What a diaspora gives, and what may be said of it together."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cauce.model.study import Bound
from cauce.model.text import Text

Way = Literal["TO_ORIGIN", "FROM_ORIGIN"]
Valuation = Literal["OBS", "SUR", "MOD", "ADM", "NM", ""]
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
    "UNKNOWN",
]


@dataclass(frozen=True)
class Contribution:
    """One line of the ledger. `unit` is a currency, or what is counted if not money (NM).

    `scope` says which part of the type it covers, `residence` from which country, `initiative`
    through which one, each "" for all of it; `inside` is the line this one is part of, "" if of
    none. An `amount`, `year`, `way` or `confidence` of None is unknown, and so is a `unit` or
    `valuation` of "".
    """

    id: str
    country: str
    type: str
    way: Way | None
    year: int | None
    unit: str
    amount: Decimal | None
    valuation: Valuation
    confidence: Confidence | None
    sampling: Sampling
    scope: str = ""
    residence: str = ""
    initiative: str = ""
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
    """Lines added up, or the obstacles; `confidence` is that of the weakest, None if not known.

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
class Share:
    """A contribution as a share of GDP, which is never added to anything; None is unknown."""

    id: str
    country: str
    type: str
    year: int | None
    percent: float
    bound: Bound
    sampling: Sampling
    source: str


@dataclass(frozen=True)
class CountryLedger:
    """What is known of what the diaspora of a country gives.

    `lines` are of this country alone, named by their numbers; `region` are figures of several
    countries with it among them, which are in no sum. `keys` are the records of both by the names
    of lines; `doubts` are of amounts far from those of other years.
    """

    country: str
    lines: tuple[Contribution, ...]
    ledger: Ledger
    region: tuple[Contribution, ...]
    shares: tuple[Share, ...]
    keys: Mapping[str, str]
    doubts: Mapping[str, "Doubt"]


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
