"""Metadata sets as a generic metadata message of SDMX-ML 2.1, 3.0 and 3.1."""

from collections.abc import Iterable
from functools import cached_property

from lxml import etree

from cauce.model.dataflow import AGENCY
from cauce.model.text import Text
from cauce.publish.message import Message
from cauce.publish.metadata.report import MetadataSet
from cauce.publish.structure.ml.elements import Element, Ml, Version
from cauce.publish.structure.own import METADATAFLOW, REPORT, TARGET
from cauce.publish.structure.own.names import words


class MetadataMl(Ml):
    """Writes elements of one version, those of metadata among them."""

    @cached_property
    def spaces(self) -> dict[str, str]:
        base = f"http://www.sdmx.org/resources/sdmxml/schemas/v{self.version.replace('.', '_')}"
        return {
            "mes": f"{base}/message",
            "com": f"{base}/common",
            "gen": f"{base}/metadata/generic",
        }


def metadata_ml(
    sets: Iterable[MetadataSet], message: Message, version: Version, stubs: bool
) -> bytes:
    """Source: SDMX 2.1, 3.0 and 3.1, SDMXMetadataGeneric.xsd and SDMXMessage.xsd."""
    ml = MetadataMl(version)
    write = _old_set if ml.old else _set
    told = [write(ml, one, stubs) for one in sets]
    root = ml.node("mes:GenericMetadata", _header(ml, message), told)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _header(ml: Ml, message: Message) -> Element:
    return ml.node(
        "mes:Header",
        ml.node("mes:ID", message.id),
        ml.node("mes:Test", "false"),
        ml.node("mes:Prepared", message.prepared),
        ml.node("mes:Sender", at={"id": AGENCY}),
        ml.node(
            "mes:Structure",
            ml.ref("com:StructureUsage", METADATAFLOW),
            at={"structureID": METADATAFLOW.id},
        ),
    )


def _set(ml: Ml, one: MetadataSet, stubs: bool) -> Element:
    at = {"id": one.id, "agencyID": one.metadataflow.agency, "version": one.version}
    if stubs:
        return ml.node("mes:MetadataSet", ml.words("com:Name", words(one.name)), at=at)
    return ml.node(
        "mes:MetadataSet",
        ml.annotations(one.notes),
        ml.words("com:Name", words(one.name)),
        ml.ref("gen:Metadataflow", one.metadataflow),
        ml.ref("gen:Target", one.target),
        [
            ml.node("gen:Attribute", _texts(ml, text), at={"id": id_})
            for id_, text in one.attributes
        ],
        at=at
        | {
            "validFrom": one.published_at,
            "reportingBeginDate": one.first,
            "reportingEndDate": one.last,
        },
    )


def _old_set(ml: Ml, one: MetadataSet, _: bool) -> Element:
    """In 2.1 a set is no artefact, and so there is no stub of one: a report about a target."""
    attributes = [
        ml.node("gen:ReportedAttribute", _texts(ml, text), at={"id": id_})
        for id_, text in one.attributes
    ]
    about = ml.node("gen:ReferenceValue", ml.ref("gen:ObjectReference", one.target),
                    at={"id": TARGET})  # fmt: skip
    return ml.node(
        "mes:MetadataSet",
        ml.annotations(one.notes),
        ml.words("com:Name", words(one.name)),
        ml.node(
            "gen:Report",
            ml.node("gen:Target", about, at={"id": TARGET}),
            ml.node("gen:AttributeSet", attributes),
            at={"id": REPORT},
        ),
        at={
            "structureRef": METADATAFLOW.id,
            "setID": one.id,
            "validFromDate": one.published_at,
            "reportingBeginDate": one.first,
            "reportingEndDate": one.last,
        },
    )


def _texts(ml: Ml, text: Text | None) -> list[Element]:
    return ml.words("com:Text", words(text)) if text else []
