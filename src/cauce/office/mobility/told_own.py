"""What is kept of one worker, in their language: for them alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cauce.assess.filled import text
from cauce.model.event import Event
from cauce.model.record import ABSENT, Absent, Record
from cauce.model.text import Language
from cauce.office.seat import Office
from cauce.office.words import words
from cauce.pipeline.judge.sight import LogSight
from cauce.pipeline.mobility import DEPENDANTS, PERMITS, RETURNS, SERVICES, Operation
from cauce.registers.fields import field_of
from cauce.store.log.database import told
from cauce.store.log.envelope import Whose
from cauce.store.log.events import events_of, wrong_clocks
from cauce.store.log.holders import Held
from cauce.store.log.opening import open_record
from cauce.store.log.sealing import sealed_fields

CORRECTIONS = "mobility_corrections"
UNTOLD = ("request", "permit", "remark", "source")
"""What names other records, or is the office's own note."""


@dataclass(frozen=True)
class Part:
    """Records of one kind, each as its fields and what they say."""

    name: str
    records: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True)
class Own:
    """A worker's own record, and what was recorded of their cards, the newest first."""

    parts: tuple[Part, ...]
    events: tuple[tuple[str, str, str], ...]


def own_of(office: Office, operation: Operation, held: Held, language: Language) -> Own:
    """Everything that is kept of a card's holder; opening what is sealed is noted as theirs."""
    permit = {held.permit: operation.permits.get(held.permit, {})}
    parts = [_part(office, PERMITS, permit, held, language)]
    for register in (DEPENDANTS, SERVICES, RETURNS):
        mine = _mine(operation.records(register), held)
        parts.append(_part(office, register, mine, held, language))
    sight = operation.sight
    every = LogSight(sight.database, sight.declared, sight.day, approved=False)
    mine = _mine(every.records(CORRECTIONS), held)
    parts.append(_part(office, CORRECTIONS, mine, held, language))
    told_events = _events(office, operation, held, language)
    return Own(tuple(part for part in parts if part.records), told_events)


def _mine(records: dict[str, Record], held: Held) -> dict[str, Record]:
    return {k: r for k, r in records.items() if text(r, "permit") == held.permit}


def _part(
    office: Office, register: str, records: dict[str, Record], held: Held, language: Language
) -> Part:
    declared = office.registers[register]
    names = frozenset(sealed_fields(declared)) - {"remark"}
    shown = []
    here = told(frozenset({held.country}))
    with office.database.writing(f"card:{held.token}", here) as connection:
        for key, record in records.items():
            whose = Whose(declared, key, held.country)
            opened = open_record(connection, office.keys, whose, record, names)
            shown.append(tuple(_said(office, register, opened, language)))
    return Part(declared.one.of(language), tuple(one for one in shown if one))


def _said(
    office: Office, register: str, record: Record, language: Language
) -> Iterable[tuple[str, str]]:
    declared = office.registers[register]
    for one in declared.fields:
        if one.id in UNTOLD or one.kind == "link" or one.id not in record:
            continue
        value = record[one.id]
        if one.kind == "rows" and isinstance(value, tuple):
            rows = (
                " ".join(_value(office, f"{register}.{one.id}", c.id, row[c.id], language)
                         for c in one.rows if c.id in row)
                for row in value if not isinstance(row, str)
            )  # fmt: skip
            yield one.name.of(language), " · ".join(rows)
        else:
            yield one.name.of(language), _value(office, register, one.id, value, language)


def _value(office: Office, where: str, name: str, value: object, language: Language) -> str:
    said = words(language)
    match value:
        case Absent():
            return ABSENT[value].of(language)
        case bool():
            return said("desk.yes") if value else said("desk.no")
        case date():
            return said.day(value)
    register, _, rows = where.partition(".")
    field = field_of(office.registers[register], f"{rows}.{name}" if rows else name)
    codes = office.lists[field.codelist].codes if field.codelist else ()
    return next((c.name.of(language) for c in codes if c.id == value), str(value))


def _events(
    office: Office, operation: Operation, held: Held, language: Language
) -> tuple[tuple[str, str, str], ...]:
    """When by the device's clock, what, and where by its code; a wrong clock is told."""
    said = words(language)
    tokens = frozenset(card.token for card in operation.cards.get(held.permit, ()))
    with office.database.reading() as connection:
        found = sorted(events_of(connection, cards=tokens), key=_when, reverse=True)
        wrong = wrong_clocks(connection)
    return tuple(
        (
            said.moment(one.recorded_at.isoformat())
            + (f" ({said('mobility.clock_wrong')})" if one.device in wrong else ""),
            said(f"mobility.event_{one.kind}"),
            one.place or one.employer or "–",
        )
        for one in found
    )


def _when(event: Event) -> tuple[object, str, int]:
    return event.recorded_at, event.device, event.counter
