"""SDMX-JSON data messages, 1.0 and 2.x. Source: SDMX-JSON data message, field guide."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cauce.model.errors import BadInput
from cauce.sources.imports.sdmx.rows import Asked, Row, place
from cauce.sources.limits import MIB

MOST_BYTES = 128 * MIB
LEVELS = ("dataSet", "series", "observation")
Json = dict[str, Any]


def json_rows(path: Path, asked: Asked) -> Iterator[Row]:
    """The observations of a message, in its order.

    Raises:
        BadInput: it is no data message; a position is of nothing its structure lists.
    """
    if path.stat().st_size > MOST_BYTES:
        raise BadInput(
            f"larger than {MOST_BYTES >> 20} MiB. Ask for CSV or XML: JSON is read at once."
        )
    try:
        found = json.loads(path.read_text("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise BadInput("not UTF-8. SDMX-JSON is; save it anew.") from error
    except json.JSONDecodeError as error:
        raise BadInput(f"line {error.lineno}: not JSON ({error.msg}). Is it cut off?") from error
    except RecursionError as error:
        raise BadInput("not JSON of SDMX: it is nested too deep.") from error
    number = 0
    try:
        for structure, data in _data_sets(found):
            for words, value in _DataSet(structure, data).rows(asked):
                number += 1
                yield asked.row(words, value, 0, number)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(
            f"{place(0, number + 1)}: no data message of SDMX-JSON 1.0 or 2.x, or a position in it "
            f"is of nothing its structure lists ({type(error).__name__})."
        ) from error


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput(f"{twice[:80]!r} stands twice in one object of the JSON.")
    return found


def _data_sets(found: Any) -> Iterator[tuple[Json, Json]]:
    """Each data set with its structure; in 1.0 all follow the one of the message."""
    held = found.get("data") or found
    if not held.get("dataSets"):
        raise BadInput("has no data set. Is it a message of an error, or of structures?")
    structures = held.get("structures") or [held["structure"]]
    for data in held["dataSets"]:
        yield structures[data.get("structure", 0)], data


class _DataSet:
    """One data set, with what its positions mean."""

    def __init__(self, structure: Json, data: Json) -> None:
        self._data = data
        self._flow = _flow(structure)
        self._dimensions = {level: structure["dimensions"].get(level, []) for level in LEVELS}
        told = structure.get("attributes") or {}
        self._attributes = {level: told.get(level, []) for level in (*LEVELS, "dimensionGroup")}
        measures = (structure.get("measures") or {}).get("observation") or [{"id": "OBS_VALUE"}]
        self._measures = len(measures)

    def rows(self, asked: Asked) -> Iterator[tuple[dict[str, str], str]]:
        asked.of(self._flow, "the message")
        asked.action(str(self._data.get("action") or ""), "the message")
        whole = self._named("dataSet", self._data.get("attributes") or [])
        # A dimension with one code may stand at the data set alone.
        whole |= {each["id"]: _word(each, 0) for each in self._dimensions["dataSet"]}
        groups = self._groups()
        for key, series in (self._data.get("series") or {}).items():
            own = self._placed("series", key)
            own |= self._named("series", series.get("attributes") or [])
            for at, told in (series.get("observations") or {}).items():
                yield self._row(whole | own, at, told, groups)
        for at, told in (self._data.get("observations") or {}).items():
            yield self._row(whole, at, told, groups)

    def _row(
        self, words: dict[str, str], at: str, told: list[Any], groups: list[dict[str, str]]
    ) -> tuple[dict[str, str], str]:
        found = words | self._placed("observation", at)
        found |= self._named("observation", told[self._measures :])
        for group in groups:
            if all(found.get(one, word) == word for one, word in group.items()):
                found = group | found
        value = told[0] if told else None
        return found, "" if value is None else str(value)

    def _placed(self, level: str, key: str) -> dict[str, str]:
        """The codes of a key such as 0:3:1."""
        dimensions = self._dimensions[level]
        places = key.split(":") if dimensions else []
        return {
            each["id"]: _word(each, int(at)) for each, at in zip(dimensions, places, strict=True)
        }

    def _groups(self) -> list[dict[str, str]]:
        """Attributes of parts of a key: 0:::1 leaves the dimensions between open."""
        dimensions = [
            each
            for level in ("dataSet", "series", "observation")
            for each in self._dimensions[level]
        ]
        found = []
        for key, told in (self._data.get("dimensionGroupAttributes") or {}).items():
            places = zip(dimensions, key.split(":"), strict=False)
            group = {each["id"]: _word(each, int(at)) for each, at in places if at}
            found.append(group | self._named("dimensionGroup", told))
        return found

    def _named(self, level: str, told: list[Any]) -> dict[str, str]:
        """Attributes by id; one that is null is not there."""
        return {
            each["id"]: _word(each, at)
            for each, at in zip(self._attributes[level], told, strict=False)
            if at is not None
        }


def _word(component: Json, at: Any) -> str:
    """A value of a component: by position where its values are listed, else as it stands."""
    values = component.get("values") or []
    if not values or not isinstance(at, int) or isinstance(at, bool):
        return str(at)
    if not 0 <= at < len(values):
        raise IndexError(at)
    listed = values[at]
    if not isinstance(listed, dict):
        return str(listed)
    return str(listed.get("id", listed.get("value", listed.get("start", ""))))


def _flow(structure: Json) -> str:
    """The dataflow or data structure a structure is of, by its link."""
    for link in structure.get("links") or []:
        urn = str(link.get("urn") or "")
        if link.get("rel") in ("dataflow", "datastructure", "structure") and "=" in urn:
            return urn.rpartition("=")[2]
    return str(structure.get("dataflow") or "").rpartition("=")[2]
