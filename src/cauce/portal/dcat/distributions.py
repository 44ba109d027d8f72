"""The files of a table, and what the SDMX service gives of it, as distributions."""

from collections.abc import Iterator

from cauce.model.dataflow import Dataflow
from cauce.model.rule import rule_in
from cauce.model.text import LANGUAGES
from cauce.portal.dataset import KINDS
from cauce.portal.dcat.nodes import EU, Json, both, typed_id
from cauce.publish.urns import flow_of

CONFORMS = {
    "jsonstat": "https://json-stat.org/full/",
    "zip": "https://datapackage.org/profiles/2.0/datapackage.json",
}
SDMX = (("JSON", "json", "sdmx-json"), ("CSV", "csv", "sdmx-csv"), ("XML", "xml", "sdmx-ml"))


def file_of(flow: Dataflow, page: str, root: str, ending: str, query: str) -> Json:
    kind, file_type = KINDS[ending]
    address = f"{root}/en/tables/{flow.id}.{ending}{query}"
    told: Json = {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": both(lambda said: said(f"file_{ending}")),
        "dcat:accessURL": {"@id": page},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": media(kind),
        "dct:format": typed_id(f"{EU}/file-type/{file_type}", "dct:MediaTypeOrExtent"),
        "dct:rights": rights(flow),
    }
    if standard := CONFORMS.get(ending):
        told["dct:conformsTo"] = typed_id(standard, "dct:Standard")
    return told


def sdmx(flow: Dataflow, root: str) -> Iterator[Json]:
    """The current vintage from the service, in each syntax of SDMX 3."""
    ref = flow_of(flow)
    address = f"{root}/sdmx/v2/data/dataflow/{ref.agency}/{ref.id}/{ref.version}"
    for name, syntax, word in SDMX:
        yield {
            "@id": f"{address}?format={word}",
            "@type": "dcat:Distribution",
            "dct:title": [{"@language": one, "@value": f"SDMX-{name}"} for one in LANGUAGES],
            "dcat:accessURL": {"@id": address},
            "dcat:accessService": {"@id": f"{root}/sdmx/v2"},
            "dcat:mediaType": media(f"application/vnd.sdmx.data+{syntax}"),
            "dct:format": typed_id(f"{EU}/file-type/{name}", "dct:MediaTypeOrExtent"),
            "dct:rights": rights(flow),
        }


def media(kind: str) -> Json:
    return typed_id(f"https://www.iana.org/assignments/media-types/{kind}", "dct:MediaType")


def rights(flow: Dataflow) -> Json:
    """The licence in the words of who gives it: which known one they mean is not for us to say."""
    licence = flow.source.licence
    return {
        "@type": "dct:RightsStatement",
        "dct:description": both(lambda said: rule_in(licence, said.language)),
    }
