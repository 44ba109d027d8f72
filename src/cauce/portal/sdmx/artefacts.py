"""The artefacts of one generation of the store, gathered once."""

from functools import lru_cache

from cauce.model.structure import Artefact
from cauce.model.vintage import Manifest
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.own import own_artefacts
from cauce.publish.urns import structure_of
from cauce.store import Snapshot
from cauce.store.structures import together


class _Flows:
    """The vintages that artefacts are made of, told apart by the hashes of their manifests."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.manifests = snapshot.flows()
        catalog = snapshot.catalog
        names = (f"{m.dataflow.id}/{m.vintage}" for m in self.manifests)
        self._digests = tuple(catalog.manifests[name] for name in names)

    def __hash__(self) -> int:
        return hash(self._digests)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Flows) and other._digests == self._digests


def artefacts_of(snapshot: Snapshot) -> Artefacts:
    """All artefacts that stand behind what is published, those of other agencies as they came."""
    return _gathered(_Flows(snapshot))


@lru_cache(maxsize=4)
def _gathered(flows: _Flows) -> Artefacts:
    ours = [m.dataflow for m in flows.manifests if m.dataflow.foreign is None]
    theirs = flows.snapshot.structures().values()
    return Artefacts(together([own_artefacts(ours), theirs]).values())


def structure_behind(everything: Artefacts, manifest: Manifest) -> Artefact | None:
    """The data structure of a dataflow."""
    return everything.get(structure_of(manifest.dataflow))
