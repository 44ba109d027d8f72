"""A table as machines that harvest know it: schema.org's Dataset, and DCAT-AP 3.

Sources: schema.org 28 (Dataset, DataDownload); DCAT-AP 3.0.0 and DCAT 3 (W3C 2024); the EU's
authority tables for languages and file types are named by their addresses, as DCAT-AP asks.
"""

import json
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request

from cauce.model.rule import rule_in
from cauce.model.text import LANGUAGES
from cauce.model.vintage import Manifest
from cauce.portal.words import Words, words
from cauce.publish import span

EU = "http://publications.europa.eu/resource/authority"
SPOKEN = {"en": f"{EU}/language/ENG", "es": f"{EU}/language/SPA"}
KINDS = {
    "csv": ("text/csv", f"{EU}/file-type/CSV"),
    "json": ("application/json", f"{EU}/file-type/JSON"),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        f"{EU}/file-type/XLSX",
    ),
    "parquet": ("application/vnd.apache.parquet", f"{EU}/file-type/PARQUET"),
}
"""Endings of the files of a table, each with its media type and its DCAT file type."""
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "adms": "http://www.w3.org/ns/adms#",
    "prov": "http://www.w3.org/ns/prov#",
}


def endings(request: Request) -> tuple[str, ...]:
    """The kinds of files a table can be had as here, by the addresses the site answers."""
    paths = {getattr(route, "path", "") for route in request.app.routes}
    return tuple(e for e in KINDS if f"/{{language}}/tables/{{flow}}.{e}" in paths)


def schema_org(manifest: Manifest, said: Words, root: str, endings: Sequence[str]) -> str:
    """The Dataset of a table as JSON that may stand in a page."""
    flow, language = manifest.dataflow, said.language
    page = f"{root}/{language}/tables/{flow.id}"
    first, last = _days(manifest)
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


def catalog_jsonld(manifests: Sequence[Manifest], root: str, endings: Sequence[str]) -> str:
    """The catalogue of all tables as DCAT-AP 3 in JSON-LD, in both languages."""
    whole = {
        "@context": CONTEXT,
        "@id": f"{root}/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _both(lambda _: "Cauce"),
        "dct:description": _both(lambda said: said("tagline")),
        "dct:publisher": _agent("Cauce"),
        "foaf:homepage": {"@id": f"{root}/"},
        "dct:language": [{"@id": SPOKEN[language]} for language in LANGUAGES],
        "dct:modified": _typed(max((m.published_at for m in manifests), default="")),
        "dcat:dataset": [_dcat(manifest, root, endings) for manifest in manifests],
        "dcat:service": _service(root),
    }
    if not manifests:
        del whole["dct:modified"]
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _dcat(manifest: Manifest, root: str, endings: Sequence[str]) -> dict[str, Any]:
    flow = manifest.dataflow
    first, last = _days(manifest)
    page = f"{root}/en/tables/{flow.id}"
    told: dict[str, Any] = {
        "@id": f"{root}/en/metadata/{flow.id}",
        "@type": "dcat:Dataset",
        "dct:identifier": flow.id,
        "dct:title": _both(lambda said: said.of(flow.name)),
        "dct:description": _both(lambda said: description(manifest, said)),
        "dct:issued": _typed(manifest.published_at),
        "dcat:version": manifest.vintage,
        "dct:language": [{"@id": SPOKEN[language]} for language in LANGUAGES],
        "dct:publisher": _agent("Cauce"),
        "dct:creator": _agent(flow.source.citation),
        "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
        "dct:provenance": {
            "@type": "dct:ProvenanceStatement",
            "dct:description": _both(lambda said: said.of(flow.source.name)),
        },
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(first),
            "dcat:endDate": _day(last),
        },
        "dct:spatial": [
            {"@type": "dct:Location", "dct:identifier": code.id,
             "dct:title": _both(lambda said, name=code.name: said.of(name))}
            for code in flow.dimensions[1].codes
        ],
        "dcat:landingPage": {"@id": page, "@type": "foaf:Document"},
        "foaf:page": {"@id": f"{root}/en/metadata/{flow.id}", "@type": "foaf:Document"},
        "dcat:distribution": [
            _distribution(manifest, page, ending) for ending in endings
        ],
    }  # fmt: skip
    if flow.theme:
        name = flow.theme.name
        told["dcat:keyword"] = _both(lambda said: said.of(name))
    return told


def _distribution(manifest: Manifest, page: str, ending: str) -> dict[str, Any]:
    media, kind = KINDS[ending]
    licence = manifest.dataflow.source.licence
    return {
        "@id": f"{page}.{ending}",
        "@type": "dcat:Distribution",
        "dct:title": _both(lambda _: ending.upper()),
        "dcat:accessURL": {"@id": page},
        "dcat:downloadURL": {"@id": f"{page}.{ending}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
        "dct:format": {"@id": kind},
        "dct:rights": {
            "@type": "dct:RightsStatement",
            "dct:description": _both(lambda said: rule_in(licence, said.language)),
        },
    }


def _service(root: str) -> dict[str, Any]:
    return {
        "@id": f"{root}/sdmx/v2",
        "@type": "dcat:DataService",
        "dct:title": _both(lambda _: "SDMX REST 2"),
        "dcat:endpointURL": {"@id": f"{root}/sdmx/v2"},
        "dct:conformsTo": {"@id": "https://github.com/sdmx-twg/sdmx-rest"},
    }


def _both(told: Any) -> list[dict[str, str]]:
    return [{"@language": language, "@value": told(words(language))} for language in LANGUAGES]


def _agent(name: str) -> dict[str, Any]:
    return {"@type": "foaf:Agent", "foaf:name": name}


def _typed(moment: str) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": moment}


def _day(day: str) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": day}


def _days(manifest: Manifest) -> tuple[str, str]:
    """The first and the last day the figures are of."""
    spans = [span(code.id) for code in manifest.dataflow.dimensions[-1].codes]
    return min(s[0] for s in spans).isoformat(), max(s[1] for s in spans).isoformat()
