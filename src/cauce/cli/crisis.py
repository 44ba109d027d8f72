"""`cauce crisis`: who works where a hazard passes, and rounds of displacement tracking."""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.markup import escape
from rich.table import Table

from cauce.cli.hold import (
    AloneOption,
    EmbargoOption,
    HeldOption,
    HoldOption,
    NameOption,
    Way,
    publish_or_hold,
)
from cauce.cli.places import DEFAULT_STORE, StoreOption, own_packs
from cauce.cli.screen import console, errors, plain_errors, steps
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.pipeline.crisis import (
    COMPONENTS,
    Ran,
    RoundAsked,
    admit_round,
    read_uses,
    run_crisis,
    use_of,
    write_lever,
)

app = typer.Typer(
    help="Crises: who works where a hazard passes. Never for enforcement.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
PurposeOption = Annotated[
    str, typer.Option("--purpose", help="What the figures are for; kept with the release.")
]
LookOption = Annotated[bool, typer.Option("--look", help="Show it, and publish nothing.")]
MOST = 20
"""Lines of a table in the terminal; the pages have all."""


@app.command()
def run(
    scenario: Annotated[Path, typer.Argument(help="The scenario, a TOML file.")],
    store: StoreOption = DEFAULT_STORE,
    purpose: PurposeOption = "",
    data: Annotated[
        list[Path] | None,
        typer.Option("--data", help="A folder with files the scenario names. May be repeated."),
    ] = None,
    vintage: Annotated[str, typer.Option(help="Its name; a hash of what went in if none.")] = "",
    lever: Annotated[
        Path | None, typer.Option(help="Write rebuilding as a lever of a scenario to this file.")
    ] = None,
    look: LookOption = False,
    hold: HoldOption = False,
    by: NameOption = "",
    embargo: EmbargoOption = "",
    alone: AloneOption = False,
    place: HeldOption = None,
) -> None:
    """Compute a crisis from published numbers and stated assumptions, and publish it."""
    with plain_errors():
        use = use_of(read_uses(_uses()), purpose)
        with steps() as step:
            ran = run_crisis(scenario, data or [], store, use, vintage, step)
            way = Way(hold or bool(embargo), by, embargo, alone, place)
            done = (
                "Nothing was published: you asked to look."
                if look
                else publish_or_hold(ran.release, store, way, step)
            )
        if lever is not None:
            write_lever(ran.levers, lever)
        show(ran)
        console.print(done, markup=False)


@app.command("round")
def round_(
    file: Annotated[Path, typer.Argument(help="The round: CSV or .xlsx with HXL hashtags.")],
    component: Annotated[str, typer.Option(help="MOB, FLM, REG (counts only) or SUR.")],
    country: Annotated[str, typer.Option(help="The country, such as HND.")],
    name: Annotated[str, typer.Option(help="Its name in English and Spanish, with | between.")],
    number: Annotated[int, typer.Option(help="The number of the round.", min=1)],
    period: Annotated[str, typer.Option(help="When it was, as 2020-12.")],
    producer: Annotated[str, typer.Option(help="Whose round it is.")],
    licence: Annotated[str, typer.Option(help="Under which terms it may be shown.")],
    store: StoreOption = DEFAULT_STORE,
    purpose: PurposeOption = "",
    reason: Annotated[str, typer.Option(help="Why an earlier one is replaced.")] = "",
    look: LookOption = False,
) -> None:
    """Admit a round of displacement tracking: counts by first-level area, never people."""
    with plain_errors():
        use = use_of(read_uses(_uses()), purpose)
        kinds = [kind for kind in COMPONENTS if kind == component.strip().upper()]
        if not kinds:
            raise BadInput(f"{component[:20]} is no component: {', '.join(COMPONENTS)}.")
        names = [part.strip() for part in name.split("|")]
        asked = RoundAsked(
            file,
            kinds[0],
            country.strip().upper(),
            Text(names[0], names[-1]),
            number,
            period,
            producer,
            licence,
        )
        with steps() as step:
            step("Reading")
            release = admit_round(asked, use, reason)
            way = Way(hold=False, by="", embargo="", alone=False)
            done = (
                "Nothing was published: you asked to look."
                if look
                else publish_or_hold(release, store, way, step)
            )
        [flow] = release.flows
        shown = int((flow.value == flow.value).sum())
        console.print(f"{flow.dataflow.id}: {shown} numbers of first-level areas.", markup=False)
        console.print(done, markup=False)


def _uses() -> Path:
    return own_packs() / "outlook" / "crisis" / "uses.toml"


def show(ran: Ran) -> None:
    """What was reached, what was computed, and what is missing and why."""
    crisis = ran.release.crisis
    if crisis is not None:
        table = Table(box=box.SIMPLE, title=escape(crisis.name.en))
        for head in ("area", "land, low", "central", "high", "wind m/s"):
            table.add_column(head, justify="left" if head == "area" else "right")
        reached = sorted(crisis.areas, key=lambda one: tuple(-part for part in one.land[::-1]))
        for one in [each for each in reached if each.land[2] > 0][:MOST]:
            wind = f"{one.strongest:.0f}" if one.strongest == one.strongest else ""
            table.add_row(escape(one.name.en), *(f"{part:.0%}" for part in one.land), wind)
        console.print(table)
        for line in crisis.beside:
            console.print(f"{line.what.en}: {line.theirs:,.0f}", markup=False)
    for flow in ran.release.flows:
        there = int((flow.value == flow.value).sum())
        told = f"{flow.dataflow.id}: {there:,} of {len(flow.value):,} numbers"
        console.print(told, markup=False)
    for what, because in ran.missing:
        errors.print(f"[yellow]Not produced: {escape(what.en)}.[/] {escape(because.en)}")
    console.print(f"For {ran.release.reason.partition(' || ')[0][4:]}.", markup=False)
