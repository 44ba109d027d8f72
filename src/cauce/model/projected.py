"""What an outlook says: numbers that were derived from released ones, and what it cannot say."""

from dataclasses import dataclass

from cauce.model.arrays import Codes, Floats
from cauce.model.dataflow import Dataflow
from cauce.model.observation import ObsStatus, Reliability
from cauce.model.text import Text

FINEST_SHARE, COARSE_SHARE = 0.20, 0.33
"""Base-year coefficients of variation up to which a number, and up to which only a class, is
published. Source: domain page outlook, section 4.9, rule of publication."""


@dataclass(frozen=True)
class NotProducible:
    """An output that is not there, and what it would need. Never a zero and never a guess."""

    output: str
    because: Text


@dataclass(frozen=True)
class Projected:
    """The derived numbers of one dataflow, columnar; c numbers, d dimensions.

    `key` has shape (c, d), positions in the codes of the dataflow's dimensions; `value`, `low` and
    `high` have shape (c,): the middle of the draws and the ends of the interval whose level the
    dataflow's method names. `value` is NaN where only a class is published or nothing is, and then
    `status` says so. `rule` is why, in both languages within one string (`model.rule`).
    """

    dataflow: Dataflow
    key: Codes
    value: Floats
    low: Floats
    high: Floats
    status: tuple[ObsStatus, ...]
    reliability: tuple[Reliability, ...]
    rule: tuple[str, ...]


@dataclass(frozen=True)
class Base:
    """A published vintage that an outlook starts from. `sha256` is of its manifest."""

    flow: str
    vintage: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Outlook:
    """One run: what it says, what it cannot say, what it starts from, and what it assumes."""

    survey: str
    vintage: str
    scenario: str
    flows: tuple[Projected, ...]
    not_producible: tuple[NotProducible, ...]
    bases: tuple[Base, ...]
    assumptions: tuple[Text, ...]
    reason: str = ""
