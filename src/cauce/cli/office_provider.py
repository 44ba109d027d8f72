"""Where an office's people sign in, if not here: a file says so, and the secret is apart."""

import os
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.screen import console
from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.model.errors import BadInput
from cauce.office.doors.provider import Provider, Silent, looked_up

ProviderOption = Annotated[
    Path | None,
    typer.Option(
        "--provider", help="A file that says at which identity provider (OIDC) people sign in."
    ),
]
SECRET = "CAUCE_PROVIDER_SECRET"  # noqa: S105 - the name of a variable
BACK = "/es/provider/back"


def provider_in(path: Path, address: str) -> Provider:
    """The identity provider a file names, with the secret from the environment or its own file.

    Raises BadInput with what is wrong: in the file, with the secret, or with the address.
    """
    if not address.startswith("https://"):
        raise BadInput(
            "--provider needs --address https://…: people come back from there to the office."
        )
    if not path.is_file():
        raise BadInput(f"There is no file {path}. docs/how-to/accounts.md shows what it holds.")
    problems = Problems()
    top = open_toml(path.name, path.read_text("utf-8"), problems)
    found = None if top is None else _read(top, path.parent, address)
    problems.stop_if_any("The identity provider")
    if found is None:
        raise BadInput(f"{path} says nothing.")
    return found


def _read(top: Section, folder: Path, address: str) -> Provider:
    if top.has("client_secret"):
        top.note("client_secret", f"a secret does not stand here: put it into {SECRET}, or a file")
    issuer = top.text("issuer")
    if not issuer.startswith(("https://", "http://127.0.0.1:")):
        top.note("issuer", "an identity provider is asked over https")
    file = top.text("secret_file", "")
    name, client, amr = top.text("name"), top.text("client_id"), top.texts("amr", ())
    top.finish()
    back = f"{address.rstrip('/')}{BACK}"
    return Provider(name, issuer, client, _secret(top, file, folder), back, amr)


def _secret(top: Section, file: str, folder: Path) -> str:
    """The client's secret; a problem is noted if there is none, or others can read it."""
    given = os.environ.get(SECRET, "").strip()
    if given:
        return given
    if not file:
        top.note("secret_file", f"neither this nor {SECRET} in the environment says the secret")
        return ""
    path = folder / file
    if not path.is_file():
        top.note("secret_file", f"there is no file {path}")
        return ""
    if path.stat().st_mode & 0o077:
        top.note("secret_file", f"others can read {path}: give it the mode 0600")
    found = path.read_text("utf-8").strip()
    if not found:
        top.note("secret_file", f"{path} is empty")
    return found


def ask_provider(provider: Provider) -> None:
    """See whether the provider is as it should be.

    One that does not answer now may later, and other ways in are open: that is told and no more.

    Raises BadInput if what it says of itself cannot work.
    """
    try:
        looked_up(provider)
    except Silent as error:
        console.print(f"[bold yellow]Warning:[/] {error} Until then nobody comes in through it.")
