"""How long records have waited as of a day, step by step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean
from cauce.model.record import Absent, Record, Sealed
from cauce.model.register import Register
from cauce.model.wait import Waited, Waits, WaitStep
from cauce.registers.fields import field_names, field_of

Records = Mapping[str, Mapping[str, Record]]
"""Records by register and key."""


@dataclass(frozen=True)
class Waiting:
    """The waits found; `left` are records of which it is not known when a wait began or ended."""

    waits: tuple[Waited, ...]
    left: int


def parse_waits(text: str, registers: Mapping[str, Register], file: str = "waits.toml") -> Waits:
    """The waits a text declares. Raises BadInput with everything that is wrong."""
    problems = Problems()
    top = open_toml(file, text, problems)
    if top is None:
        raise problems.error("The waits")
    found = Waits(
        top.text("id"),
        top.words("name"),
        top.words("definition"),
        top.words("about"),
        tuple(_step(section, registers) for section in top.tables("step")),
    )
    top.finish()
    problems.stop_if_any("The waits")
    return found


def _step(section: Section, registers: Mapping[str, Register]) -> WaitStep:
    over = section.table("over")
    codes = tuple((name, over.texts(name)) for name in over.data) if over else ()
    found = WaitStep(
        id=section.text("id"),
        name=section.words("name"),
        register=section.text("register"),
        mechanism=section.text("mechanism"),
        first=section.text("first"),
        last=section.text("last"),
        over=codes[0] if len(codes) == 1 else ("", ()),
        contributor=section.text("contributor"),
    )
    section.finish()
    if len(codes) != 1:
        section.note("over", "over names one field and the codes that end the wait.")
    if found.register not in registers:
        near = did_you_mean(found.register, registers)
        section.note("register", f"there is no register {found.register}.{near}")
        return found
    for name in (found.mechanism, found.first, found.last, found.over[0], found.contributor):
        if name and not _known(registers[found.register], name, registers):
            section.note("register", f"{found.register} has no field {name}.")
    return found


def _known(register: Register, name: str, registers: Mapping[str, Register]) -> bool:
    """Whether there is such a field, here or in what a link names."""
    link, _, inner = name.partition(".")
    if not inner:
        return name in field_names(register)
    named = field_of(register, link).register if link in field_names(register) else ""
    return named in registers and inner in field_names(registers[named])


def waiting(
    step: WaitStep, registers: Mapping[str, Register], records: Records, day: date
) -> Waiting:
    """Every wait of a step that had begun by a day, as far as it had come then."""
    register = registers[step.register]
    found: list[Waited] = []
    left = 0
    for record in records[step.register].values():
        first = _value(register, record, step.first, records)
        if first is None:
            continue  # this step was not begun: nobody waits
        if not isinstance(first, date):
            left += 1
        elif first <= day:
            one = _waited(step, register, record, first, records, day)
            found += [one] if one else []
            left += one is None
    return Waiting(tuple(found), left)


def _waited(
    step: WaitStep,
    register: Register,
    record: Record,
    first: date,
    records: Records,
    day: date,
) -> Waited | None:
    """One wait; None where it is over on a day that is not known, or before it began."""
    last = record.get(step.last)
    over = record.get(step.over[0]) in step.over[1]
    if isinstance(last, date) and last < first:
        return None
    if over and not isinstance(last, date):
        return None
    until = last if isinstance(last, date) and last <= day else day
    owner = record.get(step.contributor)
    return Waited(
        step=step.id,
        country=str(record.get(register.country, "")),
        mechanism=str(_value(register, record, step.mechanism, records) or ""),
        began=first,
        days=(until - first).days,
        ended=over and until == last,
        contributor=None if isinstance(owner, Absent | Sealed) else owner,
    )


def _value(register: Register, record: Record, name: str, records: Records) -> object:
    """The value of a field, of what a link names where the name says so."""
    link, _, inner = name.partition(".")
    if not inner:
        return record.get(name)
    named = records.get(field_of(register, link).register, {})
    return named.get(str(record.get(link)), {}).get(inner)


def registers_of(waits: Waits, registers: Mapping[str, Register]) -> tuple[str, ...]:
    """The registers whose records are needed: those of the steps, and those their links name."""
    return tuple(dict.fromkeys(_needed(waits.steps, registers)))


def _needed(steps: Sequence[WaitStep], registers: Mapping[str, Register]) -> Iterator[str]:
    for step in steps:
        yield step.register
        for name in (step.first, step.mechanism):
            link, _, inner = name.partition(".")
            if inner:
                yield field_of(registers[step.register], link).register
