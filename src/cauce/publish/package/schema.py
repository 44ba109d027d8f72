"""What the columns of a table's CSV hold: a Table Schema with constraints and code lists."""

from typing import Any

import numpy as np

from cauce.model.codelist import Code
from cauce.model.dataflow import Dimension
from cauce.model.text import Language, Text
from cauce.publish.codelists import unit_name
from cauce.publish.components import TIME, VALUE, VALUE_NAME, Attribute, interval_percent
from cauce.publish.csvw import BOUNDS
from cauce.publish.json_head import CODE_NAMES
from cauce.publish.package.lists import Lists
from cauce.publish.plain import SHOWN
from cauce.publish.rows import Rows

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
UNITS = "CL_UNIT"
TYPES = {"number": "number", "count": "integer"}


def resource_schema(rows: Rows, lists: Lists, language: Language) -> dict[str, Any]:
    """The schema of the rows written by code; their codes are added to the lists."""
    flow = rows.observations.dataflow
    fields, keys = [], []
    for place, dimension in enumerate(flow.dimensions):
        used = [dimension.codes[at] for at in np.unique(rows.key[:, place]).tolist()]
        some: dict[str, Any] = {"enum": [code.id for code in used]} if used else {}
        field = _field(dimension.id, dimension.name, language)
        fields.append(field | {"constraints": {"required": True} | some})
        if dimension.id != TIME:
            keys.append(_key(dimension.id, _listed(dimension, lists)))
    fields.append(_field(VALUE, VALUE_NAME, language) | {"type": "number"})
    for attribute in SHOWN:
        fields.append(_attribute(attribute, interval_percent(flow), language))
        if attribute.codelist:
            keys.append(_key(attribute.id, _words_of(attribute, rows, lists)))
    return {
        "$schema": PROFILE,
        "fields": fields,
        "primaryKey": [dimension.id for dimension in flow.dimensions],
        "foreignKeys": keys,
        "missingValues": [""],
    }


def _field(name: str, title: Text, language: Language) -> dict[str, Any]:
    titles = {"en": title.en, "es": title.es}
    return {"name": name, "type": "string", "title": title.of(language), "titles": titles}


def _attribute(one: Attribute, percent: int, language: Language) -> dict[str, Any]:
    field = _field(one.id, one.name, language) | {"type": TYPES.get(one.kind, "string")}
    if one.id in BOUNDS:
        field["description"] = BOUNDS[one.id].of(language).format(percent)
    if one.kind == "count" or one.id == "SE":
        field["constraints"] = {"minimum": 0}
    return field


def _listed(dimension: Dimension, lists: Lists) -> str:
    """The name of the list a dimension's codes stand in: all of them, whether they occur or not.

    A dimension that stands for one another agency lacks has no list of its own.
    """
    codes = (*dimension.codes, *dimension.groups)
    id_ = dimension.codelist or f"CL_{dimension.id}"
    return lists.add(id_, dimension.name, codes).resource_name


def _words_of(attribute: Attribute, rows: Rows, lists: Lists) -> str:
    """The name of the list of statuses, or of units: those of the indicators of the table."""
    if attribute.codelist == UNITS:
        units = dict.fromkeys(one.unit for one in rows.observations.dataflow.indicators)
        codes = tuple(Code(unit, unit_name(unit)) for unit in units)
    else:
        names = CODE_NAMES[attribute.codelist].items()
        codes = tuple(Code(id_, name) for id_, name in names)
    return lists.add(attribute.codelist, attribute.name, codes).resource_name


def _key(field: str, resource: str) -> dict[str, Any]:
    return {"fields": [field], "reference": {"resource": resource, "fields": ["id"]}}
