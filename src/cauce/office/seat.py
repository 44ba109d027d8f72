"""Where somebody sits: everything they may see and do with the registers, and nothing else.

Every page and every address of the API goes through here, and here the matrix is asked. A record
that is another country's is not there, just like one that never was.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from cauce.model.access import Access, State, Verb
from cauce.model.account import Account
from cauce.model.codelist import Codelist
from cauce.model.entry import Entry
from cauce.model.record import Fault, Record
from cauce.model.register import Register
from cauce.model.text import Text
from cauce.model.topic import Topic
from cauce.office.histories import STATE, History, Line, NotThere, Step
from cauce.office.law import law_faults
from cauce.office.sealed import holds_sealed
from cauce.registers.access import fields, may, places, refusal
from cauce.registers.titles import called
from cauce.store.log import Database, Log, review
from cauce.store.log.database import told
from cauce.store.log.envelope import Whose
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.looked import note_purpose
from cauce.store.log.opening import part_of, seen_record
from cauce.store.log.reader import PAGE, Found, Page
from cauce.store.log.review import Line as Waiting
from cauce.store.log.review import Said, Verdict
from cauce.store.log.shelf import Reach, countries_in, shelf


class NotAllowed(Exception):  # noqa: N818 - a way of answering, not a failure
    """Somebody sees this and may not do that with it: `why` is for them."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


OWN = Text(
    "You entered this yourself. A second person has to look at it.",
    "Esto lo ingresó usted. Debe revisarlo una segunda persona.",
)


def now() -> datetime:
    return datetime.now(UTC)


Proposes = Callable[[str, str], tuple[str, ...]]
"""The codes to look at first for some words of a language, the likeliest first."""


@dataclass(frozen=True)
class Office:
    """What the office works with; `proposes` codes of occupations, None if it has no model."""

    database: Database
    registers: Mapping[str, Register]
    lists: Mapping[str, Codelist]
    topics: tuple[Topic, ...]
    access: Access
    keys: KeyFolder
    clock: Callable[[], datetime] = now
    proposes: Proposes | None = None


@dataclass(frozen=True)
class Seat:
    """One person at the office, or a key that speaks for them."""

    office: Office
    account: Account

    def registers(self) -> tuple[Register, ...]:
        """The registers of which they see something, or may write the first record."""
        return tuple(r for r in self.office.registers.values() if self._opens(r.id))

    def register(self, id_: str) -> Register:
        """One of their registers. Raises NotThere."""
        found = self.office.registers.get(id_)
        if found is None or not self._opens(id_):
            raise NotThere
        return found

    def may(self, verb: Verb, register: str, country: str, state: State) -> bool:
        return may(self.office.access, self.account, verb, register, country, state)

    def places(self, verb: Verb, register: str, state: State) -> frozenset[str] | None:
        return places(self.office.access, self.account, verb, register, state)

    def writes(self, register: str) -> bool:
        """Whether there is a country, or the region, for which they may write."""
        return self.places("write", register, "draft") != frozenset()

    def approves(self, register: str) -> bool:
        return self.places("approve", register, "review") != frozenset()

    @property
    def administers(self) -> bool:
        """Whether there are accounts of which they see something."""
        return self.places("see", "accounts", "published") != frozenset()

    def fields(self, verb: Verb, register: Register, country: str, state: State) -> frozenset[str]:
        return fields(self.office.access, self.account, verb, register, country, state)

    def refuse(self, verb: Verb, register: str, country: str, state: State) -> None:
        """Raises NotAllowed, with the reason, if they may not do this."""
        why = refusal(self.office.access, self.account, verb, register, country, state)
        if why is not None:
            raise NotAllowed(why)

    def history(self, register: Register, key: str) -> History:
        """The entries of a record that are theirs to see. Raises NotThere."""
        reach = self.reach(register.id)
        log = Log(self.office.database, self.office.registers, _either(reach), self.account.id)
        entries = log.entries(register.id, key)
        with self.office.database.reading(self.account.id, told(_either(reach))) as connection:
            said = review.verdicts(connection, [entry.number for entry in entries])
        steps = tuple(Step(entry, said.get(entry.number)) for entry in entries)
        seen = tuple(
            step for step in steps if self.may("see", register.id, step.entry.country, step.state)
        )
        if not seen:
            raise NotThere
        return History(register, key, seen[0].entry.country, seen)

    def reach(self, register: str) -> Reach:
        return Reach(
            self.places("see", register, "review"), self.places("see", register, "approved")
        )

    def countries(self, register: str) -> tuple[str, ...]:
        """The countries a list can be of: theirs, or all that have a record; "" is the region."""
        either = _either(self.reach(register))
        if either is not None:
            return tuple(sorted(either))
        with self.office.database.reading(self.account.id, told(None)) as connection:
            return countries_in(connection, register)

    def page(
        self,
        register: Register,
        words: str = "",
        after: str = "",
        country: str | None = None,
        known_at: datetime | None = None,
        size: int = PAGE,
    ) -> Page:
        """Records in the order of their titles: the latest state they may see, or an earlier one.

        What was known at a moment is told only of countries of which they see everything.
        """
        reach = self.reach(register.id)
        if known_at is None:
            with self.office.database.reading(self.account.id, told(_either(reach))) as connection:
                return shelf(connection, register.id, reach, words, after, country, size)
        mine = reach.all
        if country is not None:
            mine = frozenset({country}) & (frozenset({country}) if mine is None else mine)
        log = Log(self.office.database, self.office.registers, mine, self.account.id)
        return log.page(register.id, words, after, known_at, size)

    def lines(self, found: Iterable[tuple[str, Found]]) -> tuple[Line, ...]:
        """Records of lists, each with its register, under names they may see."""
        found = tuple(found)
        numbers = [one.number for _, one in found]
        with self.office.database.reading(self.account.id, self.told_all) as connection:
            entries = review.records(connection, self.office.registers, numbers)
            said = review.verdicts(connection, numbers)
        return tuple(
            Line(
                register=self.office.registers[id_],
                key=one.key,
                number=one.number,
                country=one.country,
                ended=one.ended,
                said=said.get(one.number),
                names=self._names(entries[one.number], said.get(one.number)),
            )
            for id_, one in found
        )

    def _names(self, entry: Entry, said: Said | None) -> Text:
        """What a record is called, if they may see the field it is called by."""
        register = self.office.registers[entry.register]
        state = STATE[said.verdict if said else None]
        names = self.fields("see", register, entry.country, state)
        record = {n: v for n, v in (entry.record or {}).items() if n in names}
        return called(register, record, self.office.lists, entry.key)

    def people(self, ids: Iterable[str]) -> dict[str, str]:
        """Who did something, by name; what is no account is shown as it is."""
        wanted = set(ids)
        with self.office.database.reading(self.account.id) as connection:
            found = review.names_of(connection, wanted)
        return {id_: found.get(id_, id_) for id_ in wanted}

    def seen(self, whose: Whose, record: Record, state: State, purpose: str = "") -> Record:
        """A record as they may see it; that sealed values were opened is noted, and for what.

        Where a register asks for what, they stay sealed to who does not say.
        """
        office, register, me = self.office, whose.register, self.account
        shown = part_of(record, self.fields("see", register, whose.country, state))
        if register.asks_purpose and not purpose:
            return shown
        sealed = holds_sealed(shown)
        opening = office.database.writing if sealed else office.database.reading
        with opening(me.id, told(frozenset({whose.country}))) as connection:
            if sealed and register.asks_purpose:
                now_ = office.clock()
                note_purpose(
                    connection, register.id, whose.key, whose.country, me.id, purpose, now_
                )
            return seen_record(connection, office.keys, office.access, me, whose, shown, state)

    def judge(self, history: History, number: int, verdict: Verdict, note: str) -> None:
        """Approve an entry or send it back.

        Raises:
            NotThere, NotAllowed: it is not theirs to judge.
            BadInput: it was judged already, or something came after it.
        """
        history.step(number)
        self.refuse("approve", history.register.id, history.country, "review")
        own = (s.entry.actor == self.account.id for s in history.steps if not s.said)
        if any(own):
            raise NotAllowed(OWN)
        at = self.office.clock()
        countries = told(frozenset({history.country}))
        with self.office.database.writing(self.account.id, countries) as connection:
            # Here nobody else writes, so that of two permits one alone takes the last place.
            if verdict is Verdict.APPROVED:
                self._keep_the_law(history, number)
            review.judge(connection, number, verdict, self.account.id, note, at)

    def _keep_the_law(self, history: History, number: int) -> None:
        """Raises NotAllowed if what others' records say since keeps this one from being so."""
        record = history.step(number).entry.record
        if record is not None:
            for fault in self.law(history.register.id, history.key, record):
                if not fault.warning:
                    raise NotAllowed(fault.message)

    def law(self, register: str, key: str, record: Record) -> tuple[Fault, ...]:
        """What a record does not keep beside the records of others that were approved."""
        office = self.office
        return law_faults(
            office.database, office.registers, office.lists, today(office), register, key, record
        )

    def waiting(self) -> tuple[Waiting, ...]:
        """What waits for them to look at it: entries of others, the oldest first."""
        mine = {
            register.id: self.places("approve", register.id, "review")
            for register in self.registers()
            if self.approves(register.id)
        }
        with self.office.database.reading(self.account.id, self.told) as connection:
            found = review.waiting(connection, mine)
        return tuple(line for line in found if line.actor != self.account.id)

    def came_back(self) -> tuple[Waiting, ...]:
        with self.office.database.reading(self.account.id, self.told) as connection:
            return review.returned(connection, self.account.id)

    def submitted(self) -> tuple[Waiting, ...]:
        with self.office.database.reading(self.account.id, self.told) as connection:
            return review.submitted(connection, self.account.id)

    @property
    def told_all(self) -> str:
        """As `told`, for numbers of entries that were found for them, wherever."""
        return told(None)

    @property
    def told(self) -> str:
        """What the database is told of whose records these are: theirs, and the region's."""
        mine = self.account.countries
        return told(None if mine is None else mine | {""})

    def _opens(self, register: str) -> bool:
        seen = (self.places("see", register, state) for state in ("review", "approved"))
        return any(found != frozenset() for found in seen) or self.writes(register)


def _either(reach: Reach) -> frozenset[str] | None:
    if reach.all is None or reach.approved is None:
        return None
    return reach.all | reach.approved


def today(office: Office) -> date:
    return office.clock().date()
