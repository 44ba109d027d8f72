"""Spreadsheets out: templates, exports and forms of a register."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from cauce.model.entry import Period
from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.model.register import Register
from cauce.model.text import Language
from cauce.pipeline.books.asked import Opener
from cauce.pipeline.books.known import returned, titles_of
from cauce.pipeline.registers import Declared
from cauce.registers.log import as_of
from cauce.sources.books.csv_out import write_csv
from cauce.sources.books.list_sheet import Titles
from cauce.sources.books.writing import Filled, Wanted, write_workbook
from cauce.sources.books.xlsform import write_xlsform
from cauce.store.log import Log


@dataclass(frozen=True)
class Chosen:
    """What somebody takes away of a register, chosen for them by who knows what they may see.

    `fields` are the fields that appear, `titles` the records links drop down with.
    """

    records: Iterable[Filled] = ()
    fields: frozenset[str] | None = None
    titles: Titles = field(default_factory=dict)


def register_of(declared: Declared, name: str) -> Register:
    """Raises BadInput if there is no such register."""
    found = declared.registers.get(name)
    if found is None:
        raise BadInput(f"There is no register {name}. There are: {', '.join(declared.registers)}.")
    return found


def write_template(
    declared: Declared,
    name: str,
    out: Path,
    language: Language = "es",
    log: Log | None = None,
    fields: frozenset[str] | None = None,
) -> None:
    """Write an empty workbook. With a log, links drop down with the records there are."""
    register = register_of(declared, name)
    titles = titles_of(declared.registers, log, links_of(register), language)
    write_workbook(register, declared.lists, out, Wanted(language, fields, titles))


def write_export(
    declared: Declared,
    name: str,
    log: Log,
    out: Path,
    language: Language = "es",
    day: date | None = None,
    known_at: datetime | None = None,
    fields: frozenset[str] | None = None,
    opened: Opener | None = None,
) -> int:
    """Write the records that were true on a day, as was known at a moment, and count them.

    The same workbook sent back says nothing new; changed lines become changes or corrections.
    """
    register = register_of(declared, name)
    titles = titles_of(declared.registers, log, links_of(register), language)
    wanted = Wanted(language, fields, titles, day, known_at)
    filled = (
        Filled(number, record, key, base)
        for number, (key, base, record) in enumerate(
            _records(register, log, day, known_at, opened), start=1
        )
    )
    return write_workbook(register, declared.lists, out, wanted, filled)


def write_csv_export(
    declared: Declared,
    name: str,
    log: Log,
    out: Path,
    day: date | None = None,
    known_at: datetime | None = None,
    fields: frozenset[str] | None = None,
    opened: Opener | None = None,
) -> int:
    """Write a zip of CSV files, one of records and one for each field of rows, with codes.

    No value begins as a formula does, so that a spreadsheet runs none.
    """
    register = register_of(declared, name)
    records = (
        Filled(number, record, key, base)
        for number, (key, base, record) in enumerate(
            _records(register, log, day, known_at, opened), start=1
        )
    )
    return write_csv(register, out, records, fields)


def records_of(
    log: Log, name: str, day: date | None = None, known_at: datetime | None = None
) -> Iterator[tuple[str, str, int, Period]]:
    """The records true on a day as was known at a moment: key, country, last entry, period.

    An entry that came back from review says nothing any more.
    """
    back = returned(log, name, known_at)
    for group in log.latest(name, known_at):
        holds = [entry for entry in group if entry.number not in back]
        period = as_of(holds, day, known_at)
        if period is not None:
            yield group[0].key, group[0].country, group[-1].number, period


def _records(
    register: Register,
    log: Log,
    day: date | None,
    known_at: datetime | None,
    opened: Opener | None,
) -> Iterator[tuple[str, int, Record]]:
    for key, country, base, period in records_of(log, register.id, day, known_at):
        yield key, base, opened(key, country, period.record) if opened else period.record


def write_chosen(
    declared: Declared, name: str, chosen: Chosen, out: Path, language: Language = "es"
) -> int:
    """Write a workbook of records that were chosen already, and count them."""
    wanted = Wanted(language, chosen.fields, chosen.titles)
    return write_workbook(register_of(declared, name), declared.lists, out, wanted, chosen.records)


def write_chosen_csv(declared: Declared, name: str, chosen: Chosen, out: Path) -> int:
    """Write a zip of CSV files of records that were chosen already, and count them."""
    return write_csv(register_of(declared, name), out, chosen.records, chosen.fields)


def write_form(declared: Declared, name: str, out: Path) -> None:
    """Write the XLSForm of a register, for KoBo and ODK."""
    write_xlsform(register_of(declared, name), declared.lists, out)


def links_of(register: Register) -> tuple[str, ...]:
    """The registers a register's links lead to."""
    every = (*register.fields, *(column for f in register.fields for column in f.rows))
    return tuple(dict.fromkeys(f.register for f in every if f.kind == "link"))
