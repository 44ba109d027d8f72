"""`cauce vintages`, `rollback`, `withdraw` and `scrub`."""

from typing import Annotated

import typer
from rich import box
from rich.markup import escape
from rich.table import Table

from cauce.cli.hold import HeldOption
from cauce.cli.places import DEFAULT_STORE, StoreOption
from cauce.cli.register_publish import tell_broken
from cauce.cli.screen import console, plain_errors
from cauce.store import Audits, Reader, Store, audits_beside
from cauce.store.audit_check import audit_faults, vintages_with_audits

REGISTERS = "registers"


def vintages(store: StoreOption = DEFAULT_STORE) -> None:
    """List what is published: every dataflow and register with its vintages."""
    with plain_errors():
        snapshot = Reader(store).snapshot()
        table = Table(box=box.SIMPLE, title=f"Generation {snapshot.generation}")
        for name in (
            "survey",
            "dataflow or register",
            "current vintage",
            "all vintages",
            "published",
        ):
            table.add_column(name, no_wrap="vintage" not in name)
        for manifest in snapshot.flows():
            flow = manifest.dataflow.id
            every = ", ".join(snapshot.vintages(flow))
            published = manifest.published_at[:10]
            table.add_row(manifest.survey, flow, manifest.vintage, every, published)
        for register in snapshot.shelves.ids():
            edition = snapshot.shelves.edition(register)
            every = ", ".join(snapshot.shelves.names(register))
            published = edition.published_at[:10]
            table.add_row(REGISTERS, register, edition.edition, every, published)
        console.print(table)
        for alarm in snapshot.alarms:
            console.print(f"[bold red]{alarm}[/]")


def rollback(
    store: StoreOption = DEFAULT_STORE,
    to: Annotated[
        int | None, typer.Option(help="The generation to go back to; the one before if not given.")
    ] = None,
) -> None:
    """Make an earlier generation current again. Nothing is deleted."""
    with plain_errors():
        catalog = Store(store).rollback(to)
        console.print(f"Generation {catalog.generation} is current.")
        tell_broken(store)


def withdraw(
    survey: Annotated[
        str, typer.Argument(help="The survey, dataflow or register, as `vintages` lists it.")
    ],
    vintage: Annotated[str, typer.Argument(help="The vintage to withdraw.")],
    reason: Annotated[str, typer.Option(help="Shown to everyone who asks for it.", prompt=True)],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Take a vintage out of the public: its objects are deleted and its address says why."""
    with plain_errors():
        catalog = Store(store).withdraw(survey, vintage, reason)
        console.print(f"Withdrawn. Generation {catalog.generation} is current.")
        tell_broken(store)


def scrub(
    store: StoreOption = DEFAULT_STORE,
    held: HeldOption = None,
    audits: Annotated[
        bool,
        typer.Option(help="Look at the audits beside it; not where the public store lies alone."),
    ] = True,
) -> None:
    """Check every checksum in the store, and the audits the office keeps beside it."""
    with plain_errors():
        faults = Store(store).scrub()
        told = "Every file is as it was written."
        if audits:
            snapshot, beside = Reader(store).snapshot(), Audits(audits_beside(store, held))
            faults += audit_faults(snapshot, beside)
            if count := len(vintages_with_audits(snapshot)):
                told = f"{told[:-1]}; so are the audits of {count} vintages."
        for fault in faults:
            console.print(f"[bold red]{escape(fault)}[/]", soft_wrap=True)
        if faults:
            raise typer.Exit(1)
        console.print(told, markup=False)
