"""From the file of another producer to lines; the file is opened in a process of its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from cauce.model.errors import BadInput
from cauce.model.imported import COLUMNS, PERIOD, ROWS, ImportPack, Lines, Raw, Shape
from cauce.model.pack import CsvFormat, Wave
from cauce.sources.books.book import Book, Grid
from cauce.sources.books.reading import BOOK_LIMITS, read_book
from cauce.sources.hashing import hash_file
from cauce.sources.imports.grids import blocks_lines, matrix_lines, table_lines, unexpected
from cauce.sources.imports.sdmx.worker import LINE, NUMBER, VALUE
from cauce.sources.limits import Limits
from cauce.sources.process import Progress, Request, ask, private_folder
from cauce.sources.staging import identity, refuse_change, stage
from cauce.sources.worker import STAGED

WORKER = "cauce.sources.imports.worker"
SDMX = "cauce.sources.imports.sdmx.worker"
GRIDS: dict[str, Callable[[Grid, Shape], Lines]] = {
    "table": table_lines,
    "matrix": matrix_lines,
    "blocks": blocks_lines,
}


def read_lines(path: Path, pack: ImportPack, progress: Progress | None = None) -> tuple[Lines, str]:
    """The lines of a file as its pack lays them out, and the SHA-256 of the bytes they are from.

    Raises:
        BadInput: the file is not what was promised, or too much; file and place are named.
    """
    try:
        if pack.format == "json":
            return _matrices(path, pack, progress)
        if pack.format == "parquet":
            return _parquet(path, pack, progress)
        if pack.format == "sdmx":
            return _sdmx(path, pack, progress)
        book = read_book(path, BOOK_LIMITS, progress)
        return GRIDS[pack.shape.kind](_grid(book, pack.shape), pack.shape), book.sha256
    except BadInput as error:
        told = str(error)
        raise BadInput(told if told.startswith(path.name) else f"{path.name}: {told}") from error


def _grid(book: Book, shape: Shape) -> Grid:
    """The sheet the pack names, or the only one."""
    named = [grid for grid in book.grids if grid.name == shape.sheet]
    if named:
        return named[0]
    if shape.sheet or len(book.grids) != 1:
        sheets = ", ".join(grid.name for grid in book.grids)
        raise BadInput(f"there is no sheet {shape.sheet!r}. It has: {sheets}.")
    return book.grids[0]


def _parquet(path: Path, pack: ImportPack, progress: Progress | None) -> tuple[Lines, str]:
    shape = pack.shape
    wave = Wave("", path.name, "", "parquet", CsvFormat())
    with stage(path, wave, None, Limits(), progress) as staged:
        unexpected(list(staged.columns), shape)
        table = pq.read_table(staged.path)
        sha256 = staged.sha256
    values: list[Raw] = [
        None if one is None or one != one else one for one in table[shape.value].to_pylist()
    ]
    words = {
        name: tuple("" if one is None else str(one) for one in table[name].to_pylist())
        for name in shape.columns
        if name != shape.value
    }
    rows = np.arange(1, len(values) + 1)
    return Lines(words, tuple(values), rows, np.zeros(len(values), dtype=np.int64)), sha256


def _sdmx(path: Path, pack: ImportPack, progress: Progress | None) -> tuple[Lines, str]:
    """The observations of a message, whatever it is written in; each knows its line."""
    shape = pack.shape
    said = {"ignored": shape.ignored, "flow": shape.flow}
    before = identity(path)
    with private_folder() as folder:
        request = Request("sdmx", path, json.dumps(said), "sdmx", None, shape.columns)
        ask(request, folder, Limits(), progress, SDMX)
        table = pq.read_table(folder / STAGED)
    sha256, _ = hash_file(path)
    refuse_change(path, before)
    return Lines(
        {name: tuple(table[name].to_pylist()) for name in shape.columns},
        tuple(one or None for one in table[VALUE].to_pylist()),
        table[LINE].to_numpy(),
        table[NUMBER].to_numpy(),
        message=True,
    ), sha256


def _matrices(path: Path, pack: ImportPack, progress: Progress | None) -> tuple[Lines, str]:
    """One matrix a period, with the same names down and across."""
    shape = pack.shape
    asked = (shape.names, shape.matrix, *shape.ignored)
    before = identity(path)
    with private_folder() as folder:
        request = Request("matrices", path, "", "json", None, asked)
        found: dict[str, Any] = ask(request, folder, Limits(), progress, WORKER)
    sha256, _ = hash_file(path)
    refuse_change(path, before)
    names: list[str] = found["names"]
    periods, size = found["matrices"], len(names)
    values: list[Raw] = [x for matrix in periods.values() for row in matrix for x in row]
    across = tuple(names) * size
    down = tuple(name for name in names for _ in names)
    words = {
        ROWS: down * len(periods),
        COLUMNS: across * len(periods),
        PERIOD: tuple(period for period in periods for _ in range(size * size)),
    }
    at = np.arange(len(values)) % (size * size)
    return Lines(words, tuple(values), at // size + 1, at % size + 1, shape.matrix), sha256
