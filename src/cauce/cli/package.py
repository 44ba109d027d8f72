"""`cauce package`: the tables of a store as one Data Package."""

import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.places import DEFAULT_STORE, StoreOption
from cauce.cli.screen import console, plain_errors, steps
from cauce.model.errors import BadInput
from cauce.model.text import LANGUAGES, Language, Text
from cauce.publish import Rows
from cauce.publish.package import Entry, Packed, package_files, zipped
from cauce.store import Reader, Snapshot

TITLE = Text("Tables of Cauce", "Cuadros de Cauce")
DESCRIPTOR = "datapackage.json"


def run(
    out: Annotated[Path, typer.Argument(help="The folder to write, or a file that ends in .zip.")],
    store: StoreOption = DEFAULT_STORE,
    flow: Annotated[
        list[str] | None, typer.Option(help="A table by its id; may be repeated. All if not given.")
    ] = None,
    language: Annotated[str, typer.Option(help="en or es: of titles; names are in both.")] = "en",
    address: Annotated[str, typer.Option(help="Where the package is had, if anywhere.")] = "",
) -> None:
    """Write the current tables as a Data Package: CSV, code lists, licences, `datapackage.json`."""
    with plain_errors(), steps() as step:
        words = spoken(language)
        snapshot = Reader(store).snapshot()
        tables, closed = chosen(snapshot, flow or ())
        step(f"Writing {len(tables)} tables")
        title = tables[0].manifest.dataflow.name if len(tables) == 1 else TITLE
        entries = package_files(tables, title, words, address)
        write_zip(out, entries) if out.suffix == ".zip" else write_folder(out, entries)
    console.print(f"{len(tables):,} tables are in {out}.", markup=False)
    if closed:
        told = ", ".join(closed)
        console.print(f"Left out, by their licence: {told}.", markup=False)


def spoken(language: str) -> Language:
    found = next((one for one in LANGUAGES if one == language), None)
    if found is None:
        raise BadInput(f"--language is en or es, not {language[:20]!r}.")
    return found


def chosen(snapshot: Snapshot, asked: Iterable[str]) -> tuple[list[Packed], list[str]]:
    """The tables to write, and those whose licence does not allow giving them away whole.

    Raises BadInput if there is none to write.
    """
    names = dict.fromkeys(asked)
    manifests = [snapshot.manifest(name) for name in names] if names else snapshot.flows()
    closed = [m.dataflow.id for m in manifests if not m.dataflow.source.open_licence]
    tables = [
        Packed(manifest, partial(_rows, snapshot, manifest.dataflow.id))
        for manifest in manifests
        if manifest.dataflow.source.open_licence
    ]
    if not tables:
        told = f" By their licence these may not be: {', '.join(closed)}." if closed else ""
        raise BadInput(f"There is no table to write.{told}")
    return tables, closed


def _rows(snapshot: Snapshot, flow: str) -> Rows:
    return Rows.all(snapshot.observations(flow))


def write_zip(out: Path, entries: Iterable[Entry]) -> None:
    """The package as one file, whole or not at all."""
    beside = out.with_name(f"{out.name}.part")
    try:
        with beside.open("wb") as file:
            file.writelines(zipped(entries))
        beside.replace(out)
    except OSError as error:
        raise BadInput(f"{out}: cannot be written ({error.strerror}).") from error
    finally:
        beside.unlink(missing_ok=True)


def write_folder(out: Path, entries: Iterable[Entry]) -> None:
    """The package as a folder, whole or not at all; one that was there is replaced.

    Raises BadInput if the folder holds something else.
    """
    if out.exists() and not (out / DESCRIPTOR).is_file() and any(out.iterdir()):
        raise BadInput(f"{out} holds something that is no package. Choose another folder.")
    beside = out.with_name(f"{out.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        for entry in entries:
            path = beside / entry.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.writelines(entry.chunks)
        shutil.rmtree(out, ignore_errors=True)
        beside.replace(out)
    except OSError as error:
        raise BadInput(f"{out}: cannot be written ({error.strerror}).") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
