"""Rows of a declared table: every cell read as its column says, every fault told at its cell.

What is wrong is told by column and line; the value itself is not repeated, it may be of a person.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from cauce.declare.problems import Problems
from cauce.declare.words import did_you_mean, listed
from cauce.model.fact import Between, Day
from cauce.model.pack import Place
from cauce.model.truth import Truth

UNKNOWN = frozenset({"", "UNK", "NST"})
"""Not filled in, not known, not stated: no value, and never zero or no."""

TRUE = {"YES": Truth.YES, "NO": Truth.NO} | dict.fromkeys(UNKNOWN, Truth.CANNOT_TELL)
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
T = TypeVar("T")


@dataclass(frozen=True)
class Sheet:
    """A table as text: its name, its header, and its rows by the line they stand on."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def need(sheet: Sheet, columns: Sequence[str], problems: Problems) -> bool:
    """Whether a table has all of some columns; what lacks is noted.

    Source: none, it computes nothing.
    """
    lacking = [name for name in columns if name not in sheet.head]
    for name in lacking:
        near = did_you_mean(name, sheet.head)
        problems.add(Place(sheet.name, 1), f"there is no column {name}.{near}")
    return not lacking


@dataclass(frozen=True)
class Line:
    """One row of a table, whose cells are asked for by column."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    problems: Problems

    def note(self, column: str, message: str) -> None:
        self.problems.add(Place(self.sheet, self.number), f"{column} {message}")

    def told(self, column: str) -> str:
        """What a cell says, "" if that is that it is not known."""
        said = self.cells.get(column, "").strip()
        return "" if said in UNKNOWN else said

    def required(self, column: str) -> str:
        said = self.told(column)
        if not said:
            self.note(column, "is empty; it must be filled in.")
        return said

    def code(self, column: str, known: Collection[str]) -> str | None:
        said = self.told(column)
        if said and said not in known:
            self.note(column, f"is no code of its list: {listed(sorted(known)[:20])}, or UNK.")
        return said or None

    def truth(self, column: str) -> Truth:
        said = self.cells.get(column, "").strip().upper()
        if said not in TRUE:
            self.note(column, "must be YES, NO or UNK.")
        return TRUE.get(said, Truth.CANNOT_TELL)

    def amount(self, column: str) -> Decimal | None:
        """A number of at least 0, with a point for decimals and no mark of thousands."""
        return self._read(
            column, _amount, "must be a number of at least 0 such as 1250.50, or UNK."
        )

    def day(self, column: str) -> date | None:
        return self._read(column, date.fromisoformat, "must be a day such as 2024-05-31, or UNK.")

    def about(self, column: str) -> Day | None:
        """A day, or all the days that a month or a year leaves open."""
        return self._read(column, _about, "must be 2024-05-31, 2024-05, 2024 or UNK.")

    def _read(self, column: str, read: Callable[[str], T], wrong: str) -> T | None:
        said = self.told(column)
        if not said:
            return None
        try:
            return read(said)
        except (ValueError, InvalidOperation):
            self.note(column, wrong)
            return None


def lines(sheet: Sheet, problems: Problems) -> list[Line]:
    return [Line(sheet.name, number, cells, problems) for number, cells in sheet.rows]


def _amount(said: str) -> Decimal:
    value = Decimal(said)
    if not value.is_finite() or value < 0:
        raise ValueError
    return value


def _about(said: str) -> Day:
    match = _DAY.fullmatch(said)
    if match is None:
        raise ValueError
    year, month, day = (int(part) if part else None for part in match.groups())
    first = date(year or 0, month or 1, day or 1)
    if day:
        return first
    after = date(first.year + 1, 1, 1) if not month or month == 12 else None
    return Between(first, (after or first.replace(month=first.month + 1)) - timedelta(days=1))
