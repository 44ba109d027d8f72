"""`cauce site export`: the whole site as a folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from cauce.cli.places import DEFAULT_STORE, StoreOption, own_region
from cauce.cli.screen import console, errors, plain_errors
from cauce.portal.export import Limits, Report, export
from cauce.portal.export.folder import Told

app = typer.Typer(no_args_is_help=True, help="The public site as files.")


@app.callback()
def group() -> None:
    """The public site as files."""


@app.command("export")
def export_site(
    folder: Annotated[Path, typer.Argument(help="The folder to write; replaced if it is one.")],
    store: StoreOption = DEFAULT_STORE,
    address: Annotated[
        str,
        typer.Option(help="Where it will be served; without it no feeds, citations or catalogue."),
    ] = "",
    most_mb: Annotated[int, typer.Option(help="MB the folder may have.", min=1)] = 4_000,
    most_file_mb: Annotated[int, typer.Option(help="MB one file may have.", min=1)] = 20,
) -> None:
    """Write every page and the files of every table into a folder that needs no service."""
    limits = Limits(total=most_mb * 1_000_000, one=most_file_mb * 1_000_000)
    with plain_errors():
        with _bar() as told:
            report = export(store, folder, own_region(), address.rstrip("/"), limits, told)
        _say(report, folder)


@contextmanager
def _bar() -> Iterator[Told]:
    """Shows how far it is; in a log, nothing but the end is told."""
    columns = (
        TextColumn("Writing pages"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, disable=not errors.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)


def _say(report: Report, folder: Path) -> None:
    told = [
        f"{report.files:,} files, {report.size / 1e6:,.1f} MB, of generation {report.generation}: "
        f"open {folder / 'index.html'}"
    ]
    if report.closed:
        told.append(f"Left out of the files, by their licence: {', '.join(report.closed)}.")
    if report.large:
        told.append(f"Left out, larger than a file may be: {_some(report.large)}.")
    if report.failed:
        told.append(f"The site did not answer for: {_some(report.failed)}.")
    for line in told:
        console.print(line, markup=False)


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return f"{', '.join(names[:10])}{more}"
