"""What of a register somebody may take away in a file: never more than its pages and the API tell.

A record goes along in the state, and with the fields, that its reader may see and may export.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection

from cauce.model.access import State, Verb
from cauce.model.entry import Entry
from cauce.model.record import Record, Sealed
from cauce.model.register import Field, Register, Sensitivity
from cauce.model.text import Language
from cauce.office.histories import STATE
from cauce.office.reach import STATES, TAKE_AWAY, places_for
from cauce.office.sealed import holds_sealed
from cauce.office.seat import Seat
from cauce.pipeline.register_books import MAX_TITLES, Filled, links_of, names_nobody
from cauce.registers.access import ELSEWHERE, REGION
from cauce.registers.log import as_of
from cauce.store.log import Log
from cauce.store.log.database import told
from cauce.store.log.envelope import Whose
from cauce.store.log.opening import EVERY, note_reading, open_record, part_of
from cauce.store.log.review import Verdict
from cauce.store.log.verdicts import verdicts_on
from cauce.store.log.writer import title

TOGETHER = 200
"""Records whose sealed values are opened, and noted, in one transaction."""


@dataclass(frozen=True)
class Part:
    """A record of which somebody may see `names`; `base` is its last entry that is theirs."""

    key: str
    country: str
    base: int
    record: Record
    names: frozenset[str]


@dataclass
class Carried:
    """What somebody may do all of the verbs with, in one register.

    `read` collects, while records are given out, the fields from P2 on of each country.
    """

    seat: Seat
    register: Register
    verbs: tuple[Verb, ...] = TAKE_AWAY
    read: dict[str, frozenset[str]] = field(default_factory=dict)
    _names: dict[tuple[str, State], frozenset[str]] = field(default_factory=dict)

    @property
    def countries(self) -> frozenset[str] | None:
        """Whose records may be among them; None for all."""
        return places_for(self.seat, self.register.id, self.verbs)

    def names(self, country: str, state: State) -> frozenset[str]:
        """The fields that go along of a country's records in a state; none if nothing does."""
        place = country, state
        if place not in self._names:
            may = (self.seat.fields(v, self.register, country, state) for v in self.verbs)
            self._names[place] = frozenset.intersection(*may)
        return self._names[place]

    def shown(self) -> frozenset[str]:
        """The fields that some record may have here."""
        places = {REGION, ELSEWHERE, *(self.seat.account.countries or ())}
        found = [self.names(country, state) for country in places for state in STATES]
        return frozenset().union(*found)

    def common(self, state: State) -> frozenset[str]:
        """The fields that go along of every one of the countries."""
        mine = self.countries
        places = {REGION, ELSEWHERE} if mine is None else mine
        return frozenset.intersection(*(self.names(country, state) for country in places))

    def records(self) -> Iterator[Filled]:
        """The records, numbered; what is sealed and theirs is open, and that is noted."""
        parts = self.parts()
        number = 0
        while batch := list(islice(parts, TOGETHER)):
            for part, record in self._opened(batch):
                number += 1
                yield Filled(number, record, part.key, part.base)

    def parts(self) -> Iterator[Part]:
        """The records that go along, what is sealed still sealed."""
        office, mine, actor = self.seat.office, self.countries, self.seat.account.id
        said = verdicts_on(office.database, self.register.id, None, actor, told(mine))
        log = Log(office.database, office.registers, mine, actor)
        for entries in log.latest(self.register.id):
            part = self._part(entries, said)
            if part is not None:
                yield part

    def _part(self, entries: tuple[Entry, ...], said: Mapping[int, Verdict]) -> Part | None:
        """What goes along of a record: what it says at last, if that is theirs."""
        states = {entry.number: STATE[said.get(entry.number)] for entry in entries}
        theirs = [e for e in entries if self.names(e.country, states[e.number])]
        # What came back says nothing any more.
        holds = [e for e in theirs if said.get(e.number) is not Verdict.RETURNED]
        period = as_of(holds)
        if period is None:
            return None
        last = theirs[-1]
        names = self.names(last.country, states[period.entry])
        return Part(last.key, last.country, last.number, part_of(period.record, names), names)

    def _opened(self, batch: list[Part]) -> list[tuple[Part, Record]]:
        office, countries = self.seat.office, frozenset(part.country for part in batch)
        for part in batch:
            delicate = part.names & delicate_fields(self.register)
            self.read[part.country] = self.read.get(part.country, frozenset()) | delicate
        if not any(holds_sealed(part.record) for part in batch):
            return [(part, part.record) for part in batch]
        with office.database.writing(self.seat.account.id, told(countries)) as connection:
            return [
                (part, self._open(connection, part)) if holds_sealed(part.record)
                else (part, part.record)
                for part in batch
            ]  # fmt: skip

    def _open(self, connection: Connection, part: Part) -> Record:
        whose = Whose(self.register, part.key, part.country)
        return open_record(connection, self.seat.office.keys, whose, part.record, part.names)

    def note(self) -> None:
        """Write into the audit what was given out that is not for everybody at the office."""
        read = {country: names for country, names in self.read.items() if names}
        if not read:
            return
        with self.seat.office.database.writing(self.seat.account.id) as connection:
            for country, names in sorted(read.items()):
                note_reading(connection, self.register.id, EVERY, country, names)


def delicate_fields(register: Register) -> frozenset[str]:
    """The fields, and columns as "rows.column", that are personal or worse."""
    return frozenset(
        name
        for name, parts in _leaves(register)
        if max(part.sensitivity for part in parts) >= Sensitivity.P2
    )


def _leaves(register: Register) -> Iterator[tuple[str, tuple[Field, ...]]]:
    for one in register.fields:
        if not one.rows:
            yield one.id, (one,)
        for column in one.rows:
            yield f"{one.id}.{column.id}", (one, column)


def titles_for(seat: Seat, register: Register, language: Language) -> dict[str, dict[str, str]]:
    """The records a register's links can lead to, by register and key, under names one may see."""
    found = {}
    for id_ in links_of(register):
        other = seat.office.registers[id_]
        parts = islice(Carried(seat, other, ("see",)).parts(), MAX_TITLES + 1)
        named = {part.key: _name(other, part.record, language) for part in parts}
        found[id_] = dict(sorted(named.items(), key=lambda item: item[1].casefold()))
    return found


def _name(register: Register, record: Record, language: Language) -> str:
    """What a record is called, "" where that would name people."""
    if not names_nobody(register):
        return ""
    plain = {name: value for name, value in record.items() if not isinstance(value, Sealed)}
    return title(register, plain, language)
