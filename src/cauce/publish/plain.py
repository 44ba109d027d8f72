"""Plain CSV and JSON for people who do not speak SDMX."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from cauce.model.dataflow import Dataflow, Dimension
from cauce.model.observation import Observations
from cauce.model.text import Language, Text
from cauce.publish.columns import (
    Column,
    attribute_column,
    coded,
    indicator_column,
    indicator_values,
    numbers,
)
from cauce.publish.components import (
    ATTRIBUTES,
    INDICATOR,
    VALUE,
    VALUE_NAME,
    WORDED,
    Attribute,
    interval_percent,
)
from cauce.publish.form import Coded, Line, Worded, written
from cauce.publish.json_head import CODE_NAMES, dump, named
from cauce.publish.numbers import Number, Numbers
from cauce.publish.rows import Rows
from cauce.publish.sdmx_csv import quoted
from cauce.publish.verdicts import Words

Labels = Literal["name", "id", "both"]
Write = Callable[[str], str]
SHOWN = tuple(a for a in ATTRIBUTES if a.level != "dataset")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Field:
    """A column of plain files: its heading, and what it tells, by id or by name; None the value."""

    heading: str
    of: Dimension | Attribute | None
    named: bool = False


def plain_csv(rows: Rows, language: Language, labels: Labels = "both") -> Iterator[bytes]:
    """One row an observation: dimensions, value, errors, counts, verdicts, unit.

    `labels`: codes and statuses as words of the language, as ids, or as a column of each. Withheld
    numbers are empty. Text a spreadsheet would take for a formula begins with an apostrophe.
    """
    flow = rows.observations.dataflow
    fields = plain_fields(flow, language, labels)
    yield (",".join(cell(field.heading) for field in fields) + "\n").encode()

    def make() -> Line:
        heads = ["," if place else "" for place in range(len(fields))]
        name = "csv", language, labels
        return _form(name, flow, fields, heads, cell, ("", "", "\n"), language)

    yield from written(rows, rows.beside.one(("csv form", language, labels), make))


def plain_json(rows: Rows, language: Language) -> Iterator[bytes]:
    """An object an observation, with ids and names; withheld numbers are null."""
    flow = rows.observations.dataflow
    head = {
        "dataflow": flow.id,
        "version": flow.version,
        **named(flow.name, language),
        "invented": flow.source.invented,
        "interval_percent": interval_percent(flow),
        "dimensions": [{"id": d.id, **named(d.name, language)} for d in flow.dimensions],
    }
    yield (dump(head).removesuffix("}") + ',"observations":[\n').encode()

    def make() -> Line:
        fields = plain_fields(flow, language, "both", ids_only=True)
        heads = [f",{json.dumps(field.heading)}:" for field in fields]
        heads[0] = heads[0].removeprefix(",")
        around = ",\n{", "null", "}"
        return _form(("json", language), flow, fields, heads, json.dumps, around, language)

    yield from written(rows, rows.beside.one(("json form", language), make), skip=len(",\n"))
    yield b"\n]}\n"


def cell(text: str) -> str:
    """A cell of text that no spreadsheet runs."""
    return quoted(f"'{text}" if text.startswith(FORMULA) else text)


def plain_fields(
    flow: Dataflow, language: Language, labels: Labels, ids_only: bool = False
) -> list[Field]:
    """The columns of plain files. `ids_only` heads name columns by id too: `SEX_name`."""
    found: list[Field] = []

    def add(id_: str, name: Text, of: Dimension | Attribute | None, worded: bool) -> None:
        heading = f"{id_}_name" if ids_only else name.of(language)
        if not worded:
            found.append(Field(heading if labels == "name" else id_, of))
            return
        if labels != "name":
            found.append(Field(id_, of))
        if labels != "id":
            found.append(Field(heading, of, named=True))

    for dimension in flow.dimensions:
        add(dimension.id, dimension.name, dimension, worded=True)
    add(VALUE, VALUE_NAME, None, worded=False)
    for a in SHOWN:
        add(a.id, a.name, a, worded=a.level == "observation" and bool(a.codelist))
    return found


def plain_columns(
    observations: Observations, language: Language, labels: Labels, ids_only: bool = False
) -> list[tuple[str, Column]]:
    """Headings and columns of plain files."""
    fields = plain_fields(observations.dataflow, language, labels, ids_only)
    return [(field.heading, _column(observations, field, language)) for field in fields]


def _column(observations: Observations, field: Field, language: Language) -> Column:
    flow, of = observations.dataflow, field.of
    if of is None:
        return Column(VALUE, numbers(observations.value))
    if isinstance(of, Dimension):
        positions = observations.key[:, flow.dimensions.index(of)]
        return coded(of.id, positions, _code_words(of, field.named, language))
    if of.level == "indicator":
        return indicator_column(observations, of)
    column = attribute_column(observations, of)
    if not field.named:
        return column
    words = [_status(of, word, True, language) for word in column.array.dictionary.to_pylist()]
    array = pa.DictionaryArray.from_arrays(column.array.indices, pa.array(words, pa.string()))
    return Column(column.id, array)


def _form(
    name: tuple[str, ...],
    flow: Dataflow,
    fields: list[Field],
    heads: list[str],
    write: Write,
    around: tuple[str, str, str],
    language: Language,
) -> Line:
    """A row of plain files: each field behind its head.

    `around`: where a row starts, what is absent, and where it ends.
    """
    start, absent, end = around
    headed = list(zip(fields, heads, strict=True))

    def codes(dimension: Dimension) -> pa.Array:
        own = [
            [head + write(word) for word in _code_words(dimension, field.named, language)]
            for field, head in headed
            if field.of is dimension
        ]
        return pa.array(map("".join, zip(*own, strict=True)), pa.string())

    def verdict(words: Words) -> str:
        said = dict(zip(WORDED, words, strict=True))
        return "".join(
            head + (write(_status(f.of, said[f.of], f.named, language)) if said[f.of] else absent)
            for f, head in headed
            if isinstance(f.of, Attribute) and f.of in said
        )

    numbered = [
        Number("value" if f.of is None else f.of.field, head, "", head + absent)
        for f, head in headed
        if f.of is None or (isinstance(f.of, Attribute) and f.of.kind in ("number", "count"))
        if f.of is None or f.of.level == "observation"
    ]
    units = [
        [head + write(word) for word in indicator_values(flow, f.of)]
        for f, head in headed
        if isinstance(f.of, Attribute) and f.of.level == "indicator"
    ]
    own = pa.array(map("".join, zip(*units, strict=True)), pa.string())
    place = [dimension.id for dimension in flow.dimensions].index(INDICATOR)
    return Line(
        (
            start,
            *(Coded(at, codes(dimension)) for at, dimension in enumerate(flow.dimensions)),
            Numbers(name[0], tuple(numbered)),
            Worded(name, verdict),
            Coded(place, own),
            end,
        )
    )


def _code_words(dimension: Dimension, by_name: bool, language: Language) -> list[str]:
    return [code.name.of(language) if by_name else code.id for code in dimension.codes]


def _status(attribute: Attribute, word: str, by_name: bool, language: Language) -> str:
    return CODE_NAMES[attribute.codelist][word].of(language) if by_name else word
