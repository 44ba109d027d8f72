"""The public registers of a generation, as pages ask for them."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

from cauce.model.codelist import Code
from cauce.model.shelf import Edition, Known, PublicPeriod, PublicRecord, Shelf
from cauce.model.text import LANGUAGES, Text
from cauce.portal.placed import placed
from cauce.portal.registers.measure import MEASURES, Measure
from cauce.portal.words import Words, words
from cauce.store import Damaged, Shelves, Snapshot

NOTHING = Known(datetime.min.replace(tzinfo=UTC), ())
"""What is known before the first entry."""


@dataclass(frozen=True)
class Library:
    """The shelves, the language they are read in, and how much of them a page shows.

    `others` are countries that no record names and a table is about.
    """

    shelves: Shelves
    words: Words
    measure: Measure = MEASURES[0]
    others: Mapping[str, Text] = field(default_factory=dict)

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """The current edition of every register that can be read."""
        found = []
        for register in self.shelves.ids():
            try:
                found.append(self.shelves.edition(register))
            except Damaged:
                continue
        return tuple(sorted(found, key=lambda each: self.words.of(each.shelf.name)))

    @cached_property
    def countries(self) -> dict[str, Text]:
        """The countries that public records name, and the others, with their names."""
        lists = (each for edition in self.editions for each in edition.shelf.codelists)
        codes = (code for each in lists if each.id.endswith("COUNTRY") for code in each.codes)
        return {**self.others, **{code.id: code.name for code in codes if len(code.id) == 3}}

    @cached_property
    def topics(self) -> tuple[Code, ...]:
        """The topics of registers, by name."""
        found = dict.fromkeys(edition.shelf.topic for edition in self.editions)
        return tuple(sorted(found, key=lambda topic: self.words.of(topic.name)))

    def has(self, register: str) -> bool:
        return register in self.shelves.catalog.shelves

    def records(self, register: str) -> tuple[PublicRecord, ...]:
        """The records of a register by key; none if it is not listed or cannot be read."""
        try:
            listed = self.has(register) and self.shelves.edition(register).shelf.listed
            return self.shelves.records(register) if listed else ()
        except Damaged:
            return ()

    def find(self, register: str, key: str) -> PublicRecord | None:
        return found_in(self.records(register), key)

    def country(self, code: str) -> str:
        name = self.countries.get(code)
        return code if name is None else self.words.of(name)

    def path(self, *parts: str) -> str:
        return "/".join(("", self.words.language, *parts))


def countries_of(snapshot: Snapshot) -> dict[str, Text]:
    """The countries that a public record or a table of a generation names, by their ISO code."""
    others = placed(snapshot.flows())
    return Library(snapshot.shelves, words(LANGUAGES[0]), others=others).countries


def found_in(records: tuple[PublicRecord, ...], key: str) -> PublicRecord | None:
    """The record with a key among records in the order of their keys."""
    at = bisect_left(records, key, key=lambda record: record.key)
    return records[at] if at < len(records) and records[at].key == key else None


def known_at(record: PublicRecord, moment: datetime | None) -> Known:
    """What was known at a moment (now if None); nothing before the first entry."""
    states = [each for each in record.known if moment is None or each.since <= moment]
    return states[-1] if states else NOTHING


def period_at(known: Known, day: date | None) -> PublicPeriod | None:
    """What was true on a day (the last of all time if None)."""
    if day is None:
        return known.periods[-1] if known.periods else None
    covering = (
        each
        for each in known.periods
        if (each.start or date.min) <= day and (each.end is None or day < each.end)
    )
    return next(covering, None)


def shown(record: PublicRecord) -> PublicPeriod:
    """What a list shows of a record: the last that is known, or was ever known."""
    return next(each.periods[-1] for each in reversed(record.known) if each.periods)


def is_held(record: PublicRecord) -> bool:
    """Whether it is still held that there is, or was, such a thing."""
    return bool(record.known[-1].periods)


def code_name(shelf: Shelf, codelist: str, code: str, words: Words) -> str:
    """The words of a code; the code itself if the list has none for it."""
    codes = next((each.codes for each in shelf.codelists if each.id == codelist), ())
    return next((words.of(each.name) for each in codes if each.id == code), code)
