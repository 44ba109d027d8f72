"""`cauce ddi`: the codebook of a survey's files, written and read."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.markup import escape
from rich.table import Table

from cauce.cli.places import FilesOption, RegionOption, own_region
from cauce.cli.screen import called, console, plain_errors, steps
from cauce.model.codebook import Codebook, FileColumn, Words
from cauce.model.errors import BadInput
from cauce.model.text import LANGUAGES
from cauce.pipeline.codebook import start_from_codebook, write_codebook
from cauce.publish.xml_schema import faults
from cauce.sources.ddi import read_codebook

app = typer.Typer(help="Codebooks of survey files: DDI-Codebook 2.5.", no_args_is_help=True)
MOST_SHOWN = 200


@app.command("write")
def write(
    pack: Annotated[Path, typer.Argument(help="The folder of the pack.")],
    file: FilesOption = None,
    region: RegionOption = None,
    language: Annotated[
        str, typer.Option(help="en or es; both if not given. NADA takes one language.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="The file to write; the terminal if not given.")
    ] = None,
    schema: Annotated[
        Path | None,
        typer.Option(help="codebook.xsd of DDI-Codebook 2.5, to check what is written by it."),
    ] = None,
) -> None:
    """Write the codebook of a pack's files: columns, labels, codes, missing codes, weights.

    Without --file it holds the columns the pack names; with it every column, and the file's labels.
    It holds no frequencies: these could tell of a few people.
    """
    with plain_errors(), steps() as step:
        if language and language not in LANGUAGES:
            raise BadInput(f"--language is en or es, not {language[:20]!r}.")
        languages = (language,) if language else LANGUAGES
        document = write_codebook(pack, region or own_region(), file or (), languages, step)
        if schema is not None:
            step("Asking the schema")
            refuse_faults(document, schema)
        if out is None:
            sys.stdout.buffer.write(document)
            return
        try:
            out.write_bytes(document)
        except OSError as error:
            raise BadInput(f"{out}: cannot be written ({error.strerror}).") from error
    console.print(f"Wrote {out}: {len(document):,} bytes.", markup=False)


def refuse_faults(document: bytes, schema: Path) -> None:
    """Raises BadInput with what the schema does not allow."""
    if found := faults(document, schema):
        raise BadInput(f"{schema.name} does not allow what would be written: {'; '.join(found)}")


@app.command("read")
def read(
    file: Annotated[Path, typer.Argument(help="A file of DDI-Codebook, 1.2 to 2.6.")],
    into: Annotated[
        Path | None, typer.Option(help="Also start a pack in this folder; it must hold none.")
    ] = None,
    area: Annotated[str, typer.Option(help="ISO 3166-1 alpha-3 code, for the pack.")] = "",
    survey: Annotated[str, typer.Option(help="A short id such as LFS, for the pack.")] = "",
    period: Annotated[str, typer.Option(help="2026, 2026-Q1 or 2026-07, for the pack.")] = "",
    only: Annotated[str, typer.Option(help="The file the pack is of, if there are several.")] = "",
) -> None:
    """List what a codebook says of its files, and start a pack from it if asked."""
    with plain_errors():
        codebook = read_codebook(file)
        if into is None:
            _show(codebook)
            return
        area = area or codebook.area
        columns = start_from_codebook(file, area, survey, period, into, only)
    console.print(f"Wrote {into / 'pack.toml'} from {columns:,} columns.", markup=False)
    console.print(f"Fill it in, then: {called()} pack check {into} --file FILE", markup=False)


def _show(codebook: Codebook) -> None:
    title = " · ".join(word for word in codebook.title.values() if word) or "no title"
    console.print(f"{codebook.id or 'no id'}: {title}", markup=False)
    for file in codebook.files:
        table = Table(box=box.SIMPLE)
        for name in ("column", "label", "kind", "codes", "missing", "role"):
            table.add_column(name)
        for column in file.columns[:MOST_SHOWN]:
            table.add_row(*(escape(cell) for cell in _row(column)))
        name = " ".join(word for word in (file.name or "no file", file.period) if word)
        console.print(f"{name}: {len(file.columns):,} columns", markup=False)
        console.print(table)
        if len(file.columns) > MOST_SHOWN:
            console.print(f"… and {len(file.columns) - MOST_SHOWN:,} more", markup=False)


def _row(column: FileColumn) -> tuple[str, ...]:
    missing = [one.code or "empty" for one in column.categories if one.missing]
    return (
        column.name,
        _said(column.label),
        column.kind,
        str(len(column.categories) - len(missing) or ""),
        ", ".join(missing[:8]),
        ", ".join((*column.roles, *column.makes)),
    )


def _said(words: Words) -> str:
    return " · ".join(dict.fromkeys(word for word in words.values() if word))
