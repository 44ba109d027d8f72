"""`cauce recruiters`: from the spellings of a list to recruiters, by way of a person."""

from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.places import DEFAULT_DATABASE, DatabaseOption, own_registers
from cauce.cli.screen import console, plain_errors
from cauce.model.errors import BadInput
from cauce.pipeline.recruiter_match import enter_groups, read_review, write_review
from cauce.pipeline.registers import read_registers
from cauce.pipeline.relations import renew_relations
from cauce.store.log import open_database

app = typer.Typer(help="Recruiters: which spellings are one.", no_args_is_help=True)


@app.command("match")
def match(
    file: Annotated[Path, typer.Argument(help="A CSV file, also packed as .gz.")],
    column: Annotated[str, typer.Option(help="The column of names.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The workbook to review.")] = Path(
        "review.xlsx"
    ),
) -> None:
    """Propose which spellings are one recruiter, in a workbook for a person to review."""
    with plain_errors():
        if not file.is_file():
            raise BadInput(f"There is no file {file}.")
        done = write_review(file, column, out)
        console.print(
            f"{done.spellings:,} spellings, {done.groups:,} groups proposed, "
            f"{done.questions:,} questions. Written: {out}. Nothing is accepted yet."
        )


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
