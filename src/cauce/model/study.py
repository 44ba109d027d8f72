"""Who estimated what: studies that stand side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cauce.model.text import Text
from cauce.model.truth import Truth

Bound = Literal["EXACT", "ABOUT", "AT_LEAST", "AT_MOST"]
BOUNDS: Mapping[str, Bound] = {
    "EXACT": "EXACT",
    "ABOUT": "ABOUT",
    "AT_LEAST": "AT_LEAST",
    "AT_MOST": "AT_MOST",
}


@dataclass(frozen=True)
class Study:
    """One estimate of one study. Empty and None are unknown.

    `measure` is what was estimated – workers needed, workers in reserve –, `sectors` of what
    ("ALL" for the whole economy), `horizon` from year to year. `retells` is the study this one
    only repeats, as the press does, rounded. `warning` is what its editor says against comparing.
    """

    id: str
    title: Text
    year: int | None
    area: str
    measure: Text | None
    sectors: frozenset[Text]
    horizon: tuple[int | None, int | None]
    method: Text | None
    value: float | None
    unit: Text | None
    bound: Bound = "ABOUT"
    low: float | None = None
    high: float | None = None
    source: str = ""
    retells: str = ""
    warning: Text | None = None


@dataclass(frozen=True)
class Comparison:
    """Whether two estimates may be compared, and every reason why not.

    `difference` is the second less the first, None unless they may be. `cautions` do not forbid it.
    """

    first: str
    second: str
    comparable: Truth
    reasons: tuple[Text, ...]
    cautions: tuple[Text, ...]
    difference: float | None
