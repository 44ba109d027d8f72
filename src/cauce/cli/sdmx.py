"""`cauce sdmx`: messages of SDMX that other agencies publish."""

import csv
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from cauce.cli.hold import (
    AloneOption,
    EmbargoOption,
    HeldOption,
    HoldOption,
    NameOption,
    Way,
)
from cauce.cli.imports import taken_in
from cauce.cli.places import DEFAULT_STORE, StoreOption
from cauce.cli.screen import console, plain_errors, steps
from cauce.model.errors import BadInput
from cauce.model.foreign import Fault
from cauce.model.text import Text
from cauce.pipeline.foreign import NO_LICENCE, Faulty, Loaded, Wanted, load
from cauce.pipeline.progress import Progress

app = typer.Typer(help="Messages of SDMX that other agencies publish.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """So that `load` stays a command of its own."""


@app.command("load")
def load_command(
    structures: Annotated[Path, typer.Argument(help="A structure message: SDMX-ML 2.1, 3.0, 3.1.")],
    data: Annotated[
        list[Path], typer.Argument(help="Data that follow it: SDMX-CSV, SDMX-ML, SDMX-JSON.")
    ],
    store: StoreOption = DEFAULT_STORE,
    licence: Annotated[str, typer.Option(help="The licence, in English.")] = "",
    licence_es: Annotated[str, typer.Option(help="The licence, in Spanish.")] = "",
    source: Annotated[str, typer.Option(help="How the numbers are cited.")] = "",
    closed: Annotated[
        bool, typer.Option("--closed", help="The licence does not allow to give all away at once.")
    ] = False,
    vintage: Annotated[
        str, typer.Option(help="The vintage's name; made of the files' bytes if not given.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why the numbers are replaced.")] = "",
    faults: Annotated[
        Path | None, typer.Option(help="A CSV file for every cell that cannot be taken.")
    ] = None,
    look: Annotated[
        bool, typer.Option(help="Say what would be taken, and publish nothing.")
    ] = False,
    hold: HoldOption = False,
    by: NameOption = "",
    embargo: EmbargoOption = "",
    alone: AloneOption = False,
    place: HeldOption = None,
) -> None:
    """Serve another agency's structures with their data: whole, or not at all."""
    rights = Text(licence or licence_es, licence_es or licence) if licence or licence_es else None
    wanted = Wanted(
        structures, tuple(data), rights or NO_LICENCE, source, not closed, vintage, reason
    )
    with plain_errors(), steps() as step:
        found = _loaded(wanted, store, faults, step)
        way = Way(hold or bool(embargo), by, embargo, alone, place)
        done = taken_in(found.release, store, way, step, look)
    show(found)
    if rights is None:
        console.print("[yellow]No licence was named: it is told as not stated (--licence).[/]")
    console.print(done, markup=False)


def _loaded(wanted: Wanted, store: Path, faults: Path | None, step: Progress) -> Loaded:
    try:
        return load(wanted, store, step)
    except Faulty as error:
        if faults is None:
            raise
        write_faults(error.faults, faults)
        raise BadInput(f"{error}\nAll of them are in {faults}.") from error


def write_faults(faults: tuple[Fault, ...], path: Path) -> None:
    """Every fault, one a line."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "line", "observation", "component", "word", "why"])
        for one in faults:
            writer.writerow([one.file, one.line, one.number, one.component, one.word, one.why])


def show(found: Loaded) -> None:
    """What was admitted, dataflow by dataflow, and what of the structures nobody holds."""
    table = Table(box=box.SIMPLE, title=f"Vintage {found.release.vintage}")
    for name in ("dataflow", "observations", "without a number", "kept as"):
        table.add_column(name, justify="left" if name in ("dataflow", "kept as") else "right")
    for flow in found.release.flows:
        dataflow = flow.dataflow
        if dataflow.foreign is None:
            continue
        ref = dataflow.foreign.flow
        empty = int((flow.value != flow.value).sum())
        table.add_row(
            f"{ref.agency}:{ref.id}({ref.version})",
            f"{len(flow.value):,}",
            f"{empty:,}",
            dataflow.id,
        )
    console.print(table)
    console.print(f"{len(found.release.structures):,} artefacts.", markup=False)
    for name, count in found.left.items():
        console.print(f"[yellow]Not taken: {count:,} {name}, which Cauce does not hold.[/]")
    if found.dangling:
        listed = ", ".join(f"{r.kind} {r.agency}:{r.id}({r.version})" for r in found.dangling[:10])
        more = f" and {len(found.dangling) - 10:,} more" if len(found.dangling) > 10 else ""
        console.print(f"[yellow]Referred to, and not in the message: {listed}{more}.[/]")
