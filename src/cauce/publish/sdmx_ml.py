"""Structure-specific SDMX-ML data messages: 2.1, its time series, 3.0 and 3.1."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow as pa

from cauce.publish.columns import indicator_values
from cauce.publish.components import TIME, VALUE, Attribute
from cauce.publish.form import (
    Coded,
    Line,
    Nested,
    Part,
    Worded,
    heads_alone,
    indicator_place,
    nested,
    written,
)
from cauce.publish.layout import Layout, layouts_of
from cauce.publish.message import Message
from cauce.publish.ml_head import Dialect, Head, quoted
from cauce.publish.numbers import Number, Numbers
from cauce.publish.options import DataSet, Options
from cauce.publish.verdicts import Words

SPECIFIC = Dialect("2.1", "StructureSpecificData")
SERIES = Dialect("2.1", "StructureSpecificTimeSeriesData")
SPECIFIC_30 = Dialect("3.0", "StructureSpecificData")
SPECIFIC_31 = Dialect("3.1", "StructureSpecificData", merges=True)


def specific_21(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    return _specific(sets, message, options, SPECIFIC)


def specific_series(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    """Time stands at the observation, whatever is asked for."""
    return _specific(sets, message, replace(options, dimension=TIME), SERIES)


def specific_30(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    return _specific(sets, message, options, SPECIFIC_30)


def specific_31(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    return _specific(sets, message, options, SPECIFIC_31)


def _specific(
    sets: Sequence[DataSet], message: Message, options: Options, dialect: Dialect
) -> Iterator[bytes]:
    """Observations in series, or flat; takes them in the order of messages.

    A withheld value is `NaN`, a withheld attribute is absent. Of what is to be deleted the key is
    told alone.

    Source: SDMX 2.1 and 3.0 Technical Specifications, section 3A, structure-specific data.
    """
    layouts = layouts_of(sets, message, options)
    head = Head.of(dialect, layouts)
    yield head.opened(sets).encode()
    for one, layout in zip(sets, layouts, strict=True):
        whole = layout.of_dataset().items()
        attributes = "".join(f' {id_}="{quoted(value)}"' for id_, value in whole)
        yield f"{head.data_set(layout, one)}{attributes}>".encode()
        yield from _rows(one, layout)
        yield b"</mes:DataSet>"
    yield head.closed.encode()


def _rows(told: DataSet, layout: Layout) -> Iterator[bytes]:
    keys_alone = told.action == "Delete"
    name = ("sdmx ml", layout.message.shape, layout.place, keys_alone)
    if layout.place is None:
        line = told.rows.beside.one((*name, "flat"), lambda: _flat(layout, keys_alone))
        yield from written(told.rows, line)
        return
    form = told.rows.beside.one(
        (*name, "series"), lambda: _series(layout, layout.place or 0, keys_alone)
    )
    rows = told.rows.by(layout.place)
    yield from nested(rows, form) if layout.observed else heads_alone(rows, form)


def _flat(layout: Layout, keys_alone: bool) -> Line:
    return Line(("<Obs", *_codes(layout, layout.observation), *_told(layout, keys_alone), "/>"))


def _series(layout: Layout, place: int, keys_alone: bool) -> Nested:
    head = ["<Series", *_codes(layout, layout.series)]
    if not keys_alone:
        head += _units(layout, in_series=True)
    observation = ["<Obs", *_codes(layout, (place,)), *_told(layout, keys_alone), "/>"]
    return Nested(place, Line((*head, ">")), Line(tuple(observation)), "</Series>")


def _codes(layout: Layout, places: Sequence[int]) -> list[Part]:
    dimensions = layout.dimensions
    return [
        Coded(at, _texts(dimensions[at].id, [code.id for code in dimensions[at].codes]))
        for at in places
    ]


def _told(layout: Layout, keys_alone: bool) -> list[Part]:
    """Value and attributes of an observation as XML attributes."""
    if keys_alone:
        return []
    each = [Number(a.field, f' {a.id}="', '"', "") for a in layout.numbers]
    if layout.message.value:
        each.insert(0, Number("value", f' {VALUE}="', '"', f' {VALUE}="NaN"'))
    name = tuple(number.column for number in each)

    own = layout.placed(layout.words)

    def verdict(words: Words) -> str:
        return "".join(_attribute(a, words[at]) for at, a in own)

    shape = tuple(a.id for a in layout.words)
    return [
        Numbers(("sdmx ml", *name), tuple(each)),
        Worded(("sdmx ml", shape), verdict),
        *_units(layout, in_series=False),
    ]


def _units(layout: Layout, in_series: bool) -> list[Part]:
    """The attributes of the indicator or of series, where they stand here."""
    own = layout.placed(layout.of_series(in_series))
    if own:

        def series(words: Words) -> str:
            return "".join(_attribute(a, words[at]) for at, a in own)

        return [Worded(("sdmx ml series", tuple(a.id for _, a in own)), series)]
    place, told = indicator_place(layout.flow), layout.of_indicator(in_series)
    if place is None or not told:
        return []
    texts = [
        "".join(map(_attribute, told, words))
        for words in zip(*(indicator_values(layout.flow, a) for a in told), strict=True)
    ]
    return [Coded(place, pa.array(texts, pa.string()))]


def _attribute(attribute: Attribute, word: str) -> str:
    return f' {attribute.id}="{quoted(word)}"' if word else ""


def _texts(id_: str, words: list[str]) -> pa.Array:
    return pa.array([f' {id_}="{quoted(word)}"' for word in words], pa.string())
