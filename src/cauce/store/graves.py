"""Which vintages go when one is withdrawn, and what stays of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from cauce.model.errors import BadInput
from cauce.model.vintage import Catalog, Tombstone
from cauce.store.catalogs import tombstones
from cauce.store.editions import ALL, PREFIX, is_shelf
from cauce.store.errors import Damaged
from cauce.store.places import Places
from cauce.store.snapshot import Snapshot


@dataclass(frozen=True)
class Graves:
    """Tombstones by "dataflow/vintage": those of this withdrawal, and all with those before."""

    new: dict[str, Tombstone]
    all: dict[str, Tombstone]


def graves_for(
    places: Places, snapshot: Snapshot, name: str, vintage: str, reason: str, at: str
) -> Graves:
    """The tombstones of a vintage of a survey or dataflow, and of all that carry parts of it."""
    new = {
        f"{flow}/{affected}": Tombstone(flow, affected, at, reason, before)
        for flow, affected, before in _affected(snapshot, name, vintage)
    }
    return Graves(new, {**tombstones(places), **new})


def already_withdrawn(catalog: Catalog, name: str, vintage: str) -> bool:
    """Was the vintage withdrawn from the dataflow, or from one of the survey's?"""
    names = (each.split("/", 1) for each in catalog.withdrawn)
    return any(_of(flow, name) and found == vintage for flow, found in names)


def _affected(snapshot: Snapshot, name: str, vintage: str) -> Iterator[tuple[str, str, str]]:
    """Dataflow, vintage and the vintage it replaced, of all that must go."""
    for each in snapshot.catalog.manifests:
        flow, kept = each.split("/", 1)
        if is_shelf(flow):
            if kept == vintage and _of(flow, name):
                yield flow, kept, _edition_before(snapshot, flow, kept)
            continue
        try:
            manifest = snapshot.manifest(flow, kept)
        except Damaged:
            # It cannot say what it carries; by its name it can still be withdrawn.
            if kept == vintage and _of(flow, name):
                yield flow, kept, _before(snapshot.vintages(flow), kept)
            continue
        carries = any(part.vintage == vintage for part in manifest.parts)
        if carries and name in (manifest.survey, flow):
            yield flow, kept, manifest.supersedes


def _of(flow: str, name: str) -> bool:
    """Is it the dataflow, one whose id begins with the survey's, or a register so called?"""
    if is_shelf(flow):
        return name in (ALL, flow, flow.removeprefix(PREFIX))
    return flow == name or flow.startswith(f"{name}_")


def _edition_before(snapshot: Snapshot, shelf: str, edition: str) -> str:
    try:
        return snapshot.shelves.edition(shelf.removeprefix(PREFIX), edition).supersedes
    except BadInput:
        return _before(snapshot.vintages(shelf), edition)


def _before(vintages: tuple[str, ...], vintage: str) -> str:
    earlier = vintages[: vintages.index(vintage)]
    return earlier[-1] if earlier else ""
