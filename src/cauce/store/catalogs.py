"""Which generation is current, and which one to serve when that cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cauce.model.vintage import Catalog, Tombstone
from cauce.store.documents import from_json, to_json, unsealed
from cauce.store.editions import shelf_name
from cauce.store.errors import Damaged
from cauce.store.files import called, read, read_checked, sha256
from cauce.store.places import Places, check_version

UNREADABLE = "The reason cannot be read: its file is damaged."


@dataclass(frozen=True)
class Pointer:
    """What CURRENT holds."""

    generation: int
    sha256: str


@dataclass(frozen=True)
class Current:
    """The catalog to serve, the hash of its file, and what is wrong if it is not as it should be.

    `lost` says that newer catalogs exist that it knows nothing of.
    """

    catalog: Catalog
    sha256: str
    alarms: tuple[str, ...] = ()
    lost: bool = False


def pointer_to(catalog_content: bytes, generation: int) -> bytes:
    """What CURRENT holds for a catalog."""
    return to_json(Pointer(generation, sha256(catalog_content)))


def current_catalog(places: Places) -> Current:
    """The catalog CURRENT points at, or the newest one that can be read, with an alarm.

    Raises:
        BadInput: there is no store here, or a newer program wrote it.
        Damaged: none of its catalogs can be read.
    """
    check_version(places)
    # Listed before CURRENT is read: what is published in between is then no surprise.
    listed = places.generations()
    try:
        pointer = from_json(read(places.current), Pointer, "CURRENT")
        path = places.catalog(pointer.generation)
        content = read_checked(path, pointer.sha256)
        catalog = unsealed(content, Catalog, called(path))
    except Damaged as error:
        return newest_catalog(places, str(error))
    later = [generation for generation in listed if generation > pointer.generation]
    if len(later) > 1:
        # A crash leaves one catalog that nobody points at; more of them were current once.
        alarm = (
            f"CURRENT points at generation {pointer.generation}, and there are catalogs up to "
            f"{later[-1]}: an old CURRENT was put back."
        )
        return Current(catalog, pointer.sha256, (alarm,), lost=True)
    return Current(catalog, pointer.sha256)


def catalog_of(places: Places, generation: int) -> Catalog:
    """An earlier catalog. Raises Damaged if it is not what was written."""
    path = places.catalog(generation)
    return unsealed(read(path), Catalog, called(path))


def newest_catalog(places: Places, alarm: str = "") -> Current:
    """The newest catalog that can be read. Raises Damaged if there is none."""
    generations = places.generations()
    for generation in reversed(generations):
        try:
            catalog = catalog_of(places, generation)
        except Damaged:
            continue
        # An older catalog does not know what was withdrawn since.
        catalog = without(catalog, tombstones(places))
        note = f"{alarm} Generation {generation}, the newest that can be read, is served."
        digest = sha256(read(places.catalog(generation)))
        return Current(catalog, digest, (note,), generation != generations[-1])
    raise Damaged(f"{alarm} And no catalog can be read. Restore the store from a backup.")


def tombstones(places: Places) -> dict[str, Tombstone]:
    """Every tombstone by "dataflow/vintage"; one that cannot be read still marks a grave."""
    found = {}
    for path in (places.root / "withdrawn").glob("*/*.json"):
        flow, vintage = path.parent.name, path.stem
        try:
            grave = unsealed(read(path), Tombstone, called(path))
        except Damaged:
            grave = Tombstone(flow, vintage, "", UNREADABLE, "")
        found[f"{flow}/{vintage}"] = grave
    return found


def without(catalog: Catalog, graves: Mapping[str, Tombstone]) -> Catalog:
    """The catalog without what has a tombstone: each dataflow falls back to what it had replaced.

    What was rolled back does not come again by itself, and a dataflow with nothing left is gone.
    """
    gone = {name: graves[name].reason for name in catalog.manifests if name in graves}
    kept = {name: sha for name, sha in catalog.manifests.items() if name not in graves}
    current = {flow: before(flow, newest, graves) for flow, newest in catalog.current.items()}
    shelves = {
        register: before(shelf_name(register), newest, graves)
        for register, newest in catalog.shelves.items()
    }
    return replace(
        catalog,
        current={flow: v for flow, v in current.items() if f"{flow}/{v}" in kept},
        shelves={r: v for r, v in shelves.items() if f"{shelf_name(r)}/{v}" in kept},
        manifests=kept,
        withdrawn={**catalog.withdrawn, **gone},
    )


def before(name: str, vintage: str, graves: Mapping[str, Tombstone]) -> str:
    """The vintage itself or, if it has a tombstone, what it had replaced, "" if nothing."""
    while f"{name}/{vintage}" in graves:
        vintage = graves[f"{name}/{vintage}"].supersedes
    return vintage
