"""`cauce outlook bias`: how far employers' earlier expectations came true."""

from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.places import DEFAULT_STORE, StoreOption, own_packs
from cauce.cli.screen import console, plain_errors
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.pipeline.outlook.past import past_bias
from cauce.pipeline.outlook.run import read_outlooks
from cauce.store import Reader


def bias(
    outlook: Annotated[str, typer.Argument(help="The outlook pack, as `cauce outlook list` says.")],
    store: StoreOption = DEFAULT_STORE,
    packs: Annotated[
        Path | None,
        typer.Option("--packs", help="The folder of outlook packs; Cauce's own if not given."),
    ] = None,
) -> None:
    """Say how far employers' earlier expectations came true, and what a pack would say of it."""
    with plain_errors():
        known = read_outlooks(packs or own_packs() / "outlook")
        pack = next((one for one in known if outlook.lower() == one.folder), None)
        if pack is None:
            names = ", ".join(one.folder for one in known)
            raise BadInput(f"There is no outlook {outlook[:60]}. There are: {names}.")
        found = past_bias(Reader(store).snapshot(), pack)
    if isinstance(found, NotProducible):
        console.print(f"Not known: {found.because.en}", markup=False)
        return
    one = found.known
    console.print(
        f"What employers expected came out {one.bias:+.1%} off on average, "
        f"{one.square**0.5:.1%} in the root of the mean square less sampling, in "
        f"{one.occupations} pairs of an occupation and a year.\n"
        "A run uses this by itself. To state it, or another of the same firms, in the pack:\n\n"
        f"[employers.bias]\nmean = {one.bias:.4f}\nsquare = {one.square:.6f}\n"
        f"occupations = {one.occupations}\n"
        f'source = {{ en = "{found.source.en}", es = "{found.source.es}" }}',
        markup=False,
    )
