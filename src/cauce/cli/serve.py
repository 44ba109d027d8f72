"""`cauce serve`: the public portal."""

import signal
import socket
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from starlette.applications import Starlette

from cauce.cli.listening import address_of, listen
from cauce.cli.patient import Patient
from cauce.cli.places import DEFAULT_STORE, HostOption, PortOption, StoreOption, own_region
from cauce.cli.screen import console, plain_errors
from cauce.cli.workers import bound_memory, cores, keep_working
from cauce.model.errors import BadInput
from cauce.portal import create_app
from cauce.portal.bounds import Limits
from cauce.portal.bounds.refusing import nothing
from cauce.portal.warm import warm
from cauce.store import Reader

LIMITS = Limits()
MOST_CONNECTIONS, BACKLOG, LONGEST_HEAD = 1_000, 2_048, 1 << 17
ROOM = 1536 << 20
"""Bytes a worker may take beside tables: answers being made, stacks, what allocators set apart."""
LAST_WORDS = 10
"""Seconds an answer that is under way may take when we are told to end."""


def run(
    store: StoreOption = DEFAULT_STORE,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8200,
    workers: Annotated[
        int | None,
        typer.Option(
            help="Processes that answer, each on a processor of its own.",
            min=1,
            max=64,
            show_default="one for each processor",
        ),
    ] = None,
    most_at_once: Annotated[
        int, typer.Option(help="Questions worked on at once.", min=1, max=40)
    ] = LIMITS.most_at_once,
    most_waiting: Annotated[
        int, typer.Option(help="Questions that may wait; others are told to come again.", min=1)
    ] = LIMITS.most_waiting,
    longest_wait: Annotated[
        float, typer.Option(help="Seconds a question waits for its turn.", min=0.1)
    ] = LIMITS.longest_wait,
    longest_query: Annotated[
        float, typer.Option(help="Seconds until an answer must begin.", min=0.1)
    ] = LIMITS.longest_query,
    most_cells: Annotated[
        int, typer.Option(help="Cells of the longest answer, as CSV.", min=1_000)
    ] = LIMITS.most_cells,
    memory: Annotated[
        int | None,
        typer.Option(
            help="MiB of memory for tables that were read.",
            min=16,
            show_default=f"{LIMITS.memory >> 20} for each worker",
        ),
    ] = None,
    worker_memory: Annotated[
        int | None,
        typer.Option(
            help="MiB of memory that a worker may take; beyond it a question is refused and the "
            "worker replaced.",
            min=64,
            show_default="1536 and four times its tables",
        ),
    ] = None,
    answers: Annotated[
        int, typer.Option(help="MiB of memory for answers that are given again.", min=1)
    ] = LIMITS.answers >> 20,
    complain: Annotated[
        str, typer.Option(help="Where `cauce intake` is, such as https://ayuda.example.")
    ] = "",
) -> None:
    """Serve the portal over a store."""
    crew = workers or cores()
    limits = Limits(
        most_at_once=most_at_once,
        most_waiting=most_waiting,
        longest_wait=longest_wait,
        longest_query=longest_query,
        most_cells=most_cells,
        memory=LIMITS.memory * crew if memory is None else memory << 20,
        answers=answers << 20,
    )
    with plain_errors():
        room = None if worker_memory is None else worker_memory << 20
        serve(store, listen(host, port), limits, crew, room, complain.rstrip("/"))


def say_if_unreadable(store: Path) -> None:
    """A store may come later, or be mended while we serve; whoever mistyped it should know now."""
    try:
        Reader(store).snapshot()
    except BadInput as error:
        console.print(f"{error} Until then the pages say that nothing can be read.", markup=False)


def serve(
    store: Path,
    place: socket.socket,
    limits: Limits = LIMITS,
    workers: int | None = None,
    room: int | None = None,
    complain: str = "",
) -> None:
    """Serve until told to end: in processes of their own or, if no number is given, in this one.

    The processes share the limits and the place where we listen. Each may take `room` bytes of
    memory; one that needed more ends when it has answered, and another takes its place.
    """
    own = limits.share(workers or 1)
    region = own_region()
    bulletin, ahead = region / "bulletin", region / "calendar.toml"
    spent = end_this if workers else nothing
    app = create_app(store, bulletin, calendar=ahead, limits=own, spent=spent, complain=complain)
    say_if_unreadable(store)
    warm(app)
    # From here on who comes is heard, if not answered yet.
    place.listen(BACKLOG)
    console.print(f"The portal is at {address_of(place)} (Ctrl+C ends it)", markup=False)
    if workers is None:
        answer(app, place, MOST_CONNECTIONS)
        return

    def work() -> None:
        # A table that is being read takes thrice what it takes then; the texts of its numbers half.
        # One that comes later looks first: the store has turned since the first process did.
        warm(app)
        bound_memory(room or ROOM + 4 * own.memory + own.answers)
        answer(app, place, MOST_CONNECTIONS // workers)

    keep_working(work, workers, partial(console.print, markup=False))


def end_this() -> None:
    """End this process when what it works on is done."""
    signal.raise_signal(signal.SIGTERM)


def answer(app: Starlette, place: socket.socket, most_connections: int) -> None:
    """Answer who comes, until told to end."""
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=Patient,
            log_level="warning",
            server_header=False,
            backlog=BACKLOG,
            limit_concurrency=most_connections,
            timeout_graceful_shutdown=LAST_WORDS,
            # An address that is too long still comes in whole, to be answered with a page.
            h11_max_incomplete_event_size=LONGEST_HEAD,
        )
    )
    with suppress(KeyboardInterrupt):
        server.run(sockets=[place])
