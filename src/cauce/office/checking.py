"""What was typed, read: the record it makes, and everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cauce.model.entry import Action
from cauce.model.record import Absent, Fault, Record, Sealed, Value
from cauce.model.register import Field, Sensitivity
from cauce.model.text import Text
from cauce.office.histories import NotThere
from cauce.office.papers import Paper
from cauce.office.seat import Seat
from cauce.registers.log import differences
from cauce.registers.rules import broken_rules
from cauce.registers.values import Wrong, read_record, read_value
from cauce.store.log.unique import repeated

FROM, TO, REASON, WHOLE = "~from", "~to", "~reason", "~"
"""Where a fault lies that is in no field: the day from, the day up to, the reason, the whole."""

DAY = Field("day", Text("Day", "Día"), "date", False, Sensitivity.P0, public=False)
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
        faults += () if faults else seat.law(paper.register.id, paper.sheet.key, record)
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
