"""Structure-specific SDMX-ML 2.1 data messages."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.dataflow import AGENCY, Dataflow
from cauce.model.observation import Observations
from cauce.publish.columns import (
    Column,
    attribute_column,
    blocks,
    dataset_values,
    dimension_columns,
    indicator_column,
    join,
    join_present,
    to_bytes,
    value_column,
)
from cauce.publish.components import TIME
from cauce.publish.message import Message
from cauce.publish.select import new_series
from cauce.publish.urns import urn
from cauce.publish.xml import SCHEMAS

FLAT = "AllDimensions"
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sdmx_ml_21(
    observations: Observations,
    message: Message,
    dimension: str = TIME,
    time_series: bool = False,
) -> Iterator[bytes]:
    """Observations in series, or flat; takes them in the order of messages.

    A withheld value is `NaN`, a withheld attribute is absent. `dimension` is what stands at the
    observation: TIME_PERIOD or AllDimensions. `time_series` asks for the time series root.

    Source: SDMX 2.1 Technical Specifications, section 3A, structure-specific data.
    """
    root = "StructureSpecificTimeSeriesData" if time_series else "StructureSpecificData"
    yield _head(observations.dataflow, message, root, dimension).encode()
    if dimension == FLAT:
        yield from _flat(observations, message)
    else:
        yield from _series(observations, message)
    yield f"</mes:DataSet></mes:{root}>".encode()


def quoted(text: str) -> str:
    """The text of an attribute between double quotes; what XML 1.0 cannot hold is left out."""
    return escape(NO_XML.sub("", text), {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _flat(observations: Observations, message: Message) -> Iterator[bytes]:
    columns = (
        *dimension_columns(observations),
        *_values(observations, message),
        *(indicator_column(observations, a) for a in message.at("indicator")),
    )
    for first, last in blocks(len(observations.value)):
        yield to_bytes(join_present("<Obs", *_attributes(columns, first, last), "/>"))


def _series(observations: Observations, message: Message) -> Iterator[bytes]:
    dimensions = dimension_columns(observations)
    time = tuple(c for c in dimensions if c.id == TIME)
    keys = (
        *(c for c in dimensions if c.id != TIME),
        *(indicator_column(observations, a) for a in message.at("indicator")),
    )
    values = (*time, *_values(observations, message))
    new = new_series(observations, np.arange(len(observations.value)))
    for first, last in blocks(len(new)):
        heads = series_heads(keys, new, first, last)
        yield to_bytes(join_present(heads, "<Obs", *_attributes(values, first, last), "/>"))
    if len(new):
        yield b"</Series>"


def series_heads(keys: tuple[Column, ...], new: np.ndarray, first: int, last: int) -> pa.Array:
    """Where a series begins: the end of the one before and its own head; null elsewhere."""
    rows = pa.array(np.flatnonzero(new[first:last]))
    texts = [pc.take(text, rows) for text in _attributes(keys, first, last)]
    ends = ["</Series>"] * len(rows)
    if first == 0:
        ends[0] = ""
    heads = join_present(pa.array(ends, pa.string()), "<Series", *texts, ">")
    places = np.cumsum(new[first:last]) - 1
    return pc.take(heads, pa.array(places, mask=~new[first:last]))


def _values(observations: Observations, message: Message) -> tuple[Column, ...]:
    value = (value_column(observations, "NaN"),) if message.value else ()
    return value + tuple(attribute_column(observations, a) for a in message.at("observation"))


def _attributes(columns: tuple[Column, ...], first: int, last: int) -> list[pa.Array]:
    """An XML attribute for every column; null where it is absent."""
    return [join(f' {c.id}="', c.text(first, last, quoted), '"') for c in columns]


def _head(flow: Dataflow, message: Message, root: str, dimension: str) -> str:
    structure = f"DSD_{flow.id}"
    namespace = f"{urn('dataflow', flow.id, flow.version)}:ObsLevelDim:{dimension}"
    attributes = "".join(
        f' {id_}="{quoted(value)}"' for id_, value in dataset_values(flow, message).items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<mes:{root} xmlns:mes="{SCHEMAS}/message" xmlns:com="{SCHEMAS}/common"'
        f' xmlns:ss="{SCHEMAS}/data/structurespecific" xmlns:ns1="{namespace}"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<mes:Header><mes:ID>{message.id}</mes:ID><mes:Test>false</mes:Test>"
        f"<mes:Prepared>{message.prepared}</mes:Prepared>"
        f'<mes:Sender id="{AGENCY}"/>'
        f'<mes:Structure structureID="{structure}" namespace="{namespace}"'
        f' dimensionAtObservation="{dimension}"><com:StructureUsage>'
        f'<Ref agencyID="{AGENCY}" id="{flow.id}" version="{flow.version}"'
        ' package="datastructure" class="Dataflow"/>'
        "</com:StructureUsage></mes:Structure>"
        "<mes:DataSetAction>Information</mes:DataSetAction></mes:Header>"
        f'<mes:DataSet ss:structureRef="{structure}" ss:dataScope="DataStructure"'
        f' xsi:type="ns1:DataSetType" ss:action="Information"{attributes}>'
    )
