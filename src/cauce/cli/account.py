"""`cauce account`: the first person in, and whether the audit is as it was written."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cauce.cli.places import own_registers
from cauce.cli.screen import console, plain_errors
from cauce.model.account import Role
from cauce.model.errors import BadInput
from cauce.pipeline.registers import read_registers
from cauce.store.log import open_database
from cauce.store.log.accounts import Person, by_email, invite, invite_again
from cauce.store.log.audit import audit_faults
from cauce.store.log.copies import must_be_there

TERMINAL = "terminal"
"""Who acts when somebody with the machine's own rights does."""

app = typer.Typer(help="Who comes into the office of registers.", no_args_is_help=True)
DatabaseOption = Annotated[
    str, typer.Option("--database", help="Address of the register database.", show_default=True)
]
DEFAULT_DATABASE = "sqlite:///registers.sqlite"


@app.command("invite")
def invite_somebody(
    name: Annotated[str, typer.Argument(help="The person's name.")],
    email: Annotated[str, typer.Argument(help="Their e-mail address; nothing is sent to it.")],
    role: Annotated[list[Role], typer.Option(help="What they do. May be repeated.")],
    country: Annotated[
        list[str] | None,
        typer.Option(help="A country of theirs, such as GTM; the whole region if none is given."),
    ] = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Invite somebody and print the code with which they come in.

    The first administrator comes in this way; they invite everybody else in the browser. For an
    address that has an account already, the code replaces a lost telephone or password.
    """
    with plain_errors():
        countries = known(country) if country else None
        opened = open_database(database)
        now = datetime.now(UTC)
        with opened.writing(TERMINAL) as connection:
            found = by_email(connection, email)
            if found is None:
                person = Person(name, email, tuple(role), countries)
                _, code = invite(connection, person, now)
            else:
                code = invite_again(connection, found.account.id, now)
                console.print("They have an account: its roles and countries stay as they are.")
        opened.close()
        console.print(f"Code: [bold]{code}[/]")
        console.print("Hand it over by another way than their password. It lasts 7 days, once.")


@app.command("audit")
def check_audit(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Check that nobody altered the record of who was let in and who looked at what."""
    with plain_errors():
        must_be_there(database)
        opened = open_database(database)
        with opened.reading(TERMINAL) as connection:
            faults = list(audit_faults(connection))
        opened.close()
        for fault in faults:
            console.print(f"[bold red]{fault}[/]")
        if faults:
            raise typer.Exit(1)
        console.print("Every row of the audit is as it was written.")


def known(countries: list[str]) -> frozenset[str]:
    """The countries an account is for. Raises BadInput for a code that no record can have."""
    codes = {code.id for code in read_registers(own_registers()).lists["CL_COUNTRY"].codes}
    for code in countries:
        if code not in codes:
            raise BadInput(f"There is no country {code}. Use three capital letters, such as GTM.")
    return frozenset(countries)
