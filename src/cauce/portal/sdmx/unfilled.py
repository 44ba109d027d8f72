"""Dataflows that came with another agency's structures, and without data: they are empty."""

from dataclasses import fields
from typing import Any

import numpy as np

from cauce.model.dataflow import ADMITTED, Dataflow, Dimension, Method, Source
from cauce.model.foreign import Foreign
from cauce.model.structure import Artefact, DataStructure, Ref, Usage
from cauce.model.text import Text
from cauce.portal.sdmx.flows import Named, is_named
from cauce.store import Snapshot
from cauce.store.series import Table


def unfilled(snapshot: Snapshot, asked: Named) -> list[Table]:
    """The tables without any row of the dataflows that are named and have no data."""
    if asked.context == "provisionagreement":
        return []
    held = snapshot.structures()
    flows = [m.dataflow.foreign for m in snapshot.flows()]
    filled = {each.flow for each in flows if each is not None}
    found = []
    for ref, artefact in held.items():
        if ref.kind == "dataflow" and ref not in filled and is_named(ref, asked):
            structure = artefact.body.structure if isinstance(artefact.body, Usage) else None
            body = held[structure].body if structure in held else None
            if structure and isinstance(body, DataStructure):
                found.append(_table(_dataflow(artefact, structure, body)))
    return found


def _dataflow(artefact: Artefact, structure: Ref, body: DataStructure) -> Dataflow:
    """A dataflow as its structure has it, without a code in any dimension."""
    ids = [each.id for each in body.dimensions if each.role != "time"]
    ids += [each.id for each in body.dimensions if each.role == "time"]
    said = next((told for _, told in artefact.names), artefact.ref.id)
    name = Text(said, said)
    return Dataflow(
        id=artefact.ref.id,
        version=artefact.ref.version,
        name=name,
        dimensions=tuple(Dimension(id_, Text(id_, id_), (), "") for id_ in ids),
        indicators=(),
        source=Source(artefact.ref.agency, "", name, name, "", "", invented=False),
        method=Method(ADMITTED, "", "", "", "", ""),
        foreign=Foreign(artefact.ref, structure, tuple(ids)),
        by_agency=True,
    )


def _table(flow: Dataflow) -> Table:
    key = np.empty((0, len(flow.dimensions)), dtype=np.int32)
    found: dict[str, Any] = {"dataflow": flow, "key": key}
    for each in fields(Table):
        if each.name not in found:
            words = str(each.type).startswith("tuple")
            found[each.name] = () if words else np.empty(0)
    return Table(**found)
