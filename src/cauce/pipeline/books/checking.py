"""Raw records checked as a whole: against their register, each other and the log."""

from collections.abc import Mapping, Sequence

from cauce.model.entry import Action, Draft, Entry
from cauce.model.record import Record
from cauce.model.register import Field
from cauce.model.text import Text
from cauce.pipeline.books.adapt import Words
from cauce.pipeline.books.asked import Asked, Checked
from cauce.pipeline.books.known import same
from cauce.pipeline.books.merging import beyond, merged
from cauce.pipeline.books.own_columns import Own, read_own
from cauce.pipeline.books.raw import RawRecord, keys_of
from cauce.pipeline.books.reading import ReadRecord, read
from cauce.pipeline.books.telling import (
    CAME_BACK,
    COUNTRY,
    EMPTY,
    NEW,
    NO_SUCH,
    NOT_SEALED,
    NOT_YOUR_FIELD,
    NOT_YOURS,
    NOTHING_NEW,
    ONLY_CORRECTION,
    SAME,
    SENT_BEFORE,
    SINCE,
    TWICE,
    WHY,
    also,
    say_how,
    stale,
    told,
)
from cauce.registers.log import as_of, differences
from cauce.registers.uniqueness import Identity, identities
from cauce.sources.books.book import Mark
from cauce.sources.books.shape import ACTION, NUMBER, REASON, VALID_FROM, VALID_TO


def check(asked: Asked, raws: Sequence[RawRecord], marks: Sequence[Mark] = ()) -> Checked:
    """All of the records or none: drafts of their entries, or what is wrong at which cell."""
    return _Check(asked, raws).checked(marks)


class _Check:
    """One pass over the records of a workbook."""

    def __init__(self, asked: Asked, raws: Sequence[RawRecord]) -> None:
        self.asked = asked
        self.register = asked.register
        self.raws = raws
        self.links = {
            name: own
            for f in asked.register.fields
            for name, own in ((f.id, f), *((f"{f.id}.{c.id}", c) for c in f.rows))
            if own.kind == "link"
        }
        self.keys = keys_of(asked.register, asked.source, raws)
        self.words = Words(asked.lists, self.keys, asked.register.id, asked.titles)
        self.marks: list[Mark] = []
        self.drafts: list[Draft] = []
        self.unchanged = 0
        self.taken: dict[Identity, str] = {}
        self.whole: dict[str, str] = {}
        self.every = frozenset(self.keys.values())
        self.linked: dict[tuple[str, str], bool] = {}
        self.seen: set[str] = set()

    def checked(self, marks: Sequence[Mark]) -> Checked:
        for raw in self.raws:
            self._one(raw)
        found = tuple(sorted((*marks, *self.marks), key=_place))
        drafts = () if found else tuple(self.drafts)
        actions = {a: n for a in Action if (n := sum(1 for d in drafts if d.action is a))}
        return Checked(self.register.id, drafts, found, self.unchanged, actions)

    def _one(self, raw: RawRecord) -> None:
        """One record: everything that is wrong with it, or its draft."""
        before = len(self.marks)
        found: list[tuple[str, Text]] = []
        own = read_own(raw, self.words, found)
        for name, text in found:
            self._mark(raw, name, text)
        key = self.keys[raw.number]
        if key in self.seen and own.key:
            self._mark(raw, NUMBER, TWICE)
        self.seen.add(key)
        if own.action is Action.END:
            self._end(raw, own)
            return
        got = read(self.register, raw, self.words)
        self._faults(raw, own, got)
        self._links(raw, got.record)
        record = self._known(raw, own, got, key)
        if record is None:
            return
        self._twins(raw, own, record)
        self._country(raw, record)
        if len(self.marks) == before:
            self._draft(own, record, key)

    def _mark(self, raw: RawRecord, path: str, text: Text, warning: bool = False) -> None:
        self.marks.append(raw.mark(self.register, path, text, warning))

    def _faults(self, raw: RawRecord, own: Own, got: ReadRecord) -> None:
        for fault in got.faults:
            if not (fault.warning and own.insists):
                self._mark(raw, fault.field, told(fault), fault.warning)

    def _links(self, raw: RawRecord, record: Record) -> None:
        """Mark what links to a record that is not there."""
        if self.asked.has_key is None or not self.links:
            return
        for path, own, key in _linked(self.links, record):
            if not self._there(own.register, key):
                text = Text(
                    f"there is no record {key} in the register {own.register}",
                    f"no hay registro {key} en {own.register}",
                )
                self._mark(raw, path, text)

    def _there(self, register: str, key: str) -> bool:
        place = register, key
        if place not in self.linked:
            ours = register == self.register.id and key in self.every
            asks = self.asked.has_key
            self.linked[place] = ours or asks is None or asks(register, key)
        return self.linked[place]

    def _known(self, raw: RawRecord, own: Own, got: ReadRecord, key: str) -> Record | None:
        """The record with what the workbook does not show of it; None if nothing is to be said.

        Marks what does not go with the entries that are there.
        """
        entries = self.asked.known.entries.get(key, ())
        if not own.key:
            return self._new(raw, own, got, entries)
        if not entries:
            self._mark(raw, NUMBER, NO_SUCH)
            return None
        last = entries[-1]
        if last.number != own.base:
            self._mark(raw, NUMBER, self._stale(last, own))
            return None
        holds = [entry for entry in entries if entry.number not in self.asked.returned]
        period = as_of(holds, self.asked.day)
        before = self._clear(last, period.record) if period else {}
        record, lost = merged(self.register, before, got, self.asked.visible)
        for path, text in lost:
            self._mark(raw, path, text)
        faulty = {fault.field.partition("[")[0] for fault in got.faults if not fault.rule}
        return self._changed(raw, own, before, record, faulty)

    def _new(
        self, raw: RawRecord, own: Own, got: ReadRecord, entries: Sequence[Entry]
    ) -> Record | None:
        """The record of a line that is new; None if the same line of the same file was entered."""
        for path in got.sealed:
            self._mark(raw, path, NOT_SEALED)
        if not entries or entries[0].record is None:
            if own.action not in (None, Action.OPEN):
                self._mark(raw, ACTION, NEW)
        elif entries[-1].number in self.asked.returned:
            self._mark(raw, NUMBER, CAME_BACK)
            return None
        elif same(got.record) == same(self._clear(entries[0], entries[0].record)):
            self.unchanged += 1
            return None
        else:
            self._mark(raw, NUMBER, SENT_BEFORE)
        self._fields(raw, {}, got.record)
        return got.record

    def _stale(self, last: Entry, own: Own) -> Text:
        return stale(last.number, self.asked.named(last.actor), own.base)

    def _clear(self, entry: Entry, record: Record) -> Record:
        return self.asked.opened(entry.key, entry.country, record) if self.asked.opened else record

    def _changed(
        self, raw: RawRecord, own: Own, before: Record, record: Record, faulty: set[str]
    ) -> Record | None:
        """The record if it says something new and says how; marks what is missing for that."""
        self._fields(raw, before, record)
        fields = differences(before, record)
        if self.register.country in fields:
            self._mark(raw, self.register.country, COUNTRY)
        if not fields and own.action is None:
            self.unchanged += 1
            return None
        if not fields:
            self._mark(raw, ACTION, NOTHING_NEW)
        elif own.action in (None, Action.OPEN):
            told = [name for name in fields if name not in faulty]
            if told:
                self._mark(raw, ACTION, say_how(self.register, told))
        else:
            self._period(raw, own)
        return record

    def _period(self, raw: RawRecord, own: Own) -> None:
        if own.action in (Action.CHANGE, Action.END) and own.valid_from is None:
            self._mark(raw, VALID_FROM, SINCE)
        if own.action is not Action.CORRECTION and own.valid_to is not None:
            self._mark(raw, VALID_TO, ONLY_CORRECTION)
        if own.valid_from and own.valid_to and own.valid_to <= own.valid_from:
            self._mark(raw, VALID_TO, EMPTY)
        if not own.reason:
            self._mark(raw, REASON, WHY)

    def _end(self, raw: RawRecord, own: Own) -> None:
        before = len(self.marks)
        entries = self.asked.known.entries.get(own.key, ()) if own.key else ()
        if not entries:
            self._mark(raw, ACTION, NEW if not own.key else NO_SUCH)
            return
        if entries[-1].number != own.base:
            self._mark(raw, NUMBER, self._stale(entries[-1], own))
        self._period(raw, own)
        if len(self.marks) == before:
            self._draft(own, None, own.key)

    def _fields(self, raw: RawRecord, before: Record, record: Record) -> None:
        """Mark what the actor may not write and what differs all the same."""
        if self.asked.writable is not None:
            for name in beyond(self.register, before, record, self.asked.writable):
                self._mark(raw, name, NOT_YOUR_FIELD)

    def _country(self, raw: RawRecord, record: Record) -> None:
        if self.asked.countries is not None and self._of(record) not in self.asked.countries:
            self._mark(raw, self.register.country or NUMBER, NOT_YOURS)

    def _of(self, record: Record) -> str:
        """Whose record it is, "" for the region's."""
        country = record.get(self.register.country)
        return country if type(country) is str else ""

    def _twins(self, raw: RawRecord, own: Own, record: Record) -> None:
        """Mark a record that another is already, here or in the log."""
        for rule, identity in identities(self.register, record):
            if identity in self.taken:
                text = also(rule.message, self.taken[identity])
                self._mark(raw, rule.fields[0], text, rule.warning)
            elif identity in self.asked.known.taken and not (rule.warning and own.insists):
                self._mark(raw, rule.fields[0], rule.message, rule.warning)
            self.taken.setdefault(identity, raw.number)
        whole = same(record)
        twin = self.whole.get(whole)
        if not own.insists and not own.key:
            if twin is not None:
                self._mark(raw, NUMBER, also(SAME, twin), warning=True)
            elif whole in self.asked.known.whole:
                self._mark(raw, NUMBER, SAME, warning=True)
        self.whole.setdefault(whole, raw.number)

    def _draft(self, own: Own, record: Record | None, key: str) -> None:
        entries = self.asked.known.entries.get(key, ())
        country = self._of(record) if record is not None else ""
        self.drafts.append(
            Draft(
                register=self.register.id,
                key=key,
                country=entries[0].country if entries else country,
                action=own.action or Action.OPEN,
                record=record,
                valid_from=own.valid_from,
                valid_to=own.valid_to if own.action is Action.CORRECTION else None,
                actor=self.asked.actor,
                reason=own.reason or self.asked.reason,
                base=own.base,
            )
        )


def _place(mark: Mark) -> tuple[str, int, int]:
    return mark.sheet, mark.row, mark.column


def _linked(links: Mapping[str, Field], record: Record) -> list[tuple[str, Field, str]]:
    """Every link of a record: its path, its field and the key."""
    found = []
    for name, own in links.items():
        outer, _, inner = name.partition(".")
        value = record.get(outer)
        if not inner:
            pairs = [(outer, value)]
        else:
            rows = value if isinstance(value, tuple) else ()
            pairs = [
                (f"{outer}[{at}].{inner}", row.get(inner))
                for at, row in enumerate(rows, start=1)
                if isinstance(row, Mapping)
            ]
        found += [(path, own, v) for path, v in pairs if type(v) is str]
    return found
