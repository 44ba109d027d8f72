"""A table as search engines know it: schema.org's Dataset. `dcat` has the catalogue of all.

Source: schema.org 28 (Dataset, DataDownload).
"""

import json
from collections.abc import Sequence
from typing import Any

from starlette.applications import Starlette

from cauce.model.rule import rule_in
from cauce.model.vintage import Manifest
from cauce.portal.words import Words
from cauce.publish import span

KINDS = {
    "csv": ("text/csv", "CSV"),
    "json": ("application/json", "JSON"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "parquet": ("application/vnd.apache.parquet", "PARQUET"),
    "jsonstat": ("application/json", "JSON"),
    "zip": ("application/zip", "ZIP"),
}
"""Endings of the files of a table, each with its media type and its file type in the EU's table."""


def endings(app: Starlette) -> tuple[str, ...]:
    """The kinds of files a table can be had as here, by the addresses the site answers."""
    paths = {getattr(route, "path", "") for route in app.routes}
    return tuple(e for e in KINDS if f"/{{language}}/tables/{{flow}}.{e}" in paths)


def schema_org(manifest: Manifest, said: Words, root: str, endings: Sequence[str]) -> str:
    """The Dataset of a table as JSON that may stand in a page."""
    flow, language = manifest.dataflow, said.language
    page = f"{root}/{language}/tables/{flow.id}"
    first, last = days(manifest)
    whole: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": page,
        "url": page,
        "name": said.of(flow.name),
        "description": description(manifest, said),
        "inLanguage": language,
        "version": manifest.vintage,
        "datePublished": manifest.published_at,
        "temporalCoverage": f"{first}/{last}",
        "spatialCoverage": [said.of(code.name) for code in flow.dimensions[1].codes[:50]],
        "creator": {"@type": "Organization", "name": flow.source.citation},
        "citation": flow.source.citation,
        "license": rule_in(flow.source.licence, language),
        "isAccessibleForFree": True,
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": said.of(one.name),
                "unitText": said.unit(one.unit),
                "propertyID": one.id,
            }
            for one in flow.indicators
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": KINDS[ending][0],
                "contentUrl": f"{page}.{ending}",
            }
            for ending in endings
        ],
    }
    if flow.theme:
        whole["keywords"] = [said.of(flow.theme.name)]
    # Within a page no text may end the element it stands in.
    return json.dumps(whole, ensure_ascii=False).replace("<", "\\u003c")


def description(manifest: Manifest, said: Words) -> str:
    """What a table is, in a few sentences; schema.org asks for 50 to 5,000 characters."""
    flow = manifest.dataflow
    names = "; ".join(said.of(one.name) for one in flow.indicators)
    parts = [said.of(flow.name), names, said.of(flow.source.name), said.of(flow.source.population)]
    if flow.source.invented:
        parts.insert(0, said("invented_short").rstrip("."))
    return ". ".join(part.rstrip(".") for part in parts)[:4900] + "."


def days(manifest: Manifest) -> tuple[str, str]:
    """The first and the last day the figures are of."""
    spans = [span(code.id) for code in manifest.dataflow.dimensions[-1].codes]
    return min(s[0] for s in spans).isoformat(), max(s[1] for s in spans).isoformat()
