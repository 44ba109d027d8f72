"""The artefacts of a generation of the store, and what its data say about them."""

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from cauce.model.structure import Artefact
from cauce.model.vintage import Manifest
from cauce.portal.sdmx.query import Query
from cauce.portal.sdmx.there import there_of
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.own import actual, filled, own_artefacts
from cauce.store import Damaged, Snapshot
from cauce.store.structures import together

_HELD: "WeakKeyDictionary[Snapshot, Artefacts]" = WeakKeyDictionary()


def held(snapshot: Snapshot) -> Artefacts:
    """All artefacts, ours and those of others as they came, made once for a generation."""
    found = _HELD.get(snapshot)
    if found is None:
        flows = [manifest.dataflow for manifest in snapshot.flows()]
        ours = own_artefacts([flow for flow in flows if flow.foreign is None])
        found = Artefacts(together((ours, snapshot.structures().values())).values())
        _HELD[snapshot] = found
    return found


def with_data(artefacts: Iterable[Artefact], snapshot: Snapshot) -> list[Artefact]:
    """The artefacts, and in our Actual constraints what there is; a stub does not say it."""
    ours = {actual(m.dataflow).ref: m for m in snapshot.flows() if m.dataflow.foreign is None}
    return [
        _told(one, ours[one.ref], snapshot) if one.ref in ours and not one.external else one
        for one in artefacts
    ]


def _told(artefact: Artefact, manifest: Manifest, snapshot: Snapshot) -> Artefact:
    try:
        there = there_of(snapshot, manifest, Query(), "exact")
    except Damaged:
        # The data cannot be told; the structure can, and the store's alarms say the rest.
        return artefact
    return filled(artefact, there.codes, there.series, there.observations)
