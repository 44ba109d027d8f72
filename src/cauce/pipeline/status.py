"""How the system is: database, log, store, held releases, backups, disk."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

import cauce
from cauce.letterbox import MOST, waiting
from cauce.model.errors import BadInput
from cauce.model.register import Register
from cauce.model.status import Health, Line, Status
from cauce.model.text import Text
from cauce.pipeline.audits_kept import audits_kept
from cauce.pipeline.backup import backups_in
from cauce.pipeline.relations import stale_relations
from cauce.store import Holds, Reader
from cauce.store.held import due
from cauce.store.log import Log
from cauce.store.log.break_glass import openings_since
from cauce.store.log.copies import check_sqlite, end_of, must_be_there, sqlite_file
from cauce.store.log.database import at, known_revisions, newest_revision

SOON = timedelta(hours=26)
"""A nightly backup, and two hours more."""

MONTH = timedelta(days=30)

LITTLE, VERY_LITTLE = 10, 3
"""Percent of the disk that are free."""

NAMES = {
    "database": Text("Register database", "Base de datos de los registros"),
    "schema": Text("Schema", "Esquema"),
    "log": Text("Log", "Bitácora"),
    "views": Text("Views for analysts", "Vistas para análisis"),
    "chain": Text("Rows of the log", "Filas de la bitácora"),
    "glass": Text("Opened out of role", "Abierto fuera de rol"),
    "pages": Text("Pages of the database", "Páginas de la base de datos"),
    "store": Text("Published store", "Almacén publicado"),
    "audits": Text("Audits of releases", "Auditorías de publicaciones"),
    "held": Text("Held releases", "Publicaciones retenidas"),
    "letters": Text("Letters of the form", "Cartas del formulario"),
    "backup": Text("Last backup", "Último respaldo"),
    "disk": Text("Disk", "Disco"),
}


@dataclass(frozen=True)
class Looked:
    """What to look at; "" and None are passed over. `deep` reads every page of the database.

    `registers` are those declared: what the views for analysts should be like. `letters` is where
    the form for complaints drops them.
    """

    database: str = ""
    store: Path | None = None
    held: Path | None = None
    backups: Path | None = None
    deep: bool = False
    registers: Mapping[str, Register] | None = None
    letters: Path | None = None


def how_it_is(looked: Looked, now: datetime) -> Status:
    """Every line that can be said; what cannot be looked at says why and stops no other."""
    lines: list[Line] = []
    for id_, asked, look in (
        ("database", bool(looked.database), _database),
        ("views", bool(looked.database) and looked.registers is not None, _views),
        ("glass", bool(looked.database), _out_of_role),
        ("pages", looked.deep and bool(looked.database), _pages),
        ("chain", looked.deep and bool(looked.database), _chain),
        ("store", looked.store is not None, _store),
        ("audits", looked.store is not None, _audits),
        ("held", looked.held is not None, _held),
        ("letters", looked.letters is not None, _letters),
        ("backup", looked.backups is not None, _backup),
        ("disk", True, _disk),
    ):
        if asked:
            lines += _told(id_, look, looked, now)
    at = now.astimezone(UTC).isoformat(timespec="seconds")
    return Status(at, cauce.__version__, tuple(lines))


Look = Callable[[Looked, datetime], Iterator[Line]]


def _told(id_: str, look: Look, looked: Looked, now: datetime) -> list[Line]:
    try:
        return list(look(looked, now))
    except (BadInput, SQLAlchemyError, OSError) as error:
        words = str(error).splitlines()[0][:300]
        return [_line(id_, Health.ACT, words, words)]


def _line(id_: str, health: Health, en: str, es: str) -> Line:
    return Line(id_, NAMES[id_], health, Text(en, es))


def _database(looked: Looked, now: datetime) -> Iterator[Line]:
    del now
    must_be_there(looked.database)
    schema, number, digest = end_of(looked.database)
    yield _line("database", Health.WELL, "answers", "responde")
    wanted = newest_revision()
    if schema == wanted:
        yield _line("schema", Health.WELL, schema, schema)
    elif schema in known_revisions():
        yield _line(
            "schema",
            Health.ACT,
            f"{schema}, and this program wants {wanted}: run `cauce upgrade`",
            f"{schema}, y este programa pide {wanted}: ejecute `cauce upgrade`",
        )
    else:
        yield _line(
            "schema",
            Health.ACT,
            f"{schema or 'none'}, which this program does not know: use the one that wrote it",
            f"{schema or 'ninguno'}, que este programa no conoce: use el que lo escribió",
        )
    yield _line(
        "log",
        Health.WELL,
        f"{number:,} entries; the last has the hash {digest[:12]}",
        f"{number:,} asientos; el último tiene la huella {digest[:12]}".replace(",", "\u00a0"),
    )


def _views(looked: Looked, now: datetime) -> Iterator[Line]:
    del now
    must_be_there(looked.database)
    if end_of(looked.database)[0] != newest_revision():
        return
    database = at(looked.database)
    try:
        count = len(stale_relations(database, looked.registers or {}))
    finally:
        database.close()
    if not count:
        yield _line("views", Health.WELL, "as declared", "según lo declarado")
        return
    yield _line(
        "views",
        Health.LOOK,
        f"{count} are not as the registers are declared: run `cauce upgrade`",
        f"{count} no corresponden a lo declarado: ejecute `cauce upgrade`",
    )


def _out_of_role(looked: Looked, now: datetime) -> Iterator[Line]:
    """The second person is told here, for a month; of whom the record is, they are not."""
    must_be_there(looked.database)
    if end_of(looked.database)[0] != newest_revision():
        return
    database = at(looked.database)
    try:
        with database.reading() as connection:
            found = openings_since(connection, now - MONTH)
    finally:
        database.close()
    if not found:
        yield _line("glass", Health.WELL, "nothing in 30 days", "nada en 30 días")
        return
    last, count = found[-1], len(found)
    yield _line(
        "glass",
        Health.LOOK,
        f"{count} in 30 days, last {last.register} by {last.actor} on {last.at[:10]}: ask why",
        f"{count} en 30 días; último, {last.register}, {last.actor}, {last.at[:10]}: pregunte "
        "por qué",
    )


def _pages(looked: Looked, now: datetime) -> Iterator[Line]:
    del now
    file = sqlite_file(looked.database)
    if file is not None:
        check_sqlite(file)
        yield _line("pages", Health.WELL, "every page is sound", "todas las páginas están sanas")


def _chain(looked: Looked, now: datetime) -> Iterator[Line]:
    """A page can be sound and a row on it not what was written."""
    del now
    must_be_there(looked.database)
    database = at(looked.database)
    try:
        faults = list(Log(database, {}).faults())
    finally:
        database.close()
    if not faults:
        yield _line("chain", Health.WELL, "as it was written", "como se escribió")
        return
    yield _line(
        "chain",
        Health.ACT,
        f"{len(faults)} rows are not as they were written: run `cauce register verify`",
        f"{len(faults)} filas no están como se escribieron: ejecute `cauce register verify`",
    )


def _store(looked: Looked, now: datetime) -> Iterator[Line]:
    del now
    snapshot = Reader(looked.store or Path()).snapshot()
    snapshot.flows()
    if snapshot.alarms:
        alarm = " ".join(snapshot.alarms)
        yield _line("store", Health.ACT, alarm, alarm)
        return
    catalog = snapshot.catalog
    tables, registers, number = len(catalog.current), len(catalog.shelves), snapshot.generation
    yield _line(
        "store",
        Health.WELL,
        f"generation {number}, {tables} tables, {registers} registers, since {catalog.at}",
        f"generación {number}, {tables} tablas, {registers} registros, desde {catalog.at}",
    )


def _audits(looked: Looked, now: datetime) -> Iterator[Line]:
    del now
    office = bool(looked.held or looked.database)
    if found := audits_kept(looked.store or Path(), looked.held, office):
        health, said = found
        yield _line("audits", health, said.en, said.es)


def _held(looked: Looked, now: datetime) -> Iterator[Line]:
    held = Holds(looked.held or Path(), looked.store or Path("/dev/null")).all()
    waiting = [one for one in held if not one.published_at]
    late = [one for one in waiting if due(one, now - timedelta(minutes=1))]
    if late:
        yield _line(
            "held",
            Health.ACT,
            f"{len(late)} approved and not out: is `cauce publish --watch` running?",
            f"{len(late)} aprobadas y sin salir: ¿está en marcha `cauce publish --watch`?",
        )
        return
    yield _line(
        "held",
        Health.WELL,
        f"{len(waiting)} wait, {sum(1 for one in waiting if not one.approved_at)} for approval",
        f"{len(waiting)} esperan, {sum(1 for one in waiting if not one.approved_at)} aprobación",
    )


def _letters(looked: Looked, now: datetime) -> Iterator[Line]:
    """How many, and nothing else: not even for which country, which may be one person's."""
    del now
    folder = looked.letters or Path()
    count, files = len(waiting(folder)), sum(1 for _ in folder.iterdir())
    if files >= MOST:
        yield _line(
            "letters",
            Health.ACT,
            f"{count:,} wait and the box is full, so nobody can write: have them taken in",
            f"{count:,} esperan y el buzón está lleno: nadie puede escribir; haga que se ingresen",
        )
        return
    health = Health.LOOK if count else Health.WELL
    yield _line("letters", health, f"{count:,} wait", f"{count:,} en espera")


def _backup(looked: Looked, now: datetime) -> Iterator[Line]:
    made = backups_in(looked.backups or Path())
    if looked.database:
        # One of the store alone brings no register back.
        made = tuple(one for one in made if one.database)
    if not made:
        yield _line(
            "backup", Health.ACT, "none: run `cauce backup`", "ninguno: ejecute `cauce backup`"
        )
        return
    age = now - datetime.fromisoformat(made[-1].at)
    hours = int(age.total_seconds() // 3600)
    health = Health.WELL if age <= SOON else Health.ACT
    yield _line("backup", health, f"{hours} hours old", f"de hace {hours} horas")


def _disk(looked: Looked, now: datetime) -> Iterator[Line]:
    del now
    file = sqlite_file(looked.database) if looked.database else None
    places = [place for place in (file and file.parent, looked.store) if place is not None]
    usage = [shutil.disk_usage(place) for place in places if place.is_dir()]
    for least in sorted(100 * one.free // one.total for one in usage)[:1]:
        health = Health.WELL if least >= LITTLE else Health.LOOK
        health = Health.ACT if least < VERY_LITTLE else health
        yield _line("disk", health, f"{least} % free", f"{least} % libre")
