"""What is done with workbooks that were sent in: checked, then entered, beside the pages."""

import logging
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from cauce.model.record import Record
from cauce.model.register import Register
from cauce.model.text import Text
from cauce.office.books.carried import Carried
from cauce.office.books.download import allowed, declared_of
from cauce.office.books.found import Found, found_in
from cauce.office.reach import SEND_IN, STATES
from cauce.office.sealed import holds_sealed
from cauce.office.seat import NotAllowed, Seat
from cauce.pipeline.register_books import Checked, Opener, Refused, check_workbook, keep
from cauce.store.log import Log, StaleSave, uploads
from cauce.store.log.database import told
from cauce.store.log.envelope import Whose
from cauce.store.log.opening import open_record
from cauce.store.log.unique import repeated
from cauce.store.log.uploads import Stage, Upload

LOG = logging.getLogger("cauce.office")
FAILED = Text(
    "Something of ours failed while this workbook was looked at. Nothing of it was entered. Send "
    "it again and, if it goes on, tell whoever keeps the office the time.",
    "Falló algo nuestro al revisar este libro. No se ingresó nada. Envíelo otra vez y, si sigue "
    "igual, dígale la hora a quien mantiene la oficina.",
)


Further = Mapping[str, Callable[[Path, Checked], Checked]]
"""What else is asked of the workbooks of some registers, once nothing else is wrong."""


class Worker:
    """Does one workbook after the other, so that they slow the pages down no more than one does.

    What it was doing when the office stopped is taken up again when its sender looks.
    """

    def __init__(self, further: Further) -> None:
        self._further = further
        self._pool = ThreadPoolExecutor(1, "office-books")
        self._known: set[str] = set()
        self._lock = threading.Lock()

    def wake(self, seat: Seat, upload: Upload) -> None:
        """See to it that this is done, once."""
        with self._lock:
            if upload.id in self._known:
                return
            self._known.add(upload.id)
        self._pool.submit(self._do, seat, upload)

    def _do(self, seat: Seat, upload: Upload) -> None:
        try:
            do(seat, upload, self._further)
        except Exception as error:  # noqa: BLE001 - its sender must be told, whatever it is
            # Where it failed, and not its words: they may be somebody's.
            frames = traceback.extract_tb(error.__traceback__)
            where = "".join(f"  {frame.filename}:{frame.lineno} {frame.name}\n" for frame in frames)
            kind = type(error).__name__
            LOG.error("A workbook for %s failed: %s\n%s", upload.register, kind, where)  # noqa: TRY400
            moved(seat, upload, Stage.FAILED, Found(message=FAILED))
        finally:
            with self._lock:
                self._known.discard(upload.id)


def do(seat: Seat, upload: Upload, further: Further) -> None:
    """Check a workbook, or enter it if it was checked and its sender said so."""
    with _file(seat, upload) as path:
        try:
            checked = check(seat, upload, path, further)
            if upload.stage is Stage.ENTERING and checked.right:
                if enter(seat, upload, checked):
                    return
                # Somebody was faster: what is wrong now is said at its cell.
                checked = check(seat, upload, path, further)
        except (Refused, NotAllowed) as refused:
            why = refused.text if isinstance(refused, Refused) else refused.why
            moved(seat, upload, Stage.REFUSED, Found(message=why))
            return
    stage = Stage.RIGHT if checked.right else Stage.FAULTY
    moved(seat, upload, stage, found_in(seat, checked))


def check(seat: Seat, upload: Upload, path: Path, further: Further) -> Checked:
    """What a workbook would do, for who sent it. Raises Refused, NotThere, NotAllowed."""
    register = seat.register(upload.register)
    office, me = seat.office, seat.account.id
    sends = allowed(seat, register, SEND_IN)
    mine = Carried(seat, register, ("see",)).countries
    checked = check_workbook(
        declared_of(office),
        register.id,
        path,
        Log(office.database, office.registers, mine, me),
        me,
        fields=sends.common("draft"),
        countries=sends.countries,
        opened=opener_of(seat, register),
        named=lambda actor: seat.people([actor])[actor],
    )
    more = further.get(register.id)
    return more(path, checked) if more else checked


def enter(seat: Seat, upload: Upload, checked: Checked) -> bool:
    """Append all of a workbook, to wait for review; False, and nothing, if that cannot be now."""
    found = found_in(seat, checked).to_text()
    keys = seat.office.keys
    try:
        with seat.office.database.writing(seat.account.id) as connection:
            # Whoever moves it on enters it: whatever is pressed twice is done once.
            if uploads.advance(connection, keys, upload.id, Stage.ENTERING, Stage.ENTERED, found):
                _append(connection, seat, checked)
    except (StaleSave, _Late):
        return False
    return True


def _append(connection: Connection, seat: Seat, checked: Checked) -> None:
    """Raises StaleSave, or _Late, if it does not go with what was entered since the check."""
    office = seat.office
    records = {draft.key: draft.record for draft in checked.drafts if draft.record is not None}
    faults = repeated(connection, office.registers[checked.register], records)
    if any(not fault.warning for part in faults.values() for fault in part):
        raise _Late
    keep(connection, declared_of(office), office.keys, checked, office.clock())


class _Late(Exception):  # noqa: N818 - takes back what was begun
    """Something was entered meanwhile that this must not repeat."""


def moved(seat: Seat, upload: Upload, stage: Stage, found: Found) -> None:
    office = seat.office
    with office.database.writing(seat.account.id) as connection:
        uploads.advance(connection, office.keys, upload.id, upload.stage, stage, found.to_text())


def opener_of(seat: Seat, register: Register) -> Opener:
    """Opens what is sealed and theirs, to be compared; that it was opened is noted."""
    carried = Carried(seat, register)

    def opened(key: str, country: str, record: Record) -> Record:
        if not holds_sealed(record):
            return record
        names = frozenset().union(*(carried.names(country, state) for state in STATES))
        office, countries = seat.office, told(frozenset({country}))
        with office.database.writing(seat.account.id, countries) as connection:
            return open_record(
                connection, office.keys, Whose(register, key, country), record, names
            )

    return opened


@contextmanager
def _file(seat: Seat, upload: Upload) -> Iterator[Path]:
    """The file in a folder of its own, under the name its sender gave it, while it is needed."""
    with seat.office.database.reading(seat.account.id) as connection:
        book = uploads.book_of(connection, seat.office.keys, upload.id)
    with TemporaryDirectory() as folder:
        path = Path(folder) / upload.name
        path.write_bytes(book)
        yield path
