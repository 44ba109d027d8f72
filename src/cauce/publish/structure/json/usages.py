"""Bodies that are references, in SDMX-JSON."""

from cauce.model.structure import Agreement, Association, Categorisation, Ref, Usage
from cauce.publish.structure.json.objects import Js, Json, told
from cauce.publish.structure.ml.usages import ANY


def usage(js: Js, ref: Ref, body: Usage) -> Json:
    """The structure of a dataflow or a metadataflow; later also what the latter is about."""
    targets = [] if js.old or ref.kind == "dataflow" else list(body.targets or (ANY,))
    return told(structure=js.ref(body.structure) if body.structure else None, targets=targets)


def categorisation(js: Js, _: Ref, body: Categorisation) -> Json:
    return {"source": js.ref(body.source), "target": js.ref(body.target)}


def agreement(js: Js, ref: Ref, body: Agreement) -> Json:
    """Who provides which dataflow, or metadata of which metadataflow."""
    used, provider = js.ref(body.usage), js.ref(body.provider)
    if ref.kind == "metadataprovisionagreement":
        return told(metadataflow=used, metadataProvider=provider, targets=list(body.targets))
    return {"structureUsage" if js.old else "dataflow": used, "dataProvider": provider}


def association(js: Js, _: Ref, body: Association) -> Json:
    return told(
        linkedHierarchy=js.ref(body.hierarchy),
        linkedObject=js.ref(body.object),
        contextObject=js.ref(body.context) if body.context else None,
    )
