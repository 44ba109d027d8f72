"""Workbooks of registers: spreadsheet out, spreadsheet in. The doors for pages and the terminal.

    write_template(declared, "quotas", path)              an empty workbook, drop-downs and all
    write_export(declared, "quotas", log, path)           the records, in the same shape
    checked = check_workbook(declared, "quotas", upload, log, actor="ana")
    checked.right                                         nothing is wrong: then, in a transaction,
    keep(connection, declared, keys, checked, now)        seal and append all of it
    write_marked_book(upload, checked, path)              else: the upload with every fault at its
                                                          cell and a sheet that lists them

`checked.marks` holds what is wrong: sheet, row, column, field and message in both languages,
`warning` where writing OK insists. An upload that is no workbook of ours, is encrypted, has macros
or would cost too much raises `Refused` (a BadInput) with `text` in both languages.

Who may see or write what is the caller's to say: `fields` are the ids of the fields ("rows.column"
within rows) that appear, None for all; the `log` shows the records of the countries it was given.
Values that are kept sealed appear as `sealed:…` unless `opened` opens them (`opener` does, for who
may see all), and stay sealed if left as they are.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cauce.model.register import Register
from cauce.pipeline.books.asked import Asked, Checked, HasKey, Opener
from cauce.pipeline.books.checking import check
from cauce.pipeline.books.keeping import keep, opener
from cauce.pipeline.books.known import MAX_TITLES, known_of, names_nobody, returned
from cauce.pipeline.books.mapped import Taken, take
from cauce.pipeline.books.mapping import Mapped, parse_mapping
from cauce.pipeline.books.merging import Visible
from cauce.pipeline.books.out import (
    Chosen,
    links_of,
    records_of,
    register_of,
    write_chosen,
    write_chosen_csv,
    write_csv_export,
    write_export,
    write_form,
    write_template,
)
from cauce.pipeline.books.raw import RawRecord, keys_of
from cauce.pipeline.books.submissions import raw_submissions
from cauce.pipeline.books.tables import read_table
from cauce.pipeline.books.template_shape import raw_book
from cauce.pipeline.registers import Declared
from cauce.sources.books.book import Mark, Refused
from cauce.sources.books.reading import BOOK_LIMITS, mark_book, read_book
from cauce.sources.books.shape import INSIST
from cauce.sources.books.writing import Filled
from cauce.sources.limits import Limits
from cauce.sources.process import Progress
from cauce.store.log import Log

__all__ = [
    "MAX_TITLES",
    "Checked",
    "Chosen",
    "Filled",
    "Mark",
    "Opener",
    "Refused",
    "check_submissions",
    "check_tables",
    "check_workbook",
    "keep",
    "links_of",
    "names_nobody",
    "opener",
    "read_mapping",
    "records_of",
    "register_of",
    "write_chosen",
    "write_chosen_csv",
    "write_csv_export",
    "write_export",
    "write_form",
    "write_marked_book",
    "write_template",
]


def check_workbook(
    declared: Declared,
    name: str,
    path: Path,
    log: Log | None,
    actor: str,
    fields: frozenset[str] | None = None,
    countries: frozenset[str] | None = None,
    opened: Opener | None = None,
    limits: Limits = BOOK_LIMITS,
    progress: Progress | None = None,
    named: Callable[[str], str] = str,
) -> Checked:
    """What a workbook would do to the register, or everything that is wrong with it.

    Args:
        declared: every register and code list.
        name: the register the workbook is for.
        path: the upload; its name's ending says whether it is a workbook or CSV.
        log: what there is already; None to look at the workbook alone.
        actor: whose entries they will be.
        fields: those the actor may write, None for all; others may be there, and stay.
        countries: those whose records the actor may write, None for all.
        opened: opens what is sealed for the actor, so that it can be compared.
        limits: what opening the upload may cost.
        progress: told where the reader is.
        named: what people call an actor, by who it is in the log.

    Raises:
        Refused: the upload cannot be read or is no workbook of this register.
    """
    register = register_of(declared, name)
    book = read_book(path, limits, progress)
    raw = raw_book(register, book)
    keys = frozenset(keys_of(register, book.sha256, raw.records).values())
    asked = Asked(
        register=register,
        lists=declared.lists,
        known=known_of(register, log, keys),
        actor=actor,
        source=book.sha256,
        reason=f"{path.name}, {datetime.now(UTC).date()}",
        day=raw.meta.day,
        visible=Visible(raw.shown),
        has_key=_has_key(log),
        countries=countries,
        opened=opened,
        writable=fields,
        returned=returned(log, name),
        named=named,
    )
    return check(asked, raw.records, raw.marks)


def check_tables(
    declared: Declared,
    mapping: Mapped,
    paths: Sequence[Path],
    log: Log | None,
    actor: str,
    insist: bool = False,
    opened: Opener | None = None,
    limits: Limits = Limits(),  # noqa: B008 - it never changes
) -> tuple[Checked, Taken]:
    """What the tables of somebody else would do to a register, by a declared mapping.

    A record that was imported before and says the same again says nothing new. `insist` takes
    warnings for looked at.
    """
    register = register_of(declared, mapping.register)
    tables = [read_table(path, limits) for path in paths]
    taken = take(mapping, tables)
    raws = [replace(raw, own={INSIST: "OK"}) if insist else raw for raw in taken.records]
    source, reason = tables[0].sha256, mapping.source
    return _checked(declared, register, raws, log, actor, source, reason, opened), taken


def check_submissions(
    declared: Declared,
    name: str,
    paths: Sequence[Path],
    log: Log | None,
    actor: str,
    opened: Opener | None = None,
    limits: Limits = BOOK_LIMITS,
) -> Checked:
    """What answers to the register's form would do to it: an export of KoBo or ODK.

    One workbook, or CSV files of answers and repeats. An answer that was imported before is the
    same record.
    """
    register = register_of(declared, name)
    books = [read_book(path, limits) for path in paths]
    raws = raw_submissions(register, [grid for book in books for grid in book.grids])
    reason = ", ".join(path.name for path in paths)
    return _checked(declared, register, raws, log, actor, books[0].sha256, reason, opened)


def _checked(
    declared: Declared,
    register: Register,
    raws: Sequence[RawRecord],
    log: Log | None,
    actor: str,
    source: str,
    reason: str,
    opened: Opener | None,
) -> Checked:
    """Records that came in another shape than ours."""
    keys = frozenset(keys_of(register, source, raws).values())
    asked = Asked(
        register=register,
        lists=declared.lists,
        known=known_of(register, log, keys),
        actor=actor,
        source=source,
        reason=reason,
        has_key=_has_key(log),
        opened=opened,
        returned=returned(log, register.id),
    )
    return check(asked, raws)


def read_mapping(declared: Declared, path: Path) -> Mapped:
    """Raises BadInput with everything that is wrong in a mapping."""
    return parse_mapping(path.name, path.read_text("utf-8"), declared.registers)


def _has_key(log: Log | None) -> HasKey | None:
    """Whether a record is there, of whichever country: links lead across borders."""
    if log is None:
        return None
    everywhere = replace(log, countries=None)
    return lambda register, key: bool(everywhere.entries(register, key))


def write_marked_book(
    path: Path, checked: Checked, out: Path, limits: Limits = BOOK_LIMITS
) -> None:
    """Write the upload with every fault at its cell in colour and words, and a list of all.

    Nothing else in it is changed. Raises Refused if the upload is not an Excel workbook.
    """
    mark_book(path, checked.marks, out, limits)
