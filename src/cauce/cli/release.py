"""`cauce release` and `cauce verify`."""

import math
from collections.abc import Iterator
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
    FilesOption,
    RegionOption,
    StoreOption,
    own_packs,
    own_region,
)
from cauce.cli.screen import console, plain_errors, steps
from cauce.model.observation import ConfStatus, Observations, Reliability
from cauce.model.quality import FEW, Quality
from cauce.model.release import Headline, Release
from cauce.model.rule import rule_in
from cauce.pipeline.release import release_pack
from cauce.pipeline.verify import Verification, verify
from cauce.protect import NOT_AUDITED
from cauce.store import Reader

TABLE_BY_TABLE = "Linked tables not audited: each table was protected by itself."


def run(
    pack: Annotated[Path, typer.Argument(help="The folder of the pack.")],
    file: FilesOption = None,
    store: StoreOption = DEFAULT_STORE,
    region: RegionOption = None,
    accept_unaudited: Annotated[
        bool,
        typer.Option(
            help="Release a confidential pack although linked tables are not audited together."
        ),
    ] = False,
    hold: HoldOption = False,
    by: NameOption = "",
    embargo: EmbargoOption = "",
    alone: AloneOption = False,
    place: HeldOption = None,
) -> None:
    """Turn a pack and its file into a release: published, or held for a second person."""
    with plain_errors(), steps() as step:
        release = release_pack(pack, region or own_region(), file or (), accept_unaudited, step)
        done = publish_or_hold(
            release, store, Way(hold or bool(embargo), by, embargo, alone, place), step
        )
    show_release(release)
    console.print(done, markup=False)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


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
        console.print(f"[yellow]{TABLE_BY_TABLE if note == NOT_AUDITED else note}[/]")


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
) -> None:
    """Compute a release again from its inputs and compare every number."""
    with plain_errors(), steps() as step:
        places = pack or [own_packs()]
        found = verify(
            Reader(store), vintage, places, region or own_region(), file or (), survey, step
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
