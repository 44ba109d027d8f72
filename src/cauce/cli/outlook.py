"""`cauce outlook`: what work will need, from what was released and what somebody stands for."""

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
from cauce.cli.imports import generation
from cauce.cli.outlook_now import now
from cauce.cli.outlook_population import population
from cauce.cli.places import DEFAULT_STORE, RegionOption, StoreOption, own_packs, own_region
from cauce.cli.screen import console, plain_errors, steps
from cauce.model.errors import BadInput
from cauce.model.release import Release
from cauce.model.rule import rule_in
from cauce.pipeline.outlook.run import Done, asked, read_outlooks, release_outlook

app = typer.Typer(
    help="Forecasts, gaps and channels, derived from what was released.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(population)
PacksOption = Annotated[
    Path | None,
    typer.Option("--packs", help="The folder of outlook packs; Cauce's own if not given."),
]
app.command()(now)
LookOption = Annotated[bool, typer.Option("--look", help="Say what would be published, and stop.")]


@app.command("list")
def list_outlooks(packs: PacksOption = None) -> None:
    """List the outlook packs and their scenarios."""
    with plain_errors():
        table = Table(box=box.SIMPLE)
        for name in ("scenario", "area", "name", "levers"):
            table.add_column(name, no_wrap=name == "scenario")
        for pack in read_outlooks(packs or own_packs() / "outlook"):
            for one in pack.scenarios:
                name = f"{pack.folder}/{one.id}"
                table.add_row(name, pack.area, escape(one.name.en), str(len(one.levers)))
        console.print(table)


@app.command()
def run(
    scenario: Annotated[
        str, typer.Argument(help="The scenario, as `cauce outlook list` names it.")
    ],
    store: StoreOption = DEFAULT_STORE,
    packs: PacksOption = None,
    region: RegionOption = None,
    look: LookOption = False,
    vintage: Annotated[
        str, typer.Option(help="The vintage's name; made of base and scenario if not given.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why an earlier run is replaced.")] = "",
    hold: HoldOption = False,
    by: NameOption = "",
    embargo: EmbargoOption = "",
    alone: AloneOption = False,
    place: HeldOption = None,
) -> None:
    """Run a scenario from the tables a store has released, and publish what it says."""
    with plain_errors():
        with steps() as step:
            wanted = asked(read_outlooks(packs or own_packs() / "outlook"), scenario)
            wanted = wanted.named(vintage, reason)
            done = release_outlook(wanted, store, region or own_region(), step)
            before = generation(store)
            told = ""
            if done.release is not None and not look:
                way = Way(hold or bool(embargo), by, embargo, alone, place)
                told = publish_or_hold(done.release, store, way, step)
        show(done)
        if done.release is None:
            raise BadInput(
                f"{wanted.pack.area} {wanted.scenario.id}: nothing can be said, and nothing was "
                "published. What is lacking is listed above."
            )
        if look:
            told = "Nothing was published: you asked to look."
        elif not (hold or embargo) and generation(store) == before:
            told = "Nothing changed: the store has exactly this."
        console.print(told, markup=False)


def show(done: Done) -> None:
    """What a run says in short, and everything it does not say, with the reason."""
    if done.release is not None:
        show_tables(done.release)
    for one in done.lacking:
        output = escape(rule_in(one.output, "en"))
        console.print(f"[yellow]Not produced: {output}. {escape(one.because.en)}[/]")


def show_tables(release: Release) -> None:
    """The tables of a release: how many numbers each has, and how many are withheld."""
    table = Table(box=box.SIMPLE, title=f"{release.survey}, vintage {release.vintage}")
    table.add_column("table", no_wrap=True)
    for name in ("numbers", "with a value", "not told"):
        table.add_column(name, justify="right")
    for flow in release.flows:
        told = int((flow.value == flow.value).sum())
        table.add_row(
            flow.dataflow.id, f"{len(flow.value):,}", f"{told:,}", f"{len(flow.value) - told:,}"
        )
    console.print(table)
