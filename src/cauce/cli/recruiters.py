"""`cauce recruiters`: from the spellings of a list to recruiters, by way of a person."""

from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.places import DEFAULT_DATABASE, DatabaseOption, own_packs, own_registers
from cauce.cli.screen import console, plain_errors
from cauce.model.errors import BadInput
from cauce.pipeline.job_orders import import_orders
from cauce.pipeline.order_entries import enter_orders
from cauce.pipeline.recruiter_match import (
    KnownName,
    enter_groups,
    known_names,
    read_review,
    write_review,
)
from cauce.pipeline.registers import read_registers
from cauce.pipeline.relations import renew_relations
from cauce.store.log import open_database
from cauce.store.log.copies import must_be_there

app = typer.Typer(help="Recruiters: which spellings are one.", no_args_is_help=True)


@app.command("match")
def match(
    file: Annotated[Path, typer.Argument(help="A CSV file, also packed as .gz.")],
    column: Annotated[str, typer.Option(help="The column of names.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The workbook to review.")] = Path(
        "review.xlsx"
    ),
    database: Annotated[
        str, typer.Option(help="The register to set the list beside; none if not given.")
    ] = "",
) -> None:
    """Propose which spellings are one recruiter, in a workbook for a person to review."""
    with plain_errors():
        if not file.is_file():
            raise BadInput(f"There is no file {file}.")
        done = write_review(file, column, out, _known(database))
        beside = (
            f" {done.known:,} stand in the register already; {done.matched:,} groups are like one "
            "there."
            if database
            else ""
        )
        console.print(
            f"{done.spellings:,} spellings, {done.groups:,} groups proposed, "
            f"{done.questions:,} questions.{beside} Written: {out}. Nothing is accepted yet.",
            markup=False,
        )


def _known(database: str) -> dict[str, KnownName]:
    """The names of a register; none if it is not asked."""
    if not database:
        return {}
    must_be_there(database)
    opened = open_database(database)
    try:
        return known_names(opened, read_registers(own_registers()))
    finally:
        opened.close()


@app.command("accept")
def accept(
    file: Annotated[Path, typer.Argument(help="The workbook as a person reviewed it.")],
    source: Annotated[str, typer.Option(help="Where the names were read.")],
    actor: Annotated[str, typer.Option(help="Whose entries they are.")] = "",
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Enter the groups a person accepted; each waits for a second person."""
    with plain_errors():
        if not file.is_file():
            raise BadInput(f"There is no file {file}.")
        declared = read_registers(own_registers())
        countries = frozenset(code.id for code in declared.lists["CL_COUNTRY"].codes)
        groups = read_review(file, countries)
        who = actor or getuser()
        opened = open_database(database)
        with opened.writing(who) as connection:
            new = enter_groups(connection, declared, groups, source, who, datetime.now(UTC))
        renew_relations(opened, declared.registers)
        opened.close()
        console.print(
            f"{len(groups):,} groups accepted, {new:,} entered and waiting for review, "
            f"{len(groups) - new:,} were there already."
        )


@app.command("orders")
def orders(
    file: Annotated[Path, typer.Argument(help="A CSV file of job orders, plain or .gz.")],
    actor: Annotated[str, typer.Option(help="Whose entries they are.")] = "",
    approved_by: Annotated[
        str, typer.Option(help="The second person who vouches for the file as a whole.")
    ] = "",
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Enter the job orders of another producer's file, each once."""
    with plain_errors():
        if not file.is_file():
            raise BadInput(f"There is no file {file}.")
        declared = read_registers(own_registers())
        found = import_orders(file, own_packs() / "frames" / "recruitment" / "orders")
        who = actor or getuser()
        opened = open_database(database)
        with console.status("Entering …"), opened.writing(who) as connection:
            now = datetime.now(UTC)
            done = enter_orders(connection, declared, found, who, now, approved_by)
        renew_relations(opened, declared.registers)
        opened.close()
        state = "approved" if approved_by else "waiting for review"
        console.print(
            f"{found.how.name.en}: {done.new:,} orders entered and {state}, {done.there:,} were "
            f"there already. Left out: {found.read.marked:,} of joint employers, "
            f"{found.read.repeated:,} with a number already read. {done.unread:,} values could "
            "not be read and are unknown.",
            markup=False,
        )
