"""What we may say: observations cleared for publication."""

from dataclasses import dataclass
from enum import StrEnum

from cauce.model.arrays import Codes, Floats
from cauce.model.dataflow import Dataflow


class ObsStatus(StrEnum):
    """The codes of SDMX CL_OBS_STATUS 2.2 that a survey release uses."""

    NORMAL = "A"
    LOW_RELIABILITY = "U"
    SUPPRESSED = "Q"
    BREAK = "B"
    FORECAST = "F"
    NOT_POSSIBLE = "M"


class ConfStatus(StrEnum):
    """The codes of SDMX CL_CONF_STATUS that our rules give."""

    FREE = "F"
    SMALL_COUNT = "A"
    DOMINANCE_ONE = "O"
    DOMINANCE_TWO = "T"
    SECONDARY = "D"


class Reliability(StrEnum):
    """The verdict of a reliability profile; NONE is said of a cell without respondents."""

    RELIABLE = "RELIABLE"
    WEAK = "WEAK"
    UNRELIABLE = "UNRELIABLE"
    NONE = "NONE"


@dataclass(frozen=True)
class Observations:
    """The observations of one dataflow, columnar; c observations, d dimensions.

    `key` has shape (c, d) as in `Cells`; all else has shape (c,). The string columns are object
    arrays of the enums above. Numbers are NaN and counts -1 where they are withheld: a value
    withheld as confidential takes every number beside it along.
    `rule` names the rule that gave the verdicts, in words that narrow no withheld value.
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
