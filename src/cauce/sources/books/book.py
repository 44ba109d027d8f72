"""A workbook as it was typed: sheets of cells, before anybody asks what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from cauce.model.errors import BadInput
from cauce.model.text import Text


@dataclass(frozen=True)
class Broken:
    """A cell that shows an error such as #REF!, or a formula that nobody computed yet ("")."""

    shown: str


Cell: TypeAlias = str | int | float | bool | date | Broken
"""A date with a time of day is text such as 2023-08-25T12:30:00."""


@dataclass(frozen=True)
class Grid:
    """One sheet: its cells by row, counted from 1, and column, counted from 0; empty ones lack."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]


@dataclass(frozen=True)
class Book:
    """All visible and hidden sheets in their order, and the SHA-256 of the file."""

    grids: tuple[Grid, ...]
    sha256: str


@dataclass(frozen=True)
class Mark:
    """What is wrong at a cell of a workbook. `column` is counted from 0, `row` from 1."""

    sheet: str
    row: int
    column: int
    field: Text
    message: Text
    warning: bool = False


class Refused(BadInput):
    """A file that is not opened, said in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
