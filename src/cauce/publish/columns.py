"""Observations as Arrow text, column by column, ready to be joined into rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.codelist import NOT_APPLICABLE
from cauce.model.dataflow import ADMITTED, Dataflow
from cauce.model.indicator import Indicator
from cauce.model.observation import Observations
from cauce.model.rule import rule_in
from cauce.publish.components import INDICATOR, VALUE, Attribute
from cauce.publish.message import Message

Text: TypeAlias = pa.Array
Escape = Callable[[str], str]

BATCH = 4_096
MOST_TOGETHER = 256
"""Combinations of codes that are worth a text of their own."""


@dataclass(frozen=True)
class Column:
    """One component of the observations: numbers, or codes with their dictionary.

    What is null has no text, or the text `absent`.
    """

    id: str
    array: pa.Array
    absent: str | None = None

    def text(self, start: int, stop: int, escape: Escape = str) -> Text:
        """Rows start to stop as text. Numbers are the shortest that read back as the same."""
        part = self.array.slice(start, stop - start)
        if isinstance(part, pa.DictionaryArray):
            words = pa.array([escape(w) for w in part.dictionary.to_pylist()], pa.string())
            return pc.take(words, part.indices)
        text = pc.cast(part, pa.string())
        return text if self.absent is None else text.fill_null(self.absent)

    def said(self, start: int, stop: int, escape: Escape = str, absent: str = "") -> Text | str:
        """As `text`, but one string where all rows say the same. What is null says `absent`."""
        part = self.array.slice(start, stop - start)
        if part.null_count == len(part):
            return absent
        if part.null_count == 0 and _constant(part):
            stop = start + 1
        text = self.text(start, stop, escape)
        if len(text) == 1:
            return str(text[0].as_py())
        return text.fill_null(absent) if part.null_count else text


def lines(parts: Iterable[Text | str], count: int) -> bytes:
    """So many rows of the parts side by side; what every row says is put together once."""
    merged: list[Text | str] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    if all(isinstance(part, str) for part in merged):
        return ("".join(merged) * count).encode()
    return to_bytes(join_present(*merged))


def _constant(part: pa.Array) -> bool:
    """Whether all rows, none of them null, have the value of the first."""
    values = part.indices if isinstance(part, pa.DictionaryArray) else part
    numbers = values.to_numpy(zero_copy_only=False)
    return bool((numbers == numbers[0]).all())


Headed: TypeAlias = tuple[str, Column]


def merged(columns: Sequence[Headed], escape: Escape) -> list[Headed]:
    """Columns with what stands before them in a row; coded ones side by side become one.

    A few combinations make the text of many rows, and there are fewer columns to join.
    """
    found: list[Headed] = []
    for head, column in columns:
        if not isinstance(column.array, pa.DictionaryArray) or column.array.null_count:
            found.append((head, column))
            continue
        mine = _escaped(head, column, escape)
        both = _together(found[-1][1], mine) if found else None
        if both is None:
            found.append(("", mine))
        else:
            found[-1] = ("", both)
    return found


def _escaped(head: str, column: Column, escape: Escape) -> Column:
    words = [head + escape(word) for word in column.array.dictionary.to_pylist()]
    array = pa.DictionaryArray.from_arrays(column.array.indices, pa.array(words, pa.string()))
    return Column(column.id, array)


def _together(first: Column, second: Column) -> Column | None:
    """Two coded columns as one of their combinations, None if these are too many."""
    one, two = first.array, second.array
    if not isinstance(one, pa.DictionaryArray) or one.null_count:
        return None
    count = len(two.dictionary)
    pairs = one.indices.to_numpy().astype(np.int64) * count + two.indices.to_numpy()
    distinct, place = np.unique(pairs, return_inverse=True)
    if len(distinct) > MOST_TOGETHER:
        return None
    words, others = one.dictionary.to_pylist(), two.dictionary.to_pylist()
    texts = [words[at // count] + others[at % count] for at in distinct.tolist()]
    indices = pa.array(place.reshape(-1).astype(np.int32))
    return Column(first.id, pa.DictionaryArray.from_arrays(indices, pa.array(texts, pa.string())))


def join(*parts: Text | str) -> Text:
    """The parts side by side in every row; null where one of them is."""
    return pc.binary_join_element_wise(*parts, "")


def join_present(*parts: Text | str) -> Text:
    """The parts side by side in every row; what is null is left out."""
    return pc.binary_join_element_wise(*parts, "", null_handling="replace", null_replacement="")


def blocks(count: int) -> Iterator[tuple[int, int]]:
    """Spans of rows of a size that keeps memory flat."""
    for start in range(0, count, BATCH):
        yield start, min(start + BATCH, count)


def to_bytes(rows: Text) -> bytes:
    """All rows of a text column, one after the other."""
    if not len(rows):
        return b""
    offsets = np.frombuffer(rows.buffers()[1], dtype=np.int32)
    data = memoryview(rows.buffers()[2])
    return bytes(data[offsets[rows.offset] : offsets[rows.offset + len(rows)]])


def dimension_columns(observations: Observations) -> tuple[Column, ...]:
    """The dimensions, in order."""
    return tuple(
        coded(d.id, observations.key[:, position], [code.id for code in d.codes])
        for position, d in enumerate(observations.dataflow.dimensions)
    )


def coded(id_: str, positions: np.ndarray, words: list[str]) -> Column:
    """A column of positions in a list of words."""
    indices = pa.array(positions, pa.int32())
    return Column(id_, pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string())))


def value_column(observations: Observations, absent: str) -> Column:
    return Column(VALUE, _numbers(observations.value), absent)


def attribute_column(observations: Observations, attribute: Attribute) -> Column:
    """An attribute that is attached to observations."""
    values = getattr(observations, attribute.field)
    if attribute.kind == "number":
        return Column(attribute.id, _numbers(values))
    if attribute.kind == "count":
        return Column(attribute.id, pa.array(values, pa.int32(), mask=values < 0))
    return Column(attribute.id, _encoded(values))


def _encoded(values: Sequence[str]) -> pa.DictionaryArray:
    """Words as positions among those that occur, in their order; what is empty is null.

    A few objects stand for the words of all rows: they are told apart before anything is read.
    """
    objects = np.fromiter(map(id, values), np.int64, len(values))
    _, first, place = np.unique(objects, return_index=True, return_inverse=True)
    words = [str(values[at]) for at in first.tolist()]
    known: dict[str, int] = {}
    for at in np.argsort(first).tolist():
        if words[at]:
            known.setdefault(words[at], len(known))
    codes = np.array([known.get(word, -1) for word in words], dtype=np.int32)[place.reshape(-1)]
    indices = pa.array(codes, pa.int32(), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array([*known], pa.string()))


def indicator_column(observations: Observations, attribute: Attribute) -> Column:
    """An attribute that depends on the indicator alone, repeated for every observation."""
    dataflow = observations.dataflow
    position = [d.id for d in dataflow.dimensions].index(INDICATOR)
    words = indicator_values(dataflow, attribute)
    return coded(attribute.id, observations.key[:, position], words)


def dataset_column(observations: Observations, attribute: Attribute, message: Message) -> Column:
    """An attribute of the whole message, repeated for every observation."""
    word = dataset_values(observations.dataflow, message).get(attribute.id)
    zeros = np.zeros(len(observations.value), dtype=np.int32)
    if word is None:
        return Column(attribute.id, pa.nulls(len(zeros), pa.string()))
    return coded(attribute.id, zeros, [word])


def indicator_values(dataflow: Dataflow, attribute: Attribute) -> list[str]:
    """The value of an attribute for every code of the dimension INDICATOR."""
    dimension = next(d for d in dataflow.dimensions if d.id == INDICATOR)
    known = {indicator.id: indicator for indicator in dataflow.indicators}
    return [
        _of_indicator(known[code.id], attribute.id) if code.id in known else ""
        for code in dimension.codes
    ]


def _of_indicator(indicator: Indicator, attribute: str) -> str:
    return {
        "UNIT_MULT": "0",
        "DECIMALS": str(indicator.decimals),
        "AGE_BOUNDS": indicator.age or NOT_APPLICABLE,
        "MIGRANT_CRITERION": indicator.criterion or NOT_APPLICABLE,
    }.get(attribute, indicator.unit)


def dataset_values(dataflow: Dataflow, message: Message) -> dict[str, str]:
    """The attributes of the whole message that have a value."""
    method = dataflow.method
    # Another producer's tables are theirs to audit: we cannot say whether they did.
    admitted = method.var_method == ADMITTED
    values = {
        "VAR_METHOD": rule_in(method.var_method, message.language),
        "SINGLE_PSU_POLICY": method.single_psu,
        "PSU_SCOPE": method.psu_scope,
        "FPC": rule_in(method.fpc, message.language),
        "RELIABILITY_PROFILE": method.reliability_profile,
        "RULE_VERSION": method.rule_version,
        "ICLS": method.icls,
        "ISCO": method.isco,
        "ISIC": method.isic,
        "LINKED_TABLES_AUDITED": "" if admitted else str(message.audited).lower(),
        "INVENTED_DATA": str(dataflow.source.invented).lower(),
    }
    asked = {attribute.id for attribute in message.at("dataset")}
    return {id_: value for id_, value in values.items() if value and id_ in asked}


def _numbers(values: np.ndarray) -> pa.Array:
    return pa.array(values, pa.float64(), mask=~np.isfinite(values))
