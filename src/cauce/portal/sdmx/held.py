"""The artefacts of a generation of the store, and what its data say about them."""

from collections.abc import Iterable
from functools import lru_cache

from cauce.model.structure import Artefact
from cauce.model.vintage import Manifest
from cauce.portal.sdmx.query import Query
from cauce.portal.sdmx.there import there_of
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.own import actual, filled, own_artefacts
from cauce.store import Damaged, Snapshot
from cauce.store.structures import together


class _Flows:
    """The vintages that artefacts are made of, told apart by the hashes of their manifests.

    What came with another agency's dataflow counts, too: it is not there while it cannot be read.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.manifests = snapshot.flows()
        self.theirs = snapshot.structures()
        catalog = snapshot.catalog
        names = (f"{m.dataflow.id}/{m.vintage}" for m in self.manifests)
        self._told = (*(catalog.manifests[name] for name in names), *self.theirs)

    def __hash__(self) -> int:
        return hash(self._told)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Flows) and other._told == self._told


def held(snapshot: Snapshot) -> Artefacts:
    """All artefacts, ours and those of others as they came, made once for what is published."""
    return _gathered(_Flows(snapshot))


@lru_cache(maxsize=4)
def _gathered(flows: _Flows) -> Artefacts:
    ours = [m.dataflow for m in flows.manifests if m.dataflow.foreign is None]
    return Artefacts(together([own_artefacts(ours), flows.theirs.values()]).values())


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
