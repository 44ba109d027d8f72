"""`cauce ilms`: the migration tables for the ILO, filled from published figures and read back."""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from cauce.cli.ilms_admit import run as run_admit
from cauce.cli.places import DEFAULT_STORE, RegionOption, StoreOption, own_region
from cauce.cli.screen import console, plain_errors
from cauce.harmonise.reply_words import cell_name
from cauce.model.errors import BadInput
from cauce.model.reply import CellFault, Figure, Reply
from cauce.model.text import Language
from cauce.pipeline.questionnaire import (
    Asked,
    Changed,
    changed,
    fill_tables,
    lacking_of,
    mark_tables,
    read_shape,
    read_tables,
    tables_book,
)
from cauce.publish.questionnaire.plain import reply_csv, reply_json
from cauce.store import Reader

app = typer.Typer(
    help="The migration tables for the ILO (MST_, MFL_, MNA_) as a workbook.", no_args_is_help=True
)
app.command("admit")(run_admit)
MOST_SHOWN = 20
LanguageOption = Annotated[Language, typer.Option(help="en or es.")]


@app.command("fill")
def run_fill(
    area: Annotated[str, typer.Argument(help="The area, such as CRI.")],
    period: Annotated[str, typer.Argument(help="The reference period, such as 2025.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The workbook; beside you if not given.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    vintage: Annotated[str, typer.Option(help="A vintage; the current ones if not given.")] = "",
    survey: Annotated[str, typer.Option(help="One survey alone, if there are several.")] = "",
    pack: Annotated[
        Path | None, typer.Option(help="The survey's pack: says what the survey lacks.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", help="The same figures as JSON, too.")
    ] = None,
    region: RegionOption = None,
    language: LanguageOption = "en",
) -> None:
    """Fill every table that published, cleared figures can fill; say why not the others."""
    place = region or own_region()
    target = out or Path(f"ilms-{area}-{period}.xlsx")
    with plain_errors():
        if target.suffix != ".xlsx":
            raise BadInput(f"{target} must end in .xlsx: a workbook is written.")
        with console.status("Filling …"):
            shape = read_shape(place)
            lacking = lacking_of(pack, place) if pack else {}
            snapshot = Reader(store).snapshot()
            reply = fill_tables(snapshot, shape, Asked(area, period, vintage, survey), lacking)
            book = tables_book(reply, snapshot, shape)
        _keep(target, book)
        if json:
            _keep(json, reply_json(reply))
    _say(reply, language)
    console.print(f"Written: {target}", markup=False)


@app.command("read")
def run_read(
    file: Annotated[Path, typer.Argument(help="The workbook: ours, changed, or an office's.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The checked figures as CSV.")
    ] = None,
    json: Annotated[Path | None, typer.Option("--json", help="The same as JSON.")] = None,
    store: Annotated[
        Path | None, typer.Option(help="Say which figures differ from the store they are from.")
    ] = None,
    marked: Annotated[
        Path | None, typer.Option(help="With faults: the workbook with each at its cell.")
    ] = None,
    region: RegionOption = None,
    language: LanguageOption = "en",
) -> None:
    """Read a workbook back: every figure checked, or all faults by their cells and nothing read."""
    with plain_errors():
        shape = read_shape(region or own_region())
        with console.status("Reading and checking …"):
            reply, faults = read_tables(file, shape)
        if faults and marked:
            mark_tables(file, faults, marked)
        if faults:
            raise BadInput(_faults(faults, file, marked, language))
        others = tuple(changed(reply, Reader(store).snapshot())) if store else None
        if out:
            _keep(out, reply_csv(reply, shape))
        if json:
            _keep(json, reply_json(reply))
    _say(reply, language, whys=False)
    if others is not None:
        _say_changed(others, reply)


def _keep(path: Path, data: bytes) -> None:
    """Raises BadInput if the file cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error


def _say(reply: Reply, language: Language, whys: bool = True) -> None:
    """What was filled, and why not the rest."""
    table = Table(box=box.SIMPLE, title=f"{reply.area}, {reply.period}")
    for name in ("table", "numbers", "withheld", "flagged"):
        table.add_column(name, justify="left" if name == "table" else "right", no_wrap=True)
    for sheet in reply.sheets:
        values = sum(one.value is not None for one in sheet.figures)
        flagged = sum(one.value is not None and one.flag != "" for one in sheet.figures)
        counts = (values, len(sheet.figures) - values, flagged)
        table.add_row(sheet.table, *(f"{count:,}" for count in counts))
    console.print(table)
    if whys:
        reasons = dict.fromkeys(one.why.of(language) for one in reply.absent)
        for why in reasons:
            tables = [one.table for one in reply.absent if one.why.of(language) == why]
            console.print(f"{', '.join(tables)}: {why}", markup=False)
    filled, absent = len(reply.sheets), len(reply.absent)
    console.print(f"{filled:,} tables are filled, {absent:,} are not.")


def _say_changed(others: tuple[Changed, ...], reply: Reply) -> None:
    traced = sum(one.trace is not None for sheet in reply.sheets for one in sheet.figures)
    console.print(f"{traced:,} figures name their observation; {len(others):,} differ from it.")
    for one in others[:MOST_SHOWN]:
        here, there = _shown(one.figure), _shown(one.stored)
        codes = ".".join(one.figure.codes)
        console.print(f"{one.table} {codes}: {here} here, {there} in the store", markup=False)


def _shown(figure: Figure) -> str:
    value = "nothing" if figure.value is None else f"{figure.value:,.12g}"
    return f"{value} {figure.flag}".strip()


def _faults(
    faults: tuple[CellFault, ...], file: Path, marked: Path | None, language: Language
) -> str:
    count = "1 fault" if len(faults) == 1 else f"{len(faults):,} faults"
    lines = [f"{file}: {count}; nothing was read."]
    for one in faults[:MOST_SHOWN]:
        cell = cell_name(one.row, one.column)
        lines.append(f"{one.sheet}, {cell}: {one.message.of(language)}")
    if len(faults) > MOST_SHOWN:
        lines.append(f"… and {len(faults) - MOST_SHOWN:,} more.")
    if marked:
        lines.append(f"Every fault stands at its cell in {marked}.")
    else:
        lines.append("With --marked FILE the workbook is written with each fault at its cell.")
    return "\n".join(lines)
