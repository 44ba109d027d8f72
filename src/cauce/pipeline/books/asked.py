"""What raw records are checked with, and what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from cauce.model.codelist import Codelist
from cauce.model.entry import Action, Draft
from cauce.model.record import Record
from cauce.model.register import Register
from cauce.pipeline.books.known import Known
from cauce.pipeline.books.merging import Visible
from cauce.sources.books.book import Mark

HasKey = Callable[[str, str], bool]
"""Whether a register has a record of this key."""
Opener = Callable[[str, str, Record], Record]
"""A record's key, its country and the record as the log has it, to the record in the clear."""


@dataclass(frozen=True)
class Checked:
    """What a workbook would do, and everything that is wrong with it.

    There are drafts only if nothing is wrong; `marks` are warnings too, until somebody insists.
    `actions` counts the drafts by what they do, `unchanged` the records that say nothing new.
    """

    register: str
    drafts: tuple[Draft, ...]
    marks: tuple[Mark, ...]
    unchanged: int = 0
    actions: Mapping[Action, int] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return not self.marks


@dataclass(frozen=True)
class Asked:
    """What raw records are checked with.

    `source` is the hash of the file: a record of the same line of the same file has the same key,
    so that a file that was sent twice is entered once. `day` is that of an export. `countries`
    are those whose records the actor may write, None for all. `opened` opens what is sealed, so
    that a value that comes back in the clear is no change. `writable` are the fields the actor
    may write, None for all. `returned` are the entries that came back from review and say nothing
    any more; `named` tells what people call an actor.
    """

    register: Register
    lists: Mapping[str, Codelist]
    known: Known
    actor: str
    source: str
    reason: str
    day: date | None = None
    visible: Visible | None = None
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    has_key: HasKey | None = None
    countries: frozenset[str] | None = None
    opened: Opener | None = None
    writable: frozenset[str] | None = None
    returned: frozenset[int] = frozenset()
    named: Callable[[str], str] = str
