"""SDMX-CSV 2.0 data messages."""

from collections.abc import Iterator
from typing import Literal

from cauce.model.dataflow import AGENCY
from cauce.model.observation import Observations
from cauce.publish.columns import (
    Column,
    attribute_column,
    blocks,
    dataset_column,
    dimension_columns,
    indicator_column,
    lines,
    value_column,
)
from cauce.publish.components import Attribute
from cauce.publish.message import Message

Action = Literal["I", "A", "R", "D", "M"]


def sdmx_csv(observations: Observations, message: Message, action: Action = "I") -> Iterator[bytes]:
    """One row an observation: structure, action, dimensions, value, attributes.

    A withheld value is `NaN` (missing on purpose), a withheld attribute an empty cell.

    Source: SDMX-CSV 2.0.0 field guide, column content.
    """
    flow = observations.dataflow
    start = f"dataflow,{AGENCY}:{flow.id}({flow.version}),{action}"
    columns = _columns(observations, message)
    yield (",".join(["STRUCTURE,STRUCTURE_ID,ACTION", *(c.id for c in columns)]) + "\n").encode()
    for first, last in blocks(len(observations.value)):
        texts = [column.said(first, last, quoted, column.absent or "") for column in columns]
        parts = [part for text in texts for part in (",", text)]
        yield lines((start, *parts, "\n"), last - first)


def quoted(text: str) -> str:
    """A cell of RFC 4180."""
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _columns(observations: Observations, message: Message) -> tuple[Column, ...]:
    columns = dimension_columns(observations)
    if message.value:
        columns += (value_column(observations, "NaN"),)
    return columns + tuple(_attribute(observations, a, message) for a in message.attributes)


def _attribute(observations: Observations, attribute: Attribute, message: Message) -> Column:
    if attribute.level == "observation":
        return attribute_column(observations, attribute)
    if attribute.level == "indicator":
        return indicator_column(observations, attribute)
    return dataset_column(observations, attribute, message)
