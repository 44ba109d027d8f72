"""Public records as Parquet and back: one row a record, its states of knowledge as JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cauce.model.record import Absent, Record, Value
from cauce.model.shelf import Known, PublicPeriod, PublicRecord, Shelf, ShelfField
from cauce.model.text import Text
from cauce.store.errors import Damaged
from cauce.store.parquet import read_whole

SCHEMA = pa.schema(
    [
        ("key", pa.string()),
        ("country", pa.string()),
        ("title_en", pa.string()),
        ("title_es", pa.string()),
        ("places", pa.list_(pa.string())),
        ("corridors", pa.list_(pa.string())),
        ("links", pa.list_(pa.string())),
        ("words", pa.string()),
        ("known", pa.string()),
    ]
)


def to_rows(records: Iterable[PublicRecord]) -> list[dict[str, Any]]:
    """One row a record, by key."""
    return [
        {
            "key": each.key,
            "country": each.country,
            "title_en": each.title.en,
            "title_es": each.title.es,
            "places": list(each.places),
            "corridors": list(each.corridors),
            "links": list(each.links),
            "words": each.words,
            "known": json.dumps(
                [_known(state) for state in each.known], ensure_ascii=False, sort_keys=True
            ),
        }
        for each in sorted(records, key=lambda record: record.key)
    ]


def to_parquet(rows: Sequence[Mapping[str, Any]]) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(list(rows), SCHEMA), sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def from_parquet(content: bytes, shelf: Shelf) -> tuple[PublicRecord, ...]:
    """The records that `to_parquet` wrote. Raises Damaged if they do not fit the shelf."""
    try:
        rows = read_whole(content).to_pylist()
        return tuple(_record(row, shelf) for row in rows)
    except (pa.ArrowException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(
            f"The records of {shelf.id} cannot be understood. Restore the store from a backup."
        ) from error


def _record(row: Mapping[str, Any], shelf: Shelf) -> PublicRecord:
    fields = {each.id: each for each in shelf.fields}
    return PublicRecord(
        key=row["key"],
        country=row["country"],
        title=Text(row["title_en"], row["title_es"]),
        places=tuple(row["places"]),
        corridors=tuple(row["corridors"]),
        links=tuple(row["links"]),
        words=row["words"],
        known=tuple(
            Known(
                datetime.fromisoformat(state["since"]),
                tuple(_period(each, fields) for each in state["periods"]),
            )
            for state in json.loads(row["known"])
        ),
    )


def _known(state: Known) -> dict[str, Any]:
    return {
        "since": state.since.isoformat(),
        "periods": [
            {"start": plain(each.start), "end": plain(each.end), "record": plain(each.record)}
            for each in state.periods
        ],
    }


def plain(value: Value | Record | None) -> Any:
    """A value as JSON has it; what is absent is {"absent": "UNK"}."""
    if isinstance(value, Absent):
        return {"absent": str(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    return value


def _period(said: Mapping[str, Any], fields: Mapping[str, ShelfField]) -> PublicPeriod:
    start, end = (date.fromisoformat(x) if x else None for x in (said["start"], said["end"]))
    return PublicPeriod(start, end, _values(said["record"], fields))


def _values(said: Mapping[str, Any], fields: Mapping[str, ShelfField]) -> dict[str, Any]:
    return {name: _value(raw, fields[name]) for name, raw in said.items()}


def _value(raw: Any, of: ShelfField) -> Any:
    if isinstance(raw, dict):
        return Absent(raw["absent"])
    if isinstance(raw, list):
        columns = {each.id: each for each in of.columns}
        return tuple(_values(x, columns) if of.kind == "rows" else str(x) for x in raw)
    if of.kind == "date":
        return date.fromisoformat(raw)
    return raw
