"""Values of public records as a reader sees them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from cauce.model.record import ABSENT, Absent, Record, Row
from cauce.model.shelf import Shelf, ShelfField
from cauce.model.text import Language
from cauce.portal.registers.library import Library, code_name

TWIN = re.compile(r"(.+)_(en|es)")
IN_LANGUAGE = re.compile(r",? (?:in |en )?(?:English|Spanish|español|inglés)$")
CUT = re.compile(r"(?:number|record):\S*$")
YEAR = re.compile(r"year|horizon")
ADDRESS = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,}(?:/[^\s;]*)?)")


@dataclass(frozen=True)
class Told:
    """A piece of a value: its text, where it leads, whether it is absent, and its language."""

    text: str
    href: str = ""
    absent: bool = False
    language: str = ""


@dataclass(frozen=True)
class Fact:
    """A field with its value, in pieces. `note` says that it is long text."""

    name: str
    parts: tuple[Told, ...]
    help: str = ""
    note: bool = False


@dataclass(frozen=True)
class Cells:
    """Rows as a small table; `more` counts those that are left out."""

    id: str
    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Told, ...], ...], ...]
    more: int


@dataclass(frozen=True)
class Teller:
    """Tells the values of one register."""

    shelf: Shelf
    library: Library

    @property
    def _language(self) -> Language:
        return self.library.words.language

    def facts(self, record: Record, but: Sequence[str] = ()) -> tuple[Fact, ...]:
        """The fields that are filled, in order, without rows, the title and those in `but`."""
        titles = () if self.shelf.title is None else (self.shelf.title.en, self.shelf.title.es)
        chosen = self.chosen([x for x in self.shelf.fields if x.id not in (*titles, *but)], record)
        return tuple(
            Fact(
                name=label(each, self._language),
                parts=self.value(each, record[each.id]),
                help=each.help.of(self._language) if each.help else "",
                note=each.kind == "note",
            )
            for each in chosen
            if each.kind != "rows"
        )

    def tables(self, record: Record, most: int, only: str = "") -> tuple[Cells, ...]:
        """The fields of rows that are filled, as tables; only one of them if it is named."""
        return tuple(
            self.table(each, rows, most)
            for each in self.shelf.fields
            if each.kind == "rows" and only in ("", each.id) and (rows := rows_of(record, each.id))
        )

    def table(self, of: ShelfField, rows: tuple[Row, ...], most: int) -> Cells:
        columns = [each for each in of.columns if any(each.id in row for row in rows)]
        both = {each.id for each in columns}
        mine = f"_{self._language}"
        heads = [each for each in columns if not twin_of(each, both) or each.id.endswith(mine)]
        return Cells(
            id=of.id,
            name=of.name.of(self._language),
            heads=tuple(label(each, self._language) for each in heads),
            rows=tuple(
                tuple(self.cell(each, twin_of(each, both), row) for each in heads)
                for row in rows[:most]
            ),
            more=max(0, len(rows) - most),
        )

    def cell(self, of: ShelfField, twin: str, row: Row) -> tuple[Told, ...]:
        """One value of a row; in the other language where it has none in this one."""
        if of.id in row:
            return self.value(of, row[of.id], 3 * self.library.measure.cell)
        if twin and twin in row:
            other = "en" if self._language == "es" else "es"
            return (Told(clipped(str(row[twin]), 3 * self.library.measure.cell), language=other),)
        return ()

    def chosen(self, fields: Iterable[ShelfField], record: Record) -> Iterator[ShelfField]:
        """The fields that are filled; of two that say the same in two languages, the reader's."""
        filled = [each for each in fields if each.id in record]
        both = {each.id for each in filled}
        for each in filled:
            twin = twin_of(each, both)
            if not twin or each.id.endswith(f"_{self._language}"):
                yield each

    def value(self, of: ShelfField, value: object, most: int = 0) -> tuple[Told, ...]:
        """A value in pieces; text that is not in the reader's language says in which it is.

        `most` characters of it are told, as many as of a note if that is 0.
        """
        words = self.library.words
        if isinstance(value, Absent):
            return (Told(words.of(ABSENT[value]), absent=True),)
        if isinstance(value, tuple):
            return tuple(self._code(of, str(part)) for part in value)
        if isinstance(value, bool):
            return (Told(words("yes") if value else words("no")),)
        if isinstance(value, int | float):
            return (Told(self.number(of, value)),)
        if isinstance(value, date):
            return (Told(words.day(value)),)
        return self._text(of, str(value), most or self.library.measure.note)

    def _text(self, of: ShelfField, text: str, most: int) -> tuple[Told, ...]:
        if of.kind == "code":
            return (self._code(of, text),)
        if of.kind == "link":
            return (self.link(of.register, text),)
        if of.kind == "web":
            host = urlsplit(text).hostname or text
            return (Told(host, text if text.startswith(("https://", "http://")) else ""),)
        if of.id == "source":
            return tuple(source_parts(text, most))
        match = TWIN.fullmatch(of.id)
        other = match[2] if match and match[2] != self._language else ""
        return (Told(clipped(text, most), language=other),)

    def _code(self, of: ShelfField, code: str) -> Told:
        most = self.library.measure.cell
        name = code_name(self.shelf, of.codelist, code, self.library.words)
        country = of.codelist.endswith("COUNTRY") and code in self.library.countries
        return Told(clipped(name, most), self.library.path("countries", code) if country else "")

    def link(self, register: str, key: str) -> Told:
        """Another record, by its title."""
        record = self.library.find(register, key)
        if record is None:
            return Told(self.library.words("no_more"), absent=True)
        title = clipped(record.title.of(self._language), self.library.measure.cell)
        return Told(title, self.library.path("registers", register, key))

    def number(self, of: ShelfField, value: float) -> str:
        words = self.library.words
        # A year is no quantity: 2023, not 2,023.
        if YEAR.search(of.id) and float(value).is_integer() and not of.unit:
            return str(int(value))
        money = of.kind == "money"
        told = words.number(value, of.decimals) if money else words.at_most(value, of.decimals)
        if of.unit == "%":
            return f"{told} %"
        return f"{told} {words.known(f'unit_{of.unit}', of.unit)}" if of.unit else told


def twin_of(of: ShelfField, names: Iterable[str]) -> str:
    """The field that says the same in the other language, if it is among these; else ""."""
    match = TWIN.fullmatch(of.id)
    if match is None:
        return ""
    other = f"{match[1]}_{'en' if match[2] == 'es' else 'es'}"
    return other if other in names else ""


def label(of: ShelfField, language: Language) -> str:
    """The name of a field, without the language it is in: the reader sees that."""
    name = of.name.of(language)
    return IN_LANGUAGE.sub("", name) if TWIN.fullmatch(of.id) else name


def source_parts(text: str, most: int = 160) -> Iterator[Told]:
    """A source, with the addresses in it as links."""
    for part in text.split(";"):
        word = part.strip()
        match = ADDRESS.fullmatch(word)
        if word:
            yield Told(clipped(word, most), f"https://{match[1]}" if match else "")


def rows_of(record: Record, name: str) -> tuple[Row, ...]:
    value = record.get(name)
    rows = value if isinstance(value, tuple) else ()
    return tuple(row for row in rows if isinstance(row, Mapping))


def clipped(text: str, most: int) -> str:
    """A text, or its beginning if it is long: files have it whole."""
    if len(text) <= most:
        return text
    # Half a citation would lead nowhere.
    return f"{CUT.sub('', text[: most - 1]).rstrip()}…"
