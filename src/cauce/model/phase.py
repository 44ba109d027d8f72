"""A phase of a regularization initiative, and its extensions."""

from dataclasses import dataclass
from datetime import date

from cauce.model.criterion import Criterion
from cauce.model.document import Document
from cauce.model.fact import Day
from cauce.model.fee import Fee
from cauce.model.text import Text
from cauce.model.truth import Truth


@dataclass(frozen=True)
class Extension:
    """A later last day. `announced` is None if nobody knows when it was announced."""

    closes: Day
    announced: Day | None = None
    source: str = ""


@dataclass(frozen=True)
class Phase:
    """A time in which applications are taken, on terms of its own.

    `opens` and `closes` are the first and last day as first announced; extensions are kept beside
    them, oldest first, and replace nothing.
    """

    id: str
    name: Text
    opens: date
    closes: Day
    criteria: Criterion
    extensions: tuple[Extension, ...] = ()
    documents: tuple[Document, ...] = ()
    fees: tuple[Fee, ...] = ()
    processing_from: date | None = None
    processing_to: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Opening:
    """Whether a phase takes applications on a day, as was known on another."""

    truth: Truth
    because: Text
