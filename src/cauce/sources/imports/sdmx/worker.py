"""The process that opens a data message of SDMX, within limits, writes its rows, and ends.

Started as `cauce.sources.worker` is. The request's `columns` are the components to take; its
`member` is JSON of what else the pack says: `flow` and the components it ignores.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cauce.model.errors import BadInput
from cauce.sources.limits import Limits
from cauce.sources.worker import STAGED, main, say

BATCH = 50_000
LINE, NUMBER, VALUE = "\0line", "\0number", "\0value"
PACKED = {b"PK\x03\x04": "a zip", b"\x1f\x8b": "packed by gzip", b"PAR1": "Parquet"}


def work(request: dict[str, Any], folder: Path, limits: Limits) -> dict[str, Any]:
    """How many rows there are, and of which dataflow; the rows themselves stand in Parquet."""
    from cauce.sources.imports.sdmx.rows import Asked

    said = json.loads(request["member"])
    columns = tuple(request["columns"])
    asked = Asked(columns, frozenset(said["ignored"]), said["flow"])
    say("reading")
    count = _write(rows_of(Path(request["path"]), asked), columns, folder / STAGED, limits)
    return {"rows": count, "flow": asked.seen}


def rows_of(path: Path, asked: Any) -> Iterator[Any]:
    from cauce.sources.imports.sdmx.commas import csv_rows
    from cauce.sources.imports.sdmx.markup import xml_rows
    from cauce.sources.imports.sdmx.notation import json_rows

    with path.open("rb") as file:
        head = file.read(512)
    for sign, what in PACKED.items():
        if head.startswith(sign):
            raise BadInput(f"is {what}, and no message of SDMX. Unpack it first.")
    # UTF-16 of XML begins with its mark, which the reader of XML knows.
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _begins(head) == b"<":
        return xml_rows(path, asked)
    return (json_rows if _begins(head) == b"{" else csv_rows)(path, asked)


def _begins(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]


def _write(rows: Iterator[Any], columns: tuple[str, ...], path: Path, limits: Limits) -> int:
    """Write rows as Parquet, some at a time; the number of rows. Raises BadInput for none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = (*columns, VALUE)
    schema = pa.schema(
        [*((name, pa.string()) for name in names), (LINE, pa.int64()), (NUMBER, pa.int64())]
    )
    count = 0
    held: list[Any] = []
    with pq.ParquetWriter(path, schema) as writer:

        def flush() -> None:
            data: list[list[Any]] = [[row.words.get(name, "") for row in held] for name in columns]
            data += [[r.value for r in held], [r.line for r in held], [r.number for r in held]]
            writer.write_table(pa.table(data, schema=schema))
            held.clear()

        for row in rows:
            held.append(row)
            count += 1
            if count > limits.rows:
                raise BadInput(f"more than {limits.rows:,} observations.")
            if len(held) == BATCH:
                flush()
                say(f"{count:,} observations")
        flush()
    if not count:
        raise BadInput("the message has no observation.")
    return count


if __name__ == "__main__":
    main(work)
