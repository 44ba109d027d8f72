"""`cauce office`: the editors' side of the registers."""

import socket
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from cauce.cli.account import invite_somebody
from cauce.cli.hold import HeldOption, held_beside
from cauce.cli.listening import address_of, listen
from cauce.cli.office_provider import ProviderOption, ask_provider, provider_in
from cauce.cli.places import (
    DEFAULT_DATABASE,
    DEFAULT_KEYS,
    DatabaseOption,
    KeysOption,
    own_packs,
    own_registers,
)
from cauce.cli.screen import console, plain_errors
from cauce.letterbox import Box
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.office import Entrance, create_office
from cauce.office.doors import Doors, Provider, csrf_field, guards, kept_page, routes
from cauce.office.seat import Proposes
from cauce.office.status import ADDRESS, status_routes
from cauce.pipeline.coding.proposing import proposes_by
from cauce.pipeline.registers import Declared, read_registers
from cauce.pipeline.relations import renew_relations
from cauce.pipeline.status import Looked
from cauce.registers.access import parse_access
from cauce.sources.coding.model_file import read_model
from cauce.store import Holds
from cauce.store.log import open_database
from cauce.store.log.key_folder import KeyFolder

app = typer.Typer(help="The editors' side of the registers.", invoke_without_command=True)
app.command("invite")(invite_somebody)
COUNTRIES = "CL_COUNTRY"


@app.callback()
def run(
    context: typer.Context,
    database: DatabaseOption = DEFAULT_DATABASE,
    keys: KeysOption = DEFAULT_KEYS,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8300,
    address: Annotated[
        str, typer.Option(help="Where people find it, such as https://registros.example.")
    ] = "",
    store: Annotated[
        Path | None,
        typer.Option("--store", help="The published store: held releases are approved here too."),
    ] = None,
    held: HeldOption = None,
    backups: Annotated[
        Path | None, typer.Option("--backups", help="For the page on how the system is.")
    ] = None,
    provider: ProviderOption = None,
    portal: Annotated[
        str, typer.Option(help="Where the public pages are, for the QR of certificates.")
    ] = "",
    criteria: Annotated[
        Path | None, typer.Option(help="A licensed copy of the criteria of IRIS, as a table.")
    ] = None,
    letters: Annotated[
        Path | None, typer.Option("--letters", help="Where `cauce intake` drops complaints.")
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Where answers to them are left.")
    ] = None,
    complain: Annotated[
        str, typer.Option(help="Where `cauce intake` is, such as https://ayuda.example.")
    ] = "",
    coder: Annotated[
        list[Path] | None,
        typer.Option("--coder", help="A model of `cauce coding train`, one a language."),
    ] = None,
) -> None:
    """Serve the office until interrupted. It listens here only: put it behind TLS for others."""
    if context.invoked_subcommand is None:
        with plain_errors():
            place = held or held_beside(store) if store else None
            looked = Looked(database, store, place, backups, letters=letters)
            signs_in = provider_in(provider, address) if provider else None
            if signs_in:
                ask_provider(signs_in)
            box = box_of(letters, answers)
            proposes = proposes_by([read_model(path).coder for path in coder]) if coder else None
            way = Way(address, portal, signs_in, criteria, box, complain.rstrip("/"), proposes)
            serve(looked, keys, listen(host, port, "The office"), way)


@dataclass(frozen=True)
class Way:
    """How people come to the office, and from it to the public pages; `criteria` are of IRIS.

    `proposes` codes of occupations from words, None without a model.
    """

    address: str = ""
    portal: str = ""
    provider: Provider | None = None
    criteria: Path | None = None
    box: Box | None = None
    complain: str = ""
    proposes: Proposes | None = None


def box_of(letters: Path | None, answers: Path | None) -> Box | None:
    """The folders of the form for complaints, None without it. Raises BadInput if one lacks."""
    if letters is None and answers is None:
        return None
    if letters is None or answers is None or not letters.is_dir() or not answers.is_dir():
        raise BadInput("Name both folders of the form for complaints: --letters and --answers.")
    return Box(letters, answers)


def serve(looked: Looked, keys: Path, place: socket.socket, way: Way) -> None:
    """Serve until interrupted."""
    folder = own_registers()
    declared = read_registers(folder)
    access = parse_access((folder / "access.toml").read_text("utf-8"))
    looked = replace(looked, registers=declared.registers)
    database = open_database(looked.database)
    if not renew_relations(database, declared.registers):
        console.print("The views for analysts are not as declared: run `cauce upgrade`.")
    doors = Doors(
        database=database,
        keys=KeyFolder(keys),
        access=access,
        countries=countries_of(declared),
        registers={register.id: register.name for register in declared.registers.values()},
        address=way.address,
        provider=way.provider,
        home="/",
        status=ADDRESS,
    )
    office = create_office(
        database,
        declared,
        access,
        doors.keys,
        Entrance(
            guards(doors),
            [*routes(doors), *status_routes(looked, doors.clock)],
            csrf_field,
            kept_page,
        ),
        doors.clock,
        own_packs() / "frames",
        way.portal,
        Holds(looked.held, looked.store) if looked.held and looked.store else None,
        way.criteria,
        way.box,
        way.address,
        way.complain,
        way.proposes,
    )
    console.print(f"The office is at [bold]{address_of(place)}[/] (Ctrl+C ends it)")
    config = uvicorn.Config(office, log_level="warning", server_header=False)
    try:
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[place])
    finally:
        database.close()


def countries_of(declared: Declared) -> dict[str, Text]:
    """The countries an account may be for: those some register is kept by."""
    codes = declared.lists[COUNTRIES].codes if COUNTRIES in declared.lists else ()
    return {code.id: code.name for code in codes}
