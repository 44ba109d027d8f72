"""What a run learns of one wave as a whole, behind the confidentiality wall: not yet cleared."""

from dataclasses import dataclass

from cauce.model.raised import Raised
from cauce.model.validation import Findings


@dataclass(frozen=True)
class Influence:
    """How far single respondents move a published number of an amount, in its standard errors.

    `over` counts those without whom it moves by more than each of `STEPS`. `joint` is how far it
    moves without the `group` most influential together; `shares` of their summed effects are of the
    largest and the second. `rows` are those of the group in the file, from 1, and `effects` theirs.
    """

    indicator: str
    n: int
    over: tuple[int, ...]
    group: int
    joint: float
    shares: tuple[float, float]
    rows: tuple[int, ...]
    effects: tuple[float, ...]


STEPS = (0.1, 0.5, 1.0)
"""Effects in standard errors that are counted."""


@dataclass(frozen=True)
class WaveFacts:
    """One wave in counts and sums.

    `lonely` strata have a single PSU. `kish` is n times the sum of squared weights over the square
    of their sum. `quantiles` are order and weight. `reasons` count, by variable and reason, who has
    no value. `raised` says how far weights were raised, None if they stand as in the file.
    """

    period: str
    rows: int
    strata: int
    psus: int
    lonely: int
    weighted: float
    kish: float
    quantiles: tuple[tuple[float, float], ...]
    reasons: dict[str, dict[str, int]]
    findings: Findings
    influences: tuple[Influence, ...]
    raised: Raised | None = None
