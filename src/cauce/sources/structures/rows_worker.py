"""The process that opens a data message of another agency, within limits, and ends.

Started as `cauce.sources.worker` is. The request's `columns` are all components of the structures
at hand; the rows of all dataflows of the message stand in Parquet. What is of no component is
counted, not taken.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cauce.model.errors import BadInput
from cauce.sources.imports.sdmx.rows import ABSENT, LONGEST, Asked, Row, place
from cauce.sources.limits import Limits
from cauce.sources.worker import STAGED, main, say

BATCH = 50_000
FLOW, CONTEXT, VALUE = "\0flow", "\0context", "OBS_VALUE"
LINE, NUMBER = "\0line", "\0number"
MOST_STRANGE = 1_000


class Every(Asked):
    """All dataflows of a message, and all components somebody declares."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        super().__init__(columns, frozenset(), "")
        self.known = frozenset(columns)
        self.context = ""
        self.strange: dict[str, list[int]] = {}

    def of(self, flow: str, where: str, context: str = "") -> None:
        del where
        self.seen, self.context = flow, context

    def row(self, words: dict[str, str], value: str, line: int, number: int) -> Row:
        if not words.keys() <= self.known:
            for name in words.keys() - self.known:
                self._note(name, words[name], line, number)
        if any(len(word) > LONGEST for word in words.values()):
            name = next(name for name, word in words.items() if len(word) > LONGEST)
            raise BadInput(
                f"{place(line, number)}: {name[:60]} has {len(words[name]):,} signs; more than "
                f"{LONGEST:,} are refused."
            )
        if value:
            words = {**words, VALUE: "" if value in ABSENT else value}
        return Row(words, value, line, number)

    def _note(self, name: str, word: str, line: int, number: int) -> None:
        """Count an unknown component where it says something."""
        if not word:
            return
        if name in self.strange:
            self.strange[name][0] += 1
        elif len(self.strange) < MOST_STRANGE:
            self.strange[name[:60]] = [1, line, number]


def work(request: dict[str, Any], folder: Path, limits: Limits) -> dict[str, Any]:
    """How many rows there are, and what components nobody knows; the rows stand in Parquet."""
    from cauce.sources.imports.sdmx.worker import rows_of

    asked = Every(tuple(request["columns"]))
    path = Path(request["path"])
    say(f"Reading {path.name}")
    count = _write(rows_of(path, asked), asked, folder / STAGED, limits, path.name)
    return {"rows": count, "strange": asked.strange}


def _write(rows: Iterator[Row], asked: Every, path: Path, limits: Limits, name: str) -> int:
    """Write rows as Parquet, some at a time; the number of rows. Raises BadInput for none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = asked.columns
    words = [(each, pa.string()) for each in (*names, FLOW, CONTEXT)]
    schema = pa.schema([*words, (LINE, pa.int64()), (NUMBER, pa.int64())])
    count = 0
    held: list[Row] = []
    flows: list[tuple[str, str]] = []
    with pq.ParquetWriter(path, schema) as writer:

        def flush() -> None:
            data: list[Any] = [[row.words.get(each, "") for row in held] for each in names]
            data += [[flow for flow, _ in flows], [context for _, context in flows]]
            data += [[row.line for row in held], [row.number for row in held]]
            writer.write_table(pa.table(data, schema=schema))
            held.clear()
            flows.clear()

        for row in rows:
            held.append(row)
            flows.append((asked.seen, asked.context))
            count += 1
            if count > limits.rows:
                raise BadInput(f"more than {limits.rows:,} observations.")
            if len(held) == BATCH:
                flush()
                say(f"Reading {name}: {count:,} observations")
        flush()
    if not count:
        raise BadInput("the message has no observation.")
    return count


if __name__ == "__main__":
    main(work)
