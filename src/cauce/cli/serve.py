"""`cauce serve`: the public portal."""

from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from cauce.cli.places import DEFAULT_STORE, StoreOption, own_region
from cauce.cli.screen import console, plain_errors
from cauce.portal import create_app


def run(
    store: StoreOption = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8200,
) -> None:
    """Serve the portal over a store."""
    with plain_errors():
        serve(store, host, port)


def serve(store: Path, host: str, port: int) -> None:
    """Serve until interrupted."""
    app = create_app(store, own_region() / "bulletin")
    console.print(f"The portal is at [bold]http://{host}:{port}[/] (Ctrl+C ends it)")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
