"""From what was typed to an entry: everything that is wrong, and then the entry."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cauce.model.entry import Action, Draft, Entry
from cauce.model.record import Absent, Fault, Record, Sealed, Value
from cauce.model.register import Field, Register
from cauce.model.text import Text
from cauce.office.seat import History, NotThere, Seat
from cauce.office.typed import Typed, raw_of, typed_from
from cauce.registers.log import differences
from cauce.registers.rules import broken_rules
from cauce.registers.values import Wrong, read_record, read_value
from cauce.store.log import append, drafts
from cauce.store.log.drafts import Sheet
from cauce.store.log.envelope import Whose
from cauce.store.log.review import Verdict
from cauce.store.log.sealing import seal_record
from cauce.store.log.unique import repeated

FROM, TO, REASON, WHOLE = "~from", "~to", "~reason", "~"
"""Where a fault lies that is in no field: the day from, the day up to, the reason, the whole."""

DAY = Field("day", Text("Day", "Día"), "date", False, sensitivity=0, public=False)  # type: ignore[arg-type] # read only here
SAID = {
    "from": Text("Say from which day on this is so.", "Indique desde qué día es así."),
    "reason": Text(
        "Say why: the reason is kept with the record.",
        "Indique por qué: el motivo se guarda con el registro.",
    ),
    "empty": Text("The period ends before it begins.", "El período termina antes de empezar."),
    "same": Text(
        "Nothing is different from what is there already.",
        "No hay ninguna diferencia con lo que ya existe.",
    ),
    "link": Text(
        "There is no such record. Search and choose one.",
        "No existe tal registro. Búsquelo y elija uno.",
    ),
    "field": Text(
        "There is no such field, or it is not yours to write.",
        "No existe tal campo, o no le corresponde escribirlo.",
    ),
    "country": Text(
        "A record stays with its country. End this one and enter another.",
        "Un registro no cambia de país. Dé por terminado este e ingrese otro.",
    ),
}


class Refused(Exception):  # noqa: N818 - a way of answering, not a failure
    """A form with faults that keep it from being an entry."""

    def __init__(self, checked: "Checked") -> None:
        super().__init__("; ".join(f"{f.field}: {f.message.en}" for f in checked.blocking))
        self.checked = checked


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


@dataclass(frozen=True)
class Checked:
    """A form read: the record it makes and everything that is wrong with it."""

    record: Record
    country: str
    valid_from: date | None
    valid_to: date | None
    faults: tuple[Fault, ...]
    insisted: tuple[str, ...]

    @property
    def blocking(self) -> tuple[Fault, ...]:
        """What keeps it from being submitted: faults, and warnings nobody insists on."""
        return tuple(
            fault for fault in self.faults if not fault.warning or named(fault) not in self.insisted
        )


def named(fault: Fault) -> str:
    """A warning as it is insisted on."""
    return f"{fault.rule}|{fault.field}"


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
    was = seat.seen(whose, entry.record or {}, "draft")
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
        before = seat.seen(Whose(register, sheet.key, sheet.country), kept, "draft")
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


def check(seat: Seat, paper: Paper) -> Checked:
    """Read a form: the record it makes, and everything that is wrong."""
    faults: list[Fault] = []
    days = {}
    for place, text in ((FROM, paper.typed.valid_from), (TO, paper.typed.valid_to)):
        try:
            days[place] = read_value(DAY, text, {})
        except Wrong as wrong:
            faults.append(Fault(place, wrong.text))
    start, end = (d if isinstance(d := days.get(p), date) else None for p in (FROM, TO))
    faults += _about_entry(paper, start, end)
    record: Record = {}
    country = paper.sheet.country
    if paper.sheet.action is not Action.END:
        record, found = _read(seat, paper)
        faults += found
        country, found = _country(seat, paper, record)
        faults += found
        if paper.before and not faults and paper.sheet.action is Action.CHANGE:
            faults += [] if differences(paper.before, record) else [Fault(WHOLE, SAID["same"])]
        faults += _repeated(seat, paper, record)
    return Checked(record, country, start, end, tuple(faults), paper.typed.insist)


def _about_entry(paper: Paper, start: date | None, end: date | None) -> Iterator[Fault]:
    """What is wrong with the days and the reason."""
    action, typed = paper.sheet.action, paper.typed
    if action in (Action.CHANGE, Action.END) and not typed.valid_from.strip():
        yield Fault(FROM, SAID["from"])
    if action is not Action.OPEN and not typed.reason.strip():
        yield Fault(REASON, SAID["reason"])
    if start and end and end <= start:
        yield Fault(TO, SAID["empty"])


def _read(seat: Seat, paper: Paper) -> tuple[Record, list[Fault]]:
    """The record typed over the one before, and its faults field by field."""
    part = replace(paper.register, fields=paper.fields)
    values = {f.id: v for f in paper.fields if (v := paper.typed.values.get(f.id)) is not None}
    typed, found = read_record(part, values, seat.office.lists)
    mine = {field.id for field in paper.fields}
    rest = {name: value for name, value in paper.kept.items() if name not in mine}
    both = {**rest, **typed}
    record = {f.id: both[f.id] for f in paper.register.fields if f.id in both}
    broken = broken_rules(paper.register, record)
    named_ = {fault.field for fault in found}
    rules = [fault for fault in broken if fault.field not in named_]
    strange = [Fault(name, SAID["field"]) for name in paper.typed.values if name not in mine]
    late = [*rules, *_dead_links(seat, paper, typed)]
    return record, [*found, *strange, *(_placed(fault, values) for fault in late)]


def _placed(fault: Fault, values: Mapping[str, object]) -> Fault:
    """A fault in a row of the record, at the row of the form: there blank ones count."""
    name, bracket, rest = fault.field.partition("[")
    rows = values.get(name)
    if not bracket or not isinstance(rows, list):
        return fault
    number, _, column = rest.partition("]")
    filled = [at for at, row in enumerate(rows, start=1) if row]
    return replace(fault, field=f"{name}[{filled[int(number) - 1]}]{column}")


def _country(seat: Seat, paper: Paper, record: Record) -> tuple[str, list[Fault]]:
    """Whose record it is, and what is wrong with that."""
    name, sheet = paper.register.country, paper.sheet
    value = record.get(name) if name else ""
    country = value if isinstance(value, str) and not isinstance(value, Absent) else ""
    if sheet.action is not Action.OPEN:
        same = country == sheet.country
        return sheet.country, [] if same else [Fault(name, SAID["country"])]
    if name and name not in record and any(f.id == name and f.required for f in paper.fields):
        return "", []
    if seat.may("write", paper.register.id, country, "draft"):
        return country, []
    return country, [Fault(name or WHOLE, seat.office.access.refused["place"])]


def _dead_links(seat: Seat, paper: Paper, record: Record) -> Iterator[Fault]:
    """Links to records that are not there for the writer, unless they stood there before."""
    old = set(links(paper.fields, paper.before))
    for place, field, key in _links(paper.fields, record):
        if (field.register, key) not in {(f.register, k) for f, k in old} and not exists(
            seat, field.register, key
        ):
            yield Fault(place, SAID["link"])


def links(fields: tuple[Field, ...], record: Record) -> Iterator[tuple[Field, str]]:
    """The links of a record: the field and the key it names."""
    for _, field, key in _links(fields, record):
        yield field, key


def _links(fields: tuple[Field, ...], record: Record) -> Iterator[tuple[str, Field, str]]:
    for field in fields:
        value = record.get(field.id)
        if field.kind == "link" and isinstance(value, str) and not _absent(value):
            yield field.id, field, value
        if field.rows and isinstance(value, tuple):
            for number, row in enumerate(value, start=1):
                if isinstance(row, Mapping):
                    for place, column, key in _links(field.rows, row):
                        yield f"{field.id}[{number}].{place}", column, key


def _absent(value: Value) -> bool:
    return isinstance(value, Absent | Sealed)


def exists(seat: Seat, register: str, key: str) -> bool:
    try:
        seat.history(seat.register(register), key)
    except NotThere:
        return False
    return True


def _repeated(seat: Seat, paper: Paper, record: Record) -> tuple[Fault, ...]:
    # What must be unique is unique among all countries' records, also those one does not see.
    with seat.office.database.reading(seat.account.id) as connection:
        found = repeated(connection, paper.register, {paper.sheet.key: record})
    return found.get(paper.sheet.key, ())


def submit(seat: Seat, paper: Paper) -> Entry:
    """Make an entry of a draft, which is then gone.

    Raises:
        Refused: something is wrong with it.
        StaleSave: somebody changed the record meanwhile.
    """
    checked = check(seat, paper)
    if checked.blocking:
        raise Refused(checked)
    office, sheet = seat.office, paper.sheet
    ends = sheet.action is Action.END
    whose = Whose(paper.register, sheet.key, checked.country)
    with office.database.writing(seat.account.id) as connection:
        again_ = repeated(connection, paper.register, {sheet.key: checked.record})
        if not ends and any(named(f) not in checked.insisted for f in again_.get(sheet.key, ())):
            raise Refused(replace(checked, faults=again_[sheet.key]))
        sealed = seal_record(connection, office.keys, whose, checked.record, paper.kept)
        draft = Draft(
            register=paper.register.id,
            key=sheet.key,
            country=checked.country,
            action=sheet.action,
            record=None if ends else sealed,
            valid_from=checked.valid_from,
            valid_to=checked.valid_to,
            actor=seat.account.id,
            reason=_reason(paper, checked),
            base=sheet.base,
        )
        (entry,) = append(connection, office.registers, [draft], office.clock())
        if sheet.id:
            drafts.throw_away(connection, sheet.id)
    return entry


def _reason(paper: Paper, checked: Checked) -> str:
    """The reason given, and on which warnings the writer insisted."""
    stood = [f.rule or f.field for f in checked.faults if f.warning]
    insisted = f" [{', '.join(dict.fromkeys(stood))}]" if stood else ""
    return f"{paper.typed.reason.strip()}{insisted}".strip()


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
