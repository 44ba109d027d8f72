"""SDMX-JSON 1.0 data messages, the format of SDMX 2.1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.arrays import Floats, Ints
from cauce.model.codelist import Code
from cauce.model.dataflow import Dimension
from cauce.model.observation import Observations
from cauce.model.text import Language
from cauce.publish.columns import indicator_values
from cauce.publish.components import INDICATOR, TIME, VALUE, Attribute
from cauce.publish.form import Coded, Line, Part, Worded, indicator_place, written
from cauce.publish.joining import Text
from cauce.publish.json_components import Json
from cauce.publish.json_head import coded_name, dump, meta_of, named
from cauce.publish.json_listing import Listing, distinct, listing
from cauce.publish.layout import Layout, layouts_of
from cauce.publish.message import Message
from cauce.publish.numbers import Number, Numbers
from cauce.publish.options import DataSet, Options
from cauce.publish.periods import ends
from cauce.publish.rows import Rows
from cauce.publish.sdmx_json import in_series, keys, series_attributes
from cauce.publish.urns import message_link
from cauce.publish.verdicts import Words

SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/1.0/"
    "sdmx-json-data-schema.json"
)
PORTION = 8_192
"""Numbers listed at once."""


@dataclass(frozen=True)
class _Lists:
    """What a message lists before its data sets, in all of them together.

    `numbers` are by column; `whole` and `units` the words of the attributes of the whole and of the
    indicator, by their ids.
    """

    codes: Listing
    numbers: dict[str, Floats]
    whole: dict[str, list[str]]
    units: dict[str, list[str]]

    @classmethod
    def of(cls, layouts: Sequence[Layout], rows: Sequence[Rows]) -> "_Lists":
        layout = layouts[0]
        told = [each.of_dataset() for each in layouts]
        whole = {
            a.id: [*dict.fromkeys(values[a.id] for values in told if a.id in values)]
            for a in layout.message.at("dataset")
        }
        units = {
            a.id: sorted({w for each in layouts for w in indicator_values(each.flow, a)} - {""})
            for a in layout.message.at("indicator")
        }
        return cls(
            listing(layout, rows),
            {a.field: distinct(rows, a.field) for a in layout.numbers},
            {id_: words for id_, words in whole.items() if words},
            units,
        )


@dataclass(frozen=True)
class Ranked(Number):
    """A number by its position among `values`, all that occur, ascending."""

    values: Floats = field(default_factory=lambda: np.empty(0))

    def texts(self, observations: Observations, rows: Ints) -> list[Text | str]:
        own = getattr(observations, self.column)[rows]
        gone = own < 0 if own.dtype.kind == "i" else ~np.isfinite(own)
        # What is gone is looked for as the first: it must not warn, and is not written.
        known = np.where(gone, self.values[:1].sum(), own)
        places = pa.array(np.searchsorted(self.values, known), mask=gone)
        return [self.before, pc.cast(places, pa.string()).fill_null(self.absent)]


def json_10(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    """Observations in series, or flat; takes them in the order of messages.

    Every attribute is the position of its value in a list that stands before the data, numbers
    too: the format has no other way. A withheld value is the string `NaN`, a withheld attribute
    null. Of what is to be deleted the keys are told alone.

    Source: SDMX-JSON 1.0 data message, field guide, sections structure, component and dataSet.
    """
    layouts = layouts_of(sets, message, options, "SDMX-JSON 1.0")
    meta = meta_of(message.id, message.prepared, message.language, SCHEMA)
    yield f'{{"meta":{dump(meta)},"data":{{"structure":'.encode()
    lists = _Lists.of(layouts, [one.rows for one in sets])
    yield from _structure(layouts[0], lists)
    yield b',"dataSets":['
    for at, (one, layout) in enumerate(zip(sets, layouts, strict=True)):
        head = dump(_data_set(one, layout, lists)).removesuffix("}")
        yield f"{',' if at else ''}{head}".encode()
        yield from _rows(one, layout, lists, at)
        yield b"}"
    yield b"]}}"


def _structure(layout: Layout, lists: _Lists) -> Iterator[bytes]:
    language = layout.message.language
    head: Json = {
        "links": [message_link(layout.flow, layout.options.agreement)],
        **named(layout.flow.name, language),
        "dimensions": _dimensions(layout, lists.codes),
    }
    whole = {
        "dataSet": [
            {
                **_attribute(a, language, {"none": {}}),
                "values": [{"name": word} for word in lists.whole[a.id]],
            }
            for a in layout.message.at("dataset")
            if a.id in lists.whole
        ],
        "series": [
            *_of_indicator(layout, lists, in_series=True),
            *_of_series(layout, lists.codes, in_series=True),
        ],
    }
    yield f'{dump(head).removesuffix("}")},"attributes":{dump(whole)[:-1]},"observation":['.encode()
    relationship = {"primaryMeasure": VALUE}
    comma = ""
    for attribute in layout.numbers:
        told = dump(_attribute(attribute, language, relationship)).removesuffix("}")
        yield f'{comma}{told},"values":['.encode()
        yield from _listed(lists.numbers[attribute.field])
        yield b"]}"
        comma = ","
    rest = [
        {
            **_attribute(a, language, relationship),
            "values": _values(a, lists.codes.words[a.id], language),
        }
        for a in layout.words
    ]
    rest += _of_indicator(layout, lists, in_series=False)
    rest += _of_series(layout, lists.codes, in_series=False)
    yield (comma if rest else "").encode() + dump(rest)[1:].encode() + b"}}"


def _listed(values: Floats) -> Iterator[bytes]:
    """Numbers as names of values."""
    for first in range(0, len(values), PORTION):
        texts = pc.cast(pa.array(values[first : first + PORTION]), pa.string()).to_pylist()
        own = ",".join(f'{{"name":"{text}"}}' for text in texts)
        yield f"{',' if first else ''}{own}".encode()


def _dimensions(layout: Layout, listed: Listing) -> Json:
    told = [
        {
            "id": dimension.id,
            **named(dimension.name, layout.message.language),
            "keyPosition": at,
            **({"roles": [TIME]} if dimension.id == TIME else {}),
            "values": [
                _value(dimension, code, layout.message.language) for code in listed.codes[at]
            ],
        }
        for at, dimension in enumerate(layout.dimensions)
    ]
    return {
        "dataSet": [],
        "series": [told[at] for at in layout.series],
        "observation": [told[at] for at in layout.observation],
    }


def _value(dimension: Dimension, code: Code, language: Language) -> Json:
    if dimension.id != TIME:
        return {"id": code.id, **named(code.name, language)}
    return {"id": code.id, "name": code.id, **ends(code.id)}


def _attribute(attribute: Attribute, language: Language, relationship: Json) -> Json:
    return {
        "id": attribute.id,
        **named(attribute.name, language),
        "relationship": relationship,
    }


def _values(attribute: Attribute, words: Sequence[str], language: Language) -> list[Json]:
    if attribute.kind != "code":
        return [{"name": word} for word in words]
    return [{"id": word, **named(coded_name(attribute, word), language)} for word in words]


def _of_indicator(layout: Layout, lists: _Lists, in_series: bool) -> list[Json]:
    language = layout.message.language
    return [
        {
            **_attribute(a, language, {"dimensions": [INDICATOR]}),
            "values": _values(a, lists.units[a.id], language),
        }
        for a in layout.of_indicator(in_series)
    ]


def _of_series(layout: Layout, listed: Listing, in_series: bool) -> list[Json]:
    """Another agency's attributes of series, where they stand here."""
    language = layout.message.language
    return [
        {
            **_attribute(a, language, {"dimensions": list(a.dimensions)}),
            "values": _values(a, listed.words.get(a.id, ()), language),
        }
        for a in layout.of_series(in_series)
    ]


def _data_set(told: DataSet, layout: Layout, lists: _Lists) -> Json:
    whole = layout.of_dataset()
    found: Json = {
        "action": "Append" if told.action == "Merge" else told.action,
        "links": [message_link(layout.flow, layout.options.agreement)],
        "attributes": [
            words.index(whole[id_]) if id_ in whole else None for id_, words in lists.whole.items()
        ],
    }
    found |= {"validFrom": told.valid_from} if told.valid_from else {}
    return found | ({"validTo": told.valid_to} if told.valid_to else {})


def _rows(told: DataSet, layout: Layout, lists: _Lists, at: int) -> Iterator[bytes]:
    gone = told.action == "Delete"
    cells = [] if gone else _cells(layout, lists)
    if layout.place is None:
        yield b',"observations":{'
        key = keys(layout.observation, lists.codes, at)
        yield from written(told.rows, Line((',"', *key, '":[', *cells, "]")), skip=1)
    else:
        yield b',"series":{'
        own = [] if gone else _units(layout, lists, in_series=True)
        own = ['"attributes":[', *own, "]"] if own else []
        own = own or ([] if gone else series_attributes(layout, lists.codes))
        yield from in_series(told.rows, layout, lists.codes, cells, at, own)
    yield b"}"


def _cells(layout: Layout, lists: _Lists) -> list[Part]:
    """The value, which has its place even where nobody asks for it, then positions: of numbers,
    of words, of what depends on the indicator.
    """
    value = Number("value", "", "", '"NaN"') if layout.message.value else "null"
    each: list[Number | str] = [value]
    for attribute in layout.numbers:
        each += [",", Ranked(attribute.field, "", "", "null", lists.numbers[attribute.field])]
    own = layout.placed((*layout.words, *layout.of_series(in_series=False)))

    def verdict(words: Words) -> str:
        return "".join(f",{lists.codes.place_of(a, words[at])}" for at, a in own)

    units = _units(layout, lists, in_series=False)
    return [
        Numbers("sdmx json 1.0", tuple(each), kept=False),
        Worded(("sdmx json 1.0", lists.codes.named(own)), verdict),
        *([",", *units] if units else []),
    ]


def _units(layout: Layout, lists: _Lists, in_series: bool) -> list[Part]:
    """Positions of the attributes of the indicator, by its code, where they stand here."""
    place, told = indicator_place(layout.flow), layout.of_indicator(in_series)
    if place is None or not told:
        return []
    listed = [lists.units[a.id] for a in told]
    texts = [
        ",".join(
            str(own.index(word)) if word else "null"
            for word, own in zip(words, listed, strict=True)
        )
        for words in zip(*(indicator_values(layout.flow, a) for a in told), strict=True)
    ]
    return [Coded(place, pa.array(texts, pa.string()))]
