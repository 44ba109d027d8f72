"""`cauce serve`: the public portal."""

import os
import socket
from contextlib import suppress
from pathlib import Path

import uvicorn

from cauce.cli.places import DEFAULT_STORE, HostOption, PortOption, StoreOption, own_region
from cauce.cli.screen import console, plain_errors
from cauce.model.errors import BadInput
from cauce.portal import create_app
from cauce.store import Reader


def run(
    store: StoreOption = DEFAULT_STORE,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8200,
) -> None:
    """Serve the portal over a store."""
    with plain_errors():
        serve(store, listen(host, port))


def listen(host: str, port: int) -> socket.socket:
    """The place the portal will answer at, taken before any work is done.

    Raises:
        BadInput: another program has the port, or the address is not of this machine.
    """
    place = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((host, port))
    except OSError as error:
        place.close()
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else "unknown address"
        raise BadInput(
            f"The portal cannot answer at {host}, port {port}: {why.lower()}. "
            f"Name another port: --port {port + 1}, or with make: make demo PORT={port + 1}."
        ) from error
    return place


def say_if_unreadable(store: Path) -> None:
    """A store may come later, or be mended while we serve; whoever mistyped it should know now."""
    try:
        Reader(store).snapshot()
    except BadInput as error:
        console.print(f"{error} Until then the pages say that nothing can be read.", markup=False)


def serve(store: Path, place: socket.socket) -> None:
    """Serve until interrupted."""
    region = own_region()
    app = create_app(store, region / "bulletin", calendar=region / "calendar.toml")
    say_if_unreadable(store)
    host, port = place.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    console.print(f"The portal is at http://{shown}:{port} (Ctrl+C ends it)", markup=False)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
    with suppress(KeyboardInterrupt):
        server.run(sockets=[place])
