"""A small register, its log, and workbooks filled in as an officer would."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cauce.declare.codelists import read_codelists
from cauce.model.entry import Entry
from cauce.pipeline.register_books import (
    Checked,
    Opener,
    check_workbook,
    keep,
    opener,
    write_export,
    write_template,
)
from cauce.pipeline.registers import Declared
from cauce.registers.declaration import parse_registers
from cauce.sources.books.shape import FIRST_ROW, meta_in
from cauce.store.log import Database, Log, open_database
from cauce.store.log.key_folder import KeyFolder

LISTS = {
    "codelists/CL_K.csv": "# CL_K|Kinds|Clases|Cauce [I]\ncode,en,es\n01,Old,Viejo\n02,New,Nuevo\n",
    "codelists/CL_C.csv": "# CL_C|Countries|Países|ISO\ncode,en,es\nBLZ,Belize,Belice\n"
    "CRI,Costa Rica,Costa Rica\n",
}
BOTH = '{{ en = "{0}", es = "{0} (es)" }}'


def field(name: str, kind: str, more: str = "", table: str = "field") -> str:
    words = BOTH.format(name)
    return f'[[{table}]]\nid = "{name}"\nname = {words}\nkind = "{kind}"\n{more}\n'


def rule(name: str, kind: str, fields: str, more: str = "") -> str:
    words = BOTH.format(f"{name}!")
    asked = f'id = "{name}"\nkind = "{kind}"\nfields = [{fields}]\nmessage = {words}'
    return f"[[rule]]\n{asked}\n{more}\n"


def heading(name: str) -> str:
    words = BOTH.format(name)
    return (
        f'id = "{name}"\nname = {words}\none = {words}\nabout = {words}\n'
        'title = { en = "title", es = "title" }\n'
    )


THINGS = "".join(
    (
        heading("things"),
        'country = "country"\n',
        field("title", "text", "required = true"),
        field("country", "code", 'codelist = "CL_C"'),
        field("kind", "code", 'codelist = "CL_K"'),
        field("kinds", "codes", 'codelist = "CL_K"'),
        field("amount", "money", "minimum = 0"),
        field("since", "date"),
        field("until", "date"),
        field("open", "flag"),
        field("parent", "link", 'register = "things"'),
        field("owner", "link", 'register = "owners"'),
        field("remarks", "note", 'sensitivity = "P3"'),
        field("parts", "rows"),
        field("name", "text", "required = true", "field.column"),
        field("size", "number", "", "field.column"),
        field("secret", "text", 'sensitivity = "P3"', "field.column"),
        rule("order", "order", '"since", "until"'),
        rule("large", "plausible", '"amount"', "maximum = 1000"),
        rule("once", "unique", '"title", "country"'),
    )
)
OWNERS = heading("owners") + field("title", "text", "required = true")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def declared() -> Declared:
    lists = read_codelists(LISTS)
    files = {"things.toml": THINGS, "owners.toml": OWNERS}
    return Declared(parse_registers(files, lists), lists)


@dataclass
class Desk:
    """An officer with a folder, a log and a workbook."""

    declared: Declared
    database: Database
    folder: Path

    @property
    def log(self) -> Log:
        return Log(self.database, self.declared.registers)

    @property
    def keys(self) -> KeyFolder:
        return KeyFolder(self.folder / "keys")

    def opens(self, name: str = "things") -> Opener:
        return opener(self.database, self.declared, self.keys, name, "ana")

    @property
    def upload(self) -> Path:
        return self.folder / "upload.xlsx"

    def template(self, name: str = "things") -> Path:
        write_template(self.declared, name, self.upload, log=self.log)
        return self.upload

    def export(self, name: str = "things", **wanted: Any) -> Path:
        write_export(self.declared, name, self.log, self.upload, **wanted)
        return self.upload

    def fill(
        self, *lines: Mapping[str, Any], sheet: str = "records", first: int = FIRST_ROW
    ) -> None:
        """Write values into the lines of a sheet, by the ids of its columns."""
        book = openpyxl.load_workbook(self.upload)
        page = self.page(book, sheet)
        ids = [cell.value for cell in page[1]]
        for row, line in enumerate(lines, start=first):
            for name, value in line.items():
                at = 0 if name == "_no" else ids.index(name)
                page.cell(row, at + 1).value = value
        book.save(self.upload)

    @staticmethod
    def page(book: openpyxl.Workbook, sheet: str) -> Any:
        return next(
            p for p in book if (meta := meta_in(p["A1"].value)) is not None and meta.sheet == sheet
        )

    def check(self, **asked: Any) -> Checked:
        name = asked.pop("name", "things")
        return check_workbook(self.declared, name, self.upload, self.log, "ana", **asked)

    def save(self, checked: Checked) -> tuple[Entry, ...]:
        assert checked.right, checked.marks
        with self.database.writing("ana") as connection:
            return keep(connection, self.declared, self.keys, checked, NOW)

    def entered(self, *lines: Mapping[str, Any]) -> tuple[Entry, ...]:
        """Enter records through a template."""
        self.template()
        self.fill(*lines)
        return self.save(self.check())

    def told(self, **asked: Any) -> dict[str, str]:
        """What a workbook is refused for, by cell, in English."""
        checked = self.check(**asked)
        assert not checked.drafts or checked.right
        book = openpyxl.load_workbook(self.upload)
        found: dict[str, str] = {}
        for mark in checked.marks:
            page = book[mark.sheet]
            own = page.cell(1, mark.column + 1).value if mark.column else "_no"
            place = f"{own}{mark.row}"
            found[place] = (
                f"{found[place]} / {mark.message.en}" if place in found else mark.message.en
            )
            assert mark.message.es != ""
        return found


@pytest.fixture
def desk(declared: Declared, tmp_path: Path) -> Iterator[Desk]:
    database = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    yield Desk(declared, database, tmp_path)
    database.close()
