"""A Spark Connect endpoint: Apache Spark 4, or Sail. It is asked for sums and never for rows."""

import logging
import socket
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import Any

from cauce.microdata.engines.answers import Answer
from cauce.microdata.engines.endpoint import Endpoint
from cauce.model.errors import BadInput, MethodFailed

PATIENCE = 10
"""Seconds to wait for an endpoint to be there at all."""
RETRIES: dict[str, Any] = {"max_retries": 3, "initial_backoff": 100, "max_backoff": 1000}
KINDS = {
    "byte": "integer",
    "short": "integer",
    "integer": "integer",
    "long": "integer",
    "float": "float",
    "double": "float",
    "decimal": "float",
    "string": "text",
    "boolean": "boolean",
    "date": "date",
}
"""What a column holds, by the name Spark gives its type."""
UNTOLD = "Nothing was published."


class SparkEngine:
    """A session of an endpoint with the relation `source`."""

    dialect = "spark"

    def __init__(self, session: Any, endpoint: Endpoint) -> None:
        self._session, self._endpoint = session, endpoint
        self.name = str(endpoint)
        self.columns: dict[str, str] = {}

    @classmethod
    @contextmanager
    def at(cls, endpoint: Endpoint) -> Iterator["SparkEngine"]:
        """A session of an endpoint, closed at the end.

        Raises:
            BadInput: the client is not installed, the endpoint is not there or refuses us.
        """
        quiet()
        session = _session(endpoint)
        try:
            yield cls(session, endpoint)
        finally:
            _stop(session)

    def use(self, tables: Sequence[str], files: bool = False) -> None:
        """Make `source` of tables the endpoint knows, or of Parquet files it can read.

        Raises:
            BadInput: there is no such table, or two of them have not the same columns.
        """
        with self._told(f"{', '.join(tables)} cannot be read there"):
            read = self._session.read
            parts = [read.parquet(one) if files else read.table(one) for one in tables]
            shapes = [_shape(part) for part in parts]
        for name, shape in zip(tables, shapes, strict=True):
            if shape != shapes[0]:
                other = sorted(
                    {column for column, _ in set(shape.items()) ^ set(shapes[0].items())}
                )
                raise BadInput(
                    f"{name} has another schema than {tables[0]}: {', '.join(other[:10])}. All "
                    f"parts must have the same columns of the same types. {UNTOLD}"
                )
        self.columns = {name: KINDS.get(kind, "other") for name, kind in shapes[0].items()}
        with self._told("the columns cannot be read there"):
            whole = parts[0].selectExpr(*map(_column, shapes[0].items()))
            for part in parts[1:]:
                whole = whole.unionAll(part.selectExpr(*map(_column, shapes[0].items())))
            whole.createOrReplaceTempView("source")

    def keep(self, name: str, sql: str) -> None:
        """Make a relation of a query, kept in the cluster's memory where it can."""
        with self._told("the rows could not be harmonised"):
            self._session.sql(sql).persist().createOrReplaceTempView(name)

    def ask(self, sql: str) -> Answer:
        """The answer to a query over `source`. Raises BadInput if the endpoint does not answer."""
        with self._told("the endpoint could not add up"):
            return Answer(self._session.sql(sql).toArrow())

    @contextmanager
    def _told(self, doing: str) -> Iterator[None]:
        """Errors of the endpoint in our words: its own may quote a person's value, or a token."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        except (BadInput, MethodFailed):
            raise
        except Exception as error:  # noqa: BLE001 - of a client without types, and of its network
            raise BadInput(_reason(error, self._endpoint, doing)) from None


def quiet() -> None:
    """Keep the client from logging: its lines may hold an address with a token."""
    for name in ("pyspark", "pyspark.sql.connect.logging", "grpc"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _session(endpoint: Endpoint) -> Any:
    if find_spec("pyspark") is None or find_spec("grpc") is None:
        raise BadInput(
            "--engine sc://… needs the client of Spark Connect, which is not installed: "
            "pip install 'cauce[cluster]'."
        )
    try:
        socket.create_connection((endpoint.host, endpoint.port), PATIENCE).close()
    except OSError as error:
        raise BadInput(
            f"The engine at {endpoint} does not answer ({error.strerror or 'no such host'}). Is "
            f"it running, and is the port right? {UNTOLD}"
        ) from None
    try:
        return _opened(endpoint.url)
    except Exception as error:  # noqa: BLE001 - of a client without types, and of its network
        raise BadInput(_reason(error, endpoint, "no session could be opened")) from None


def _opened(url: str) -> Any:
    """A session that has answered. The client warns of tables of pandas, which we do not use."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql.connect.client.retries import DefaultPolicy
        from pyspark.sql.connect.session import SparkSession

        session = SparkSession(url)
        session.client.set_retry_policies([DefaultPolicy(**RETRIES)])
        session.sql("SELECT 1").toArrow()
    return session


def _stop(session: Any) -> None:
    """Close a session; one whose endpoint is gone is closed already."""
    with warnings.catch_warnings(), suppress(Exception):
        warnings.simplefilter("ignore")
        session.stop()


def _reason(error: Exception, endpoint: Endpoint, doing: str) -> str:
    """What happened, without the endpoint's own sentence."""
    state = _state(error)
    if state in ("UNAUTHENTICATED", "PERMISSION_DENIED"):
        return (
            f"The engine at {endpoint} refuses us: the token is missing or wrong, or has no right "
            f"to the table. {UNTOLD}"
        )
    if state in ("UNAVAILABLE", "CANCELLED", "DEADLINE_EXCEEDED", "ABORTED"):
        return (
            f"The engine at {endpoint} stopped half-way: {doing}. Start it and try again; "
            f"{UNTOLD[0].lower()}{UNTOLD[1:]}"
        )
    kind = type(error).__name__
    return f"The engine at {endpoint} refused: {doing} ({kind}). {UNTOLD}"


def _state(error: BaseException) -> str:
    """The name of the state of a call that failed, "" if it is no failed call."""
    seen: Any = error
    while seen is not None:
        code = seen.code() if callable(getattr(seen, "code", None)) else None
        if name := getattr(code, "name", ""):
            return str(name)
        if type(seen).__name__ == "RetriesExceeded":
            return "UNAVAILABLE"
        seen = seen.__cause__ or seen.__context__
    return ""


def _shape(frame: Any) -> dict[str, str]:
    return {field.name: field.dataType.typeName() for field in frame.schema.fields}


def _column(column: tuple[str, str]) -> str:
    """A column as the recipes of packs know it: wide whole numbers, and no "not a number"."""
    name, kind = column
    quoted = f"`{name.replace('`', '``')}`"
    if KINDS.get(kind) == "integer":
        return f"CAST({quoted} AS BIGINT) AS {quoted}"
    if KINDS.get(kind) == "float":
        return f"NULLIF(CAST({quoted} AS DOUBLE), CAST('nan' AS DOUBLE)) AS {quoted}"
    return quoted
