"""Records as people read them: words for codes, names for links, reasons for what is absent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cauce.model.record import ABSENT, Absent, Record, Row, Sealed, Value
from cauce.model.register import Field, Register
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.registers.titles import called
from cauce.store.log.envelope import Whose


@dataclass(frozen=True)
class Cell:
    """A value in words; `kind` says how it is set, `href` where it leads."""

    text: str
    kind: Literal["", "absent", "sealed", "note"] = ""
    href: str = ""
    outside: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows of a record, with the columns that hold something."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Item:
    """A field of a record as it is shown: either a cell or a grid."""

    name: str
    unit: str
    cell: Cell | None
    grid: Grid | None = None


@dataclass
class Reader:
    """Puts records into words for one visit; names of linked records are looked up once."""

    visit: Visit
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def items(self, register: Register, record: Record) -> tuple[Item, ...]:
        """The fields that are filled in, in the order they are declared."""
        return tuple(self.item(one, record[one.id]) for one in register.fields if one.id in record)

    def item(self, one: Field, value: Value) -> Item:
        name = self.visit.of(one.name)
        if one.kind == "rows" and isinstance(value, tuple):
            rows = tuple(row for row in value if isinstance(row, Mapping))
            return Item(name, "", None, self.grid(one, rows))
        return Item(name, one.unit, self.cell(one, value))

    def grid(self, one: Field, rows: tuple[Row, ...]) -> Grid:
        used = [column for column in one.rows if any(column.id in row for row in rows)]
        return Grid(
            tuple(self.visit.of(column.name) for column in used),
            tuple(
                tuple(
                    self.cell(column, row[column.id]) if column.id in row else Cell("")
                    for column in used
                )
                for row in rows
            ),
        )

    def cell(self, one: Field, value: Value) -> Cell:
        said, of = self.visit.words, self.visit.of
        match value:
            case Absent():
                return Cell(of(ABSENT[value]), "absent")
            case Sealed():
                return Cell(said("desk.sealed"), "sealed")
            case bool():
                return Cell(said("desk.yes" if value else "desk.no"))
            case int() | float():
                return Cell(said.number(value, one.decimals))
            case date():
                return Cell(said.day(value))
            case tuple():
                return Cell(", ".join(self.code(one, str(part)) for part in value))
            case _:
                return self._text(one, str(value))

    def _text(self, one: Field, value: str) -> Cell:
        match one.kind:
            case "code":
                return Cell(self.code(one, value))
            case "link":
                href = self.visit.address("registers", one.register, value)
                name = self.name(one.register, value)
                return Cell(name, "", href) if name else Cell(self.visit.words("desk.elsewhere"))
            case "web":
                return Cell(value, "", value, outside=True)
            case "note":
                return Cell(value, "note")
            case _:
                return Cell(value)

    def code(self, one: Field, code: str) -> str:
        """The words of a code; itself if its list no longer has it."""
        return self.word(one.codelist, code)

    def word(self, codelist: str, code: str) -> str:
        found = self.visit.room.office.lists.get(codelist)
        codes = found.codes if found else ()
        return next((self.visit.of(c.name) for c in codes if c.id == code), code)

    def name(self, register: str, key: str) -> str:
        """What a record is called, "" if it is not there for the reader."""
        place = (register, key)
        if place not in self.known:
            self.known[place] = self._look_up(register, key)
        return self.known[place]

    def _look_up(self, register: str, key: str) -> str:
        shown = self.record(register, key)
        if shown is None:
            return ""
        lists = self.visit.room.office.lists
        return self.visit.of(called(self._register(register), shown, lists, key))

    def _register(self, register: str) -> Register:
        return self.visit.seat.register(register)

    def record(self, register: str, key: str) -> Record | None:
        """The latest there is of a record, as the reader may see it; None if it is not there."""
        seat = self.visit.seat
        try:
            history = seat.history(self._register(register), key)
        except NotThere:
            return None
        periods = history.periods()
        record = periods[-1].record if periods else history.newest.entry.record or {}
        names = seat.fields("see", history.register, history.country, history.newest.state)
        return {name: value for name, value in record.items() if name in names}

    def country(self, register: Register, code: str) -> str:
        """Whose record it is, in words; the region where it is nobody's."""
        one = next((f for f in register.fields if f.id == register.country), None)
        if not code or one is None:
            return self.visit.words("desk.region")
        return self.code(one, code)


def whose(register: Register, key: str, country: str) -> Whose:
    return Whose(register, key, country)
