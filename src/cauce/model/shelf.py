"""A register as the public sees it: what publishing writes to the store, and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from cauce.model.codelist import Code, Codelist
from cauce.model.record import Record
from cauce.model.register import FieldKind
from cauce.model.text import Text


@dataclass(frozen=True)
class ShelfField:
    """A public field; `columns` are the public columns of a field of rows."""

    id: str
    name: Text
    kind: FieldKind
    help: Text | None = None
    codelist: str = ""
    register: str = ""
    unit: str = ""
    decimals: int = 0
    columns: tuple["ShelfField", ...] = ()


@dataclass(frozen=True)
class Shelf:
    """A public register: its declaration without what the public is not told.

    `title` names the fields that title a record, by language, and `country` the one that says whose
    it is; "" where that field is not public. `codelists` hold the codes its records use. Of a
    register that is not `listed`, a record is shown to who names it exactly.
    """

    id: str
    name: Text
    one: Text
    about: Text
    topic: Code
    title: Text | None
    country: str
    version: str
    source: str
    fields: tuple[ShelfField, ...]
    codelists: tuple[Codelist, ...] = ()
    listed: bool = True


@dataclass(frozen=True)
class PublicPeriod:
    """A stretch of time over which the public fields of a record say the same."""

    start: date | None
    end: date | None
    record: Record


@dataclass(frozen=True)
class Known:
    """What was known of a record from a moment on; no period says that there was no such thing."""

    since: datetime
    periods: tuple[PublicPeriod, ...]


@dataclass(frozen=True)
class PublicRecord:
    """A record, as it is known now and as it was known before: `known`, oldest first.

    `places` are the countries it names, `corridors` the pairs origin-destination, `links` the
    records as register/key, `words` the text it is found by, folded; all as known now.
    """

    key: str
    country: str
    title: Text
    places: tuple[str, ...]
    corridors: tuple[str, ...]
    links: tuple[str, ...]
    words: str
    known: tuple[Known, ...]


@dataclass(frozen=True)
class Said:
    """A sentence about some records, by their keys: what may not be compared or added, and why."""

    about: tuple[str, ...]
    text: Text


@dataclass(frozen=True)
class Filled:
    """A public register with its records, ready for the store.

    `dropped_links` counts links to records that are not public.
    """

    shelf: Shelf
    records: tuple[PublicRecord, ...]
    dropped_links: int = 0
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Edition:
    """One edition of a public register in the store; its records are one immutable object.

    `content_sha256` is of all that it says: publishing the same again changes nothing.
    """

    shelf: Shelf
    edition: str
    published_at: str
    object_sha256: str
    records: int
    content_sha256: str
    said: tuple[Said, ...] = ()
    supersedes: str = ""
    reason: str = ""
