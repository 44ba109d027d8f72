"""SDMX-JSON data messages: 2.0 and 2.1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from cauce.publish.form import Coded, Line, Nested, Part, Worded, heads_alone, nested, written
from cauce.publish.json_components import Json, attributes, dimensions, groups, measures
from cauce.publish.json_head import dump, meta_of, named
from cauce.publish.json_listing import Listing, listing
from cauce.publish.layout import Layout, layouts_of
from cauce.publish.message import Message
from cauce.publish.numbers import Number, Numbers
from cauce.publish.options import Action, DataSet, Options
from cauce.publish.rows import Rows
from cauce.publish.texts import Beside
from cauce.publish.urns import message_link
from cauce.publish.verdicts import Words


@dataclass(frozen=True)
class Dialect:
    """A version of SDMX-JSON. 2.1 names its schema at the root, merges, and lists no values."""

    schema: str
    later: bool = False

    def action(self, action: Action) -> str:
        return "Append" if action == "Merge" and not self.later else action


JSON_20 = Dialect(
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/v2.0.0/data-message/tools/schemas/"
    "sdmx-json-data-schema.json"
)
JSON_21 = Dialect("https://json.sdmx.org/2.1/sdmx-json-data-schema.json", later=True)


def json_20(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    return _json(sets, message, options, JSON_20)


def json_21(sets: Sequence[DataSet], message: Message, options: Options) -> Iterator[bytes]:
    return _json(sets, message, options, JSON_21)


def _json(
    sets: Sequence[DataSet], message: Message, options: Options, dialect: Dialect
) -> Iterator[bytes]:
    """Observations in series, or flat; takes them in the order of messages.

    A withheld value is the string `NaN` (missing on purpose), a withheld attribute null. Of what
    is to be deleted the keys are told alone.

    Source: SDMX-JSON 2.0.0 and 2.1.0 data message, field guide, sections dataSet and component.
    """
    yield _opened(message, dialect).encode()
    layouts = layouts_of(sets, message, options)
    lists = [listing(layout, [one.rows]) for layout, one in zip(layouts, sets, strict=True)]
    told = [
        _structure(layout, listed, at, one.rows.beside, dialect)
        for at, (one, layout, listed) in enumerate(zip(sets, layouts, lists, strict=True))
    ]
    yield f'"structures":[{",".join(told)}],"dataSets":['.encode()
    for at, (one, layout, listed) in enumerate(zip(sets, layouts, lists, strict=True)):
        yield ("," if at else "").encode()
        yield dump(_data_set(one, layout, listed, at, dialect)).removesuffix("}").encode()
        yield from _rows(one, layout, listed)
        yield b"}"
    yield b"]}}"


def _opened(message: Message, dialect: Dialect) -> str:
    meta = meta_of(message.id, message.prepared, message.language, dialect.schema)
    if not dialect.later:
        return f'{{"meta":{dump(meta)},"data":{{'
    del meta["schema"]
    return f'{{"$schema":{dump(dialect.schema)},"meta":{dump(meta)},"data":{{'


def _structure(layout: Layout, listed: Listing, at: int, beside: Beside, dialect: Dialect) -> str:
    link = [message_link(layout.flow, layout.options.agreement)]
    head = {"links": link, **named(layout.flow.name, layout.message.language)}
    in_series = tuple(a.id for a in layout.of_series(in_series=True))
    said = *layout.message.shape, in_series, *listed.words.values()
    own = beside.one(
        ("json attributes", said), lambda: pa.array([dump(attributes(layout, listed))])
    )
    return (
        f"{dump(head).removesuffix('}')}"
        f',"dimensions":{dimensions(layout, listed, beside, dialect.later)}'
        f',"measures":{dump({"observation": measures(layout)})}'
        f',"attributes":{own[0]},"dataSets":[{at}]}}'
    )


def _data_set(told: DataSet, layout: Layout, listed: Listing, at: int, dialect: Dialect) -> Json:
    found: Json = {
        "structure": at,
        "action": dialect.action(told.action),
        "links": [message_link(layout.flow, layout.options.agreement)],
        "attributes": [0 for _ in layout.of_dataset()],
    }
    found |= {"validFrom": told.valid_from} if told.valid_from else {}
    found |= {"validTo": told.valid_to} if told.valid_to else {}
    own = groups(layout, listed)
    return found | ({"dimensionGroupAttributes": own} if own else {})


def _rows(told: DataSet, layout: Layout, listed: Listing) -> Iterator[bytes]:
    cells = [] if told.action == "Delete" else _cells(layout, listed)
    if layout.place is None:
        yield b',"observations":{'
        key = keys(layout.observation, listed, 0)
        yield from written(told.rows, Line((',"', *key, '":[', *cells, "]")), skip=1)
    else:
        yield b',"series":{'
        own = [] if told.action == "Delete" else series_attributes(layout, listed)
        yield from in_series(told.rows, layout, listed, cells, own=own)
    yield b"}"


def in_series(
    rows: Rows,
    layout: Layout,
    listed: Listing,
    cells: Sequence[Part],
    at: int = 0,
    own: Sequence[Part] = (),
) -> Iterator[bytes]:
    """Series by their keys, each with its observations by theirs.

    `at` is the data set's place in the listing, `own` what a series says of itself.
    """
    place = layout.place or 0
    key = ('"', *keys(layout.series, listed, at), '":{', *own)
    ordered = rows.by(place)
    if not layout.observed:
        yield from heads_alone(ordered, Nested(place, Line(key), Line(()), "}", ","))
        return
    head = Line((*key, "," if own else "", '"observations":{'))
    observation = Line(('"', *keys((place,), listed, at), '":[', *cells, "]"))
    yield from nested(ordered, Nested(place, head, observation, "}}", ",", ","))


def series_attributes(layout: Layout, listed: Listing) -> list[Part]:
    """What another agency says of a series itself: positions of words."""
    own = layout.placed(layout.of_series(in_series=True))
    if not own:
        return []

    def positions(words: Words) -> str:
        return ",".join(listed.place_of(a, words[at]) for at, a in own)

    return ['"attributes":[', Worded(("sdmx json series", listed.named(own)), positions), "]"]


def keys(places: Sequence[int], listed: Listing, at: int) -> list[Coded]:
    """The texts of the positions of codes in these dimensions, with colons between them."""
    found = []
    for place in places:
        texts = pc.cast(pa.array(listed.places[at][place]), pa.string())
        last = place == places[-1]
        found.append(Coded(place, texts if last else pc.binary_join_element_wise(texts, ":", "")))
    return found


def _cells(layout: Layout, listed: Listing) -> list[Part]:
    """The value and the attributes of an observation: numbers, then positions of words."""
    columns = [("value", '"NaN"')] if layout.message.value else []
    columns += [(a.field, "null") for a in layout.numbers]
    each = [
        Number(column, "," if place else "", "", f"{',' if place else ''}{absent}")
        for place, (column, absent) in enumerate(columns)
    ]
    comma = "," if each else ""
    own = layout.placed((*layout.words, *layout.of_series(in_series=False)))

    def verdict(words: Words) -> str:
        told = [listed.place_of(a, words[at]) for at, a in own]
        return f"{comma}{','.join(told)}" if told else ""

    name = ("sdmx json", layout.message.value, *(number.column for number in each))
    words_name = ("sdmx json", comma, listed.named(own))
    return [Numbers(name, tuple(each)), Worded(words_name, verdict)]
