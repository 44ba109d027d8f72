"""What a crash has left: unfinished files go, withdrawals are finished, CURRENT is mended."""

from cauce.model.vintage import Catalog
from cauce.store.catalogs import Current, current_catalog, pointer_to
from cauce.store.documents import sealed
from cauce.store.editions import objects_of
from cauce.store.errors import Damaged
from cauce.store.files import called, make_folder, read, read_checked, remove_all, write_durably
from cauce.store.places import FOLDERS, FORMAT, Places


def found(places: Places) -> None:
    """Make an empty store: generation 0. VERSION comes last, so that half a store is none."""
    for folder in FOLDERS:
        make_folder(places.root / folder)
    empty = sealed(Catalog(0, {}, {}))
    write_durably(places.catalog(0), empty)
    write_durably(places.current, pointer_to(empty, 0))
    write_durably(places.version, f"{FORMAT}\n".encode())


def recovered(places: Places) -> Current:
    """The generation to build on, with nothing half done around it.

    A store whose newest catalog is lost is left as it is: see `refuse_lost`.
    """
    remove_all(places.unfinished())
    current = current_catalog(places)
    if current.lost:
        return current
    if current.alarms:
        newest = places.generations()[-1]
        content = read(places.catalog(newest))
        write_durably(places.current, pointer_to(content, newest))
        current = current_catalog(places)
    _undo(places, current.catalog)
    finish_withdrawals(places, current.catalog)
    return current


def refuse_lost(current: Current) -> None:
    """Raises Damaged if publications would be lost by building on this generation."""
    if current.lost:
        raise Damaged(
            f"{' '.join(current.alarms)} Nothing more is written to a store in this state. Restore "
            "the file from a backup, or give up what is lost with `cauce rollback --to "
            f"{current.catalog.generation}`."
        )


def references(places: Places, catalog: Catalog, strict: bool = True) -> set[str]:
    """The hashes of all objects that retained vintages refer to.

    Raises:
        Damaged: a manifest cannot be read, and `strict` forbids to pass over it.
    """
    found: set[str] = set()
    for name, digest in catalog.manifests.items():
        path = places.manifest(*name.split("/", 1))
        try:
            found |= objects_of(read_checked(path, digest), name, called(path))
        except Damaged:
            if strict:
                raise
    return found


def finish_withdrawals(places: Places, catalog: Catalog) -> None:
    """Delete what withdrawn vintages alone refer to, and at last their manifests."""
    paths = {places.manifest(*name.split("/", 1)): name for name in catalog.withdrawn}
    pending = {path: name for path, name in paths.items() if path.exists()}
    if not pending:
        return
    # A vintage that cannot be read must not stand in the way of a withdrawal.
    kept = references(places, catalog, strict=False)
    doomed: set[str] = set()
    for path, name in pending.items():
        try:
            doomed |= objects_of(read(path), name, called(path))
        except Damaged:
            # Nobody else is writing: whatever no vintage refers to may be what is to go.
            doomed |= {each.stem for each in places.objects()}
    remove_all(places.object(digest) for digest in doomed - kept)
    remove_all(pending)


def _undo(places: Places, catalog: Catalog) -> None:
    """Remove what was written for a generation that never became current."""
    later = [g for g in places.generations() if g > catalog.generation]
    remove_all(places.catalog(generation) for generation in later)
    known = {**catalog.manifests, **catalog.withdrawn}
    for folder, names in (("vintages", known), ("withdrawn", catalog.withdrawn)):
        files = (places.root / folder).glob("*/*.json")
        remove_all([path for path in files if f"{path.parent.name}/{path.stem}" not in names])
