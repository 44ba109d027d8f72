"""What JSON messages and files share: the codes that occur, names, the head."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from cauce.model.arrays import Codes, Ints
from cauce.model.dataflow import AGENCY
from cauce.model.text import LANGUAGES, Language, Text
from cauce.publish.codelists import CONF_STATUS, OBS_STATUS, RELIABILITY, unit_name
from cauce.publish.components import Attribute
from cauce.publish.rows import Rows

CODE_NAMES = {
    codelist.id: {code.id: code.name for code in codelist.codes}
    for codelist in (OBS_STATUS, CONF_STATUS, RELIABILITY)
}

Json = dict[str, Any]


def value_name(attribute: Attribute, word: str, language: Language) -> str:
    """The name of a code of an attribute; "" for what is not coded, and for no word at all."""
    if attribute.kind != "code" or not word:
        return ""
    return coded_name(attribute, word).of(language)


def coded_name(attribute: Attribute, word: str) -> Text:
    """The words for a code of an attribute."""
    if attribute.codes:
        return next((code.name for code in attribute.codes if code.id == word), Text(word, word))
    return CODE_NAMES.get(attribute.codelist, {}).get(word) or unit_name(word)


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
