"""Reading the files of Stata, SPSS and SAS, with their labels and their kinds of missing."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyreadstat

from cauce.model.errors import BadInput
from cauce.sources.codes import canonical, declared_missing, tagged
from cauce.sources.layout import Layout
from cauce.sources.limits import Limits
from cauce.sources.statistical_values import Column, column_values

READ: dict[str, Callable[..., Any]] = {
    "dta": pyreadstat.read_dta,
    "sav": pyreadstat.read_sav,
    "sas7bdat": pyreadstat.read_sas7bdat,
    "xpt": pyreadstat.read_xport,
}
FAMILY = {"dta": "stata", "sav": "spss", "sas7bdat": "sas", "xpt": "sas"}
# The reader makes a Python object of every value: so many at once, some 300 MiB.
VALUES_AT_ONCE = 8_000_000
XPT_RECORD = 80


class StatisticalReader:
    """A `.dta`, `.sav`, `.sas7bdat` or `.xpt` file.

    `encoding` is "" to believe the file, else what its text really is.
    """

    def __init__(self, path: Path, kind: str, encoding: str, limits: Limits) -> None:
        if kind == "xpt" and path.stat().st_size % XPT_RECORD:
            raise BadInput(f"cut off: its size is not a multiple of {XPT_RECORD} bytes.")
        self._path = path
        self._kind = kind
        self._encoding = encoding
        _, meta = self._call(metadataonly=True)
        self._meta = meta
        names = tuple(meta.column_names)
        check_rows(meta.number_rows, path.stat().st_size, len(names), kind, limits)
        self._ranges: dict[str, list[dict[str, Any]]] = dict(meta.missing_ranges)
        self.layout = Layout(
            names=names,
            rows=-1 if meta.number_rows is None else meta.number_rows,
            labels={name: text for name, text in meta.column_names_to_labels.items() if text},
            value_labels={
                name: self._labels(name, labels)
                for name, labels in meta.variable_value_labels.items()
            },
        )

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """The same as one: these formats are read as a whole."""
        yield from self.read(columns).combine_chunks().to_batches()

    def read(self, columns: Sequence[str]) -> pa.Table:
        """These columns of every row, some columns at a time."""
        size = max(1, VALUES_AT_ONCE // max(1, self.rows_at_most()))
        arrays: dict[str, pa.Array] = {}
        for start in range(0, len(columns), size):
            values, meta = self._call(usecols=list(columns[start : start + size]))
            for name in columns[start : start + size]:
                arrays[name] = column_values(values.pop(name), self._column(name))
            if self.layout.rows >= 0 and meta.number_rows != self.layout.rows:
                raise BadInput(f"{self.layout.rows:,} rows declared, {meta.number_rows:,} there.")
        return pa.table([arrays[name] for name in columns], names=list(columns))

    def rows_at_most(self) -> int:
        if self.layout.rows >= 0:
            return self.layout.rows
        width: int = sum(self._meta.variable_storage_width.values())
        return self._path.stat().st_size // max(1, width)

    def _column(self, name: str) -> Column:
        return Column(
            name=name,
            type=self._meta.readstat_variable_types[name],
            format=self._meta.original_variable_types.get(name) or "",
            family=FAMILY[self._kind],
            ranges=tuple((item["lo"], item["hi"]) for item in self._ranges.get(name, [])),
        )

    def _labels(self, name: str, labels: dict[Any, str]) -> dict[str, str]:
        """Code → text, with codes written as `column_values` writes them."""
        column = self._column(name)
        result: dict[str, str] = {}
        for value, text in labels.items():
            if isinstance(value, str) and column.type != "string":
                code = tagged(value)
            else:
                code = value.strip() if isinstance(value, str) else canonical(value)
                code = declared_missing(code) if column.is_declared_missing(value) else code
            result[code] = text
        return result

    def _call(self, **options: Any) -> tuple[dict[str, list[Any]], Any]:
        if self._encoding:
            options["encoding"] = self._encoding
        if self._kind != "xpt":
            options["user_missing"] = True
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                result: tuple[dict[str, list[Any]], Any] = READ[self._kind](
                    str(self._path),
                    output_format="dict",
                    disable_datetime_conversion=True,
                    **options,
                )
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeError) as error:
            raise refusal(error) from error
        if caught:
            raise BadInput(f"{caught[0].message}. Names must be unique: rename them in the file.")
        return result


def refusal(error: Exception) -> Exception:
    """What the reader's error means to the person who has the file."""
    text = str(error)
    if "allocate memory" in text:
        return MemoryError()
    if (
        isinstance(error, UnicodeError)
        or "requested encoding" in text
        or "Unable to convert" in text
    ):
        return BadInput(
            "its text is not in the encoding it declares. Say the real one in [[wave]], "
            'for example csv = { encoding = "windows-1252" }.'
        )
    return BadInput(f"damaged, cut off or of a version that is not read ({text[:200]}).")


def check_rows(rows: int | None, size: int, columns: int, kind: str, limits: Limits) -> None:
    """Raises BadInput for a number of rows that the file is too small to hold, or too large.

    A Stata row takes a byte a column at the least; a packed SPSS row may take less.
    """
    if rows is None:
        return
    if rows > limits.rows:
        raise BadInput(f"declares {rows:,} rows; at most {limits.rows:,} are read.")
    if kind == "dta" and rows * columns > size:
        raise BadInput(f"declares {rows:,} rows of {columns:,} columns in {size:,} bytes: cut off.")
    if rows == 0:
        raise BadInput("columns and no rows.")
