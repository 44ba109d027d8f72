"""Outlook packs on the command line: where they are, and which one is meant."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.places import own_packs
from cauce.model.errors import BadInput
from cauce.pipeline.outlook.pack import OutlookPack
from cauce.pipeline.outlook.run import read_outlooks

OutlookArgument = Annotated[
    str, typer.Argument(help="The outlook pack, as `cauce outlook list` says.")
]
PacksOption = Annotated[
    Path | None,
    typer.Option("--packs", help="The folder of outlook packs; Cauce's own if not given."),
]


def outlook_named(name: str, packs: Path | None) -> OutlookPack:
    """The outlook pack of that name. Raises BadInput if there is none."""
    known: Sequence[OutlookPack] = read_outlooks(packs or own_packs() / "outlook")
    found = next((one for one in known if name.lower() == one.folder), None)
    if found is None:
        names = ", ".join(one.folder for one in known)
        raise BadInput(f"There is no outlook {name[:60]}. There are: {names}.")
    return found
