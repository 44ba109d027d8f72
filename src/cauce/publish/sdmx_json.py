"""SDMX-JSON 2.0.0 data messages."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.observation import Observations
from cauce.publish.columns import (
    Column,
    Text,
    attribute_column,
    blocks,
    join,
    lines,
    value_column,
)
from cauce.publish.components import TIME
from cauce.publish.json_head import Used, json_head, used
from cauce.publish.message import Message
from cauce.publish.select import new_series

FLAT = "AllDimensions"


def sdmx_json(
    observations: Observations, message: Message, dimension: str = TIME
) -> Iterator[bytes]:
    """Observations in series, or flat; takes them in the order of messages.

    A withheld value is the string `NaN` (missing on purpose), a withheld attribute null.
    `dimension` is what stands at the observation: TIME_PERIOD or AllDimensions.

    Source: SDMX-JSON 2.0.0 data message, field guide, sections dataSet and component.
    """
    codes = used(observations)
    words = {a.id: attribute_column(observations, a) for a in message.at("observation")}
    yield json_head(observations, message, codes, words, dimension == FLAT).encode()
    if dimension == FLAT:
        yield from _flat(observations, message, codes, words)
    else:
        yield from _series(observations, message, codes, words)
    yield b"}]}}"


def _flat(
    observations: Observations, message: Message, codes: Used, words: dict[str, Column]
) -> Iterator[bytes]:
    yield b',"observations":{'
    keys = [_text(codes.positions[:, i]) for i in range(codes.positions.shape[1])]
    for first, last in blocks(len(observations.value)):
        key = _key([text[first:last] for text in keys])
        values = _arrays(observations, message, words, first, last)
        yield lines((_commas(first, last), '"', key, '":', *values), last - first)
    yield b"}"


def _series(
    observations: Observations, message: Message, codes: Used, words: dict[str, Column]
) -> Iterator[bytes]:
    yield b',"series":{'
    time = codes.ids.index(TIME)
    others = [i for i in range(len(codes.ids)) if i != time]
    new = new_series(observations, np.arange(len(observations.value)))
    for first, last in blocks(len(new)):
        heads = _heads(codes.positions[first:last][:, others], new[first:last], first == 0)
        commas = pc.if_else(pa.array(new[first:last]), pa.scalar(None, pa.string()), ",")
        at = _text(codes.positions[first:last, time])
        values = _arrays(observations, message, words, first, last)
        yield lines((heads, commas, '"', at, '":', *values), last - first)
    yield b"}}}" if len(new) else b"}"


def _heads(positions: np.ndarray, new: np.ndarray, start: bool) -> pa.Array:
    """Where a series begins: the end of the one before and its own key; null elsewhere."""
    mine = positions[new]
    key = _key([_text(mine[:, i]) for i in range(mine.shape[1])])
    ends = ["}},"] * len(mine)
    if start:
        ends[0] = ""
    heads = join(pa.array(ends, pa.string()), '"', key, '":{"observations":{')
    return pc.take(heads, pa.array(np.cumsum(new) - 1, mask=~new))


def _arrays(
    observations: Observations,
    message: Message,
    words: dict[str, Column],
    first: int,
    last: int,
) -> list[Text | str]:
    """[value, attribute, ...] of every row, in parts; coded and worded attributes by position."""
    parts = [_cell(column, first, last) for column in words.values()]
    if message.value:
        parts.insert(0, value_column(observations, '"NaN"').said(first, last, absent='"NaN"'))
    return ["[", *[item for part in parts for item in (",", part)][1:], "]"]


def _cell(column: Column, first: int, last: int) -> Text | str:
    if isinstance(column.array, pa.DictionaryArray):
        column = Column(column.id, column.array.indices)
    return column.said(first, last, absent="null")


def _key(texts: list[pa.Array]) -> pa.Array:
    return pc.binary_join_element_wise(*texts, ":")


def _text(positions: np.ndarray) -> pa.Array:
    return pc.cast(pa.array(positions), pa.string())


def _commas(first: int, last: int) -> pa.Array:
    """A comma before every row but the very first."""
    commas = [","] * (last - first)
    if first == 0:
        commas[0] = ""
    return pa.array(commas, pa.string())
