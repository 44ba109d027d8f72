"""A case: what may be counted to whoever hears or screens, what was told only for a purpose."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from cauce.assess.filled import text
from cauce.model.record import Record
from cauce.model.register import Sensitivity
from cauce.office.desk.parts import Choice
from cauce.office.desk.record_pages import Deed
from cauce.office.desk.shown import Item, Reader
from cauce.office.desk.visit import Visit
from cauce.office.histories import History
from cauce.office.hotline.cases import (
    COMPLAINTS,
    INSPECTIONS,
    REMEDIES,
    SCREENINGS,
    Case,
    case_of,
    latest,
    newest,
    opened,
    screens,
    told,
)
from cauce.store.log import Log
from cauce.store.log.opening import find_sealed

NAMED = ("recruiter", "recruiter_name", "recruiter_phone")
"""Sealed fields by which two cases are about the same recruiter."""
TELLING = ("screened_on", "thresholds", "results", "note")
"""What is shown of a screening beside its case."""
PURPOSES = ("FOLLOW", "SCREEN", "REFER", "PERSON", "CHECK")
"""For what somebody opens a case: to go on with it, screen, refer, because the person asks, to
check how it was entered."""


@dataclass(frozen=True)
class Screened:
    """A screening of the case, opened for who screens."""

    number: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Linked:
    """What came of a case: an inspection or a remedy, and how it stands."""

    name: str
    href: str
    state: str


@dataclass(frozen=True)
class CasePage:
    """What templates/hotline/case.html is given, and nothing else.

    `purpose` is for what it was opened, "" while what was told stays sealed; `answer` is where an
    answer goes, "" where nobody wrote by the form.
    """

    title: str
    back: str
    here: str
    taken: str
    urgent: str
    state: str
    state_name: str
    country: str
    items: tuple[Item, ...]
    linked: tuple[Linked, ...]
    opened: tuple[Item, ...]
    alike: tuple[Case, ...]
    screenings: tuple[Screened, ...]
    purpose: str
    purposes: tuple[Choice, ...]
    problem: str
    answer: str
    deeds: tuple[Deed, ...]


def case(visit: Visit) -> Response:
    """A case with what was told still sealed."""
    return _show(visit, "", "")


def open_case(visit: Visit) -> Response:
    """The same, opened: the purpose is kept with who, when and what."""
    purpose = visit.given("purpose")
    if purpose not in PURPOSES:
        case_of(visit)
        return _show(visit, "", visit.words("hotline.purpose_wanted"), 422)
    return _show(visit, purpose, "")


def _show(visit: Visit, purpose: str, problem: str, status: int = 200) -> Response:
    history = case_of(visit)
    reader, said, register = Reader(visit), visit.words, history.register
    record = latest(history)
    plain = {
        one.id: record[one.id]
        for one in register.fields
        if one.id in record and one.sensitivity is not Sensitivity.P3
    }
    sealed, answer = {}, ""
    if purpose:
        shown = opened(visit, history, purpose)
        sealed = {name: value for name, value in shown.items() if name not in plain}
        back = sealed.pop("back_key", None) and visit.room.box
        answer = visit.address("hotline", "cases", history.key, "answer") if back else ""
    state = str(history.newest.verdict) if history.newest.verdict else "waits"
    page = CasePage(
        title=text(record, "number") or history.key,
        back=visit.address("hotline"),
        here=visit.address("hotline", "cases", history.key),
        taken=said("hotline.taken", number=text(record, "number")) if visit.asked("taken") else "",
        urgent=said("hotline.urgent") if visit.asked("screened") == "urgent" else "",
        state=state,
        state_name=said(f"state.{state}"),
        country=reader.country(register, history.country),
        items=reader.items(register, plain),
        linked=tuple(_linked(visit, history.key)),
        opened=reader.items(register, sealed),
        alike=_alike(visit, history, sealed) if purpose else (),
        screenings=tuple(_screenings(visit, history, purpose)) if purpose else (),
        purpose=said(f"hotline.for_{purpose}") if purpose else "",
        purposes=tuple(Choice(one, said(f"hotline.for_{one}")) for one in PURPOSES),
        problem=problem,
        answer=answer if visit.seat.writes("complaints") else "",
        deeds=tuple(_deeds(visit, history.key, history.country)),
    )
    return visit.show("hotline/case.html", page, status)


def _screenings(visit: Visit, case_: History, purpose: str) -> Iterator[Screened]:
    """The screenings of a case, found by the sealed link to it; none for who does not screen."""
    if not screens(visit):
        return
    office, reader = visit.room.office, Reader(visit)
    register = visit.seat.register(SCREENINGS)
    with office.database.reading(visit.account.id, visit.seat.told) as connection:
        keys = find_sealed(
            connection, office.keys, case_.country, SCREENINGS, "complaint", case_.key
        )
    for key in sorted(keys):
        history = visit.seat.history(register, key)
        shown = {n: v for n, v in opened(visit, history, purpose).items() if n in TELLING}
        number = text(latest(history), "number")
        yield Screened(number, reader.items(register, shown))


def _linked(visit: Visit, key: str) -> Iterator[Linked]:
    """The inspections and remedies that name a case."""
    office, reader = visit.room.office, Reader(visit)
    for name in (INSPECTIONS, REMEDIES):
        places = visit.seat.places("see", name, "review")
        if places == frozenset():
            continue
        register = visit.seat.register(name)
        states = next(one.codelist for one in register.fields if one.id == "state")
        log = Log(office.database, office.registers, places, visit.account.id)
        for own, record in log.current(name):
            if text(record, "complaint") == key:
                called = f"{visit.of(register.one)} {text(record, 'reference')}"
                state = reader.word(states, text(record, "state"))
                yield Linked(called, visit.address("registers", name, own), state)


def _alike(visit: Visit, case_: History, shown: Record) -> tuple[Case, ...]:
    """Other cases of the country that name the same recruiter, as a record, a name or a number."""
    office, keys = visit.room.office, set[str]()
    with office.database.reading(visit.account.id, visit.seat.told) as connection:
        for name in NAMED:
            if said := text(shown, name):
                found = find_sealed(connection, office.keys, case_.country, COMPLAINTS, name, said)
                keys |= found
    found_cases = [one for one in newest(visit) if one[0] in keys - {case_.key}]
    return told(visit, found_cases)


def _deeds(visit: Visit, key: str, country: str) -> list[Deed]:
    """What can be done with it, by who may."""
    may, said = visit.seat.may, visit.words
    found = []
    if screens(visit) and may("write", "screenings", country, "draft"):
        found.append(("screen", visit.address("hotline", "cases", key, "screen")))
    if may("write", "complaints", country, "draft"):
        found.append(("refer", visit.address("hotline", "cases", key, "refer")))
        found.append(("more", visit.address("registers", "complaints", key, "change")))
        found.append(("correct", visit.address("registers", "complaints", key, "correct")))
    found.append(("history", visit.address("registers", "complaints", key, "history")))
    return [
        Deed(said(f"hotline.do_{name}"), said(f"hotline.do_{name}_about"), href)
        for name, href in found
    ]
