"""Drafts with what they are about: begun, taken up again, kept, thrown away."""

import secrets
from dataclasses import dataclass, replace
from datetime import date

from cauce.model.entry import Action
from cauce.model.record import Absent, Record, Sealed
from cauce.model.register import Field, Register
from cauce.office.histories import History, NotThere
from cauce.office.seat import Seat
from cauce.office.typed import Typed, raw_of, typed_from
from cauce.registers.values import Wrong, read_value
from cauce.store.log import drafts
from cauce.store.log.drafts import Sheet
from cauce.store.log.envelope import Whose
from cauce.store.log.review import Verdict

EDIT = "EDIT"
"""For what a form opens what is sealed."""


@dataclass(frozen=True)
class Paper:
    """A draft with what it is about: the record before it, and the fields that may be typed.

    `before` is the record it was begun from as its writer sees it, `kept` the same as the log has
    it, with what is sealed; both are empty for a new record.
    """

    sheet: Sheet
    typed: Typed
    register: Register
    fields: tuple[Field, ...]
    before: Record
    kept: Record
    history: History | None


def begin(seat: Seat, register: Register, key: str, action: Action) -> Paper:
    """A draft to be typed into: of a new record, or of something that happens to one.

    Raises:
        NotThere, NotAllowed: the record is not theirs to see, or to write.
    """
    if action is Action.OPEN:
        if not seat.writes(register.id):
            seat.refuse("write", register.id, "", "draft")
        sheet = Sheet(register.id, secrets.token_hex(10), "", action, seat.account.id, "")
        return _paper(seat, sheet, Typed(_presumed(seat, register)))
    history = seat.history(register, key)
    seat.refuse("write", register.id, history.country, "draft")
    newest = history.newest
    back = newest.verdict is Verdict.RETURNED
    if back and newest.entry.actor == seat.account.id and action is Action.CORRECTION:
        return again(seat, history)
    sheet = Sheet(
        register.id, key, history.country, action, seat.account.id, "", newest.entry.number
    )
    paper = _paper(seat, sheet, Typed())
    return replace(paper, typed=Typed(raw_of(paper.fields, paper.before)))


def again(seat: Seat, history: History) -> Paper:
    """A draft of what came back, as it was, to be put right."""
    entry = history.newest.entry
    action = Action.CORRECTION if entry.action is Action.OPEN else entry.action
    sheet = Sheet(
        entry.register, entry.key, entry.country, action, seat.account.id, "", entry.number
    )
    paper = _paper(seat, sheet, Typed())
    whose = Whose(history.register, entry.key, entry.country)
    was = seat.seen(whose, entry.record or {}, "draft", EDIT)
    return replace(
        paper,
        typed=Typed(
            raw_of(paper.fields, was),
            _day(entry.valid_from),
            _day(entry.valid_to),
            entry.reason,
        ),
    )


def _presumed(seat: Seat, register: Register) -> dict[str, object]:
    """The country of a new record, where only one can be meant."""
    places = seat.places("write", register.id, "draft")
    if register.country and places is not None and len(places) == 1:
        return {register.country: next(iter(places))}
    return {}


def paper_of(seat: Seat, id_: str) -> Paper:
    """A draft by its id. Raises NotThere if it is none of theirs."""
    office = seat.office
    with office.database.reading(seat.account.id, seat.told) as connection:
        sheet = drafts.sheet_of(connection, office.keys, id_)
    if sheet is None or sheet.register not in office.registers:
        raise NotThere
    if sheet.author != seat.account.id:
        raise NotThere
    register = seat.register(sheet.register)
    if not seat.writes(register.id):
        raise NotThere
    return _paper(seat, sheet, typed_from(sheet.typed))


def _paper(seat: Seat, sheet: Sheet, typed: Typed) -> Paper:
    register = seat.office.registers[sheet.register]
    history: History | None = None
    kept: Record = {}
    before: Record = {}
    if sheet.action is not Action.OPEN:
        history = seat.history(register, sheet.key)
        kept = _current(history, sheet.base)
        before = seat.seen(Whose(register, sheet.key, sheet.country), kept, "draft", EDIT)
    return Paper(
        sheet, typed, register, _writable(seat, register, sheet, before), before, kept, history
    )


def _current(history: History, base: int) -> Record:
    """What is so at last by what was known when a draft was begun: {} if it ended."""
    begun = replace(history, steps=tuple(s for s in history.steps if s.entry.number <= base))
    periods = begun.periods()
    return periods[-1].record if periods else {}


def _writable(seat: Seat, register: Register, sheet: Sheet, before: Record) -> tuple[Field, ...]:
    """The fields they may type into. One that stays sealed to them is not among them."""
    if sheet.action is Action.OPEN and not sheet.country:
        places = seat.places("write", register.id, "draft")
        country = "" if places is None else next(iter(sorted(places)[::-1]), "")
    else:
        country = sheet.country
    names = seat.fields("write", register, country, "draft")
    return tuple(
        field
        for field in register.fields
        if field.id in names
        and all(f"{field.id}.{column.id}" in names for column in field.rows)
        and not isinstance(before.get(field.id), Sealed)
    )


def keep(seat: Seat, paper: Paper) -> Sheet:
    """Keep a draft as it stands."""
    office = seat.office
    country = paper.sheet.country or _country_typed(seat, paper)
    sheet = replace(paper.sheet, typed=paper.typed.to_text(), country=country)
    with office.database.writing(seat.account.id, seat.told) as connection:
        return drafts.keep(connection, office.keys, sheet, office.clock())


def _country_typed(seat: Seat, paper: Paper) -> str:
    """The country a new record names so far, if it is one of the writer's."""
    field = next((f for f in paper.fields if f.id == paper.register.country), None)
    if field is None:
        return ""
    try:
        value = read_value(field, paper.typed.values.get(field.id), seat.office.lists)
    except Wrong:
        return ""
    if not isinstance(value, str) or isinstance(value, Absent):
        return ""
    return value if seat.may("write", paper.register.id, value, "draft") else ""


def throw_away(seat: Seat, paper: Paper) -> None:
    with seat.office.database.writing(seat.account.id, seat.told) as connection:
        drafts.throw_away(connection, paper.sheet.id)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
