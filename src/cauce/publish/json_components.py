"""The components of an SDMX-JSON 2.0 and 2.1 data message: dimensions, measures, attributes."""

from dataclasses import dataclass
from typing import Any

from cauce.model.codelist import Code
from cauce.model.dataflow import Dimension
from cauce.model.text import Language
from cauce.publish.columns import indicator_values
from cauce.publish.components import DATA_TYPE, INDICATOR, TIME, VALUE_NAME, Attribute
from cauce.publish.json_head import coded_name, dump, named
from cauce.publish.json_listing import Listing
from cauce.publish.layout import Layout
from cauce.publish.periods import ends
from cauce.publish.texts import Beside

Json = dict[str, Any]


@dataclass(frozen=True)
class CodeTexts:
    """The codes of a dimension by their ids, as a message has them among its values."""

    of: dict[str, str]

    @property
    def nbytes(self) -> int:
        return sum(map(len, self.of.values()))


def dimensions(layout: Layout, listing: Listing, beside: Beside, valueless: bool) -> str:
    """The dimensions with their codes that occur, in series and at the observation.

    One without any is left out, because its list must not be empty; `valueless` has it without.
    """
    told = {
        at: _dimension(layout, at, listing.codes[at], beside)
        for at in range(len(layout.dimensions))
        if valueless or listing.codes[at]
    }
    series = ",".join(told[at] for at in layout.series if at in told)
    observation = ",".join(told[at] for at in layout.observation if at in told)
    return f'{{"dataSet":[],"series":[{series}],"observation":[{observation}]}}'


def _dimension(layout: Layout, at: int, codes: tuple[Code, ...], beside: Beside) -> str:
    dimension, language = layout.dimensions[at], layout.message.language
    roles = {"roles": [TIME]} if dimension.id == TIME else {}
    head = {"id": dimension.id, **named(dimension.name, language), "keyPosition": at, **roles}
    if not codes:
        return dump(head)

    def make() -> CodeTexts:
        return CodeTexts({c.id: dump(_value(dimension, c, language)) for c in dimension.codes})

    texts = beside.one(("json codes", at, language), make).of
    values = ",".join(texts[code.id] for code in codes)
    return f'{dump(head).removesuffix("}")},"values":[{values}]}}'


def _value(dimension: Dimension, code: Code, language: Language) -> Json:
    if dimension.id != TIME:
        return {"id": code.id, **named(code.name, language)}
    return {"value": code.id, **ends(code.id)}


def measures(layout: Layout) -> list[Json]:
    if not layout.message.value:
        return []
    formatted = {"format": {"dataType": "Double"}}
    return [{"id": layout.measure, **named(VALUE_NAME, layout.message.language), **formatted}]


def attributes(layout: Layout, listing: Listing) -> Json:
    language, message = layout.message.language, layout.message
    whole = layout.of_dataset()
    return {
        "dataSet": [
            {
                **_attribute(a, language, {"dataflow": {}}),
                "values": [{"value": _typed(a, whole[a.id])}],
            }
            for a in message.at("dataset")
            if a.id in whole
        ],
        "dimensionGroup": [
            {
                **_attribute(a, language, {"dimensions": [INDICATOR]}),
                **_listed(a, _distinct(layout, a), language),
            }
            for a in message.at("indicator")
        ],
        "series": _of_series(layout, listing, in_series=True),
        "observation": [
            *(
                {
                    **_attribute(a, language, {"observation": {}}),
                    **_listed(a, listing.words.get(a.id, ()), language),
                }
                for a in (*layout.numbers, *layout.words)
            ),
            *_of_series(layout, listing, in_series=False),
        ],
    }


def _of_series(layout: Layout, listing: Listing, in_series: bool) -> list[Json]:
    """Another agency's attributes of series, where they stand here."""
    language = layout.message.language
    return [
        {
            **_attribute(a, language, {"dimensions": list(a.dimensions)}),
            **_listed(a, listing.words.get(a.id, ()), language),
        }
        for a in layout.of_series(in_series)
    ]


def _attribute(attribute: Attribute, language: Language, relationship: Json) -> Json:
    kind = attribute.data_type or DATA_TYPE[attribute.kind]
    shape = {} if attribute.kind == "code" else {"format": {"dataType": kind}}
    return {
        "id": attribute.id,
        **named(attribute.name, language),
        "relationship": relationship,
        **shape,
    }


def _listed(attribute: Attribute, words: tuple[str, ...], language: Language) -> Json:
    """The values an attribute takes; nothing where it takes none, for a list must not be empty."""
    if not words:
        return {}
    if attribute.kind != "code":
        return {"values": [{"value": _typed(attribute, word)} for word in words]}
    return {
        "values": [{"id": word, **named(coded_name(attribute, word), language)} for word in words]
    }


def _distinct(layout: Layout, attribute: Attribute) -> tuple[str, ...]:
    return tuple(sorted(set(indicator_values(layout.flow, attribute)) - {""}))


def groups(layout: Layout, listing: Listing) -> Json:
    """By indicator that occurs: the positions of its attributes in their lists of values."""
    told = layout.message.at("indicator")
    names = [dimension.id for dimension in layout.dimensions]
    if not told or INDICATOR not in names:
        return {}
    place = names.index(INDICATOR)
    ids = [code.id for code in layout.dimensions[place].codes]
    before, after = ":" * place, ":" * (len(names) - place - 1)
    values = [dict(zip(ids, indicator_values(layout.flow, a), strict=True)) for a in told]
    listed = [_distinct(layout, a) for a in told]
    return {
        f"{before}{position}{after}": [
            known.index(value[code.id]) if value[code.id] else None
            for value, known in zip(values, listed, strict=True)
        ]
        for position, code in enumerate(listing.codes[place])
    }


def _typed(attribute: Attribute, word: str) -> str | bool:
    # Whole numbers stay text: the official schema of 2.0 asks for exactly one of integer and
    # number, and a whole number is both.
    return word == "true" if attribute.kind == "flag" else word
