"""`cauce waits`: how long people wait in mobility mechanisms, as published numbers."""

from typing import Annotated

import typer

from cauce.cli.hold import (
    AloneOption,
    EmbargoOption,
    HeldOption,
    HoldOption,
    NameOption,
    Way,
    moment_of,
    publish_or_hold,
)
from cauce.cli.places import (
    DEFAULT_DATABASE,
    DEFAULT_STORE,
    DatabaseOption,
    StoreOption,
    own_registers,
)
from cauce.cli.register_count import RegistersOption, day_of, refuse_unapproved, show_counts
from cauce.cli.screen import console, plain_errors, steps
from cauce.pipeline.register_count import Asked
from cauce.pipeline.register_waits import release_waits
from cauce.store.log import open_database
from cauce.store.log.copies import must_be_there


def run(
    database: DatabaseOption = DEFAULT_DATABASE,
    store: StoreOption = DEFAULT_STORE,
    day: Annotated[str, typer.Option(help="As of which day; today if not given.")] = "",
    known_at: Annotated[str, typer.Option(help="As known at which moment; now if not given.")] = "",
    publish: Annotated[bool, typer.Option(help="Publish the medians to the store.")] = False,
    unapproved: Annotated[
        bool, typer.Option(help="Use also what nobody has approved; not to be published.")
    ] = False,
    vintage: Annotated[str, typer.Option(help="The vintage's name; the day if not given.")] = "",
    reason: Annotated[str, typer.Option(help="Why it is estimated again.")] = "",
    registers: RegistersOption = None,
    hold: HoldOption = False,
    by: NameOption = "",
    embargo: EmbargoOption = "",
    alone: AloneOption = False,
    place: HeldOption = None,
) -> None:
    """How long people wait in mobility mechanisms: medians, with those who still wait."""
    with plain_errors(), steps() as step:
        refuse_unapproved(unapproved, publish or hold or bool(embargo))
        known = moment_of(known_at) if known_at else None
        public = store if publish or hold or embargo else None
        asked = Asked("", day_of(day), known, not unapproved, vintage, reason, public)
        must_be_there(database)
        opened = open_database(database)
        try:
            release = release_waits(registers or own_registers(), opened, asked, step)
        finally:
            opened.close()
        for flow in release.flows:
            show_counts(flow)
        done = "Nothing was published. Say --publish, or --hold for a second person."
        if publish or hold or embargo:
            way = Way(hold or bool(embargo), by, embargo, alone, place)
            done = publish_or_hold(release, store, way, step)
    console.print(done, markup=False)
