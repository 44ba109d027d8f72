"""`cauce capture`: permits beside the workers that surveys estimate."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cauce.cli.hold import (
    AloneOption,
    EmbargoOption,
    HeldOption,
    HoldOption,
    NameOption,
    Way,
    publish_or_hold,
)
from cauce.cli.places import DEFAULT_STORE, StoreOption, own_registers
from cauce.cli.register_count import RegistersOption, show_counts
from cauce.cli.screen import console, plain_errors, steps
from cauce.pipeline.capture import release_capture
from cauce.pipeline.registers import read_house


def run(
    store: StoreOption = DEFAULT_STORE,
    publish: Annotated[bool, typer.Option(help="Publish the ratios to the store.")] = False,
    vintage: Annotated[str, typer.Option(help="The vintage's name; today if not given.")] = "",
    registers: RegistersOption = None,
    hold: HoldOption = False,
    by: NameOption = "",
    embargo: EmbargoOption = "",
    alone: AloneOption = False,
    place: HeldOption = None,
) -> None:
    """Set published permits beside a country's survey: their ratio, with its error."""
    with plain_errors(), steps() as step:
        today = datetime.now(UTC).date()
        house = read_house(registers or own_registers())
        release = release_capture(house, store, vintage, today, step)
        for flow in release.flows:
            show_counts(flow)
        for note in release.notes:
            console.print(note, markup=False)
        done = "Nothing was published. Say --publish, or --hold for a second person."
        if publish or hold or embargo:
            way = Way(hold or bool(embargo), by, embargo, alone, place)
            done = publish_or_hold(release, store, way, step)
    console.print(done, markup=False)
