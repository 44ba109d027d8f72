"""A register as a list: searched, page by page, by country, as it was known on a day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from starlette.responses import Response

from cauce.model.register import Register
from cauce.office.desk.parts import Choice
from cauce.office.desk.shown import Reader
from cauce.office.desk.visit import Visit
from cauce.office.histories import Line
from cauce.office.reach import SEND_IN, TAKE_AWAY, reaches


@dataclass(frozen=True)
class Row:
    """A record in the list."""

    name: str
    href: str
    country: str
    state: str
    state_name: str
    ended: bool


@dataclass(frozen=True)
class ListPage:
    """What templates/desk/list.html is given, and nothing else."""

    title: str
    about: str
    words: str
    known: str
    problem: str
    countries: tuple[Choice, ...]
    rows: tuple[Row, ...]
    first: str
    following: str
    new: str
    new_name: str
    books: tuple[Choice, ...]
    filtered: bool


def register_list(visit: Visit) -> Response:
    register = visit.seat.register(visit.part("register"))
    known, problem = day_asked(visit, "known")
    country = visit.request.query_params.get("country")
    wanted = {"REGION": ""}.get(country, country) if country else None
    page = visit.seat.page(
        register, visit.asked("words"), visit.asked("after"), wanted, end_of(known)
    )
    lines = visit.seat.lines((register.id, found) for found in page.found)
    reader = Reader(visit)
    here = {name: visit.asked(name) for name in ("words", "country", "known")}
    address = visit.address("registers", register.id)
    return visit.show(
        "list.html",
        ListPage(
            title=visit.of(register.name),
            about=visit.of(register.about),
            words=here["words"],
            known=here["known"],
            problem=problem,
            countries=_countries(visit, register, reader),
            rows=tuple(_row(visit, reader, line) for line in lines),
            first=address if visit.asked("after") else "",
            following=visit.address("registers", register.id, **here, after=page.after)
            if page.after
            else "",
            new=f"{address}/new" if visit.seat.writes(register.id) else "",
            new_name=visit.words("form.new", one=visit.of(register.one).lower()),
            books=_books(visit, register),
            filtered=any(here.values()),
        ),
    )


def day_asked(visit: Visit, name: str) -> tuple[date | None, str]:
    """A day of the query, and what is wrong with it if it is none."""
    given = visit.asked(name)
    if not given:
        return None, ""
    try:
        return date.fromisoformat(given), ""
    except ValueError:
        return None, visit.words("list.no_day", given=given[:20])


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day, in UTC."""
    if day is None:
        return None
    return datetime.combine(day, time(), UTC) + timedelta(days=1, microseconds=-1)


def _row(visit: Visit, reader: Reader, line: Line) -> Row:
    state = str(line.verdict) if line.verdict else "waits"
    return Row(
        visit.of(line.names),
        visit.address("registers", line.register.id, line.key),
        reader.country(line.register, line.country) if line.register.country else "",
        state,
        visit.words(f"state.{state}"),
        line.ended,
    )


def _countries(visit: Visit, register: Register, reader: Reader) -> tuple[Choice, ...]:
    """The countries to filter by: those that have records one may see; none if there is one."""
    if not register.country:
        return ()
    every = visit.seat.countries(register.id)
    if len(every) < 2:
        return ()
    asked = visit.asked("country")
    return tuple(
        Choice(code or "REGION", reader.country(register, code), (code or "REGION") == asked)
        for code in every
    )


def _books(visit: Visit, register: Register) -> tuple[Choice, ...]:
    """What there is of the register for a spreadsheet, by address."""
    offered = []
    if reaches(visit.seat, register.id, TAKE_AWAY):
        offered += ["book.xlsx", "book.csv"]
    if reaches(visit.seat, register.id, SEND_IN):
        offered += ["template.xlsx", "book"]
    return tuple(
        Choice(visit.address("registers", register.id, name), _named(visit, name))
        for name in offered
    )


def _named(visit: Visit, file: str) -> str:
    return visit.words(f"books.{file.replace('.', '_')}")
