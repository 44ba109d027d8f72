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
from cauce.cli.outlook_bias import bias
from cauce.cli.outlook_now import now
from cauce.cli.outlook_packs import OutlookArgument, PacksOption, outlook_named
from cauce.cli.outlook_population import population
from cauce.cli.outlook_skills import skills
from cauce.cli.places import DEFAULT_STORE, RegionOption, StoreOption, own_packs, own_region
from cauce.cli.screen import console, plain_errors, steps
from cauce.model.errors import BadInput
from cauce.model.release import Release
from cauce.model.rule import rule_in
from cauce.model.scorecard import Scorecard
from cauce.pipeline.outlook.backtest import backtest
from cauce.pipeline.outlook.pack import OutlookPack
from cauce.pipeline.outlook.regions import region_named, regions_of, release_region
from cauce.pipeline.outlook.run import Done, asked, read_outlooks, release_outlook
from cauce.pipeline.progress import Progress

app = typer.Typer(
    help="Forecasts, gaps and channels, derived from what was released.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(population)
app.command()(bias)
app.command()(now)
app.command()(skills)
UnOption = Annotated[
    Path | None,
    typer.Option("--un", help="The folder of the UN's population, for countries without a file."),
]
LookOption = Annotated[bool, typer.Option("--look", help="Say what would be published, and stop.")]


@app.command("list")
def list_outlooks(packs: PacksOption = None) -> None:
    """List the outlook packs and their scenarios, and the regions they form."""
    with plain_errors():
        table = Table(box=box.SIMPLE)
        for name in ("scenario", "area", "name", "changes"):
            table.add_column(name, no_wrap=name == "scenario")
        known = read_outlooks(packs or own_packs() / "outlook")
        for pack in known:
            for one in pack.scenarios:
                name = f"{pack.folder}/{one.id}"
                table.add_row(name, pack.area, escape(one.name.en), str(one.changes))
        for each in regions_of(known):
            table.add_row(each.folder, each.id, escape(each.name.en), "")
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
    un: UnOption = None,
) -> None:
    """Run a scenario, or a region of countries, from what a store has released, and publish it."""
    with plain_errors():
        with steps() as step:
            known = read_outlooks(packs or own_packs() / "outlook", un)
            name, done = _run(scenario, known, (vintage, reason), store, region, step)
            before = generation(store)
            told = ""
            if done.release is not None and not look:
                way = Way(hold or bool(embargo), by, embargo, alone, place)
                told = publish_or_hold(done.release, store, way, step)
        show(done)
        if done.release is None:
            raise BadInput(
                f"{name}: nothing can be said, and nothing was "
                "published. What is lacking is listed above."
            )
        if look:
            told = "Nothing was published: you asked to look."
        elif not (hold or embargo) and generation(store) == before:
            told = "Nothing changed: the store has exactly this."
        console.print(told, markup=False)


def _run(
    scenario: str,
    known: tuple[OutlookPack, ...],
    named: tuple[str, str],
    store: Path,
    region: Path | None,
    step: Progress,
) -> tuple[str, Done]:
    """What was run, a country's scenario or a region, and what it says."""
    dictionary = region or own_region()
    together = region_named(known, scenario)
    if together is not None:
        return together.id, release_region(together, known, store, dictionary, step, named=named)
    wanted = asked(known, scenario).named(*named)
    name = f"{wanted.pack.area} {wanted.scenario.id}"
    return name, release_outlook(wanted, store, dictionary, step)


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


@app.command("backtest")
def run_backtest(
    outlook: OutlookArgument, store: StoreOption = DEFAULT_STORE, packs: PacksOption = None
) -> None:
    """Say how every method would have done on the same tables, good or bad."""
    with plain_errors():
        pack = outlook_named(outlook, packs)
        cards, lacking = backtest(pack, store)
        for card in cards:
            show_card(card)
        for one in lacking:
            output = escape(rule_in(one.output, "en"))
            console.print(f"[yellow]Not produced: {output}. {escape(one.because.en)}[/]")
        if not cards:
            raise BadInput(f"{pack.area}: there is nothing to test. What is lacking stands above.")


def show_card(card: Scorecard) -> None:
    """One level at one horizon: every method, the noise floor, the base rate, and the verdict."""
    if not card.origins:
        console.print(
            f"{card.area} {card.level}, {card.horizon:g} years ahead: no outcome is known."
        )
        return
    table = Table(
        box=box.SIMPLE,
        title=f"{card.area} {card.level}, {card.horizon:g} years ahead, from {len(card.origins)} "
        f"origins",
    )
    table.add_column("method", no_wrap=True)
    for name in ("WAPE", "dissimilarity", "direction"):
        table.add_column(name, justify="right")
    for one in card.scores:
        mark = " *" if one.method == card.champion else ""
        numbers = (one.wape, one.dissimilarity, one.direction)
        table.add_row(f"{one.method}{mark}", *(_share(number) for number in numbers))
    floor = (card.wape_floor, card.dissimilarity_floor, card.everything_grows)
    table.add_row("perfect forecast; all grows", *(_share(number) for number in floor))
    console.print(table)
    console.print(f"* {card.verdict.en}", markup=False)
    for each in card.coverage:
        console.print(
            f"Interval of {each.nominal:.0%}: held {_share(each.achieved)} of what came.",
            markup=False,
        )


def _share(number: float) -> str:
    return "–" if number != number else f"{number:.1%}"
