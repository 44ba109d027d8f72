"""Structure-specific SDMX-ML 2.1 data messages."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.arrays import Flags
from cauce.model.dataflow import AGENCY, Dataflow
from cauce.publish.columns import dataset_values, indicator_values
from cauce.publish.components import TIME
from cauce.publish.form import Form, indicator_place, written
from cauce.publish.joining import Text, joined, lines
from cauce.publish.message import Message
from cauce.publish.numbers import Number, Numbers
from cauce.publish.rows import Rows, codes_of, one_of
from cauce.publish.urns import urn
from cauce.publish.verdicts import WORDED, Words
from cauce.publish.xml import SCHEMAS

FLAT = "AllDimensions"
CLOSED = "</Series>"
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sdmx_ml_21(
    rows: Rows, message: Message, dimension: str = TIME, time_series: bool = False
) -> Iterator[bytes]:
    """Observations in series, or flat; takes them in the order of messages.

    A withheld value is `NaN`, a withheld attribute is absent. `dimension` is what stands at the
    observation: TIME_PERIOD or AllDimensions. `time_series` asks for the time series root.

    Source: SDMX 2.1 Technical Specifications, section 3A, structure-specific data.
    """
    root = "StructureSpecificTimeSeriesData" if time_series else "StructureSpecificData"
    yield _head(rows.observations.dataflow, message, root, dimension).encode()
    name = ("sdmx ml", *message.shape)
    form = rows.beside.one((name, "form"), lambda: _form(name, rows.observations.dataflow, message))
    if dimension == FLAT:
        yield from written(rows, form)
    else:
        yield from _series(rows, form)
    yield f"</mes:DataSet></mes:{root}>".encode()


def quoted(text: str) -> str:
    """The text of an attribute between double quotes; what XML 1.0 cannot hold is left out."""
    return escape(NO_XML.sub("", text), {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _form(name: tuple[object, ...], flow: Dataflow, message: Message) -> Form:
    """A flat observation; one in a series has the same parts."""
    codes = [_texts(d.id, [code.id for code in d.codes]) for d in flow.dimensions]
    asked = message.at("observation")
    each = [Number("value", ' OBS_VALUE="', '"', ' OBS_VALUE="NaN"')] if message.value else []
    each += [Number(a.field, f' {a.id}="', '"', "") for a in asked if a not in WORDED]

    def verdict(words: Words) -> str:
        said = zip(WORDED, words, strict=True)
        return "".join(f' {a.id}="{quoted(word)}"' for a, word in said if word and a in asked)

    units = [_texts(a.id, indicator_values(flow, a)) for a in message.at("indicator")]
    count = len(flow.dimensions[indicator_place(flow)].codes)
    ends = ["".join(words[at] for words in units) for at in range(count)]
    return Form(
        name=name,
        start="<Obs",
        codes=tuple(pa.array(texts, pa.string()) for texts in codes),
        numbers=Numbers(("sdmx ml", message.value, *(n.column for n in each)), tuple(each)),
        verdict=verdict,
        units=pa.array(ends, pa.string()),
        end="/>",
    )


def _texts(id_: str, words: list[str]) -> list[str]:
    return [f' {id_}="{quoted(word)}"' for word in words]


def _series(rows: Rows, form: Form) -> Iterator[bytes]:
    """What a series says at its head, and its periods, numbers and verdicts in each observation."""
    new, first = rows.new, 0
    for part in rows.blocks():
        begins = new[first : first + len(part)]
        texts = (
            *_heads(part, form, begins),
            form.start,
            one_of(form.codes[-1], part.key[:, -1]),
            *part.numbers(form.numbers),
            part.verdicts(form.name, form.verdict),
            form.end,
        )
        yield lines(texts, len(part), skip=0 if first else len(CLOSED))
        first += len(part)
    if len(new):
        yield CLOSED.encode()


def _heads(part: Rows, form: Form, begins: Flags) -> list[Text]:
    """Where a series begins: the end of the one before and its own head; null elsewhere."""
    key = part.key[begins]
    if not len(key):
        return []
    place = indicator_place(part.observations.dataflow)
    said = (
        "<Series",
        *codes_of(key[:, :-1], form.codes[:-1]),
        one_of(form.units, key[:, place]),
        ">",
    )
    heads = joined((CLOSED, *said), len(key))
    return [pc.take(heads, pa.array(np.cumsum(begins) - 1, mask=~begins))]


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
