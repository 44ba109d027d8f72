"""Metadata sets as a metadata message of SDMX-JSON 2.0 and 2.1."""

from collections.abc import Iterable
from typing import Literal

from cauce.publish.json_head import dump, meta_of
from cauce.publish.message import Message
from cauce.publish.metadata.report import MetadataSet
from cauce.publish.structure.json.objects import Js, Json
from cauce.publish.structure.own.names import words

SCHEMAS = {
    "2.0": "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/metadata-message/tools/"
    "schemas/2.0.0/sdmx-json-metadata-schema.json",
    "2.1": "https://json.sdmx.org/2.1/sdmx-json-metadata-schema.json",
}


def metadata_json(
    sets: Iterable[MetadataSet], message: Message, version: Literal["2.0", "2.1"], stubs: bool
) -> bytes:
    """Source: SDMX-JSON 2.0.0 and 2.1.0 metadata messages, field guides."""
    js = Js(version, message.language)
    meta = meta_of(message.id, message.prepared, message.language, SCHEMAS[version])
    told = [_set(js, one, stubs) for one in sets]
    return dump({"meta": meta, "data": {"metadataSets": told}}).encode()


def _set(js: Js, one: MetadataSet, stubs: bool) -> Json:
    made: Json = {
        "id": one.id,
        "agencyID": one.metadataflow.agency,
        "version": one.version,
        **js.said(words(one.name), (), () if stubs else one.notes),
        "metadataflow": js.ref(one.metadataflow),
        "targets": [js.ref(one.target)],
    }
    if stubs:
        # The schema wants attributes even of a stub: they are there, and say nothing.
        return made | {"attributes": [{"id": id_} for id_, _ in one.attributes]}
    return made | {
        "validFrom": one.published_at,
        "reportingBegin": one.first,
        "reportingEnd": one.last,
        "attributes": [
            {"id": id_} | ({"value": {"en": text.en, "es": text.es}} if text else {})
            for id_, text in one.attributes
        ],
    }
