"""Observations as a JSON-stat 2.0 dataset.

Source: the JSON-stat format, version 2.0 (json-stat.org/full), class dataset.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.arrays import Ints
from cauce.model.dataflow import Dimension
from cauce.model.observation import Observations
from cauce.model.rule import rule_in
from cauce.model.text import Language
from cauce.model.vintage import Manifest
from cauce.publish.codelists import unit_name
from cauce.publish.columns import attribute_column, numbers
from cauce.publish.components import ATTRIBUTES, INDICATOR, TIME, interval_percent
from cauce.publish.joining import blocks, lines
from cauce.publish.json_head import CODE_NAMES, Used, dump, used
from cauce.publish.rows import Rows

AREA = "REF_AREA"
ERRORS = ("SE", "CI_LOW", "CI_HIGH")
STATUS = "OBS_STATUS"


def json_stat(
    observations: Observations, manifest: Manifest, language: Language
) -> Iterator[bytes]:
    """Values by their place in the cube of the codes that occur; withheld ones are not there.

    Every place with an observation has its status (SDMX CL_OBS_STATUS). Standard errors and
    intervals stand under `extension.errors`, by place too: the format has no room for them.

    Source: json-stat.org/full, properties value (as object), status, role, category.
    """
    codes = used(Rows.all(observations))
    places = _places(codes)
    yield dump(_head(observations, manifest, codes, language)).removesuffix("}").encode()
    values = numbers(observations.value)
    yield from _object(',"value":{', places, pc.cast(values, pa.string()))
    status = attribute_column(observations, _attribute(STATUS)).array.cast(pa.string())
    yield from _object('},"status":{', places, pc.binary_join_element_wise('"', status, '"', ""))
    yield b'},"extension":'
    yield dump(_extension(observations, language)).removesuffix("}").encode() + b',"errors":'
    start = "{"
    for name in ERRORS:
        array = attribute_column(observations, _attribute(name)).array
        yield from _object(f'{start}"{name}":{{', places, pc.cast(array, pa.string()))
        start = "},"
    yield b"}}}}\n"


def _places(codes: Used) -> Ints:
    """Where each observation stands in the cube, counted as JSON-stat does: the last runs first."""
    place: Ints = np.zeros(len(codes.positions), dtype=np.int64)
    for j, own in enumerate(codes.codes):
        place = place * max(len(own), 1) + codes.positions[:, j]
    return place


def _object(start: str, places: Ints, texts: pa.Array) -> Iterator[bytes]:
    """The members of an object: a place and a text each; what is null is left out."""
    kept = pc.is_valid(texts).to_numpy(zero_copy_only=False)
    keys, texts = pc.cast(pa.array(places[kept]), pa.string()), texts.filter(pa.array(kept))
    yield start.encode()
    for first, last in blocks(len(texts)):
        parts = keys.slice(first, last - first), texts.slice(first, last - first)
        skip = 0 if first else len(",\n")
        yield lines((',\n"', parts[0], '":', parts[1]), last - first, skip)


def _head(
    observations: Observations, manifest: Manifest, codes: Used, language: Language
) -> dict[str, Any]:
    flow = observations.dataflow
    return {
        "version": "2.0",
        "class": "dataset",
        "label": flow.name.of(language),
        "source": flow.source.citation,
        "updated": manifest.published_at,
        "id": list(codes.ids),
        "size": [len(own) for own in codes.codes],
        "role": {"time": [TIME], "geo": [AREA], "metric": [INDICATOR]},
        "dimension": {
            dimension.id: _dimension(observations, dimension, own, language)
            for dimension, own in zip(flow.dimensions, codes.codes, strict=True)
        },
    }


def _dimension(
    observations: Observations, dimension: Dimension, own: Ints, language: Language
) -> dict[str, Any]:
    listed = [dimension.codes[at] for at in own.tolist()]
    category: dict[str, Any] = {
        "index": [code.id for code in listed],
        "label": {code.id: code.name.of(language) for code in listed},
    }
    if dimension.id == INDICATOR:
        known = {indicator.id: indicator for indicator in observations.dataflow.indicators}
        category["unit"] = {
            code.id: {
                "decimals": known[code.id].decimals,
                "label": unit_name(known[code.id].unit).of(language),
            }
            for code in listed
            if code.id in known
        }
    return {"label": dimension.name.of(language), "category": category}


def _extension(observations: Observations, language: Language) -> dict[str, Any]:
    flow = observations.dataflow
    names = CODE_NAMES["CL_OBS_STATUS"]
    occurring = sorted({str(status) for status in observations.obs_status})
    return {
        "dataflow": flow.id,
        "version": flow.version,
        "licence": rule_in(flow.source.licence, language),
        "invented": flow.source.invented,
        "interval_percent": interval_percent(flow),
        "status": {"label": {code: names[code].of(language) for code in occurring}},
    }


def _attribute(id_: str) -> Any:
    return next(attribute for attribute in ATTRIBUTES if attribute.id == id_)
