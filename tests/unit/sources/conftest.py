"""Reading a file as the worker does, in this process, and through the worker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from cauce.model.errors import BadInput
from cauce.model.pack import CsvFormat, Wave
from cauce.sources import Limits, stage
from cauce.sources.opening import Wanted, open_file
from cauce.sources.write import write_columns


@dataclass(frozen=True)
class Table:
    """What was read: values by column, kinds, labels, value labels."""

    values: dict[str, list[Any]]
    kinds: dict[str, str]
    labels: dict[str, str]
    value_labels: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Bench:
    """A folder to write test files in, and the ways to read them."""

    folder: Path

    def file(self, name: str, content: bytes | str) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def read(
        self,
        path: Path,
        columns: Sequence[str] | None = None,
        format: str = "csv",
        member: str = "",
        limits: Limits = Limits(),  # noqa: B008 - a frozen value
        **csv: str,
    ) -> Table:
        """In this process: fast, and for files that cannot hurt."""
        work = self.folder / f"work{len(list(self.folder.iterdir()))}"
        work.mkdir()
        wanted = Wanted(path, member, format, CsvFormat(**csv))
        staged = work / "staged.parquet"
        found = write_columns(open_file(wanted, work, limits), columns, staged, limits)
        return Table(
            pq.read_table(staged).to_pydict(),
            found["columns"],
            found["labels"],
            found["value_labels"],
        )

    def refusal(self, path: Path, columns: Sequence[str] | None = None, **options: Any) -> str:
        with pytest.raises(BadInput) as caught:
            self.read(path, columns, **options)
        return str(caught.value)

    def stage(
        self, path: Path, format: Any = "csv", limits: Limits | None = None, member: str = ""
    ) -> tuple[int, dict[str, str]]:
        """Through the worker: rows and kinds."""
        wave = Wave("2024", path.name, member, format, CsvFormat())
        with stage(path, wave, None, limits or Limits()) as staged:
            return staged.rows, staged.columns

    def stage_refusal(self, path: Path, **options: Any) -> str:
        with pytest.raises(BadInput) as caught:
            self.stage(path, **options)
        return str(caught.value)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def wave() -> Callable[..., Wave]:
    def make(
        file: str, format: Any = "csv", member: str = "", csv: CsvFormat | None = None
    ) -> Wave:
        return Wave("2024", file, member, format, csv or CsvFormat())

    return make
