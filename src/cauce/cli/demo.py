"""`cauce demo`: an invented country, from its survey files to the portal."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.hold import ALONE
from cauce.cli.listening import listen
from cauce.cli.places import (
    HostOption,
    PortOption,
    StoreOption,
    own_packs,
    own_region,
    own_registers,
)
from cauce.cli.register_publish import show_published
from cauce.cli.release import now, show_release
from cauce.cli.screen import called, console, plain_errors, steps
from cauce.cli.serve import serve as serve_portal
from cauce.model.release import Release
from cauce.pipeline.crisis.demo import invented_crises
from cauce.pipeline.demo import clear_earlier_demo, make_demo, make_employers, make_south
from cauce.pipeline.outlook.demo import invented_outlooks
from cauce.pipeline.register_demo import count_invented, show_registers
from cauce.pipeline.structures import refuse_inconsistent
from cauce.store import Store

GARBAGE = 100_000
"""How many new values there are before rubbish is looked for."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for rubbish seldom: nearly all that a release is made of stays until it is published.

    Looking among its millions of small values would take a fifth of the time.
    """
    earlier = gc.get_threshold()
    gc.set_threshold(GARBAGE, *earlier[1:])
    try:
        yield
    finally:
        gc.set_threshold(*earlier)


def run(
    store: StoreOption = Path("demo-store"),
    serve: Annotated[bool, typer.Option(help="Serve the portal when the release is there.")] = True,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8200,
) -> None:
    """Release an invented survey, publish the registers' first records, show both."""
    microdata = store.parent / f"{store.name}-microdata"
    database = store.parent / f"{store.name}-registers.sqlite"
    keys = store.parent / f"{store.name}-keys"
    with plain_errors():
        also = f", or with make: make demo PORT={port + 1}"
        place = listen(host, port, otherwise=also) if serve else None
        with steps() as step, seldom_collected():
            release = make_demo(own_packs() / "demo", own_region(), microdata, step)
            employers = make_employers(own_packs() / "demo", own_region(), microdata, step)
            south = make_south(own_packs() / "demo", own_region(), microdata, step)
            step("Publishing")
            made_anew = clear_earlier_demo(store, release, employers, south)
            for one in (release, employers, south):
                _publish(one, store)
            if made_anew:
                database.unlink(missing_ok=True)
            done = show_registers(own_registers(), database, Store(store), step, keys)
            for counts in count_invented(own_registers(), database, store, step):
                _publish(counts, store)
            for outlook in invented_outlooks(own_packs() / "outlook", own_region(), store, step):
                _publish(outlook, store)
            for crisis in invented_crises(own_packs() / "outlook" / "crisis", store, step):
                _publish(crisis, store)
        if made_anew:
            console.print(f"{store} held a demo of other code or packs; it was made anew.")
        show_release(release)
        console.print(f"Published to {store}.", markup=False)
        show_published(done, store)
        of = f"{release.vintage} --survey {release.survey}"
        again = f"{called()} verify {of} --store {store} --file {microdata}"
        console.print(f"Compute every number again and compare: {again}")
        if place:
            serve_portal(store, place)
        else:
            console.print(f"See it: {called()} serve --store {store}")


def _publish(release: Release, store: Path) -> None:
    refuse_inconsistent(release, store)
    Store(store).publish(release, now(), signed=ALONE)
