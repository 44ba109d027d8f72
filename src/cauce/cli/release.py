"""`cauce release` and `cauce verify`."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
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
from cauce.cli.places import (
    DEFAULT_STORE,
    EngineOption,
    FilesOption,
    MemoryOption,
    RegionOption,
    StoreOption,
    StreamOption,
    TableOption,
    UnauditedOption,
    own_packs,
    own_region,
    own_registers,
    refuse_unaudited,
)
from cauce.cli.register_count import day_of
from cauce.cli.screen import console, plain_errors, steps
from cauce.model.errors import BadInput
from cauce.model.observation import ConfStatus, Observations, Reliability
from cauce.model.quality import FEW, Quality
from cauce.model.release import Headline, Release
from cauce.model.rule import rule_in
from cauce.pipeline.engine_release import Engines
from cauce.pipeline.moments import receive, release_from
from cauce.pipeline.progress import Progress
from cauce.pipeline.register_lend import Lender
from cauce.pipeline.registers import read_registers
from cauce.pipeline.release import release_pack
from cauce.pipeline.streaming import Streaming
from cauce.pipeline.together import read_together, release_together
from cauce.pipeline.verify import Verification, verify
from cauce.store import Reader
from cauce.store.log import open_database
from cauce.store.log.copies import must_be_there

FromOption = Annotated[
    Path | None,
    typer.Option("--from", help="Release a file of moments, in the place of a pack."),
]
TogetherOption = Annotated[
    Path | None,
    typer.Option("--together", help="The region that several files of moments are released as."),
]
FewestOption = Annotated[
    int,
    typer.Option("--min-respondents", min=1, help="With --from: refuse what was cleared by fewer."),
]


def run(
    pack: Annotated[Path | None, typer.Argument(help="The folder of the pack.")] = None,
    others: Annotated[
        list[Path] | None, typer.Argument(help="With --from: more files of moments.")
    ] = None,
    file: FilesOption = None,
    store: StoreOption = DEFAULT_STORE,
    region: RegionOption = None,
    moments: FromOption = None,
    together: TogetherOption = None,
    fewest: FewestOption = 1,
    accept_unaudited: UnauditedOption = False,
    hold: HoldOption = False,
    by: NameOption = "",
    embargo: EmbargoOption = "",
    alone: AloneOption = False,
    place: HeldOption = None,
    database: Annotated[
        str,
        typer.Option(
            "--database", help="Registers that lend the names of countries and other codes."
        ),
    ] = "",
    day: Annotated[str, typer.Option(help="The day those names are of; today if not given.")] = "",
    registers: Annotated[
        Path | None, typer.Option(help="The folder of declarations; Cauce's own if not given.")
    ] = None,
    stream: StreamOption = "auto",
    memory: MemoryOption = 4096,
    engine: EngineOption = "local",
    table: TableOption = None,
) -> None:
    """Turn a pack and its file into a release: published, or held for a second person."""
    with plain_errors(), steps() as step, lender_of(database, day, registers) as lender:
        refuse_unaudited(accept_unaudited)
        if moments is not None:
            places = [moments, *([pack] if pack else []), *(others or ())]
            release = release_of(places, together, fewest, step)
        else:
            if pack is None or others or together is not None:
                raise BadInput("Say which pack: cauce release PACK. Moments go behind --from.")
            own, streaming = region or own_region(), Streaming(stream, memory)
            engines = Engines(engine, table or ())
            asked = file or (), step, lender, store, streaming, engines
            release = release_pack(pack, own, *asked)
        done = publish_or_hold(
            release, store, Way(hold or bool(embargo), by, embargo, alone, place), step
        )
    show_release(release)
    if release.provenance and release.provenance.engine:
        said = release.provenance
        console.print(f"Added up by {said.engine}; sums {said.sums}", markup=False)
    console.print(done, markup=False)


def release_of(
    places: Sequence[Path], together: Path | None, fewest: int, step: Progress
) -> Release:
    """The release of one country's moments, or of a region from those of its countries.

    Raises:
        BadInput: several files and no region; as `release_from` and `release_together`.
    """
    if len(places) > 1 and together is None:
        raise BadInput(
            "Several files of moments are released as a region: say which with --together "
            "REGION.toml. To publish each country for itself, release one file at a time."
        )
    region = None if together is None else read_together(together)
    received = [receive(place, step) for place in places]
    if region is None:
        return release_from(received[0], fewest, step)
    return release_together(region, received, step)


@contextmanager
def lender_of(database: str, day: str, registers: Path | None) -> Iterator[Lender | None]:
    """The registers of a database as approved now, of a day; None if no database is named.

    Raises:
        BadInput: there is no such database, or the day is none.
    """
    if not database:
        if day or registers:
            raise BadInput("--day and --registers go with --database: say which registers lend.")
        yield None
        return
    must_be_there(database)
    opened = open_database(database)
    try:
        declared = read_registers(registers or own_registers())
        yield Lender(opened, declared, day_of(day), datetime.now(UTC))
    finally:
        opened.close()


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def show_release(release: Release) -> None:
    """What may be said: tables, withheld numbers, headlines beside the office's own."""
    table = Table(box=box.SIMPLE, title=f"{release.survey}, vintage {release.vintage}")
    for name in ("dataflow", "cells", "reliable", "weak", "imprecise", "confidential"):
        table.add_column(
            name, justify="left" if name == "dataflow" else "right", no_wrap=name == "dataflow"
        )
    for flow in release.flows:
        table.add_row(flow.dataflow.id, *(f"{count:,}" for count in _counts(flow)))
    console.print(table)
    for headline in release.headlines:
        console.print(_beside(headline))
    for warning in _warnings(release.quality):
        console.print(f"[yellow]{escape(warning)}[/]")
    for note in release.notes:
        console.print(f"[yellow]{rule_in(note, 'en')}[/]")


def _warnings(quality: Quality | None) -> Iterator[str]:
    """Rules that fail and do not stop the release, in counts that may be told."""
    if quality is None:
        return
    rules = {one.id: one for one in quality.rules}
    for wave in quality.waves:
        for one in wave.results:
            rule = rules[one.rule]
            if one.failed and rule.severity != "info":
                count = f"fewer than {quality.fewest}" if one.failed == FEW else f"{one.failed:,}"
                accepted = f" Accepted: {rule_in(one.accepted, 'en')}" if one.accepted else ""
                yield (
                    f"{wave.period}: {count} respondents are against {rule.id}, a "
                    f"{rule.severity}: {rule.label.en}{accepted}"
                )


def _beside(headline: Headline) -> str:
    """A figure of the office and ours, or that ours is withheld."""
    sign, ours = "[bold red]≠[/]", f"computed {headline.computed:,.12g}"
    if headline.matches:
        sign = "[green]=[/]"
    elif headline.because:
        sign, ours = "[yellow]≈[/]", f"{ours}, explained: {rule_in(headline.because, 'en')}"
    elif math.isnan(headline.computed):
        sign, ours = "[yellow]–[/]", "ours is withheld"
    name = rule_in(headline.name, "en")
    return f"{sign} {name}: published {headline.published:,.12g}, {ours} ({headline.source})"


def _counts(flow: Observations) -> tuple[int, ...]:
    free = [status is ConfStatus.FREE for status in flow.conf_status]

    def of(verdict: Reliability) -> int:
        return sum(r is verdict and f for r, f in zip(flow.reliability, free, strict=True))

    verdicts = (Reliability.RELIABLE, Reliability.WEAK, Reliability.UNRELIABLE)
    return (len(free), *(of(verdict) for verdict in verdicts), len(free) - sum(free))


def verify_vintage(
    vintage: Annotated[str, typer.Argument(help="The vintage, as `cauce vintages` lists it.")],
    file: FilesOption = None,
    store: StoreOption = DEFAULT_STORE,
    region: RegionOption = None,
    pack: Annotated[
        list[Path] | None,
        typer.Option("--pack", help="Where the pack is, if not among Cauce's own."),
    ] = None,
    survey: Annotated[str, typer.Option(help="If several surveys have this vintage.")] = "",
    together: TogetherOption = None,
) -> None:
    """Compute a release again from its inputs and compare every number."""
    with plain_errors(), steps() as step:
        places = pack or [own_packs()]
        found = verify(
            Reader(store),
            vintage,
            places,
            region or own_region(),
            file or (),
            survey,
            step,
            together,
        )
    show_verification(found)
    if not found.holds:
        raise typer.Exit(1)


def show_verification(found: Verification) -> None:
    table = Table(box=box.SIMPLE, title=f"Vintage {found.vintage}, computed again")
    for name in ("dataflow", "numbers", "identical", "difference", "other words"):
        table.add_column(
            name, justify="left" if name == "dataflow" else "right", no_wrap=name == "dataflow"
        )
    for flow in found.flows:
        difference = "none" if flow.largest_relative == 0 else f"{flow.largest_relative:.2g}"
        counts = (f"{flow.compared:,}", f"{flow.identical:,}", difference)
        table.add_row(flow.dataflow, *counts, f"{flow.other_words + flow.missing_keys:,}")
    console.print(table)
    if not found.same_ground:
        console.print("Machine or libraries differ from then: equality to 1e-12 is asked.")
    if found.holds:
        exact = "bit for bit" if found.same_ground else "to 1e-12"
        console.print(f"[bold green]Every number is the same, {exact}.[/]")
    else:
        console.print("[bold red]The release cannot be reproduced from these inputs.[/]")
