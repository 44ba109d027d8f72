"""Files of an invented office, one for each shape, and the packs that map them."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cauce.pipeline.imports import Admitted, Wanted, import_file

HERE = Path(__file__).parent
PACKS, FILES = HERE / "packs", HERE / "files"
REGION = HERE.parents[3] / "packs" / "region"
CROSS = (
    ("Stock of an invented office",),
    ("from / to", "Alpha", "Beta", "All places"),
    ("Alpha", 0, 120, 120),
    ("Beta", 7, 0, 7),
    ("All places", 7, 120, 127),
    (),
    ("Notes:",),
    ("Everything here is invented.",),
)
BOXES = (
    (),
    (None, None, None, None, "Men", None, "Women"),
    (),
    (None, "Place", "Code", "Type", 2020, 2021, 2020, 2021),
    (1, "All places", 900, None, 7, 8, 9, 10),
    (2, "  Alpha", 4, "I", 3, 4, 5, 6),
    (3, "  Beta", 8, None, 4, 4, 4, 4),
    (4, "All places", 900, None, 7, 8, 9, 10),
)


def workbook(path: Path, rows: tuple[tuple[object, ...], ...], sheet: str = "Data") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            page.cell(number, column, value)
    book.save(path)
    return path


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("books")
    workbook(folder / "cross.xlsx", CROSS)
    workbook(folder / "boxes.xlsx", BOXES)
    return folder


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., Admitted]:
    """Take a file in through a pack, for the store of the test."""

    def taken(pack: str, file: Path, packs: Path = PACKS, **said: object) -> Admitted:
        wanted = Wanted(pack, file, **said)  # type: ignore[arg-type] # what the test says
        return import_file(wanted, packs, REGION, tmp_path / "store")

    return taken


def parquet(path: Path, **columns: list[object]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path
