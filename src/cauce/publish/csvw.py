"""What a CSV file of ours holds, column by column: CSV on the Web.

Source: W3C Recommendation "Metadata Vocabulary for Tabular Data" (17 December 2015).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

import pyarrow as pa

from cauce.model.observation import Observations
from cauce.model.rule import rule_in
from cauce.model.text import Language, Text
from cauce.model.vintage import Manifest
from cauce.publish.components import interval_percent
from cauce.publish.plain import Labels, plain_columns

BOUNDS = {
    "CI_LOW": Text("Lower end of the {} % interval", "Límite inferior del intervalo de {} %"),
    "CI_HIGH": Text("Upper end of the {} % interval", "Límite superior del intervalo de {} %"),
}


def csvw(
    observations: Observations, manifest: Manifest, language: Language, labels: Labels, url: str
) -> dict[str, Any]:
    """The metadata of the CSV file at `url`, an address of its own or beside the metadata."""
    flow = observations.dataflow
    columns = plain_columns(observations, language, labels)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "url": url,
        "dc:title": flow.name.of(language),
        "dc:source": flow.source.citation,
        "dc:license": rule_in(flow.source.licence, language),
        "dc:issued": {"@value": manifest.published_at, "@type": "xsd:dateTime"},
        "dc:identifier": f"{flow.id} {manifest.vintage}",
        "dialect": {"header": True, "encoding": "utf-8", "delimiter": ","},
        "tableSchema": {
            "columns": [
                _column(name, title, array.array) | _bound(title, interval_percent(flow), language)
                for name, (title, array) in zip(
                    _names([title for title, _ in columns]), columns, strict=True
                )
            ],
            "primaryKey": [d.id for d in flow.dimensions] if labels != "name" else [],
        },
    }


def _names(titles: Sequence[str]) -> Iterator[str]:
    """A name any URI may hold for each title; of titles that are alike, the later are numbered."""
    seen: Counter[str] = Counter()
    for title in titles:
        name = quote(title, safe="").lstrip("_")
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}.{seen[name]}"


def _column(name: str, title: str, array: pa.Array) -> dict[str, Any]:
    """Its name, the title as it stands in the file, and what its cells are."""
    return {
        "name": name,
        "titles": title,
        "datatype": _datatype(array.type),
        "null": "",
    }


def _bound(name: str, percent: int, language: Language) -> dict[str, Any]:
    """Of the ends of an interval, how much it holds: no other column says so."""
    if name not in BOUNDS:
        return {}
    return {"dc:description": BOUNDS[name].of(language).format(percent)}


def _datatype(kind: pa.DataType) -> str:
    if pa.types.is_floating(kind):
        return "number"
    return "integer" if pa.types.is_integer(kind) else "string"
