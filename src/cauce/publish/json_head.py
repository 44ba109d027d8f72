"""Everything of an SDMX-JSON 2.0.0 data message before its observations."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from cauce.model.arrays import Codes, Ints
from cauce.model.dataflow import AGENCY, Dimension
from cauce.model.observation import Observations
from cauce.model.text import LANGUAGES, Language, Text
from cauce.publish.codelists import CONF_STATUS, OBS_STATUS, RELIABILITY, unit_name
from cauce.publish.columns import Column, dataset_values, indicator_values
from cauce.publish.components import DATA_TYPE, INDICATOR, TIME, VALUE, VALUE_NAME, Attribute
from cauce.publish.message import Message
from cauce.publish.periods import span
from cauce.publish.urns import urn

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


def used(observations: Observations) -> Used:
    """Which codes occur: a message lists no others."""
    codes = []
    positions = np.empty(observations.key.shape, dtype=np.int32)
    for place in range(observations.key.shape[1]):
        occurring, inverse = np.unique(observations.key[:, place], return_inverse=True)
        codes.append(occurring.astype(np.int64))
        positions[:, place] = inverse
    return Used(tuple(d.id for d in observations.dataflow.dimensions), tuple(codes), positions)


def json_head(
    observations: Observations,
    message: Message,
    codes: Used,
    words: dict[str, Column],
    flat: bool,
) -> str:
    """The message up to the observations of its data set, whose object stays open."""
    flow = observations.dataflow
    self_link = [{"rel": "dataflow", "urn": urn("dataflow", flow.id, flow.version)}]
    structure = {
        "links": self_link,
        **named(flow.name, message.language),
        "dimensions": _dimensions(observations, codes, message.language, flat),
        "measures": {"observation": _measures(message)},
        "attributes": _attributes(observations, message, words),
        "dataSets": [0],
    }
    data_set: Json = {
        "structure": 0,
        "action": "Information",
        "links": self_link,
        "attributes": [0 for _ in dataset_values(flow, message)],
    }
    groups = _groups(observations, message, codes)
    if groups:
        data_set["dimensionGroupAttributes"] = groups
    meta = dump(meta_of(message.id, message.prepared, message.language, SCHEMA))
    opened = dump(data_set).removesuffix("}")
    return f'{{"meta":{meta},"data":{{"structures":[{dump(structure)}],"dataSets":[{opened}'


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


def _dimensions(observations: Observations, codes: Used, language: Language, flat: bool) -> Json:
    listed = [
        _dimension(dimension, place, codes.codes[place], language)
        for place, dimension in enumerate(observations.dataflow.dimensions)
    ]
    if flat:
        return {"dataSet": [], "series": [], "observation": listed}
    return {
        "dataSet": [],
        "series": [d for d in listed if d["id"] != TIME],
        "observation": [d for d in listed if d["id"] == TIME],
    }


def _dimension(dimension: Dimension, place: int, occurring: Ints, language: Language) -> Json:
    roles = {"roles": [TIME]} if dimension.id == TIME else {}
    values = [_dimension_value(dimension, int(i), language) for i in occurring]
    return {
        "id": dimension.id,
        **named(dimension.name, language),
        "keyPosition": place,
        **roles,
        "values": values,
    }


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


def _attributes(observations: Observations, message: Message, words: dict[str, Column]) -> Json:
    flow = observations.dataflow
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
                "values": _group_values(a, _distinct(observations, a), message.language),
            }
            for a in message.at("indicator")
        ],
        "series": [],
        "observation": [
            {
                **_attribute(a, message.language, {"observation": {}}),
                **_words(a, words[a.id], message.language),
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


def _words(attribute: Attribute, column: Column, language: Language) -> Json:
    """The values an attribute of observations takes, if it is coded or worded."""
    if not isinstance(column.array, pa.DictionaryArray):
        return {}
    listed = column.array.dictionary.to_pylist()
    if not listed:
        return {}
    if attribute.kind != "code":
        return {"values": [{"value": word} for word in listed]}
    names = CODE_NAMES[attribute.codelist]
    return {"values": [{"id": word, **named(names[word], language)} for word in listed]}


def _distinct(observations: Observations, attribute: Attribute) -> list[str]:
    return sorted(set(indicator_values(observations.dataflow, attribute)) - {""})


def _group_values(attribute: Attribute, listed: list[str], language: Language) -> list[Json]:
    if attribute.kind == "code":
        return [{"id": word, **named(unit_name(word), language)} for word in listed]
    return [{"value": _typed(attribute, word)} for word in listed]


def _groups(observations: Observations, message: Message, codes: Used) -> Json:
    """By indicator that occurs: the positions of its attributes in their lists of values."""
    attributes = message.at("indicator")
    if not attributes:
        return {}
    place = codes.ids.index(INDICATOR)
    before, after = ":" * place, ":" * (len(codes.ids) - place - 1)
    values = [indicator_values(observations.dataflow, a) for a in attributes]
    listed = [_distinct(observations, a) for a in attributes]
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
