"""What a register's workbook is made of: its sheets, their columns, and the row machines read.

The first row of each sheet is hidden. Its first cell says whose sheet it is, the others name the
field of their column, so that sheets and columns may be renamed and moved.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cauce.model.codelist import Code, Codelist
from cauce.model.record import ABSENT, Absent
from cauce.model.register import Field, Register
from cauce.model.text import Language, Text

RECORDS = "records"
FIRST_ROW = 4
"""The first row with values: after the machine row and the headers in two languages."""
NUMBER, ACTION, VALID_FROM, VALID_TO = "_no", "_action", "_valid_from", "_valid_to"
REASON, INSIST, KEY, BASE = "_reason", "_ok", "_key", "_base"
OWN = {
    NUMBER: Text("Record no.", "Registro núm."),
    ACTION: Text("Change or correction", "Cambio o corrección"),
    VALID_FROM: Text("True from", "Cierto desde"),
    VALID_TO: Text("True until (not this day)", "Cierto hasta (sin ese día)"),
    REASON: Text("Why", "Por qué"),
    INSIST: Text("OK in spite of warnings", "OK a pesar de las advertencias"),
    KEY: Text("Key (leave as it is)", "Clave (no tocar)"),
    BASE: Text("Entry (leave as it is)", "Asiento (no tocar)"),
}
AFTER = (INSIST, ACTION, VALID_FROM, VALID_TO, REASON, KEY, BASE)
"""Columns of ours that follow the fields of the records."""
HIDDEN = frozenset({KEY, BASE})
ACTIONS = {
    "CHANGE": Text("it is different since then", "es distinto desde entonces"),
    "CORRECTION": Text("it was written wrongly", "estaba mal escrito"),
    "END": Text("it ended", "terminó"),
}
FLAGS = {True: Text("yes", "sí"), False: Text("no", "no")}
SEALED = "sealed:"
"""Stands before the hash of a value kept sealed; whoever gives it back leaves it as it was."""
_TAG = "cauce-book 1"
_META = re.compile(
    r"cauce-book (\d+) register=(\w+) sheet=(\w+) sha256=(\w*) day=([\d-]*) known=([\dT:.+-]*)"
)


@dataclass(frozen=True)
class Sheet:
    """A sheet of values: of the records, or of the rows of one field."""

    id: str
    name: str
    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Meta:
    """What the first cell of a sheet says: which declaration, and as of when it was written."""

    version: int
    register: str
    sheet: str
    sha256: str
    day: date | None = None
    known_at: datetime | None = None

    def text(self) -> str:
        day = self.day.isoformat() if self.day else ""
        known = self.known_at.isoformat() if self.known_at else ""
        return (
            f"{_TAG} register={self.register} sheet={self.sheet} sha256={self.sha256} "
            f"day={day} known={known}"
        )


def meta_in(text: object) -> Meta | None:
    """What a first cell says, None if it is not one of ours."""
    found = _META.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        return None
    try:
        day = date.fromisoformat(found[5]) if found[5] else None
        known = datetime.fromisoformat(found[6]) if found[6] else None
    except ValueError:
        return None
    return Meta(int(found[1]), found[2], found[3], found[4], day, known)


def sheets(register: Register, shown: frozenset[str] | None = None) -> tuple[Sheet, ...]:
    """The sheet of records, then one for each field of rows. `shown` are the fields to have.

    A column of rows is shown if "rows.column" is among them, or "rows" and none of its columns.
    """
    fields = tuple(f for f in register.fields if f.kind != "rows" and _in(f.id, shown))
    found = [Sheet(RECORDS, _named(register.name.es), register.name, fields)]
    taken = {found[0].name.casefold()}
    for field in register.fields:
        columns = tuple(c for c in field.rows if _in(field.id, shown, c.id))
        if columns:
            name = _free(_named(field.name.es), taken)
            found.append(Sheet(field.id, name, field.name, columns))
    return tuple(found)


def _in(field: str, shown: frozenset[str] | None, column: str = "") -> bool:
    if shown is None or not column:
        return shown is None or field in shown
    return f"{field}.{column}" in shown if _by_column(field, shown) else field in shown


def _by_column(field: str, shown: frozenset[str]) -> bool:
    """Whether the columns of a field of rows are named one by one."""
    return any(name.startswith(f"{field}.") for name in shown)


def columns_among(field: Field, names: frozenset[str]) -> frozenset[str]:
    """The columns of a field of rows that are among some names."""
    return frozenset(c.id for c in field.rows if _in(field.id, names, c.id))


def _named(text: str) -> str:
    """A name a sheet can have: at most 31 characters, and none of those Excel keeps for itself."""
    return re.sub(r"[\[\]:*?/\\']", " ", text)[:31].strip()


def _free(name: str, taken: set[str]) -> str:
    number = 2
    free = name
    while free.casefold() in taken:
        free, number = f"{name[:28].strip()} {number}", number + 1
    taken.add(free.casefold())
    return free


def columns(sheet: Sheet) -> tuple[str, ...]:
    """The ids in the machine row: our own begin with _."""
    ids = tuple(field.id for field in sheet.fields)
    return (NUMBER, *ids, *AFTER) if sheet.id == RECORDS else (NUMBER, *ids)


def code_label(code: Code, language: Language) -> str:
    """How a code stands in a drop-down: CRI – Costa Rica."""
    return f"{code.id} – {code.name.of(language)}"


def absent_label(reason: Absent, language: Language) -> str:
    return f"{reason} – {ABSENT[reason].of(language)}"


def label_of(codelist: Codelist, code: str, language: Language) -> str:
    found = next((c for c in codelist.codes if c.id == code), None)
    return code_label(found, language) if found else code


def link_label(key: str, title: str) -> str:
    """How a record of another register stands in a drop-down."""
    return f"{title} · {key}" if title else key


def letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def lists_used(fields: Sequence[Field]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.codelist for f in fields if f.codelist))
