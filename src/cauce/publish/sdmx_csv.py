"""SDMX-CSV 2.0 data messages."""

from collections.abc import Iterator
from typing import Literal

import pyarrow as pa

from cauce.model.dataflow import AGENCY, Dataflow
from cauce.publish.columns import dataset_values, indicator_values
from cauce.publish.components import VALUE
from cauce.publish.form import Form, indicator_place, written
from cauce.publish.message import Message
from cauce.publish.numbers import Number, Numbers
from cauce.publish.rows import Rows
from cauce.publish.verdicts import WORDED, Words

Action = Literal["I", "A", "R", "D", "M"]


def sdmx_csv(rows: Rows, message: Message, action: Action = "I") -> Iterator[bytes]:
    """One row an observation: structure, action, dimensions, value, attributes.

    A withheld value is `NaN` (missing on purpose), a withheld attribute an empty cell.

    Source: SDMX-CSV 2.0.0 field guide, column content.
    """
    flow = rows.observations.dataflow
    value = (VALUE,) if message.value else ()
    ids = (*(d.id for d in flow.dimensions), *value, *(a.id for a in message.attributes))
    yield (",".join(["STRUCTURE,STRUCTURE_ID,ACTION", *ids]) + "\n").encode()
    name = ("sdmx csv", action, *message.shape)
    yield from written(
        rows, rows.beside.one((name, "form"), lambda: _form(name, flow, message, action))
    )


def quoted(text: str) -> str:
    """A cell of RFC 4180."""
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _form(name: tuple[object, ...], flow: Dataflow, message: Message, action: Action) -> Form:
    codes = (
        pa.array([f",{quoted(code.id)}" for code in d.codes], pa.string()) for d in flow.dimensions
    )
    asked = message.at("observation")
    each = [Number("value", ",", "", ",NaN")] if message.value else []
    each += [Number(a.field, ",", "", ",") for a in asked if a not in WORDED]

    def verdict(words: Words) -> str:
        said = zip(WORDED, words, strict=True)
        return "".join(f",{quoted(word)}" for attribute, word in said if attribute in asked)

    units = [indicator_values(flow, attribute) for attribute in message.at("indicator")]
    whole = dataset_values(flow, message)
    count = len(flow.dimensions[indicator_place(flow)].codes)
    ends = ["".join(f",{quoted(words[at])}" for words in units) for at in range(count)]
    return Form(
        name=name,
        start=f"dataflow,{AGENCY}:{flow.id}({flow.version}),{action}",
        codes=tuple(codes),
        numbers=Numbers(("sdmx csv", message.value, *(n.column for n in each)), tuple(each)),
        verdict=verdict,
        units=pa.array(ends, pa.string()),
        end="".join(f",{quoted(whole.get(a.id, ''))}" for a in message.at("dataset")) + "\n",
    )
