"""`cauce ilms admit`: the tables another office filled in, published as that office's figures."""

from pathlib import Path
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
from cauce.cli.places import DEFAULT_STORE, RegionOption, StoreOption, own_region
from cauce.cli.screen import console, plain_errors, steps
from cauce.harmonise.replies_admitted import Office
from cauce.harmonise.reply_words import cell_name
from cauce.model.errors import BadInput
from cauce.pipeline.questionnaire_admit import Faulty, admit_tables

MOST_SHOWN = 20


def run(
    files: Annotated[list[Path], typer.Argument(help="The workbooks of an area, one a period.")],
    provider: Annotated[str, typer.Option(help="The office whose figures they are.")],
    licence: Annotated[str, typer.Option(help="Under which licence they may be used.")],
    citation: Annotated[str, typer.Option(help="How they are cited.")],
    open_licence: Annotated[
        bool, typer.Option(help="The licence lets anybody pass them on whole.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
    reason: Annotated[str, typer.Option(help="Why they replace what is published.")] = "",
    look: Annotated[
        bool, typer.Option(help="Say what would be taken, and publish nothing.")
    ] = False,
    region: RegionOption = None,
    hold: HoldOption = False,
    by: NameOption = "",
    embargo: EmbargoOption = "",
    alone: AloneOption = False,
    place: HeldOption = None,
) -> None:
    """Publish the tables another office filled in, whole, or not at all."""
    office = Office(provider.strip(), licence.strip(), citation.strip(), open_licence)
    with plain_errors(), steps() as step:
        if not all((office.name, office.licence, office.citation)):
            raise BadInput("Say --provider, --licence and --citation: no figure is nobody's.")
        step("Reading")
        found = admit_tables(files, office, region or own_region(), store, reason)
        if isinstance(found, Faulty):
            raise BadInput(_told(found))
        way = Way(hold or bool(embargo), by, embargo, alone, place)
        done = (
            "Nothing was published: you asked to look."
            if look
            else publish_or_hold(found, store, way, step)
        )
    for flow in found.flows:
        there = int((flow.value == flow.value).sum())
        kept = f"{len(flow.value):,} figures, {there:,} with a value"
        console.print(f"{flow.dataflow.id}: {kept}", markup=False)
    console.print(done, markup=False)


def _told(found: Faulty) -> str:
    many = len(found.faults)
    lines = [f"{found.file.name}: {many:,} fault(s); nothing was taken."]
    lines += (
        f"{one.sheet}, {cell_name(one.row, one.column)}: {one.message.en}"
        for one in found.faults[:MOST_SHOWN]
    )
    if many > MOST_SHOWN:
        lines.append(f"… and {many - MOST_SHOWN:,} more.")
    lines.append("`cauce ilms read FILE --marked OUT.xlsx` writes each fault at its cell.")
    return "\n".join(lines)
