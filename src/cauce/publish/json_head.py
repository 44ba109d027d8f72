"""Everything of an SDMX-JSON 2.0.0 data message before its observations."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.arrays import Codes, Ints
from cauce.model.dataflow import AGENCY, Dataflow, Dimension
from cauce.model.text import LANGUAGES, Language, Text
from cauce.publish.codelists import CONF_STATUS, OBS_STATUS, RELIABILITY, unit_name
from cauce.publish.columns import dataset_values, indicator_values
from cauce.publish.components import DATA_TYPE, INDICATOR, TIME, VALUE, VALUE_NAME, Attribute
from cauce.publish.message import Message
from cauce.publish.periods import span
from cauce.publish.rows import Rows
from cauce.publish.urns import urn
from cauce.publish.verdicts import WORDED, Verdicts

SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/v2.0.0/data-message/tools/schemas/"
    "sdmx-json-data-schema.json"
)
CODE_NAMES = {
    codelist.id: {code.id: code.name for code in codelist.codes}
    for codelist in (OBS_STATUS, CONF_STATUS, RELIABILITY)
}

Json = dict[str, Any]


@dataclass(frozen=True)
class Used:
    """The codes that occur, and the position of each observation's code among them.

    `codes` has for every dimension the positions in its list; `positions` has shape (c, d).
    """

    ids: tuple[str, ...]
    codes: tuple[Ints, ...]
    positions: Codes


def used(rows: Rows) -> Used:
    """Which codes occur: a message lists no others."""
    dimensions, key = rows.observations.dataflow.dimensions, rows.key
    codes = []
    positions = np.empty(key.shape, dtype=np.int32)
    for place, dimension in enumerate(dimensions):
        occurs = np.zeros(len(dimension.codes), dtype=np.bool_)
        occurs[key[:, place]] = True
        codes.append(np.flatnonzero(occurs))
        positions[:, place] = (np.cumsum(occurs) - 1)[key[:, place]]
    return Used(tuple(dimension.id for dimension in dimensions), tuple(codes), positions)


def listed_words(verdicts: Verdicts, message: Message) -> dict[str, list[str]]:
    """By attribute of observations that is words, those that occur, by the first row they are in.

    Only what the message asks for.
    """
    asked = message.at("observation")
    return {
        attribute.id: [*dict.fromkeys(words[place] for words in verdicts.words if words[place])]
        for place, attribute in enumerate(WORDED)
        if attribute in asked
    }


def json_head(
    rows: Rows, message: Message, codes: Used, listed: dict[str, list[str]], flat: bool
) -> str:
    """The message up to the observations of its data set, whose object stays open."""
    flow = rows.observations.dataflow
    self_link = [{"rel": "dataflow", "urn": urn("dataflow", flow.id, flow.version)}]
    said = *message.shape, *map(tuple, listed.values())
    attributes = rows.beside.one(
        ("json attributes", said), lambda: pa.array([dump(_attributes(flow, message, listed))])
    )
    structure = (
        dump({"links": self_link, **named(flow.name, message.language)}).removesuffix("}"),
        f'"dimensions":{_dimensions(rows, codes, message.language, flat)}',
        f'"measures":{dump({"observation": _measures(message)})}',
        f'"attributes":{attributes[0]}',
        '"dataSets":[0]}',
    )
    data_set: Json = {
        "structure": 0,
        "action": "Information",
        "links": self_link,
        "attributes": [0 for _ in dataset_values(flow, message)],
    }
    groups = _groups(flow, message, codes)
    if groups:
        data_set["dimensionGroupAttributes"] = groups
    meta = dump(meta_of(message.id, message.prepared, message.language, SCHEMA))
    opened = dump(data_set).removesuffix("}")
    return f'{{"meta":{meta},"data":{{"structures":[{",".join(structure)}],"dataSets":[{opened}'


def dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def named(text: Text, language: Language) -> Json:
    """The words in the reader's language, and in all."""
    return {"name": text.of(language), "names": {code: text.of(code) for code in LANGUAGES}}


def meta_of(id_: str, prepared: str, language: Language, schema: str) -> Json:
    others = [code for code in LANGUAGES if code != language]
    return {
        "schema": schema,
        "id": id_,
        "prepared": prepared,
        "test": False,
        "contentLanguages": [language, *others],
        "sender": {"id": AGENCY},
    }


def _dimensions(rows: Rows, codes: Used, language: Language, flat: bool) -> str:
    """The dimensions with their codes that occur, as JSON; time, the last, at the observation."""
    told = [_dimension(rows, place, own, language) for place, own in enumerate(codes.codes)]
    series, observation = ([], told) if flat else (told[:-1], told[-1:])
    return f'{{"dataSet":[],"series":[{",".join(series)}],"observation":[{",".join(observation)}]}}'


def _dimension(rows: Rows, place: int, occurring: Ints, language: Language) -> str:
    dimension = rows.observations.dataflow.dimensions[place]
    roles = {"roles": [TIME]} if dimension.id == TIME else {}
    head = {
        "id": dimension.id,
        **named(dimension.name, language),
        "keyPosition": place,
        **roles,
    }
    texts = rows.beside.one(
        ("json codes", place, language), lambda: _code_texts(dimension, language)
    )
    values = ",".join(pc.take(texts, pa.array(occurring)).to_pylist())
    return f'{dump(head).removesuffix("}")},"values":[{values}]}}'


def _code_texts(dimension: Dimension, language: Language) -> pa.Array:
    told = [dump(_dimension_value(dimension, i, language)) for i in range(len(dimension.codes))]
    return pa.array(told, pa.string())


def _dimension_value(dimension: Dimension, place: int, language: Language) -> Json:
    code = dimension.codes[place]
    if dimension.id != TIME:
        return {"id": code.id, **named(code.name, language)}
    first, last = span(code.id)
    return {"value": code.id, "start": f"{first}T00:00:00Z", "end": f"{last}T23:59:59Z"}


def _measures(message: Message) -> list[Json]:
    if not message.value:
        return []
    formatted = {"format": {"dataType": "Double"}}
    return [{"id": VALUE, **named(VALUE_NAME, message.language), **formatted}]


def _attributes(flow: Dataflow, message: Message, listed: dict[str, list[str]]) -> Json:
    of_dataset = dataset_values(flow, message)
    return {
        "dataSet": [
            {
                **_attribute(a, message.language, {"dataflow": {}}),
                "values": [{"value": _typed(a, of_dataset[a.id])}],
            }
            for a in message.at("dataset")
            if a.id in of_dataset
        ],
        "dimensionGroup": [
            {
                **_attribute(a, message.language, {"dimensions": [INDICATOR]}),
                "values": _group_values(a, _distinct(flow, a), message.language),
            }
            for a in message.at("indicator")
        ],
        "series": [],
        "observation": [
            {
                **_attribute(a, message.language, {"observation": {}}),
                **_words(a, listed.get(a.id, []), message.language),
            }
            for a in message.at("observation")
        ],
    }


def _attribute(attribute: Attribute, language: Language, relationship: Json) -> Json:
    shape = {} if attribute.kind == "code" else {"format": {"dataType": DATA_TYPE[attribute.kind]}}
    return {
        "id": attribute.id,
        **named(attribute.name, language),
        "relationship": relationship,
        **shape,
    }


def _words(attribute: Attribute, listed: list[str], language: Language) -> Json:
    """The values an attribute of observations takes, if it is coded or worded."""
    if not listed:
        return {}
    if attribute.kind != "code":
        return {"values": [{"value": word} for word in listed]}
    names = CODE_NAMES[attribute.codelist]
    return {"values": [{"id": word, **named(names[word], language)} for word in listed]}


def _distinct(flow: Dataflow, attribute: Attribute) -> list[str]:
    return sorted(set(indicator_values(flow, attribute)) - {""})


def _group_values(attribute: Attribute, listed: list[str], language: Language) -> list[Json]:
    if attribute.kind == "code":
        return [{"id": word, **named(unit_name(word), language)} for word in listed]
    return [{"value": _typed(attribute, word)} for word in listed]


def _groups(flow: Dataflow, message: Message, codes: Used) -> Json:
    """By indicator that occurs: the positions of its attributes in their lists of values."""
    attributes = message.at("indicator")
    if not attributes:
        return {}
    place = codes.ids.index(INDICATOR)
    before, after = ":" * place, ":" * (len(codes.ids) - place - 1)
    values = [indicator_values(flow, a) for a in attributes]
    listed = [_distinct(flow, a) for a in attributes]
    return {
        f"{before}{position}{after}": [
            known.index(value[code]) for value, known in zip(values, listed, strict=True)
        ]
        for position, code in enumerate(codes.codes[place].tolist())
    }


def _typed(attribute: Attribute, word: str) -> str | bool:
    # Whole numbers stay text: the official schema asks for exactly one of integer and number,
    # and a whole number is both.
    return word == "true" if attribute.kind == "flag" else word
