"""A register to take away: its records as a workbook or CSV, and the empty template."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from starlette.responses import Response

from cauce.model.access import Verb
from cauce.model.register import Register
from cauce.model.text import Text
from cauce.office.books.carried import Carried, titles_for
from cauce.office.desk.visit import Visit
from cauce.office.reach import SEND_IN, TAKE_AWAY
from cauce.office.seat import NotAllowed, Office, Seat
from cauce.pipeline.register_books import Chosen, write_chosen, write_chosen_csv
from cauce.pipeline.registers import Declared

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
WHY = {
    TAKE_AWAY: Text(
        "Your role sees this register on its pages and does not take it away as a file.",
        "Su rol ve este registro en sus páginas, pero no se lo lleva como archivo.",
    ),
    SEND_IN: Text(
        "Your role does not enter records into this register from a file.",
        "Su rol no ingresa registros en este registro desde un archivo.",
    ),
}


def workbook(visit: Visit) -> Response:
    """The records of a register that somebody may see, with the fields they may see."""
    register = visit.seat.register(visit.part("register"))
    carried = allowed(visit.seat, register, TAKE_AWAY)
    titles = titles_for(visit.seat, register, visit.language)
    chosen = Chosen(carried.records(), carried.shown(), titles)
    declared = declared_of(visit.room.office)
    name = f"{register.id}.xlsx"
    return _sent(
        carried,
        name,
        XLSX,
        lambda p: write_chosen(declared, register.id, chosen, p, visit.language),
    )


def tables(visit: Visit) -> Response:
    """The same as CSV: a zip with one file of records and one for each field of rows."""
    register = visit.seat.register(visit.part("register"))
    carried = allowed(visit.seat, register, TAKE_AWAY)
    chosen = Chosen(carried.records(), carried.shown())
    declared = declared_of(visit.room.office)
    name = f"{register.id}-csv.zip"
    return _sent(carried, name, ZIP, lambda p: write_chosen_csv(declared, register.id, chosen, p))


def template(visit: Visit) -> Response:
    """The empty workbook, with the fields that somebody may fill in."""
    register = visit.seat.register(visit.part("register"))
    carried = allowed(visit.seat, register, SEND_IN)
    titles = titles_for(visit.seat, register, visit.language)
    chosen = Chosen((), carried.shown(), titles)
    declared = declared_of(visit.room.office)
    name = f"{register.id}-{visit.words('books.template_file')}.xlsx"
    return _sent(
        carried,
        name,
        XLSX,
        lambda p: write_chosen(declared, register.id, chosen, p, visit.language),
    )


def allowed(seat: Seat, register: Register, verbs: tuple[Verb, ...]) -> Carried:
    """What somebody may do all of these with. Raises NotAllowed, with the reason, if nothing is."""
    found = Carried(seat, register, verbs)
    if found.countries == frozenset():
        raise NotAllowed(WHY[verbs])
    return found


def declared_of(office: Office) -> Declared:
    return Declared(office.registers, office.lists, office.topics)


def _sent(carried: Carried, name: str, kind: str, write: Callable[[Path], int]) -> Response:
    """A file as an answer, once it was noted what is in it; nothing of it stays behind."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book"
        write(path)
        carried.note()
        content = path.read_bytes()
    return attached(content, name, kind)


def attached(content: bytes, name: str, kind: str) -> Response:
    """A file to be saved under a name."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    }
    return Response(content, media_type=kind, headers=headers)
