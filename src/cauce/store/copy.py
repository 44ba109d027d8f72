"""Copying a store: objects once and for good, and the small files that point at them."""

from collections.abc import Iterator
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.store.catalogs import Current, current_catalog, pointer_to
from cauce.store.files import make_folder, read, read_checked, write_all, write_durably
from cauce.store.places import FOLDERS, FORMAT, Places
from cauce.store.recover import references
from cauce.store.scrub import faults

SMALL = tuple(folder for folder in FOLDERS if folder != "objects")


def copy_store(root: Path, objects: Path, into: Path) -> Current:
    """Copy a store while others may publish into it.

    Args:
        root: the store.
        objects: the folder that keeps the objects of every copy; nothing in it is ever deleted.
        into: a new folder for the catalogs, manifests and tombstones of this copy.

    Returns:
        The generation that was copied.

    Raises:
        BadInput: there is no store, or it is damaged.
    """
    places = Places(root)
    while True:
        current = current_catalog(places)
        if current.alarms:
            raise BadInput(f"The store is not whole: {' '.join(current.alarms)} Mend it first.")
        _copy_objects(places, current, objects)
        write_all({into / name: content for name, content in _small(places, current)})
        # Someone may have withdrawn meanwhile; then what was copied is not a generation.
        if current_catalog(places).sha256 == current.sha256:
            break
    content = read(places.catalog(current.catalog.generation))
    write_durably(into / "CURRENT", pointer_to(content, current.catalog.generation))
    write_durably(into / "VERSION", f"{FORMAT}\n".encode())
    return current


def put_back(into: Path, objects: Path, root: Path) -> Current:
    """Make a store again from a copy; every file is checked.

    Raises:
        BadInput: the folder is not empty; a file of the copy is damaged.
    """
    if root.is_dir() and any(root.iterdir()):
        raise BadInput(f"{root} is not empty. Restore into a new folder, then change places.")
    copied, made = Places(into), Places(root)
    make_folder(root)
    for folder in SMALL:
        make_folder(root / folder)
        files = [path for path in (into / folder).rglob("*") if path.is_file()]
        write_all({root / path.relative_to(into): read(path) for path in files})
    current = current_catalog(copied)
    for digest in sorted(references(copied, current.catalog)):
        source = objects / digest[:2] / f"{digest}.parquet"
        write_durably(made.object(digest), read_checked(source, digest))
    write_durably(made.version, read(copied.version))
    write_durably(made.current, read(copied.current))
    if found := faults(made):
        raise BadInput(f"The restored store is not whole: {found[0]}")
    return current_catalog(made)


def _copy_objects(places: Places, current: Current, objects: Path) -> None:
    for digest in sorted(references(places, current.catalog)):
        path = objects / digest[:2] / f"{digest}.parquet"
        if not path.exists():
            write_durably(path, read_checked(places.object(digest), digest))


def _small(places: Places, current: Current) -> Iterator[tuple[str, bytes]]:
    """The files this generation rests on, by name; no object, and no later generation."""
    for generation in places.generations():
        if generation <= current.catalog.generation:
            yield f"catalog/{generation}.json", read(places.catalog(generation))
    for kind, names in (
        (places.manifest, current.catalog.manifests),
        (places.tombstone, current.catalog.withdrawn),
    ):
        for name in names:
            path = kind(*name.split("/", 1))
            yield path.relative_to(places.root).as_posix(), read(path)
