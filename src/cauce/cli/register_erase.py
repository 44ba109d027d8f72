"""`cauce register retain`, `erase`, `keep`, `let-go`, `open`, `rekey`: what is sealed, how long."""

from datetime import UTC, datetime
from getpass import getuser
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from cauce.cli.places import (
    DEFAULT_DATABASE,
    DEFAULT_KEYS,
    DatabaseOption,
    KeysOption,
    own_registers,
)
from cauce.cli.screen import console, plain_errors, steps
from cauce.model.errors import BadInput
from cauce.pipeline.register_retain import retain
from cauce.pipeline.registers import read_registers
from cauce.registers.canonical import to_json
from cauce.store.log import Database, Log, open_database
from cauce.store.log.break_glass import open_out_of_role
from cauce.store.log.copies import must_be_there
from cauce.store.log.envelope import Whose
from cauce.store.log.erasures import erase_for_good
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.legal_hold import hold, release_hold
from cauce.store.log.rotation import countries_with_keys, rotate

RegisterArgument = Annotated[str, typer.Argument(help="The register.")]
KeyArgument = Annotated[str, typer.Argument(help="The record.")]
ReasonOption = Annotated[str, typer.Option(help="Who asked, or under which rule: it is kept.")]


def add_to(app: typer.Typer) -> None:
    app.command("retain")(retain_records)
    app.command("erase")(erase_record)
    app.command("keep")(keep_record)
    app.command("let-go")(let_record_go)
    app.command("rekey")(rekey)
    app.command("open")(open_out_of_turn)


def retain_records(
    database: DatabaseOption = DEFAULT_DATABASE,
    keys: KeysOption = DEFAULT_KEYS,
    dry: Annotated[bool, typer.Option("--dry-run", help="Only say how many it would be.")] = False,
) -> None:
    """Erase what is sealed of records whose time is past, as their register declares it."""
    with plain_errors():
        must_be_there(database)
        declared = read_registers(own_registers())
        opened = open_database(database)
        found = retain(opened, declared, KeyFolder(keys), datetime.now(UTC), dry)
        opened.close()
    table = Table(box=box.SIMPLE)
    for name in ("register", "years", "to erase" if dry else "erased", "on hold", "in the clear"):
        table.add_column(name, justify="left" if name == "register" else "right")
    for one in found:
        counts = (one.years, one.erased, one.held, one.clear)
        table.add_row(one.register, *(f"{count:,}" for count in counts))
    console.print(table)
    if any(one.clear for one in found):
        console.print(
            "In the clear: personal fields (P2) of records past their time. The log keeps them for "
            "good; declare P3 what has to be erasable."
        )


def erase_record(
    register: RegisterArgument,
    key: KeyArgument,
    reason: ReasonOption,
    database: DatabaseOption = DEFAULT_DATABASE,
    keys: KeysOption = DEFAULT_KEYS,
) -> None:
    """Destroy what is sealed of one record. There is no way back, not by a backup either."""
    with plain_errors():
        opened = _holding(database, register, key)
        with opened.writing(getuser()) as connection:
            now = datetime.now(UTC)
            erase_for_good(connection, KeyFolder(keys), register, key, reason, now)
        opened.close()
    console.print("What was sealed of the record is gone; the log is whole.")


def keep_record(
    register: RegisterArgument,
    key: KeyArgument,
    reason: ReasonOption,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Put a legal hold on a record: nothing erases it until it is let go."""
    with plain_errors():
        opened = _holding(database, register, key)
        with opened.writing(getuser()) as connection:
            hold(connection, register, key, getuser(), reason, datetime.now(UTC))
        opened.close()
    console.print("The record is kept until `cauce register let-go`.")


def let_record_go(
    register: RegisterArgument,
    key: KeyArgument,
    reason: ReasonOption,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Lift a legal hold."""
    with plain_errors():
        opened = _holding(database, register, key)
        with opened.writing(getuser()) as connection:
            release_hold(connection, register, key, getuser(), reason, datetime.now(UTC))
        opened.close()
    console.print("The legal hold is lifted.")


def open_out_of_turn(
    register: RegisterArgument,
    key: KeyArgument,
    purpose: Annotated[str, typer.Option(help="For what: it is kept, and others are told.")],
    database: DatabaseOption = DEFAULT_DATABASE,
    keys: KeysOption = DEFAULT_KEYS,
) -> None:
    """Open what is sealed of a record, out of your role. It is written down and others are told."""
    with plain_errors():
        opened = _holding(database, register, key)
        declared = read_registers(own_registers()).registers
        entries = Log(opened, declared).entries(register, key)
        record = next(e.record for e in reversed(entries) if e.record is not None)
        whose, who = Whose(declared[register], key, entries[-1].country), getuser()
        with opened.writing(who) as connection:
            now = datetime.now(UTC)
            seen = open_out_of_role(connection, KeyFolder(keys), whose, record, who, purpose, now)
        opened.close()
    console.print(to_json(seen), markup=False)


def rekey(
    country: Annotated[
        list[str] | None,
        typer.Option(help="A country, such as GTM, or REGION; all if none is given."),
    ] = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    keys: KeysOption = DEFAULT_KEYS,
) -> None:
    """Put a new key in the place of a country's. Stopped half way, it goes on when typed again."""
    with plain_errors(), steps() as step:
        must_be_there(database)
        opened = open_database(database)
        chosen = tuple("" if c == "REGION" else c for c in country or ())
        done = [
            rotate(opened, KeyFolder(keys), one, getuser(), lambda n: step(f"{n:,} records' keys"))
            for one in chosen or countries_with_keys(opened)
        ]
        opened.close()
    if not done:
        console.print("No record holds sealed values, so there is no key to change.")
        return
    for one in done:
        console.print(f"{one.country or 'REGION'}: {one.wrapped:,} records, now under {one.key}.")
    console.print("Back up the keys now. The old ones open older backups: keep them as long.")


def _holding(database: str, register: str, key: str) -> Database:
    """The database, opened, if it holds the record. Raises BadInput if it does not."""
    must_be_there(database)
    declared = read_registers(own_registers())
    opened = open_database(database)
    if not Log(opened, declared.registers).entries(register, key):
        opened.close()
        raise BadInput(f"There is no record {key[:40]} in {register[:40]}.")
    return opened
