"""`cauce register publish`: from the register database to the portal."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.places import (
    DEFAULT_DATABASE,
    DEFAULT_STORE,
    DatabaseOption,
    StoreOption,
    own_registers,
)
from cauce.cli.screen import console, plain_errors, steps
from cauce.pipeline.citing import broken_in, told
from cauce.pipeline.register_publish import Published
from cauce.pipeline.register_publish import publish_registers as publish_all
from cauce.pipeline.registers import read_registers
from cauce.store import Damaged, Store
from cauce.store.log import open_database
from cauce.store.log.copies import must_be_there


def publish(
    database: DatabaseOption = DEFAULT_DATABASE,
    store: StoreOption = DEFAULT_STORE,
    register: Annotated[
        list[str] | None,
        typer.Option("--register", help="Only this one; may be repeated. All if not given."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Shown with the edition.")] = "",
    registers: Annotated[
        Path | None, typer.Option(help="The folder of declarations; Cauce's own if not given.")
    ] = None,
) -> None:
    """Publish the approved, public part of registers to the store the portal reads."""
    with plain_errors():
        with steps() as step:
            must_be_there(database)
            declared = read_registers(registers or own_registers())
            opened = open_database(database)
            try:
                done = publish_all(
                    opened,
                    declared,
                    Store(store),
                    datetime.now(UTC),
                    register or (),
                    reason,
                    step,
                )
            finally:
                opened.close()
        show_published(done, store)
        tell_broken(store)


def tell_broken(store: Path) -> None:
    """Tell which citations in the store lead nowhere, if there are any."""
    # What is damaged stops nobody who has just published or withdrawn: `cauce scrub` tells it.
    try:
        _, wrong = broken_in(store)
    except Damaged:
        return
    if wrong:
        console.print(told(wrong), markup=False, style="yellow")


def show_published(done: Published, store: Path) -> None:
    """Tell what was published, and what was left out."""
    console.print(
        f"{done.records:,} records of {done.registers} registers are public in {store}: "
        f"generation {done.generation}."
    )
    if done.waiting:
        console.print(f"{done.waiting:,} entries were left out: nobody has approved them yet.")
    if done.dropped_links:
        console.print(f"{done.dropped_links:,} links were left out: what they name is not public.")
