"""A citation: a published number or a public record at a moment, as one word within any text."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class NumberCited:
    """A number by its dataflow, the codes of its key, its period, and the vintage it is of."""

    flow: str
    key: str
    period: str
    vintage: str


@dataclass(frozen=True)
class RecordCited:
    """A record by its register and key, as it was known at a moment."""

    register: str
    key: str
    moment: datetime


@dataclass(frozen=True)
class Citation:
    """What stands in a text, and what it cites; None if it is no whole citation."""

    text: str
    cited: NumberCited | RecordCited | None
