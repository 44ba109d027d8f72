"""Reading a CSV file: every column as text first, then each typed as a whole."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.csv

from cauce.model.errors import BadInput
from cauce.model.pack import CsvFormat
from cauce.sources.csv_text import clean
from cauce.sources.csv_types import Meaning, trimmed, typed
from cauce.sources.layout import Layout
from cauce.sources.limits import MIB, Limits

LISTED = 100
TEXT = pa.string()
Note: TypeAlias = Callable[[pyarrow.csv.InvalidRow], str]


class CsvReader:
    """A CSV file with a header line."""

    def __init__(self, path: Path, written: CsvFormat, limits: Limits, folder: Path) -> None:
        check_dialect(written)
        self._written = written
        self._text = folder / "text.csv"
        self._limits = limits
        self._lines = clean(path, written.encoding, self._text, limits)
        header = read_header(self._text, written.delimiter, self._lines)
        if len(header) > limits.columns:
            raise BadInput(f"{len(header):,} columns; at most {limits.columns:,} are read.")
        self.layout = Layout(names=header)

    def read(self, columns: Sequence[str]) -> pa.Table:
        """These columns of every row.

        Raises:
            BadInput: rows of another number of values than the header (the first 100 are listed).
        """
        own, wanted = self._names(columns)
        table = self._parse(own, wanted)
        meant = [
            typed(name, table.column(key), self._written.decimal)
            for name, key in zip(columns, wanted, strict=True)
        ]
        return pa.table(meant, names=list(columns))

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """The same some rows at a time: the text is read twice, first for what columns hold."""
        own, wanted = self._names(columns)
        meanings = [Meaning(name, self._written.decimal) for name in columns]
        for batch in self._each(own, wanted):
            for meaning, column in zip(meanings, batch.columns, strict=True):
                meaning.add(trimmed(column.dictionary_encode().dictionary))
        for batch in self._each(own, wanted):
            yield pa.record_batch(
                [
                    meaning.of(trimmed(column))
                    for meaning, column in zip(meanings, batch.columns, strict=True)
                ],
                names=list(columns),
            )

    def _names(self, columns: Sequence[str]) -> tuple[list[str], list[str]]:
        # Names of our own: the file's may be empty or occur twice in columns nobody asked for.
        own = [f"c{position}" for position in range(len(self.layout.names))]
        return own, [own[self.layout.names.index(name)] for name in columns]

    def _parse(self, own: list[str], wanted: list[str]) -> pa.Table:
        with self._told(own) as note:
            return pyarrow.csv.read_csv(
                self._text, **self._options(own, wanted, note, pa.dictionary(pa.int32(), TEXT))
            )

    def _each(self, own: list[str], wanted: list[str]) -> Iterator[pa.RecordBatch]:
        with self._told(own) as note:
            yield from pyarrow.csv.open_csv(self._text, **self._options(own, wanted, note, TEXT))

    @contextmanager
    def _told(self, own: list[str]) -> Iterator[Note]:
        """Raises BadInput, when all is read, for rows of another number of values."""
        ragged = 0

        def note(_: pyarrow.csv.InvalidRow) -> str:
            nonlocal ragged
            ragged += 1
            return "skip"

        try:
            yield note
        except pa.ArrowInvalid as error:
            # Arrow's own sentence quotes the row, which is somebody's answers.
            raise BadInput("the rows cannot be told apart: is the delimiter right?") from error
        if ragged:
            raise BadInput(ragged_rows(ragged, self._text, len(own), self._written.delimiter))

    def _options(
        self, own: list[str], wanted: list[str], note: Note, kind: pa.DataType
    ) -> dict[str, Any]:
        return {
            "read_options": pyarrow.csv.ReadOptions(
                use_threads=False,
                block_size=max(8 * MIB, 4 * self._limits.line_bytes),
                skip_rows=1,
                column_names=own,
            ),
            "parse_options": pyarrow.csv.ParseOptions(
                delimiter=self._written.delimiter,
                newlines_in_values=True,
                invalid_row_handler=note,
                ignore_empty_lines=len(own) > 1,
            ),
            "convert_options": pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(wanted, kind),
                include_columns=wanted,
                strings_can_be_null=False,
            ),
        }


def check_dialect(written: CsvFormat) -> None:
    """Raises BadInput for a delimiter or decimal sign that cannot be one."""
    if len(written.delimiter) != 1 or written.delimiter in '"\r\n' or ord(written.delimiter) > 127:
        raise BadInput(f"delimiter {written.delimiter!r}: it is one character, such as , or ;.")
    if written.decimal not in {".", ","}:
        raise BadInput(f"decimal {written.decimal!r}: it is . or ,.")
    # A decimal sign equal to the delimiter can only occur inside quotes, which is legal.


def read_header(text: Path, delimiter: str, lines: int) -> tuple[str, ...]:
    """The names in the first line, trimmed.

    Raises:
        BadInput: nothing but a header, or a header that seems to use another delimiter.
    """
    with text.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file, delimiter=delimiter), [])
    header = tuple(name.strip() for name in names)
    if not any(header):
        raise BadInput("line 1: no header. The first line names the columns.")
    others = [sign for sign in (",", ";", "\t", "|") if sign != delimiter and sign in header[0]]
    if len(header) == 1 and others:
        raise BadInput(
            f"line 1: a single column with {delimiter!r} between columns; is it {others[0]!r}? "
            f"Say csv = {{ delimiter = {others[0]!r} }}."
        )
    if lines < 2:
        raise BadInput("a header and no rows.")
    return header


def ragged_rows(count: int, text: Path, width: int, delimiter: str) -> str:
    """The sentence for rows of another width, with the lines of the first hundred."""
    lines: list[str] = []
    # At least the default: the limit belongs to the whole process.
    csv.field_size_limit(max(131_072, text.stat().st_size))
    # Arrow counts neither blank lines nor line ends inside quotes, so we look again.
    with text.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        for row in reader:
            if row and len(row) != width:
                lines.append(str(reader.line_num))
            if len(lines) == LISTED:
                break
    more = f" and {count - LISTED:,} more" if count > LISTED else ""
    return (
        f"{count:,} rows have not the {width} values of the header (delimiter {delimiter!r}): "
        f"lines {', '.join(lines)}{more}."
    )
