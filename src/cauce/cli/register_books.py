"""`cauce register template`, `import`, `export` and `xlsform`."""

from datetime import UTC, date, datetime
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cauce.cli.places import (
    DEFAULT_DATABASE,
    DEFAULT_KEYS,
    DatabaseOption,
    KeysOption,
    own_registers,
)
from cauce.cli.screen import console, plain_errors
from cauce.model.errors import BadInput
from cauce.model.text import LANGUAGES, Language
from cauce.pipeline.books.mapped import Taken
from cauce.pipeline.books.mapping import Mapped
from cauce.pipeline.register_books import (
    Checked,
    check_submissions,
    check_tables,
    check_workbook,
    keep,
    opener,
    read_mapping,
    register_of,
    write_csv_export,
    write_export,
    write_form,
    write_marked_book,
    write_template,
)
from cauce.pipeline.registers import Declared, read_registers
from cauce.store.log import Log, open_database
from cauce.store.log.copies import must_be_there
from cauce.store.log.key_folder import KeyFolder

NameArgument = Annotated[str, typer.Argument(help="The register, such as mechanisms.")]
OutOption = Annotated[
    Path | None, typer.Option("--out", "-o", help="Where to write; beside you if not given.")
]
LanguageOption = Annotated[str, typer.Option(help="The language of drop-downs: es or en.")]
FolderOption = Annotated[
    Path | None, typer.Option("--registers", help="Declarations; Cauce's own if not given.")
]
MOST_SHOWN = 20


def template(
    name: NameArgument,
    out: OutOption = None,
    language: LanguageOption = "es",
    registers: FolderOption = None,
) -> None:
    """Write the empty workbook of a register, to be filled in with Excel or LibreOffice."""
    with plain_errors():
        target = out or Path(f"{name}.xlsx")
        write_template(_declared(registers), name, target, _spoken(language))
        console.print(f"Written: {target}")


def xlsform(name: NameArgument, out: OutOption = None, registers: FolderOption = None) -> None:
    """Write the form of a register for KoBo and ODK."""
    with plain_errors():
        target = out or Path(f"{name}.form.xlsx")
        write_form(_declared(registers), name, target)
        console.print(f"Written: {target}")


def export(
    name: NameArgument,
    out: OutOption = None,
    day: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day the records are true on."),
    ] = None,
    known: Annotated[
        datetime | None, typer.Option("--known-at", help="As it was known then, in UTC.")
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="A zip of CSV files instead.")] = False,
    language: LanguageOption = "es",
    database: DatabaseOption = DEFAULT_DATABASE,
    registers: FolderOption = None,
) -> None:
    """Write the records of a register; the workbook, sent back, says nothing new."""
    with plain_errors():
        declared = _declared(registers)
        must_be_there(database)
        log = Log(open_database(database), declared.registers)
        target = out or Path(f"{name}.zip" if csv else f"{name}.xlsx")
        on: date | None = day.date() if day else None
        at = known.replace(tzinfo=UTC) if known else None
        if csv:
            count = write_csv_export(declared, name, log, target, on, at)
        else:
            count = write_export(declared, name, log, target, _spoken(language), on, at)
        console.print(f"Written: {target}, {count:,} records")


def take(
    name: NameArgument,
    files: Annotated[list[Path], typer.Argument(help="The workbook, or the files of a source.")],
    mapping: Annotated[
        str, typer.Option("--map", help="How the columns of somebody else's files are meant.")
    ] = "",
    forms: Annotated[
        bool, typer.Option("--answers", help="The files are answers from KoBo or ODK.")
    ] = False,
    insist: Annotated[bool, typer.Option(help="Warnings of a mapping were looked at.")] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help="Only look; take nothing in.")] = False,
    actor: Annotated[str, typer.Option(help="Whose entries they are.")] = "",
    out: OutOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    keys: KeysOption = DEFAULT_KEYS,
    registers: FolderOption = None,
) -> None:
    """Take in a workbook: all of it, or nothing and the same workbook with its faults marked."""
    with plain_errors():
        declared = _declared(registers)
        opened = open_database(database)
        log = Log(opened, declared.registers)
        who, folder = actor or getuser(), KeyFolder(keys)
        register_of(declared, name)
        opens = opener(opened, declared, folder, name, who)
        with console.status("Reading and checking …"):
            if mapping:
                read = _mapping(declared, name, mapping, registers)
                checked, taken = check_tables(declared, read, files, log, who, insist, opens)
                _say_taken(taken)
            elif forms:
                checked = check_submissions(declared, name, files, log, who, opens)
            else:
                upload = _only(files)
                checked = check_workbook(declared, name, upload, log, who, opened=opens)
        if not checked.right:
            refuse(checked, files[0], out, marked=not (mapping or forms))
        if not dry:
            with opened.writing(who) as connection:
                keep(connection, declared, folder, checked, datetime.now(UTC))
        opened.close()
        console.print(_summary(checked, dry))


def _mapping(declared: Declared, name: str, mapping: str, registers: Path | None) -> Mapped:
    """A mapping by its file, or by its name among those that come with Cauce."""
    path = Path(mapping)
    if not path.is_file():
        path = (registers or own_registers()) / "imports" / f"{mapping}.toml"
    if not path.is_file():
        raise BadInput(f"There is no mapping {mapping}, nor {path}.")
    read = read_mapping(declared, path)
    if read.register != name:
        raise BadInput(f"{mapping} is a mapping for {read.register}, not for {name}.")
    return read


def _say_taken(taken: Taken) -> None:
    for field, count in taken.unreadable.items():
        console.print(f"{field}: {count:,} could not be read and stand as the mapping says.")
    console.print(f"Columns left out: {', '.join(taken.left) or 'none'}")


def refuse(checked: Checked, path: Path, out: Path | None, marked: bool) -> None:
    """Show the first faults, write the workbook back, and end with failure."""
    table = Table(title=f"{len(checked.marks):,} faults; nothing was taken in")
    for head in ("sheet", "row", "field", "qué corregir", "what to mend"):
        table.add_column(head)
    for mark in checked.marks[:MOST_SHOWN]:
        table.add_row(mark.sheet, str(mark.row), mark.field.es, mark.message.es, mark.message.en)
    console.print(table)
    if marked and path.suffix.lower() == ".xlsx":
        target = out or path.with_name(f"{path.stem}.faults.xlsx")
        write_marked_book(path, checked, target)
        console.print(f"Every fault at its cell: {target}")
    raise typer.Exit(1)


def _summary(checked: Checked, dry: bool) -> str:
    parts = [f"{count:,} {action.lower()}" for action, count in checked.actions.items()]
    done = ", ".join(parts) if parts else "nothing new"
    same = f"; {checked.unchanged:,} unchanged" if checked.unchanged else ""
    return f"{'Would take in' if dry else 'Taken in'}: {done}{same}"


def _only(files: list[Path]) -> Path:
    if len(files) != 1:
        raise BadInput("One workbook at a time; several files need --map or --answers.")
    return files[0]


def _spoken(language: str) -> Language:
    if language not in LANGUAGES:
        raise BadInput(f"{language} is not one of {', '.join(LANGUAGES)}.")
    return "en" if language == "en" else "es"


def _declared(folder: Path | None) -> Declared:
    return read_registers(folder or own_registers())


def add_to(app: typer.Typer) -> None:
    """Give `cauce register` these commands."""
    app.command("template")(template)
    app.command("xlsform")(xlsform)
    app.command("export")(export)
    app.command("import")(take)
