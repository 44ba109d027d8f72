"""Every file of the store against its hash."""

from collections.abc import Iterator

from cauce.model.vintage import Catalog, Tombstone
from cauce.store.catalogs import Current, current_catalog
from cauce.store.documents import unsealed
from cauce.store.editions import objects_of
from cauce.store.errors import Damaged
from cauce.store.files import called, read, read_checked, sha256
from cauce.store.places import Places


def faults(places: Places) -> list[str]:
    """What is wrong with the files of the store, in sentences; empty if nothing is."""
    while True:
        current = current_catalog(places)
        found = list(dict.fromkeys(_faults(places, current)))
        # Someone may have published or withdrawn meanwhile: then look again.
        if not found or current_catalog(places).catalog.generation == current.catalog.generation:
            return found


def _faults(places: Places, current: Current) -> Iterator[str]:
    yield from current.alarms
    yield from _catalogs(places, current.catalog.generation)
    yield from _tombstones(places, current.catalog)
    for name, wanted in current.catalog.manifests.items():
        path = places.manifest(*name.split("/", 1))
        try:
            objects = objects_of(read_checked(path, wanted), name, called(path))
        except Damaged as error:
            yield str(error)
            continue
        for digest in sorted(objects):
            try:
                read_checked(places.object(digest), digest)
            except Damaged as error:
                yield f"{name}: {error}"


def _catalogs(places: Places, last: int) -> Iterator[str]:
    """Every catalog carries its own hash, and each but the last is vouched for by a later one."""
    hashes, previous = set(), {}
    for generation in places.generations():
        if generation > last:
            continue
        path = places.catalog(generation)
        try:
            content = read(path)
            previous[generation] = unsealed(content, Catalog, called(path)).previous
            hashes.add(sha256(content))
        except Damaged as error:
            yield str(error)
    for generation, wanted in previous.items():
        if wanted and wanted not in hashes:
            yield f"The catalog that generation {generation} was built on is not what was written."


def _tombstones(places: Places, catalog: Catalog) -> Iterator[str]:
    for name in catalog.withdrawn:
        path = places.tombstone(*name.split("/", 1))
        try:
            unsealed(read(path), Tombstone, called(path))
        except Damaged as error:
            yield str(error)
