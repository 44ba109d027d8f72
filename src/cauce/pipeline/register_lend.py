"""What a release borrows from the registers: names and code lists, as of a day."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cauce.model.codelist import Codelist
from cauce.model.dataflow import Dataflow
from cauce.model.entry import Entry
from cauce.model.lent import Lent
from cauce.model.register import Register
from cauce.pipeline.registers import Declared
from cauce.registers.lending import digest, in_words_of, lent_list, list_of, renamed
from cauce.registers.public import consented
from cauce.store.log import Database, Log
from cauce.store.log.approved import approved


@dataclass(frozen=True)
class Lender:
    """The registers as of a day, as known at a moment.

    `approved` leaves out what no second person has approved; without it nothing is published.
    """

    database: Database
    declared: Declared
    day: date
    known_at: datetime
    approved: bool = True

    def groups(self, register: str) -> Iterator[tuple[Entry, ...]]:
        """The entries of each record that count; none of records nobody approved."""
        return (passed for passed, _ in self._read(register))

    def _read(self, register: str) -> Iterator[tuple[tuple[Entry, ...], tuple[Entry, ...]]]:
        """The entries of each record that count, and all of them."""
        found = Log(self.database, self.declared.registers).latest(register, self.known_at)
        with self.database.reading() as connection:
            asked = approved(connection, (register,), self.known_at)
        numbers = asked.get(register, {})
        for entries in found:
            passed = tuple(x for x in entries if not self.approved or x.number in numbers)
            if passed:
                yield passed, entries

    def lend(self, wanted: Collection[str]) -> "Loans":
        """What registers lend to lists of these names: their records, or names for the codes."""
        lists: dict[str, Codelist] = {}
        lent = []
        for register, code, named in self._asked(wanted):
            read = self._read(register.id)
            groups = (passed for passed, every in read if consented(register, every))
            words = self.declared.lists
            found = lent_list(register, groups, words, self.day, self.known_at, code)
            lists |= dict.fromkeys(named, found)
            lent += [self._noted(name, register.id, found) for name in named]
        return Loans(lists, tuple(lent))

    def _asked(self, wanted: Collection[str]) -> Iterator[tuple[Register, str, list[str]]]:
        """Each register that lends something wanted, by which field, and to which lists."""
        for register in self.declared.registers.values():
            if list_of(register.id) in wanted:
                yield register, "", [list_of(register.id)]
            if register.lends and (named := sorted({*register.lends.lists} & {*wanted})):
                yield register, register.lends.code, named

    def _noted(self, name: str, register: str, found: Codelist) -> Lent:
        known = self.known_at.isoformat()
        return Lent(name, f"registers/{register}", self.day.isoformat(), known, digest(found))


@dataclass(frozen=True)
class Loans:
    """What registers lent, by the id of the list it goes to, and which state of them that was."""

    lists: Mapping[str, Codelist]
    lent: tuple[Lent, ...]

    def over(self, own: Mapping[str, Codelist]) -> Mapping[str, Codelist]:
        """Code lists with the names lent to their codes, and those that are lent whole."""
        named = {x: renamed(own[x], found) for x, found in self.lists.items() if x in own}
        return {**own, **self.lists, **named}

    def named(self, flows: tuple[Dataflow, ...]) -> tuple[Dataflow, ...]:
        """Dataflows whose codes have the names that are lent."""
        return tuple(in_words_of(flow, self.lists) for flow in flows)


NOTHING = Loans({}, ())


def from_file(codelist: Codelist, file: str, day: date) -> Lent:
    """The state of a code list that a file declares."""
    return Lent(codelist.id, file, day.isoformat(), "", digest(codelist))
