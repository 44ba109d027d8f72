"""Generic SDMX-ML 2.1 data messages, and those of time series alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow as pa

from cauce.publish.columns import indicator_values
from cauce.publish.components import TIME, Attribute
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

GENERIC = Dialect("2.1", "GenericData", generic=True)
SERIES = Dialect("2.1", "GenericTimeSeriesData", generic=True)
OPEN, CLOSED = "<gen:Attributes>", "</gen:Attributes>"


def generic_21(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    return _generic(sets, message, options, GENERIC)


def generic_series(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    """Time stands at the observation, whatever is asked for."""
    return _generic(sets, message, replace(options, dimension=TIME), SERIES)


def _generic(
    sets: Sequence[DataSet], message: Message, options: Options, dialect: Dialect
) -> Iterator[bytes]:
    """Observations in series, or flat; takes them in the order of messages.

    A withheld value is `NaN`, a withheld attribute is absent. Of what is to be deleted the key is
    told alone.

    Source: SDMX 2.1 Technical Specifications, section 3A, generic data.
    """
    layouts = layouts_of(
        sets, message, options, "Generic SDMX-ML of time series" if dialect is SERIES else ""
    )
    head = Head.of(dialect, layouts)
    yield head.opened(sets).encode()
    for one, layout in zip(sets, layouts, strict=True):
        yield f"{head.data_set(layout, one)}>".encode()
        yield _valued([*layout.of_dataset().items()]).encode()
        yield from _rows(one, layout)
        yield b"</mes:DataSet>"
    yield head.closed.encode()


def _rows(told: DataSet, layout: Layout) -> Iterator[bytes]:
    keys_alone = told.action == "Delete"
    name = ("sdmx generic", layout.message.shape, layout.place, keys_alone)
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
    codes = (Coded(at, _codes(layout, at)) for at in layout.observation)
    told = _told(layout, keys_alone)
    return _line(layout, "<gen:Obs><gen:ObsKey>", *codes, "</gen:ObsKey>", *told, "</gen:Obs>")


def _series(layout: Layout, place: int, keys_alone: bool) -> Nested:
    codes = (Coded(at, _codes(layout, at)) for at in layout.series)
    head: list[Part] = ["<gen:Series><gen:SeriesKey>", *codes, "</gen:SeriesKey>"]
    if not keys_alone:
        head += _units(layout, in_series=True, alone=True)
    own = [
        f'<gen:ObsDimension id="{layout.dimensions[place].id}" value="{quoted(code.id)}"/>'
        for code in layout.dimensions[place].codes
    ]
    at = Coded(place, pa.array(own, pa.string()))
    observation = _line(layout, "<gen:Obs>", at, *_told(layout, keys_alone), "</gen:Obs>")
    return Nested(place, Line(tuple(head)), observation, "</gen:Series>")


def _line(layout: Layout, *parts: Part) -> Line:
    """A row without attributes has no element for them; statuses are there in every row."""
    ours = not layout.flow.by_agency
    certain = ours and any(attribute.kind == "code" for attribute in layout.words)
    return Line(parts, without="" if certain else OPEN + CLOSED)


def _codes(layout: Layout, place: int) -> pa.Array:
    dimension = layout.dimensions[place]
    return pa.array([_value(dimension.id, code.id) for code in dimension.codes], pa.string())


def _told(layout: Layout, keys_alone: bool) -> list[Part]:
    """Value and attributes of an observation."""
    if keys_alone:
        return []
    each: list[Number | str] = []
    if layout.message.value:
        each.append(Number("value", '<gen:ObsValue value="', '"/>', '<gen:ObsValue value="NaN"/>'))
    each.append(OPEN)
    each += [Number(a.field, f'<gen:Value id="{a.id}" value="', '"/>', "") for a in layout.numbers]
    name = tuple(a.field for a in layout.numbers)

    own = layout.placed(layout.words)

    def verdict(words: Words) -> str:
        return _values([(a.id, words[at]) for at, a in own if words[at]])

    shape = tuple(a.id for a in layout.words)
    return [
        Numbers(("sdmx generic", layout.message.value, *name), tuple(each)),
        Worded(("sdmx generic", shape), verdict),
        *_units(layout, in_series=False, alone=False),
        CLOSED,
    ]


def _units(layout: Layout, in_series: bool, alone: bool) -> list[Part]:
    """The attributes of the indicator or of series, where they stand here; `alone` in an element
    of theirs.
    """
    own = layout.placed(layout.of_series(in_series))
    if own:

        def series(words: Words) -> str:
            pairs = [(a.id, words[at]) for at, a in own if words[at]]
            return _valued(pairs) if alone else _values(pairs)

        return [Worded(("sdmx generic series", alone, tuple(a.id for _, a in own)), series)]
    place, told = indicator_place(layout.flow), layout.of_indicator(in_series)
    if place is None or not told:
        return []
    texts = [
        _valued(_present(told, words)) if alone else _values(_present(told, words))
        for words in zip(*(indicator_values(layout.flow, a) for a in told), strict=True)
    ]
    return [Coded(place, pa.array(texts, pa.string()))]


def _present(told: Sequence[Attribute], words: Sequence[str]) -> list[tuple[str, str]]:
    return [(a.id, word) for a, word in zip(told, words, strict=True) if word]


def _valued(pairs: list[tuple[str, str]]) -> str:
    return f"{OPEN}{_values(pairs)}{CLOSED}" if pairs else ""


def _values(pairs: list[tuple[str, str]]) -> str:
    return "".join(_value(id_, word) for id_, word in pairs)


def _value(id_: str, word: str) -> str:
    return f'<gen:Value id="{id_}" value="{quoted(word)}"/>'
