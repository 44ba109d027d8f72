"""`cauce pack new` and `cauce pack check`."""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.markup import escape
from rich.table import Table

from cauce.cli.places import FilesOption, RegionOption, own_region
from cauce.cli.screen import called, console, plain_errors, steps
from cauce.pipeline.check import PackCheck, check_pack
from cauce.pipeline.start import start_pack

app = typer.Typer(help="Start and check packs.", no_args_is_help=True)


@app.command("new")
def new(
    file: Annotated[Path, typer.Argument(help="The survey's file, alone or in a zip.")],
    area: Annotated[str, typer.Option(help="ISO 3166-1 alpha-3 code of the country.")],
    survey: Annotated[str, typer.Option(help="A short id of the survey, such as LFS.")],
    period: Annotated[str, typer.Option(help="The reference period: 2026, 2026-Q1, 2026-07.")],
    into: Annotated[Path, typer.Option(help="The folder to write; it must not hold a pack yet.")],
    member: Annotated[str, typer.Option(help="The file inside the zip, if it has several.")] = "",
) -> None:
    """Start a pack from a survey's file, with its columns, labels and codes."""
    with plain_errors(), steps() as step:
        step("Reading the file's columns and labels")
        columns = start_pack(file, area, survey, period, into, member)
    console.print(f"Wrote {into / 'pack.toml'} from {columns:,} columns.")
    console.print(f"Fill it in, then: {called()} pack check {into} --file {file}")


@app.command("check")
def check(
    pack: Annotated[Path, typer.Argument(help="The folder of the pack.")],
    file: FilesOption = None,
    region: RegionOption = None,
) -> None:
    """Say whether a pack is whole and maps every code of its files exactly once."""
    with plain_errors(), steps() as step:
        found = check_pack(pack, region or own_region(), file or (), step)
    _show(found, pack)


def _show(found: PackCheck, pack: Path) -> None:
    table = Table(box=box.SIMPLE, title=f"{found.survey}, vintage {found.vintage}")
    names = ("wave", "rows", "weighted", "strata", "PSUs", "one PSU only")
    for name in names:
        table.add_column(name, justify="left" if name == "wave" else "right")
    for wave in found.waves:
        counts = (wave.rows, round(wave.weighted), wave.strata, wave.psus, wave.lonely)
        table.add_row(wave.period, *(f"{count:,}" for count in counts))
    console.print(table)
    for wave in found.waves:
        for variable, reasons in wave.reasons.items():
            words = ", ".join(f"{name} {count:,}" for name, count in reasons.items() if count)
            if words:
                console.print(f"{wave.period} {variable}: {words}")
    console.print(
        f"{found.given:,} of {found.declared:,} entries of the catalogue are available: "
        f"{called()} indicators {pack}"
    )
    for line in found.warnings:
        console.print(f"[yellow]{escape(line)}[/]")
    for period in found.absent:
        console.print(
            f"[yellow]The file of wave {period} is not here: the pack's shape is right, "
            "its coverage was not proven. Say --file.[/]"
        )
    if not found.absent:
        console.print("[bold green]Every code that occurs is mapped exactly once.[/]")
