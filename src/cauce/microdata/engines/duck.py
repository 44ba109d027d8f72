"""DuckDB over one staged file that is read as it is needed, with all other doors locked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from cauce.microdata.engine import does_not_fit
from cauce.microdata.engines.answers import Answer
from cauce.model.errors import BadInput

LOCKS = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET threads = {threads}",
    "SET memory_limit = '{memory}'",
    "SET temp_directory = '{spill}'",
    "SET max_temp_directory_size = '{most}'",
    "SET allowed_paths = ['{file}']",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


class DuckEngine:
    """A connection with the relation `source`, the rows of a staged file."""

    dialect = "duckdb"
    name = "duckdb"

    def __init__(self, connection: Any, memory: str) -> None:
        self._connection, self._memory = connection, memory

    @classmethod
    @contextmanager
    def over(
        cls, staged: Path, threads: int = 2, memory: str = "2GB", most: str = "20GB"
    ) -> Iterator["DuckEngine"]:
        """An engine that can read this one file, and spill so much beside it."""
        with TemporaryDirectory(prefix="cauce-") as spill:
            words = {"threads": threads, "memory": memory, "most": most}
            words |= {"spill": _text(spill), "file": _text(str(staged))}
            connection = duckdb.connect(":memory:")
            try:
                for lock in LOCKS:
                    connection.execute(lock.format(**words))
                view = f"CREATE TEMP VIEW source AS SELECT * FROM read_parquet('{words['file']}')"
                connection.execute(view)
                yield cls(connection, memory)
            finally:
                connection.close()

    def keep(self, name: str, sql: str) -> None:
        """Make a relation of a query, once; what does not fit into memory lies in the spill."""
        with self._told():
            self._connection.execute(f"CREATE TEMP TABLE {name} AS {sql}")

    def ask(self, sql: str) -> Answer:
        """The answer to a query over `source`.

        Raises:
            BadInput: the query does not fit the file, or needs too much memory.
        """
        with self._told():
            return Answer(self._connection.sql(sql).to_arrow_table())

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except duckdb.OutOfMemoryException as error:
            raise BadInput(
                f"The sums need more than {self._memory} of memory and the room to spill."
            ) from error
        except duckdb.Error as error:
            raise does_not_fit(error) from error


def _text(path: str) -> str:
    return path.replace("'", "''")
