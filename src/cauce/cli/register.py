"""`cauce register`: the first records, what there is, and whether the log is whole."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from cauce.cli import register_books, register_count, register_erase, register_publish
from cauce.cli.places import (
    DEFAULT_DATABASE,
    DEFAULT_STORE,
    DatabaseOption,
    StoreOption,
    own_registers,
)
from cauce.cli.screen import console, plain_errors
from cauce.model.errors import BadInput
from cauce.model.register import Register
from cauce.pipeline.citing import broken_in, told
from cauce.pipeline.register_seed import ACTOR, enter_seeds, read_seeds
from cauce.pipeline.registers import Declared, read_registers
from cauce.pipeline.relations import renew_relations
from cauce.registers.canonical import to_json
from cauce.store.log import Log, open_database
from cauce.store.log.audit import audit_faults
from cauce.store.log.copies import must_be_there

app = typer.Typer(help="Registers: what is declared and what they hold.", no_args_is_help=True)
app.command("count")(register_count.count)
app.command("publish")(register_publish.publish)
register_books.add_to(app)
register_erase.add_to(app)
RegisterArgument = Annotated[str, typer.Argument(help="The register, as `register list` has it.")]


@app.command("seed")
def seed(
    database: DatabaseOption = DEFAULT_DATABASE,
    by: Annotated[
        str,
        typer.Option(
            help="Who looked at the seeds and approves them; they wait for review if not."
        ),
    ] = "",
) -> None:
    """Enter the records that come with Cauce; those entered before stay as they are."""
    with plain_errors():
        folder = own_registers()
        declared = read_registers(folder)
        seeds = read_seeds(folder, declared)
        opened = open_database(database)
        with opened.writing(ACTOR) as connection:
            made = enter_seeds(connection, declared, seeds, datetime.now(UTC), by)
        renew_relations(opened, declared.registers)
        opened.close()
        how = f"approved by {by}" if by else "waiting for review"
        console.print(f"{len(made):,} of {len(seeds):,} records entered, {how}.")


@app.command("list")
def list_registers(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """List the registers and how many records each holds."""
    with plain_errors():
        must_be_there(database)
        declared = read_registers(own_registers())
        opened = open_database(database)
        log = Log(opened, declared.registers)
        table = Table(box=box.SIMPLE)
        for name in ("register", "name", "nombre", "records"):
            table.add_column(name, justify="right" if name == "records" else "left")
        for register in declared.registers.values():
            count = f"{log.count(register.id):,}"
            table.add_row(register.id, register.name.en, register.name.es, count)
        opened.close()
        console.print(table)


@app.command("show")
def show(
    register: RegisterArgument,
    key: Annotated[str, typer.Argument(help="A record; the list of all if none is given.")] = "",
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Show the records of a register, or every entry of one."""
    with plain_errors():
        declared = read_registers(own_registers())
        found = _register(declared, register)
        must_be_there(database)
        opened = open_database(database)
        log = Log(opened, declared.registers)
        try:
            if key:
                _show_record(log, found, key)
            else:
                _show_list(log, found)
        finally:
            opened.close()


@app.command("verify")
def verify(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Check that no row of the log, nor of the audit, was altered, removed or put in between."""
    with plain_errors():
        must_be_there(database)
        declared = read_registers(own_registers())
        opened = open_database(database)
        faults = list(Log(opened, declared.registers).faults())
        with opened.reading(ACTOR) as connection:
            faults += audit_faults(connection)
        opened.close()
        for fault in faults:
            console.print(f"[bold red]{fault}[/]")
        if faults:
            raise typer.Exit(1)
        console.print("Every row is as it was written.")


@app.command("check")
def check(store: StoreOption = DEFAULT_STORE) -> None:
    """Check that every citation in what is published leads to a number or a record."""
    with plain_errors():
        count, wrong = broken_in(store)
    if wrong:
        console.print(told(wrong), markup=False)
        raise typer.Exit(1)
    console.print(f"{count:,} citations, and all lead somewhere.")


def _register(declared: Declared, name: str) -> Register:
    if name not in declared.registers:
        known = ", ".join(declared.registers)
        raise BadInput(f"There is no register {name}. There are: {known}.")
    return declared.registers[name]


def _show_list(log: Log, register: Register) -> None:
    after = ""
    while True:
        page = log.page(register.id, after=after, size=500)
        for one in page.found:
            console.print(f"{one.key}  {one.country or '-':3}  {one.title}", markup=False)
        after = page.after
        if not after:
            return


def _show_record(log: Log, register: Register, key: str) -> None:
    entries = log.entries(register.id, key)
    if not entries:
        raise BadInput(f"There is no record {key} in {register.id}.")
    for entry in entries:
        when = entry.recorded_at.isoformat(timespec="seconds")
        console.print(f"{entry.number}  {when}  {entry.action}  {entry.actor}  {entry.reason}")
        console.print("  " + ("—" if entry.record is None else to_json(entry.record)), markup=False)
