"""`cauce outlook now`: which occupations are short today, apart from every projection."""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from cauce.cli.places import DEFAULT_STORE, StoreOption
from cauce.cli.screen import console, plain_errors
from cauce.model.shortage import PresentShortage
from cauce.outlook.shortage import INDICATORS
from cauce.pipeline.outlook.signs import present_shortage, read_signs
from cauce.store import Reader

WORDS = {"SHORTAGE": "shortage", "NO_SHORTAGE": "no shortage", "NO_VERDICT": "no verdict"}


def now(
    signs: Annotated[
        Path, typer.Argument(help="The file that names the signs, such as signs_2025.toml.")
    ],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Show the signs of present shortage of every occupation, from released tables."""
    with plain_errors():
        found = present_shortage(Reader(store).snapshot(), read_signs(signs))
    table = Table(box=box.SIMPLE, title="Short today? z of each sign, and its standard error")
    names = [one.indicator for one in found[0].signs] if found else []
    there = [at for at, _ in enumerate(names) if any(one.signs[at].available for one in found)]
    for name in ("occupation", "verdict", *(names[at] for at in there)):
        table.add_column(name, justify="left" if name in ("occupation", "verdict") else "right")
    for one in found:
        table.add_row(one.occupation, WORDS[one.verdict], *(_sign(one, at) for at in there))
    console.print(table)
    for one in found:
        console.print(f"{one.occupation}: {one.because.en}", markup=False)
    for at in sorted(set(range(len(names))) - set(there)):
        because = found[0].signs[at].because
        why = because.en if because else ""
        console.print(f"[yellow]Not available: {INDICATORS[names[at]].name.en}. {why}[/]")


def _sign(one: PresentShortage, at: int) -> str:
    sign = one.signs[at]
    return f"{sign.z:+.1f} ({sign.se:.1f})" if sign.available else "–"
