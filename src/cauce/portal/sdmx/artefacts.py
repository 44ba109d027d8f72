"""The artefacts of one generation of the store, gathered once."""

from functools import lru_cache

from cauce.model.structure import Artefact, Ref
from cauce.model.vintage import Manifest
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.own import own_artefacts
from cauce.store import Snapshot


class _Flows:
    """The vintages that artefacts are made of, told apart by the hashes of their manifests."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.manifests = snapshot.flows()
        catalog = snapshot.catalog
        names = (f"{m.dataflow.id}/{m.vintage}" for m in self.manifests)
        self._digests = tuple(catalog.manifests[name] for name in names)

    def __hash__(self) -> int:
        return hash(self._digests)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Flows) and other._digests == self._digests


def artefacts_of(snapshot: Snapshot) -> Artefacts:
    """All artefacts that stand behind what is published."""
    return _gathered(_Flows(snapshot))


@lru_cache(maxsize=4)
def _gathered(flows: _Flows) -> Artefacts:
    return Artefacts(own_artefacts([manifest.dataflow for manifest in flows.manifests]))


def structure_behind(everything: Artefacts, manifest: Manifest) -> Artefact | None:
    """The data structure of a dataflow."""
    flow = manifest.dataflow
    return everything.get(Ref("datastructure", "CAUCE", f"DSD_{flow.id}", flow.version))
