"""The place where we answer, taken before any work is done."""

import os
import socket

from cauce.model.errors import BadInput


def listen(host: str, port: int, who: str = "The portal", otherwise: str = "") -> socket.socket:
    """The place `who` will answer at; port 0 takes one that is free.

    `otherwise` names another way to choose the port, said after `--port`.

    Raises:
        BadInput: another program has the port, or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only of a socket that says it speaks TCP does asyncio send a small last piece at once; who
    # keeps a connection open would wait 40 ms for the end of each answer.
    place = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((host, port))
    except OSError as error:
        place.close()
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else "unknown address"
        raise BadInput(
            f"{who} cannot answer at {host}, port {port}: {why.lower()}. "
            f"Name another port: --port {port + 1}{otherwise}."
        ) from error
    return place


def address_of(place: socket.socket) -> str:
    """Where a browser finds it."""
    host, port = place.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"
