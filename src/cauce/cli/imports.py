"""`cauce import`: what another producer published, as observations with its provenance."""

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
from cauce.cli.places import DEFAULT_STORE, RegionOption, StoreOption, own_packs, own_region
from cauce.cli.screen import console, plain_errors, steps
from cauce.model.release import Release
from cauce.model.rule import rule_in
from cauce.pipeline.imports import Admitted, Wanted, import_file
from cauce.pipeline.progress import Progress
from cauce.store import Reader


def run(
    pack: Annotated[str, typer.Argument(help="The mapping pack, a folder of packs/imports.")],
    file: Annotated[Path, typer.Option(help="The producer's file.")],
    store: StoreOption = DEFAULT_STORE,
    accept_changed_file: Annotated[
        bool, typer.Option(help="Take a file whose hash is not the pinned one.")
    ] = False,
    refresh: Annotated[
        bool, typer.Option(help="Put it in the place of numbers from another file.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why the numbers are replaced.")] = "",
    vintage: Annotated[
        str, typer.Option(help="The vintage's name; the pack's edition if not given.")
    ] = "",
    look: Annotated[
        bool, typer.Option(help="Say what would be taken, and publish nothing.")
    ] = False,
    packs: Annotated[
        Path | None, typer.Option(help="The folder of mapping packs; Cauce's own if not given.")
    ] = None,
    region: RegionOption = None,
    hold: HoldOption = False,
    by: NameOption = "",
    embargo: EmbargoOption = "",
    alone: AloneOption = False,
    place: HeldOption = None,
) -> None:
    """Take the file of another producer in: pinned by its hash, whole, or not at all."""
    wanted = Wanted(pack, file, accept_changed_file, refresh, vintage, reason)
    with plain_errors(), steps() as step:
        found = import_file(
            wanted, packs or own_packs() / "imports", region or own_region(), store, step
        )
        way = Way(hold or bool(embargo), by, embargo, alone, place)
        done = taken_in(found.release, store, way, step, look)
    show(found)
    console.print(done, markup=False)


def taken_in(release: Release, store: Path, way: Way, step: Progress, look: bool) -> str:
    """Publish or hold what another producer published, unless it is only looked at; what to tell.

    Raises BadInput as `publish_or_hold` does.
    """
    if look:
        return "Nothing was published: you asked to look."
    before = generation(store)
    done = publish_or_hold(release, store, way, step)
    if not way.hold and generation(store) == before:
        return "Nothing changed: the store has exactly this."
    return done


def generation(store: Path) -> int:
    """Which generation of a store is current, 0 if there is no store."""
    return Reader(store).snapshot().generation if (store / "CURRENT").is_file() else 0


def show(found: Admitted) -> None:
    """What was admitted: its size, its hash, and what was left out, by why."""
    [flow] = found.release.flows
    dataflow = flow.dataflow
    same = "as pinned" if found.sha256 == found.pack.file_sha256 else "not the pinned file"
    table = Table(box=box.SIMPLE, title=f"{dataflow.id}, vintage {found.release.vintage}")
    table.add_column("what")
    table.add_column("how many", justify="right")
    with_value = int((flow.value == flow.value).sum())
    rows = [
        ("cells read", found.lines),
        ("observations", len(flow.value)),
        ("with a value", with_value),
        ("without, with the reason", len(flow.value) - with_value),
        ("rows of notes at the foot", found.below),
        *(
            (f"codes of {one.id}", len(one.codes))
            for one in dataflow.dimensions
            if len(one.codes) > 1
        ),
    ]
    for what, count in rows:
        table.add_row(what, f"{count:,}")
    console.print(table)
    console.print(f"SHA-256 {found.sha256}, {same}.", markup=False)
    for why, count in found.imported.untaken.items():
        console.print(f"[yellow]Not taken: {count:,}. {escape(rule_in(why, 'en'))}[/]")
