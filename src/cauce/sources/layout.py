"""What a reader knows of a file before it reads a row, and what every reader can do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa


@dataclass(frozen=True)
class Layout:
    """The columns of a file in order, with their words; `rows` is -1 where the file does not say.

    `labels` holds column → text, `value_labels` column → {code → text}.
    """

    names: tuple[str, ...]
    rows: int = -1
    labels: dict[str, str] = field(default_factory=dict)
    value_labels: dict[str, dict[str, str]] = field(default_factory=dict)


class Reader(Protocol):
    """An opened file of any format."""

    @property
    def layout(self) -> Layout: ...

    def read(self, columns: Sequence[str]) -> pa.Table:
        """These columns of every row, in the order of the file."""
        ...

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """The same some rows at a time, all of one schema."""
        ...
