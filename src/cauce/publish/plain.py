"""Plain CSV and JSON for people who do not speak SDMX."""

import json
from collections.abc import Iterator
from typing import Literal

import pyarrow as pa

from cauce.model.observation import Observations
from cauce.model.text import Language, Text
from cauce.publish.columns import (
    Column,
    Headed,
    attribute_column,
    blocks,
    coded,
    indicator_column,
    join,
    join_present,
    merged,
    to_bytes,
    value_column,
)
from cauce.publish.components import ATTRIBUTES, VALUE, VALUE_NAME
from cauce.publish.json_head import CODE_NAMES, dump, named
from cauce.publish.sdmx_csv import quoted

Labels = Literal["name", "id", "both"]
SHOWN = tuple(a for a in ATTRIBUTES if a.level != "dataset")
BETWEEN = b",\n"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_csv(
    observations: Observations, language: Language, labels: Labels = "both"
) -> Iterator[bytes]:
    """One row an observation: dimensions, value, errors, counts, verdicts, unit.

    `labels`: codes and statuses as words of the language, as ids, or as a column of each. Withheld
    numbers are empty. Text a spreadsheet would take for a formula begins with an apostrophe.
    """
    columns = plain_columns(observations, language, labels)
    yield (",".join(cell(name) for name, _ in columns) + "\n").encode()
    headed = [("," if place else "", column) for place, (_, column) in enumerate(columns)]
    written = merged(headed, cell)
    for first, last in blocks(len(observations.value)):
        parts = [
            part for head, c in written for part in (head, _written(c, first, last)) if len(part)
        ]
        yield to_bytes(join_present(*parts, "\n"))


def plain_json(observations: Observations, language: Language) -> Iterator[bytes]:
    """An object an observation, with ids and names; withheld numbers are null."""
    flow = observations.dataflow
    head = {
        "dataflow": flow.id,
        "version": flow.version,
        **named(flow.name, language),
        "invented": flow.source.invented,
        "dimensions": [{"id": d.id, **named(d.name, language)} for d in flow.dimensions],
    }
    yield (dump(head).removesuffix("}") + ',"observations":[\n').encode()
    columns = plain_columns(observations, language, "both", ids_only=True)
    heads = [
        f"{',' if place else ''}{json.dumps(name)}:" for place, (name, _) in enumerate(columns)
    ]
    written = merged([(h, c) for h, (_, c) in zip(heads, columns, strict=True)], json.dumps)
    for first, last in blocks(len(observations.value)):
        rows = _objects(written, first, last)
        yield to_bytes(join(_between(first, last), rows))
    yield b"\n]}\n"


def cell(text: str) -> str:
    """A cell of text that no spreadsheet runs."""
    return quoted(f"'{text}" if text.startswith(FORMULA) else text)


def _written(column: Column, first: int, last: int) -> pa.Array:
    """A column as text; what `merged` has written is not escaped again."""
    return column.text(first, last)


def _objects(columns: list[Headed], first: int, last: int) -> pa.Array:
    parts: list[pa.Array | str] = ["{"]
    for head, column in columns:
        parts += [head, column.text(first, last).fill_null("null")]
    return join(*(part for part in parts if len(part)), "}")


def _between(first: int, last: int) -> pa.Array:
    return pa.array([",\n" if row else "" for row in range(first, last)], pa.string())


def plain_columns(
    observations: Observations, language: Language, labels: Labels, ids_only: bool = False
) -> list[tuple[str, Column]]:
    """Headings and columns of plain files. `ids_only` heads name columns by id too: `SEX_name`."""
    found: list[tuple[str, Column]] = []

    def add(id_: str, name: Text, ids: Column, names: Column | None) -> None:
        heading = f"{id_}_name" if ids_only else name.of(language)
        if names is None:
            found.append((heading if labels == "name" else id_, ids))
            return
        if labels != "name":
            found.append((id_, ids))
        if labels != "id":
            found.append((heading, names))

    for place, d in enumerate(observations.dataflow.dimensions):
        words = [code.name.of(language) for code in d.codes]
        positions = observations.key[:, place]
        ids = coded(d.id, positions, [code.id for code in d.codes])
        add(d.id, d.name, ids, coded(d.id, positions, words))
    add(VALUE, VALUE_NAME, Column(VALUE, value_column(observations, "").array), None)
    for a in SHOWN:
        if a.level == "indicator":
            add(a.id, a.name, indicator_column(observations, a), None)
        else:
            column = attribute_column(observations, a)
            add(a.id, a.name, column, _worded(column, a.codelist, language))
    return found


def _worded(column: Column, codelist: str, language: Language) -> Column | None:
    """The same column in words, if it is coded."""
    if not codelist:
        return None
    names = CODE_NAMES[codelist]
    words = [names[word].of(language) for word in column.array.dictionary.to_pylist()]
    array = pa.DictionaryArray.from_arrays(column.array.indices, pa.array(words, pa.string()))
    return Column(column.id, array)
