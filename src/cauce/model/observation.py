"""What we may say: observations cleared for publication."""

from dataclasses import dataclass
from enum import StrEnum

from cauce.model.arrays import Codes, Floats
from cauce.model.dataflow import Dataflow
from cauce.model.text import Text


class ObsStatus(StrEnum):
    """The codes of SDMX CL_OBS_STATUS 2.2. A survey release uses A, U, Q, B, F and M."""

    NORMAL = "A"
    LOW_RELIABILITY = "U"
    SUPPRESSED = "Q"
    BREAK = "B"
    FORECAST = "F"
    NOT_POSSIBLE = "M"
    DIFFERENT = "D"
    ESTIMATED = "E"
    EXPERIMENTAL = "G"
    HOLIDAY = "H"
    IMPUTED = "I"
    DEROGATION = "J"
    ELSEWHERE = "K"
    NOT_COLLECTED = "L"
    NOT_SIGNIFICANT = "N"
    MISSING = "O"
    PROVISIONAL = "P"
    STRIKE = "S"
    UNVALIDATED = "V"
    INCLUDES_OTHERS = "W"


WITHOUT_VALUE = frozenset(
    {
        ObsStatus.HOLIDAY,
        ObsStatus.DEROGATION,
        ObsStatus.ELSEWHERE,
        ObsStatus.NOT_COLLECTED,
        ObsStatus.NOT_POSSIBLE,
        ObsStatus.MISSING,
        ObsStatus.SUPPRESSED,
    }
)
"""Statuses that say why there is no value, so that none may stand beside them."""


class ConfStatus(StrEnum):
    """The codes of SDMX CL_CONF_STATUS in use.

    In public our rules say F or C and nothing narrower; the others are what another producer says,
    or what a vintage of before the rules conf-4 has in its files.
    """

    FREE = "F"
    SMALL_COUNT = "A"
    DOMINANCE_ONE = "O"
    DOMINANCE_TWO = "T"
    SECONDARY = "D"
    CONFIDENTIAL = "C"


NARROW = frozenset(ConfStatus) - {ConfStatus.FREE, ConfStatus.CONFIDENTIAL}
"""Statuses that tell what a cell is withheld for, and so which are withheld for their own sake."""
WITHHELD = Text(
    "Withheld as confidential, for its own sake or for that of another number.",
    "Retenido por confidencial, por sí mismo o para proteger otro número.",
)
"""What is said of all withheld cells where their rules are not told with them."""


class Reliability(StrEnum):
    """The verdict of a reliability profile; NONE is said of a cell without a number to judge.

    NOT_JUDGED is said of another producer's number: without its error there is no verdict.
    """

    RELIABLE = "RELIABLE"
    WEAK = "WEAK"
    UNRELIABLE = "UNRELIABLE"
    NONE = "NONE"
    NOT_JUDGED = "NOT_JUDGED"


@dataclass(frozen=True)
class Observations:
    """The observations of one dataflow, columnar; c observations, d dimensions.

    `key` has shape (c, d) as in `Cells`; all else has shape (c,). The string columns are object
    arrays of the enums above. Numbers are NaN and counts -1 where they are withheld: a value
    withheld as confidential takes every number beside it along, and looks as all others do.
    `rule` names the rule that gave the verdicts, in words that narrow no withheld value. `theirs`
    are the words of the attributes of another agency's dataflow, in their order, "" for none.
    """

    dataflow: Dataflow
    key: Codes
    value: Floats
    se: Floats
    cv: Floats
    ci_low: Floats
    ci_high: Floats
    deff: Floats
    ess: Floats
    df: Codes
    n: Codes
    cases: Codes
    missing: Codes
    psus: Codes
    strata: Codes
    obs_status: tuple[ObsStatus, ...]
    conf_status: tuple[ConfStatus, ...]
    reliability: tuple[Reliability, ...]
    rule: tuple[str, ...]
    theirs: tuple[tuple[str, ...], ...] = ()
