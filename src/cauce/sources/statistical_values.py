"""The values of one column of a statistical file: numbers, texts, dates, and marks of missing."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

import pyarrow as pa

from cauce.model.errors import BadInput
from cauce.sources.codes import canonical, declared_missing, tagged

SAS_DATES = (
    "DATE", "DDMMYY", "MMDDYY", "YYMMDD", "E8601DA", "B8601DA", "JULIAN", "WORDDATE", "WEEKDATE",
    "EURDFDD", "EURDFDE", "DAY", "MMYY", "YYMM", "MONYY",
)  # fmt: skip
SPSS_DATES = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE")
EPOCHS = {
    "stata": datetime(1960, 1, 1),  # noqa: DTZ001 - the files know no time zones
    "sas": datetime(1960, 1, 1),  # noqa: DTZ001
    "spss": datetime(1582, 10, 14),  # noqa: DTZ001
}

Moment: TypeAlias = Callable[[float], date | str]


@dataclass(frozen=True)
class Column:
    """How a column is declared; `ranges` are the values SPSS calls missing, both ends included."""

    name: str
    type: str
    format: str
    family: str
    ranges: tuple[tuple[Any, Any], ...] = ()

    def is_declared_missing(self, value: Any) -> bool:
        if isinstance(value, str):
            return any(value.rstrip() == str(low).rstrip() for low, _ in self.ranges)
        return any(low <= value <= high for low, high in self.ranges)


def column_values(values: list[Any], column: Column) -> pa.Array:
    """The values as an Arrow array; null is the system missing, or an empty text.

    Extended missings (".a") and values SPSS declares missing ("missing:9") turn the whole column
    into text, in which numbers stand as codes. Dates are dates, moments are ISO text.

    Raises:
        BadInput: dates outside the calendar (counted).
    """
    if column.type == "string":
        return pa.array([text_value(value, column) for value in values], pa.string())
    convert = moment(column)
    if marked(values, column):
        return pa.array([marked_value(value, column, convert) for value in values], pa.string())
    if convert is not None:
        return dates(values, column, convert)
    return pa.array(values, pa.int64() if column.type.startswith("int") else pa.float64())


def marked(values: list[Any], column: Column) -> bool:
    """Whether any value is a mark of missing rather than a number."""
    if str in set(map(type, values)):
        return True
    if not column.ranges:
        return False
    return any(value is not None and column.is_declared_missing(value) for value in set(values))


def text_value(value: str | None, column: Column) -> str | None:
    trimmed = (value or "").strip()
    if not trimmed:
        return None
    return declared_missing(trimmed) if column.is_declared_missing(trimmed) else trimmed


def marked_value(value: Any, column: Column, convert: Moment | None) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return tagged(value)
    if column.is_declared_missing(value):
        return declared_missing(canonical(value))
    return str(convert(value)) if convert else canonical(value)


def dates(values: list[Any], column: Column, convert: Moment) -> pa.Array:
    """A column of dates, or of moments as text."""
    outside = 0
    result: list[date | str | None] = []
    for value in values:
        try:
            result.append(None if value is None else convert(value))
        except (OverflowError, ValueError):
            outside += 1
    if outside:
        raise BadInput(f"column {column.name}: {outside:,} dates lie outside the calendar.")
    texts = any(isinstance(value, str) for value in result)
    return pa.array(result, pa.string() if texts else pa.date32())


def moment(column: Column) -> Moment | None:
    """How a number of this column becomes a date or a moment; None if it is just a number."""
    epoch = EPOCHS[column.family]
    unit = date_unit(column)
    if unit is None:
        return None
    step, whole_days = unit

    def convert(value: float) -> date | str:
        when = epoch + timedelta(seconds=math.floor(value) * step)
        return when.date() if whole_days else when.isoformat()

    return convert


def date_unit(column: Column) -> tuple[float, bool] | None:
    """The seconds one unit stands for and whether days are meant, by the display format."""
    name = column.format.upper()
    if column.family == "stata":
        if name.startswith(("%TD", "%D", "%-TD")):
            return 86_400, True
        return (0.001, False) if name.startswith("%TC") else None
    letters = name.rstrip("0123456789.")
    if column.family == "spss":
        if letters in SPSS_DATES:
            return 1, True
        return (1, False) if letters in {"DATETIME", "YMDHMS"} else None
    if letters.startswith(("DATETIME", "E8601DT", "B8601DT")):
        return 1, False
    return (86_400, True) if letters.startswith(SAS_DATES) else None
