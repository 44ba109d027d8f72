"""DuckDB in memory, over one staged file, with the doors locked."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cauce.model.errors import BadInput

LOCKS = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET threads = {threads}",
    "SET memory_limit = '{memory}'",
    "SET preserve_insertion_order = true",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)

TYPES = {
    "integer": "BIGINT",
    "float": "DOUBLE",
    "text": "VARCHAR",
    "boolean": "BOOLEAN",
    "date": "DATE",
}

REASONS: Mapping[type[Exception], str] = {
    duckdb.ConversionException: "text that is no number stands where a number is wanted",
    duckdb.OutOfRangeException: "a number grows too large",
    duckdb.BinderException: "text, numbers and true or false are mixed",
}


@contextmanager
def engine(
    staged: Path | Sequence[Path],
    columns: Mapping[str, str] | None = None,
    threads: int = 2,
    memory: str = "4GB",
    without: Sequence[str] = (),
) -> Iterator[Any]:
    """A connection with the relation `source`, the rows of the staged Parquet files in order.

    A single file has their places in it, `file_row_number`, and not the columns it is to be
    `without`. The files are read into memory before the doors are locked: after that no query can
    reach a file, the network or an extension.

    Args:
        columns: the kind of each column, for files that do not all hold the same kinds.
    """
    paths = [staged] if isinstance(staged, Path) else list(staged)
    connection = duckdb.connect(":memory:")
    try:
        names = ", ".join('"' + name.replace('"', '""') + '"' for name in without)
        left_out = f" EXCLUDE ({names})" if names else ""
        connection.execute(
            f"CREATE TEMP TABLE source AS SELECT *{left_out} FROM {relation(paths, columns)}"
        )
        for lock in LOCKS:
            connection.execute(lock.format(threads=threads, memory=memory))
        yield connection
    except duckdb.OutOfMemoryException as error:
        raise BadInput(f"The file needs more than {memory} of memory to harmonise.") from error
    finally:
        connection.close()


def relation(paths: Sequence[Path], columns: Mapping[str, str] | None) -> str:
    """The rows of staged files, one file after the other, each column of one kind."""
    if len(paths) == 1 or not columns:
        files = ", ".join(text(path) for path in paths)
        return f"read_parquet([{files}], file_row_number = true)"
    wanted = ", ".join(
        f"CAST({quoted} AS {TYPES[kind]}) AS {quoted}"
        for quoted, kind in (
            ('"' + name.replace('"', '""') + '"', k) for name, k in columns.items()
        )
    )
    parts = (f"SELECT {wanted} FROM read_parquet({text(path)})" for path in paths)
    return f"({' UNION ALL '.join(parts)})"


def text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def evaluate(
    staged: Path, expressions: Mapping[str, str], without: Sequence[str] = ()
) -> dict[str, NDArray[Any]]:
    """Expressions over the columns of a staged file, one array per role, in the file's order.

    Numbers are float64 with NaN where there is none, unless they are whole and complete; text is
    an object array with None; flags are bool with False where there is none. No expression is over
    the columns it is `without`.
    """
    with engine(staged, without=without) as connection:
        wanted = ", ".join(f'{sql} AS "{role}"' for role, sql in expressions.items())
        try:
            table = connection.sql(f"SELECT {wanted} FROM source").to_arrow_table()
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            raise does_not_fit(error) from error
    return {role: to_numpy(table[role]) for role in expressions}


def to_numpy(column: pa.ChunkedArray) -> NDArray[Any]:
    """A column as an array; see `evaluate` for what stands for nothing."""
    kind = column.type
    if pa.types.is_boolean(kind):
        filled = column.fill_null(False)
        return np.asarray(filled.to_numpy(zero_copy_only=False), dtype=np.bool_)
    if pa.types.is_integer(kind) and column.null_count == 0:
        return np.asarray(column.to_numpy())
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        numbers = column.cast(pa.float64())
        return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.float64)
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=object)


def does_not_fit(error: Exception, doubts: Sequence[str] = ()) -> BadInput:
    """What the engine could not do, without its own sentence: that may quote a person's value."""
    reason = next(
        (words for kind, words in REASONS.items() if isinstance(error, kind)),
        f"the engine stopped ({type(error).__name__})",
    )
    return BadInput("\n".join((f"An expression does not fit the file: {reason}.", *doubts)))
