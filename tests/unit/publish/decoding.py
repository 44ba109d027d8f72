"""Messages read back by the rules of their field guides: what each says of every observation.

Small readers of our own, one a syntax, that share nothing with the writers. What they give is the
same for every format: the codes of the key, and the components that have a value.
"""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

Told = dict[tuple[str, ...], dict[str, str]]
STRUCTURE = {
    "DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY",
    "VALID_FROM", "VALID_TO",
}  # fmt: skip


def decoded(kind: str, content: bytes, dimensions: tuple[str, ...]) -> Told:
    """What a message says, by the key of the observation; a withheld value is `NaN`."""
    found: Told = {}
    for said in _READERS[kind.rpartition("+")[2]](content):
        key = tuple(said.pop(dimension) for dimension in dimensions)
        assert key not in found, key
        found[key] = {id_: text for id_, text in said.items() if text != ""}
    return found


def _csv(content: bytes) -> Iterator[dict[str, str]]:
    for row in csv.DictReader(io.StringIO(content.decode(), newline="")):
        yield {id_: text for id_, text in row.items() if id_ not in STRUCTURE}


def _xml(content: bytes) -> Iterator[dict[str, str]]:
    root = etree.fromstring(content)
    for data_set in root.iterchildren("{*}DataSet"):
        if "gen" in root.nsmap:
            yield from _generic(data_set)
            continue
        whole = {id_: text for id_, text in data_set.attrib.items() if not id_.startswith("{")}
        for observation in data_set.iter("Obs"):
            above = observation.getparent()
            series = dict(above.attrib) if above.tag == "Series" else {}
            yield {**whole, **series, **observation.attrib}


def _generic(data_set: Any) -> Iterator[dict[str, str]]:
    whole = _values(data_set.find("{*}Attributes"))
    for observation in data_set.iter("{*}Obs"):
        said = dict(whole)
        above = observation.getparent()
        if above.tag.endswith("Series"):
            said |= _values(above.find("{*}SeriesKey")) | _values(above.find("{*}Attributes"))
        at = observation.find("{*}ObsDimension")
        said |= {at.get("id"): at.get("value")} if at is not None else {}
        said |= _values(observation.find("{*}ObsKey")) | _values(observation.find("{*}Attributes"))
        value = observation.find("{*}ObsValue")
        yield said | ({"OBS_VALUE": value.get("value")} if value is not None else {})


def _values(element: Any) -> dict[str, str]:
    if element is None:
        return {}
    return {value.get("id"): value.get("value") for value in element}


def _json(content: bytes) -> Iterator[dict[str, str]]:
    data = json.loads(content, parse_float=str, parse_int=str)["data"]
    for at, data_set in enumerate(data["dataSets"]):
        structure = data["structure"] if "structure" in data else data["structures"][at]
        yield from _set(structure, data_set, "structure" in data)


def _set(structure: Any, data_set: Any, old: bool) -> Iterator[dict[str, str]]:
    dimensions, attributes = structure["dimensions"], structure["attributes"]
    every = sorted(
        dimensions["series"] + dimensions["observation"], key=lambda one: int(one["keyPosition"])
    )
    whole = _told(attributes["dataSet"], data_set.get("attributes", []))
    groups = {
        key: _told(attributes["dimensionGroup"], values)
        for key, values in data_set.get("dimensionGroupAttributes", {}).items()
    }
    measures = [{"id": "OBS_VALUE"}] if old else structure["measures"]["observation"]
    listed = [*measures, *attributes["observation"]]

    def said(series: str, observation: str, cells: list[Any]) -> dict[str, str]:
        key = _coded(dimensions["series"], series) | _coded(dimensions["observation"], observation)
        found = {id_: text for id_, (text, _) in key.items()}
        for group, values in groups.items():
            parts = group.split(":")
            pairs = zip(every, parts, strict=True)
            if all(part == "" or key[one["id"]][1] == part for one, part in pairs):
                found |= values
        return whole | found | _told(listed, cells)

    for series, one in data_set.get("series", {}).items():
        own = _told(attributes["series"], one.get("attributes", []))
        for observation, cells in one.get("observations", {}).items():
            yield own | said(series, observation, cells)
    for observation, cells in data_set.get("observations", {}).items():
        yield said("", observation, cells)


def _coded(dimensions: Any, key: str) -> dict[str, tuple[str, str]]:
    """By dimension, its code and the position the key has of it."""
    found = {}
    for dimension, place in zip(dimensions, key.split(":") if key else [], strict=True):
        value = dimension["values"][int(place)]
        found[dimension["id"]] = (value.get("id", value.get("value")), place)
    return found


def _told(components: Any, cells: list[Any]) -> dict[str, str]:
    found = {}
    for component, cell in zip(components, cells, strict=False):
        if cell is None:
            continue
        if "values" in component:
            value = component["values"][int(cell)]
            cell = value.get("id", value.get("value", value.get("name")))
        found[component["id"]] = str(cell).lower() if isinstance(cell, bool) else cell
    return found


_READERS = {"csv": _csv, "xml": _xml, "json": _json}
