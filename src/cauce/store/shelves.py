"""The public registers of one generation of the store."""

from pathlib import Path

from cauce.model.shelf import Edition, PublicRecord
from cauce.model.vintage import Catalog
from cauce.store.catalogs import tombstones
from cauce.store.documents import from_json
from cauce.store.editions import PREFIX, shelf_name
from cauce.store.errors import Damaged, NotPublished, Withdrawn
from cauce.store.files import called, read_checked
from cauce.store.kept import Kept
from cauce.store.places import Places
from cauce.store.shelf_table import from_parquet

Records = tuple[PublicRecord, ...]


class Shelves:
    """The public registers of a generation, each with its current edition and earlier ones."""

    def __init__(self, places: Places, catalog: Catalog, kept: Kept[Records]) -> None:
        self._places = places
        self._kept = kept
        self._editions: dict[str, Edition] = {}
        self.catalog = catalog

    def ids(self) -> tuple[str, ...]:
        return tuple(sorted(self.catalog.shelves))

    def names(self, register: str) -> tuple[str, ...]:
        """The editions of a register that are kept, oldest first."""
        names = (name.split("/", 1) for name in self.catalog.manifests)
        return tuple(edition for found, edition in names if found == shelf_name(register))

    def edition(self, register: str, name: str = "") -> Edition:
        """An edition of a register, the current one if none is named.

        Raises:
            Withdrawn: it was, for the reason given.
            NotPublished: the register is not public, or has no such edition.
            Damaged: its file is gone or not what was written.
        """
        current = self.catalog.shelves.get(register)
        whole = f"{shelf_name(register)}/{name or current}"
        # The earlier editions of a register that is public no more are not public either.
        if current is None or whole not in self.catalog.manifests:
            raise self._absent(register, name)
        if whole not in self._editions:
            path = self._places.manifest(*whole.split("/", 1))
            content = self._read(whole, path, self.catalog.manifests[whole])
            self._editions[whole] = from_json(content, Edition, called(path))
        return self._editions[whole]

    def records(self, register: str, name: str = "") -> Records:
        """All records of an edition, by key. Raises as `edition` does."""
        edition = self.edition(register, name)
        whole = f"{shelf_name(register)}/{edition.edition}"
        digest = self.catalog.manifests[whole]
        found = self._kept.get(digest)
        if found is None:
            path = self._places.object(edition.object_sha256)
            found = from_parquet(self._read(whole, path, edition.object_sha256), edition.shelf)
            self._kept.put(digest, found)
        return found

    def _read(self, whole: str, path: Path, digest: str) -> bytes:
        try:
            return read_checked(path, digest)
        except Damaged as error:
            grave = tombstones(self._places).get(whole)
            if grave is None:
                raise
            raise _withdrawn(whole, grave.reason) from error

    def _absent(self, register: str, name: str) -> NotPublished | Withdrawn:
        """Why there is no such register or edition."""
        own = {
            whole: reason
            for whole, reason in self.catalog.withdrawn.items()
            if whole.split("/", 1)[0] == shelf_name(register)
        }
        asked = f"{shelf_name(register)}/{name}"
        if not name and register not in self.catalog.shelves and own:
            # The last one withdrawn is why the register is gone.
            asked = list(own)[-1]
        if asked in own:
            return _withdrawn(asked, own[asked])
        if name and register in self.catalog.shelves:
            return NotPublished(f"{register} has no edition {name[:140]}.")
        return NotPublished(f"There is no public register {register[:140]}.")


def _withdrawn(whole: str, reason: str) -> Withdrawn:
    told = whole.removeprefix(PREFIX).replace("/", " ")
    return Withdrawn(f"{told} was withdrawn: {reason}", reason)
