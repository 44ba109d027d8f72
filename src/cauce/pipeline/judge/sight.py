"""What a judgement is made from: the registers on a day, as somebody may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from cauce.assess.telling import Speaker
from cauce.model.codelist import Codelist
from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.model.register import Register
from cauce.model.text import Text
from cauce.pipeline.registers import Declared
from cauce.registers.log import as_of
from cauce.registers.titles import called
from cauce.registers.values import folded
from cauce.store.log import Database, Log
from cauce.store.log.passed import verdicts_on
from cauce.store.log.review import Verdict


class NoSuchRecord(BadInput):
    """A record that is not there on the day, or not for who looks."""


class Sight(Protocol):
    """Records as true on a day. `only` are the countries seen, None for all."""

    @property
    def day(self) -> date: ...

    @property
    def only(self) -> frozenset[str] | None: ...

    @property
    def registers(self) -> Mapping[str, Register]: ...

    @property
    def lists(self) -> Mapping[str, Codelist]: ...

    def records(self, register: str) -> dict[str, Record]:
        """The records of a register by key, in the order they were entered."""
        ...


@dataclass(frozen=True)
class LogSight:
    """The whole log, as known at a moment: what was approved, or also what waits for review."""

    database: Database
    declared: Declared
    day: date
    known_at: datetime | None = None
    approved: bool = True
    only: frozenset[str] | None = None

    @property
    def registers(self) -> Mapping[str, Register]:
        return self.declared.registers

    @property
    def lists(self) -> Mapping[str, Codelist]:
        return self.declared.lists

    def records(self, register: str) -> dict[str, Record]:
        said = verdicts_on(self.database, register, self.known_at)
        counted = {Verdict.APPROVED} if self.approved else {Verdict.APPROVED, None}
        log = Log(self.database, self.registers)
        found = []
        for entries in log.latest(register, self.known_at):
            passed = [entry for entry in entries if said.get(entry.number) in counted]
            period = as_of(passed, self.day, self.known_at)
            if period is not None:
                found.append((passed[0].number, passed[0].key, period.record))
        return {key: record for _, key, record in sorted(found, key=lambda one: one[0])}


def speaker(sight: Sight, registers: Iterable[str] = ()) -> Speaker:
    """Names of codes, and titles of the records of some registers."""
    return Speaker(
        sight.lists,
        {
            (name, key): titled(sight, name, record, key)
            for name in registers
            for key, record in sight.records(name).items()
        },
    )


def titled(sight: Sight, register: str, record: Record, key: str) -> Text:
    """The name of a record; its key if it has none."""
    return called(sight.registers[register], record, sight.lists, key)


def one(sight: Sight, register: str, key: str) -> Record:
    """A record. Raises NoSuchRecord if it is not there, or waits for approval."""
    found = sight.records(register)
    if key not in found:
        raise NoSuchRecord(
            f"There is no {sight.registers[register].one.en.lower()} {key[:40]} on {sight.day}. "
            f"`cauce register show {register}` lists the keys; what waits for review is not "
            "judged unless you ask for it."
        )
    return found[key]


def _holds(name: Text, wanted: list[str]) -> bool:
    said = folded(f"{name.en} {name.es}")
    return all(word in said for word in wanted)


def find(sight: Sight, register: str, said: str) -> str:
    """The key of a record named by its key, its title or words of it, whatever their accents.

    Raises:
        BadInput: none is called so, or several are.
    """
    records = sight.records(register)
    if said in records:
        return said
    wanted = folded(said).split()
    found = {
        key: name
        for key, record in records.items()
        if _holds(name := titled(sight, register, record, key), wanted)
    }
    exact = [
        key for key, name in found.items() if folded(said) in (folded(name.en), folded(name.es))
    ]
    for keys in (exact, list(found)):
        if len(keys) == 1:
            return keys[0]
    if not found:
        one(sight, register, said)
    names = "; ".join(f"{key} {name.en}" for key, name in list(found.items())[:10])
    raise BadInput(f"{len(found)} records are called so. Name one by its key: {names}.")
