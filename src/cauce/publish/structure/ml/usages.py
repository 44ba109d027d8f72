"""Bodies that are references, in SDMX-ML."""

from cauce.model.structure import Agreement, Association, Categorisation, Ref, Usage
from cauce.publish.structure.ml.elements import Element, Ml

ANY = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=*:*(*)"
"""What a metadataflow of 2.1, which does not say, is about: dataflows."""


def usage(ml: Ml, ref: Ref, body: Usage) -> list[Element]:
    """The structure of a dataflow or a metadataflow; in 3 also what the latter is about."""
    made = _refs(ml, [("Structure", body.structure)])
    if ml.old or ref.kind == "dataflow":
        return made
    return made + [ml.node("str:Target", one) for one in body.targets or (ANY,)]


def categorisation(ml: Ml, _: Ref, body: Categorisation) -> list[Element]:
    return _refs(ml, [("Source", body.source), ("Target", body.target)])


def agreement(ml: Ml, ref: Ref, body: Agreement) -> list[Element]:
    """Who provides which dataflow, or metadata of which metadataflow."""
    if ref.kind == "metadataprovisionagreement":
        made = _refs(ml, [("Metadataflow", body.usage), ("MetadataProvider", body.provider)])
        return made + [ml.node("str:Target", one) for one in body.targets]
    used = "StructureUsage" if ml.old else "Dataflow"
    return _refs(ml, [(used, body.usage), ("DataProvider", body.provider)])


def association(ml: Ml, _: Ref, body: Association) -> list[Element]:
    told = [
        ("LinkedHierarchy", body.hierarchy),
        ("LinkedObject", body.object),
        ("ContextObject", body.context),
    ]
    return _refs(ml, told)


def _refs(ml: Ml, told: list[tuple[str, Ref | None]]) -> list[Element]:
    return [ml.ref(f"str:{name}", ref) for name, ref in told if ref]
