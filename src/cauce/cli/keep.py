"""`cauce backup`, `restore`, `upgrade` and `status`: keeping what was entrusted."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from cauce.cli.places import DEFAULT_DATABASE, DEFAULT_KEYS, KeysOption, own_registers
from cauce.cli.screen import console, plain_errors, steps
from cauce.model.errors import BadInput
from cauce.model.status import Health, Status
from cauce.pipeline.backup import back_up, copy_keys, restore
from cauce.pipeline.registers import read_registers
from cauce.pipeline.status import Looked, how_it_is
from cauce.pipeline.upgrade import upgrade

UrlOption = Annotated[
    str, typer.Option("--database", help="sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME")
]
PlaceOption = Annotated[
    Path | None, typer.Option("--store", help="The folder of published releases.")
]
HeldPlace = Annotated[
    Path | None,
    typer.Option("--held", help="The folder of held releases, beside which the audits lie."),
]
COLOURS = {Health.WELL: "green", Health.LOOK: "yellow", Health.ACT: "bold red"}


def backup_all(
    to: Annotated[Path, typer.Option("--to", help="The folder that keeps the backups.")],
    database: UrlOption = "",
    store: PlaceOption = None,
    keys: Annotated[Path | None, typer.Option(help="The key folder, if it is copied too.")] = None,
    keys_to: Annotated[
        Path | None, typer.Option(help="Where the keys go: never where the backups are.")
    ] = None,
    held: HeldPlace = None,
) -> None:
    """Copy the register database and the store while both are in use."""
    with plain_errors(), steps() as step:
        if (keys is None) != (keys_to is None):
            raise BadInput("Say both --keys and --keys-to: the keys go to a place of their own.")
        if keys_to is not None and keys_to.resolve().is_relative_to(to.resolve()):
            raise BadInput("Keep the keys apart from what they open: another --keys-to.")
        made = back_up(to, datetime.now(UTC), database, store, step, held)
        told = [f"Backed up to {made}."]
        if not database:
            told.append("The register database is not in it: name it by --database.")
        if keys is not None and keys_to is not None:
            told.append(f"{copy_keys(keys, keys_to)} keys are in {keys_to}.")
    for line in told:
        console.print(line, markup=False)


def restore_all(
    backup: Annotated[Path, typer.Argument(help="One of the folders `cauce backup` made.")],
    database: UrlOption = "",
    store: PlaceOption = None,
    keys: KeysOption = DEFAULT_KEYS,
    held: HeldPlace = None,
) -> None:
    """Make database and store again from a backup, where nothing is yet, and check every entry.

    What was erased since is erased again, by the list in the key folder.
    """
    with plain_errors(), steps() as step:
        if not database and store is None:
            raise BadInput("Say where to: --database, --store, or both.")
        found = restore(backup, database, store, step, keys, held)
    for fault in found.faults:
        console.print(f"[bold red]{fault}[/]")
    if not found.holds:
        raise typer.Exit(1)
    if database:
        console.print(f"{found.entries:,} entries, every one as it was written.")
        if found.erased:
            console.print(f"{found.erased:,} records were erased since the backup, and are again.")
    if store is not None:
        console.print(f"Generation {found.generation} is current, and its hash is the same.")


def upgrade_database(
    database: UrlOption = DEFAULT_DATABASE,
    copies: Annotated[
        Path | None, typer.Option(help="Where the copy made before is kept; beside a SQLite file.")
    ] = None,
) -> None:
    """Bring the database to this program's schema, with a copy made before, and renew its views."""
    with plain_errors(), steps() as step:
        declared = read_registers(own_registers())
        done = upgrade(database, datetime.now(UTC), copies, step, declared.registers)
    if done.copy is None:
        console.print(f"The schema is {done.after} already.")
    else:
        console.print(
            f"The schema is {done.after}; the copy of before is {done.copy}.", markup=False
        )
    if done.views:
        console.print(f"{done.views} views for analysts were made anew.")


def status(
    database: UrlOption = "",
    store: PlaceOption = None,
    held: Annotated[Path | None, typer.Option(help="The folder of held releases.")] = None,
    backups: Annotated[Path | None, typer.Option(help="The folder of the backups.")] = None,
    letters: Annotated[
        Path | None, typer.Option("--letters", help="Where `cauce intake` drops complaints.")
    ] = None,
    deep: Annotated[bool, typer.Option("--deep", help="Read every page and row.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say how the system is; exit code 1 if somebody has to act."""
    with plain_errors():
        registers = read_registers(own_registers()).registers if database else None
        looked = Looked(database, store, held, backups, deep, registers, letters)
        found = how_it_is(looked, datetime.now(UTC))
        show_status(found, as_json)
        if any(line.health is Health.ACT for line in found.lines):
            raise typer.Exit(1)


def show_status(found: Status, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    table = Table(box=box.SIMPLE, title=f"Cauce {found.program}, {found.at}")
    for name in ("", "", ""):
        table.add_column(name)
    for line in found.lines:
        colour = COLOURS[line.health]
        table.add_row(line.name.en, f"[{colour}]{line.health}[/]", line.said.en)
    console.print(table)
