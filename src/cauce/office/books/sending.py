"""A workbook sent in: the form for it, what is wrong with it or what it would do, and the yes."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.datastructures import UploadFile
from starlette.responses import Response

from cauce.model.register import Register
from cauce.office.books.download import XLSX, allowed, attached
from cauce.office.books.found import Found, found_from
from cauce.office.books.told import SendPage, SentPage, Told, told_of
from cauce.office.books.work import Worker
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.reach import SEND_IN
from cauce.pipeline.register_books import Checked, write_marked_book
from cauce.store.log import uploads
from cauce.store.log.uploads import Stage, Upload

KINDS = (".xlsx", ".csv")
WORKING = (Stage.CHECKING, Stage.ENTERING)
LONGEST = 50
"""Letters of a file's name; each may take four of the 255 bytes a name can have on disk."""
LOOK_AGAIN = "2"
"""Seconds after which a page that waits asks again."""


@dataclass(frozen=True)
class Sending:
    """The pages of workbooks sent in, and who works on them."""

    worker: Worker

    def ask(self, visit: Visit) -> Response:
        """The form for a workbook, and what was sent before."""
        return _form(visit, _register(visit), "", 200)

    def send(self, visit: Visit) -> Response:
        """Keep a workbook and begin to check it."""
        register, office = _register(visit), visit.room.office
        given = visit.request.state.form.get("book")
        name, book = _given(given)
        problem = _problem(name, book)
        if problem:
            return _form(visit, register, visit.words(f"books.{problem}"), 422)
        sent = Upload("", register.id, visit.account.id, name, Stage.CHECKING, "")
        with office.database.writing(visit.account.id) as connection:
            kept = uploads.receive(connection, office.keys, sent, book, office.clock())
        self.worker.wake(visit.seat, kept)
        return visit.go(_address(visit, kept))

    def look(self, visit: Visit) -> Response:
        """How far it is; what is wrong with it; or what it would do, to be said yes to."""
        upload, found = _sent(visit)
        if upload.stage in WORKING:
            self.worker.wake(visit.seat, upload)
        page = SentPage(
            title=visit.words(f"books.is_{upload.stage}"),
            above=visit.of(_register(visit).name),
            above_href=visit.address("registers", upload.register),
            name=upload.name,
            stage=str(upload.stage),
            works=upload.stage in WORKING,
            told=told_of(visit, upload, found),
            action=_address(visit, upload),
            marked=_marked(visit, upload),
            again=visit.address("registers", upload.register, "book"),
        )
        answer = visit.show("books/sent.html", page)
        if page.works:
            answer.headers["Refresh"] = LOOK_AGAIN
        return answer

    def decide(self, visit: Visit) -> Response:
        """Enter it, once, or throw it away."""
        upload, _ = _sent(visit)
        office = visit.room.office
        if visit.given("do") == "drop":
            with office.database.writing(visit.account.id) as connection:
                uploads.throw_away(connection, upload.id, visit.account.id)
            return visit.go(visit.address("registers", upload.register, "book"))
        if visit.given("do") == "enter":
            with office.database.writing(visit.account.id) as connection:
                begun = uploads.advance(
                    connection, office.keys, upload.id, Stage.RIGHT, Stage.ENTERING
                )
            if begun:
                self.worker.wake(visit.seat, replace(upload, stage=Stage.ENTERING))
        return visit.go(_address(visit, upload))


def marked(visit: Visit) -> Response:
    """The workbook as it was sent, with what is wrong at each cell."""
    upload, found = _sent(visit)
    if not _marked(visit, upload):
        raise NotThere
    office = visit.room.office
    with office.database.reading(visit.account.id) as connection:
        book = uploads.book_of(connection, office.keys, upload.id)
    with TemporaryDirectory() as folder:
        path, out = Path(folder) / upload.name, Path(folder) / "marked"
        path.write_bytes(book)
        write_marked_book(path, Checked(upload.register, (), found.marks), out)
        content = out.read_bytes()
    stem = Path(upload.name).stem.removesuffix(f"-{visit.words('books.faults_file')}")
    return attached(content, f"{stem}-{visit.words('books.faults_file')}.xlsx", XLSX)


def _register(visit: Visit) -> Register:
    """The register, if it is theirs to send records into. Raises NotThere, NotAllowed."""
    register = visit.seat.register(visit.part("register"))
    allowed(visit.seat, register, SEND_IN)
    return register


def _sent(visit: Visit) -> tuple[Upload, Found]:
    """One of their uploads, and what was found in it. Raises NotThere."""
    register, office = _register(visit), visit.room.office
    with office.database.reading(visit.account.id) as connection:
        upload = uploads.upload_of(connection, office.keys, visit.part("upload"), visit.account.id)
        if upload is None or upload.register != register.id:
            raise NotThere
        return upload, found_from(uploads.found_of(connection, office.keys, upload.id))


def _form(visit: Visit, register: Register, problem: str, status: int) -> Response:
    office = visit.room.office
    with office.database.reading(visit.account.id) as connection:
        before = uploads.uploads_of(connection, office.keys, register.id, visit.account.id)
    here = visit.address("registers", register.id)
    page = SendPage(
        title=visit.words("books.send"),
        above=visit.of(register.name),
        above_href=here,
        problem=problem,
        template=f"{here}/template.xlsx",
        action=f"{here}/book",
        sent=tuple(
            Told(
                one.name,
                _address(visit, one),
                visit.words(f"books.stage_{one.stage}"),
                visit.words.moment(one.sent_at),
            )
            for one in before
        ),
    )
    return visit.show("books/send.html", page, status)


def _given(given: object) -> tuple[str, bytes]:
    """The name and the bytes of a file in a form; nothing if there is none."""
    if not isinstance(given, UploadFile):
        return "", b""
    plain = re.sub(r"[^\w .()-]", "_", Path(given.filename or "").name)
    stem, dot, ending = plain.rpartition(".")
    name = f"{stem.strip('. ')[:LONGEST] or 'libro'}{dot}{ending.lower()[:5]}"
    return name, given.file.read()


def _problem(name: str, book: bytes) -> str:
    if not name:
        return "none_given"
    if not name.endswith(KINDS):
        return "wrong_kind"
    return "" if book else "empty"


def _marked(visit: Visit, upload: Upload) -> str:
    """Where the workbook with its faults is, "" if there is none."""
    shows = upload.stage is Stage.FAULTY and upload.name.endswith(".xlsx")
    return f"{_address(visit, upload)}/faults.xlsx" if shows else ""


def _address(visit: Visit, upload: Upload) -> str:
    return visit.address("registers", upload.register, "book", upload.id)
