"""`cauce demo`: an invented country, from its survey files to the portal."""

from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.places import StoreOption, own_packs, own_region, own_registers
from cauce.cli.register_publish import show_published
from cauce.cli.release import now, show_release
from cauce.cli.screen import console, plain_errors, steps
from cauce.cli.serve import serve as serve_portal
from cauce.pipeline.demo import make_demo
from cauce.pipeline.register_demo import show_registers
from cauce.store import Store


def run(
    store: StoreOption = Path("demo-store"),
    serve: Annotated[bool, typer.Option(help="Serve the portal when the release is there.")] = True,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8200,
) -> None:
    """Release an invented survey, publish the registers' first records, show both."""
    microdata = store.parent / f"{store.name}-microdata"
    with plain_errors():
        with steps() as step:
            release = make_demo(own_packs() / "demo", own_region(), microdata, step)
            step("Publishing")
            Store(store).publish(release, now())
            database = store.parent / f"{store.name}-registers.sqlite"
            done = show_registers(own_registers(), database, Store(store), step)
        show_release(release, store)
        show_published(done, store)
        console.print(
            f"Check it: cauce verify {release.vintage} --store {store} --file {microdata}"
        )
        if serve:
            serve_portal(store, host, port)
