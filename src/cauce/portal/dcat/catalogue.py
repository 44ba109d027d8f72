"""The catalogue of all tables for portals that harvest: DCAT-AP 3, with StatDCAT-AP's terms.

Sources: DCAT-AP 3.0.1 (SEMIC 2024) and DCAT 3 (W3C 2024); StatDCAT-AP 1.0.1 for dimensions,
attributes and units (no namespace of the draft of 3 is known); the EU's authority tables for
languages, file types, frequencies, countries and themes, as DCAT-AP asks.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pycountry

from cauce.model.codelist import Code
from cauce.model.dataflow import ADMITTED, AGENCY, Dataflow
from cauce.model.rule import rule_in
from cauce.model.structure import urn_of
from cauce.model.text import Text
from cauce.model.vintage import Manifest
from cauce.portal.dataset import days, description
from cauce.portal.dcat.distributions import file_of, sdmx
from cauce.portal.dcat.nodes import (
    EU,
    Json,
    agent,
    both,
    day_of,
    languages,
    moment,
    typed_id,
)
from cauce.portal.placed import place
from cauce.publish import ATTRIBUTES
from cauce.publish.codelists import unit_name
from cauce.publish.urns import structure_of

THEME = f"{EU}/data-theme/SOCI"
"""What all tables of labour migration are about."""
THEMED = {
    "@id": THEME,
    "@type": "skos:Concept",
    "skos:prefLabel": {"@language": "en", "@value": "Population and society"},
}
FREQUENCIES = {
    "A": "ANNUAL",
    "S": "ANNUAL_2",
    "T": "ANNUAL_3",
    "Q": "QUARTERLY",
    "M": "MONTHLY",
    "W": "WEEKLY",
    "D": "DAILY",
}
LENGTHS = {"A": "P1Y", "S": "P6M", "T": "P4M", "Q": "P3M", "M": "P1M", "W": "P7D", "D": "P1D"}
CONTEXT = {
    "@version": 1.1,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "adms": "http://www.w3.org/ns/adms#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "qb": "http://purl.org/linked-data/cube#",
    "stat": "http://data.europa.eu/m8g/",
}


@dataclass(frozen=True)
class Whereabouts:
    """Where the site is, and the kinds of files a table can be had as there.

    A site that is a `folder` has pages that end in .html, and neither a service nor old vintages.
    """

    root: str
    endings: Sequence[str]
    folder: bool = False

    def page(self, path: str, query: str = "") -> str:
        return f"{self.root}/en/{path}{'.html' if self.folder else query}"


def catalog_jsonld(
    manifests: Sequence[Manifest], at: Whereabouts, earlier: Mapping[str, Sequence[Manifest]]
) -> str:
    """The catalogue as JSON-LD, in both languages.

    Args:
        manifests: the current vintage of every table.
        earlier: by table, its other vintages that are kept, the newest first.
    """
    root = at.root
    kept = {} if at.folder else earlier
    whole: Json = {
        "@context": CONTEXT,
        "@id": f"{root}/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": both(lambda _: "Cauce"),
        "dct:description": both(lambda said: said("tagline")),
        "dct:publisher": agent("Cauce"),
        "foaf:homepage": typed_id(f"{root}/", "foaf:Document"),
        "dct:language": languages(),
        "dcat:dataset": [
            one
            for manifest in manifests
            for one in _series(manifest, at, kept.get(manifest.dataflow.id, ()))
        ],
        # Said once, and named by its address in each table.
        "@included": [THEMED, *(_attribute(one.id, one.name) for one in ATTRIBUTES)],
    }
    if not at.folder:
        whole["dcat:service"] = _service(root, manifests)
    if manifests:
        whole["dct:modified"] = moment(max(one.published_at for one in manifests))
        whole["dct:issued"] = moment(min(_first_issued(manifests, kept)))
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def _first_issued(
    manifests: Sequence[Manifest], earlier: Mapping[str, Sequence[Manifest]]
) -> Iterator[str]:
    for one in manifests:
        yield one.published_at
        yield from (other.published_at for other in earlier.get(one.dataflow.id, ()))


def _series(manifest: Manifest, at: Whereabouts, earlier: Sequence[Manifest]) -> Iterator[Json]:
    """A table, its earlier vintages, and the series of them if there are any."""
    kept = (manifest, *earlier)
    places = [_place(one, at.root, number == 0) for number, one in enumerate(kept)]
    if not earlier:
        yield _dataset(manifest, at, places[0], "")
        return
    series, name = f"{at.root}/en/metadata/{manifest.dataflow.id}#vintages", manifest.dataflow.name
    yield {
        "@id": series,
        # To the shapes of DCAT-AP a series is no dataset unless it says so.
        "@type": ["dcat:DatasetSeries", "dcat:Dataset"],
        "dct:title": both(lambda said: said("dcat_vintages", name=said.of(name))),
        "dct:description": both(lambda said: description(manifest, said)),
        "dct:publisher": agent("Cauce"),
        "dct:issued": moment(kept[-1].published_at),
        "dct:modified": moment(manifest.published_at),
        "dct:temporal": _temporal(kept),
        "dct:spatial": _spatial(manifest.dataflow),
        "dcat:last": {"@id": places[0]},
        "dcat:first": {"@id": places[-1]},
    }
    before = [*places[1:], ""]
    for one, own, previous in zip(kept, places, before, strict=True):
        told = _dataset(one, at, own, "" if own == places[0] else one.vintage)
        told["dcat:inSeries"] = {"@id": series}
        if previous:
            told["dcat:prev"] = {"@id": previous}
        yield told


def _place(manifest: Manifest, root: str, current: bool) -> str:
    """What a vintage is called: the table's own name for the current one."""
    page = f"{root}/en/metadata/{manifest.dataflow.id}"
    return page if current else f"{page}?vintage={manifest.vintage}"


def _dataset(manifest: Manifest, at: Whereabouts, own: str, vintage: str) -> Json:
    """A vintage of a table; `vintage` names it in the addresses of its files if it is old."""
    flow = manifest.dataflow
    query = f"?vintage={vintage}" if vintage else ""
    page = at.page(f"tables/{flow.id}", query)
    told: Json = {
        "@id": own,
        "@type": "dcat:Dataset",
        "dct:identifier": f"{flow.id} {vintage}" if vintage else flow.id,
        "dct:title": both(lambda said: said.of(flow.name)),
        "dct:description": both(lambda said: description(manifest, said)),
        "dct:issued": moment(manifest.published_at),
        "dcat:version": manifest.vintage,
        "dct:language": languages(),
        "dct:publisher": agent("Cauce"),
        "dct:creator": agent(flow.source.citation),
        "dct:accessRights": typed_id(f"{EU}/access-right/PUBLIC", "dct:RightsStatement"),
        "dct:provenance": {
            "@type": "dct:ProvenanceStatement",
            "dct:description": both(lambda said: said.of(flow.source.name)),
        },
        "dct:temporal": _temporal([manifest]),
        "dct:spatial": _spatial(flow),
        "dcat:theme": {"@id": THEME},
        "dcat:landingPage": typed_id(page, "foaf:Document"),
        "foaf:page": [*_pages(manifest, at, query)],
        "dcat:distribution": [
            *(file_of(flow, page, at.root, ending, query) for ending in at.endings),
            *(() if vintage or at.folder else sdmx(flow, at.root)),
        ],
        "stat:dimension": [
            _dimension(flow, one.id, one.name)
            for one in flow.dimensions
            if flow.foreign is None or one.id in flow.foreign.dimensions
        ],
        "stat:attribute": [{"@id": _concept(one.id)} for one in ATTRIBUTES if not flow.foreign],
        "stat:statUnitMeasure": [*_units(flow)],
    }
    told |= _rhythm(flow)
    if flow.theme:
        name = flow.theme.name
        told["dcat:keyword"] = both(lambda said: said.of(name))
    if reason := manifest.reason:
        told["adms:versionNotes"] = both(lambda said: rule_in(reason, said.language))
    return told


def _rhythm(flow: Dataflow) -> Json:
    """How long a period is; how often it is published is known of what packs declare alone."""
    codes = [code.id for code in flow.dimensions[0].codes]
    if len(codes) != 1 or codes[0] not in LENGTHS:
        return {}
    length = {"@type": "xsd:duration", "@value": LENGTHS[codes[0]]}
    if flow.method.var_method == ADMITTED:
        return {"dcat:temporalResolution": length}
    often = typed_id(f"{EU}/frequency/{FREQUENCIES[codes[0]]}", "dct:Frequency")
    return {"dcat:temporalResolution": length, "dct:accrualPeriodicity": often}


def _pages(manifest: Manifest, at: Whereabouts, query: str) -> Iterator[Json]:
    for name in ("metadata", "quality") if manifest.quality else ("metadata",):
        yield typed_id(at.page(f"{name}/{manifest.dataflow.id}", query), "foaf:Document")


def _temporal(manifests: Sequence[Manifest]) -> Json:
    spans = [days(one) for one in manifests]
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": day_of(min(first for first, _ in spans)),
        "dcat:endDate": day_of(max(last for _, last in spans)),
    }


def _spatial(flow: Dataflow) -> list[Json]:
    return [_area(code) for code in flow.dimensions[1].codes]


def _area(code: Code) -> Json:
    """An area; a country by the address the EU has for it, one that is invented by its name."""
    told: Json = {
        "@type": "dct:Location",
        "dct:identifier": code.id,
        "skos:prefLabel": both(lambda said: said.of(place(code))),
    }
    if pycountry.countries.get(alpha_3=code.id):
        told["@id"] = f"{EU}/country/{code.id}"
    return told


def _dimension(flow: Dataflow, id_: str, name: Text) -> Json:
    urn = urn_of(replace(structure_of(flow), item=id_))
    return typed_id(urn, "qb:DimensionProperty") | {"rdfs:label": both(lambda s: s.of(name))}


def _attribute(id_: str, name: Text) -> Json:
    told = typed_id(_concept(id_), "qb:AttributeProperty")
    return told | {"rdfs:label": both(lambda said: said.of(name))}


def _concept(id_: str) -> str:
    return f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:CS_CAUCE(1.0).{id_}"


def _units(flow: Dataflow) -> Iterator[Json]:
    for unit in dict.fromkeys(one.unit for one in flow.indicators):
        yield _unit(unit, unit_name(unit))


def _unit(id_: str, name: Text) -> Json:
    urn = f"urn:sdmx:org.sdmx.infomodel.codelist.Code={AGENCY}:CL_UNIT(1.0).{id_}"
    told = typed_id(urn, "skos:Concept")
    return told | {"skos:prefLabel": both(lambda said: said.of(name))}


def _service(root: str, manifests: Sequence[Manifest]) -> Json:
    return {
        "@id": f"{root}/sdmx/v2",
        "@type": "dcat:DataService",
        "dct:title": both(lambda _: "SDMX REST 2"),
        "dct:publisher": agent("Cauce"),
        "dcat:endpointURL": {"@id": f"{root}/sdmx/v2"},
        "dct:conformsTo": typed_id("https://github.com/sdmx-twg/sdmx-rest", "dct:Standard"),
        "dcat:theme": {"@id": THEME},
        "dcat:servesDataset": [{"@id": _place(one, root, True)} for one in manifests],
    }
