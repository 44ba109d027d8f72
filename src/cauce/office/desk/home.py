"""The first page: what waits for me, and the registers by what they are about."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from starlette.responses import Response

from cauce.model.errors import BadInput
from cauce.model.register import Register
from cauce.office import held
from cauce.office.desk.form_page import WORD
from cauce.office.desk.shown import Reader
from cauce.office.desk.visit import Visit
from cauce.office.typed import typed_from
from cauce.registers.titles import word
from cauce.store.log import drafts
from cauce.store.log.drafts import Sheet
from cauce.store.log.review import Line


@dataclass(frozen=True)
class Task:
    """Something that waits: what, where to go, and a word on how it stands."""

    name: str
    href: str
    about: str
    note: str = ""


@dataclass(frozen=True)
class Pile:
    """Tasks of one kind; `none` is said when there are none, "" to leave the pile out then."""

    id: str
    name: str
    tasks: tuple[Task, ...]
    none: str


@dataclass(frozen=True)
class Shelf:
    """Registers about one thing."""

    name: str
    registers: tuple[Task, ...]


@dataclass(frozen=True)
class HomePage:
    """What templates/desk/home.html is given, and nothing else."""

    title: str
    piles: tuple[Pile, ...]
    shelves: tuple[Shelf, ...]


@dataclass(frozen=True)
class RegistersPage:
    """What templates/desk/registers.html is given, and nothing else."""

    title: str
    shelves: tuple[Shelf, ...]


def home(visit: Visit) -> Response:
    seat, said = visit.seat, visit.words
    piles = [
        Pile("returned", said("home.returned"), tuple(_lines(visit, seat.came_back(), "back")), ""),
        Pile("drafts", said("home.drafts"), tuple(_drafts(visit)), said("home.no_drafts")),
    ]
    if any(seat.approves(register.id) for register in seat.registers()):
        waiting = tuple(_lines(visit, seat.waiting(), "review"))
        piles.insert(0, Pile("waiting", said("home.waiting"), waiting, said("home.no_waiting")))
    if releases := tuple(_releases(visit)):
        piles.insert(0, Pile("releases", said("releases.pile"), releases, ""))
    sent = tuple(_lines(visit, seat.submitted(), "sent"))
    piles.append(Pile("sent", said("home.sent"), sent, ""))
    shown = tuple(pile for pile in piles if pile.tasks or pile.none)
    return visit.show("home.html", HomePage(said("home.title"), shown, shelves(visit)))


def registers(visit: Visit) -> Response:
    page = RegistersPage(visit.words("home.registers"), shelves(visit))
    return visit.show("registers.html", page)


def _releases(visit: Visit) -> Iterator[Task]:
    """The held releases that wait for them. A folder that cannot be read is told on their page."""
    holds = visit.room.holds
    if holds is None:
        return
    with suppress(BadInput):
        for one in held.to_approve(visit.seat, holds):
            name = f"{one.held.survey} {one.held.vintage}"
            href = visit.address("releases", one.held.survey, one.held.vintage)
            until = visit.words.moment(one.held.embargo) if one.held.embargo else ""
            about = f"{visit.words('releases.embargo')}: {until}" if until else ""
            yield Task(name, href, about, visit.words("releases.waits"))


def shelves(visit: Visit) -> tuple[Shelf, ...]:
    """Somebody's registers by topic; those of no topic at the end."""
    mine = {register.id: register for register in visit.seat.registers()}
    named = [
        (visit.of(topic.name), [mine.pop(id_) for id_ in topic.registers if id_ in mine])
        for topic in visit.room.office.topics
    ]
    named.append((visit.words("home.others"), list(mine.values())))
    return tuple(
        Shelf(name, tuple(_register(visit, one) for one in found)) for name, found in named if found
    )


def _register(visit: Visit, register: Register) -> Task:
    return Task(
        visit.of(register.name),
        visit.address("registers", register.id),
        visit.of(register.about),
    )


def _drafts(visit: Visit) -> Iterator[Task]:
    office = visit.room.office
    with office.database.reading(visit.account.id, visit.seat.told) as connection:
        mine = drafts.sheets(connection, office.keys, visit.account.id)
    reader = Reader(visit)
    for sheet in mine:
        register = office.registers.get(sheet.register)
        if register is not None:
            about = f"{visit.of(register.one)} · {visit.words(f'form.{WORD[sheet.action]}_word')}"
            yield Task(
                _draft_name(visit, reader, register, sheet),
                visit.address("drafts", sheet.id),
                about,
                visit.words("form.kept", at=visit.words.moment(sheet.saved_at)),
            )


def _draft_name(visit: Visit, reader: Reader, register: Register, sheet: Sheet) -> str:
    values = typed_from(sheet.typed).values
    names = [register.title.es, register.title.en]
    for name in names if visit.language == "es" else names[::-1]:
        if isinstance(value := values.get(name), str) and value:
            return visit.of(word(register, name, value, visit.room.office.lists))[:120]
    return reader.name(register.id, sheet.key) or visit.words("home.unnamed")


def _lines(visit: Visit, found: Iterable[Line], kind: str) -> Iterator[Task]:
    found = tuple(found)
    named = visit.seat.lines((line.register, line.found) for line in found)
    people = visit.seat.people(line.actor for line in found)
    for line, one in zip(found, named, strict=True):
        parts = ["registers", line.register, line.found.key]
        note = visit.words(
            "home.by", name=people[line.actor], at=visit.words.moment(line.recorded_at.isoformat())
        )
        if kind == "review":
            parts += ["review", str(line.found.number)]
        if kind == "sent":
            note = visit.words.moment(line.recorded_at.isoformat())
        if kind == "back" and line.said:
            note = f"«{line.said.note}»"
        yield Task(visit.of(one.names), visit.address(*parts), visit.of(one.register.one), note)
