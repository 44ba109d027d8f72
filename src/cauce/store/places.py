"""Where everything is in the store."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.store.errors import Damaged
from cauce.store.files import TEMPORARY, read

FORMAT = "1"
NAME = re.compile(r"[A-Za-z0-9_@$-][A-Za-z0-9_@$.-]{0,127}")
FOLDERS = ("objects", "vintages", "catalog", "withdrawn")
FILES = ("CURRENT", "VERSION", "lock")
# A new file system brings this folder along.
HARMLESS = ("lost+found",)


@dataclass(frozen=True)
class Places:
    """The files of a store under its root folder."""

    root: Path

    @property
    def current(self) -> Path:
        return self.root / "CURRENT"

    @property
    def version(self) -> Path:
        return self.root / "VERSION"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    def object(self, digest: str) -> Path:
        return self.root / "objects" / digest[:2] / f"{digest}.parquet"

    def manifest(self, flow: str, vintage: str) -> Path:
        return self.root / "vintages" / safe(flow) / f"{safe(vintage)}.json"

    def catalog(self, generation: int) -> Path:
        return self.root / "catalog" / f"{generation}.json"

    def tombstone(self, flow: str, vintage: str) -> Path:
        return self.root / "withdrawn" / safe(flow) / f"{safe(vintage)}.json"

    def generations(self) -> tuple[int, ...]:
        """The generations there is a catalog of, oldest first, whether committed or not."""
        stems = (path.stem for path in (self.root / "catalog").glob("*.json"))
        return tuple(sorted(int(stem) for stem in stems if stem.isdecimal()))

    def objects(self) -> Iterator[Path]:
        return (self.root / "objects").glob("*/*.parquet")

    def unfinished(self) -> Iterator[Path]:
        """What a crash in the middle of writing a file has left."""
        yield from self.root.glob(f"*{TEMPORARY}")
        for folder in FOLDERS:
            yield from (self.root / folder).rglob(f"*{TEMPORARY}")


def safe(name: str) -> str:
    """The name of a dataflow or vintage, refused if it could be anything else than a file name."""
    if not NAME.fullmatch(name):
        raise BadInput(
            f"{name[:140]!r} is no name of a dataflow or vintage. Use up to 128 letters without "
            "accents, digits and _ @ $ - ., with no dot in front."
        )
    return name


def check_version(places: Places) -> None:
    """Raises if the store was written by a newer program, or there is none, or it is damaged."""
    if not places.version.is_file():
        if any(generation > 0 for generation in places.generations()):
            raise Damaged("The store lacks VERSION. Restore it from a backup.")
        raise BadInput(f"There is no store at {places.root}. `cauce release` makes one.")
    found = read(places.version).decode(errors="replace").strip()
    if not found.isdecimal():
        raise Damaged("VERSION of the store cannot be understood. Restore it from a backup.")
    if found != FORMAT:
        raise BadInput(
            f"The store has format {found[:20]}; this program knows format {FORMAT}. "
            "Use the program that wrote it, or a newer one."
        )


def check_free(places: Places) -> None:
    """Raises BadInput if the folder holds things that are no part of a store."""
    if places.root.is_dir() and not places.version.exists():
        other = {path.name for path in places.root.iterdir() if path.suffix != TEMPORARY}
        if other - {*FOLDERS, *FILES, *HARMLESS}:
            raise BadInput(
                f"{places.root} is no store and holds other things. Name a new or empty folder."
            )
