"""Where everything is in the store."""

import re
from dataclasses import dataclass
from pathlib import Path

from cauce.model.errors import BadInput

FORMAT = "1"
NAME = re.compile(r"[A-Za-z0-9_@$-][A-Za-z0-9_@$.-]{0,127}")


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


def safe(name: str) -> str:
    """The name of a dataflow or vintage, refused if it could be anything else than a file name."""
    if not NAME.fullmatch(name):
        raise BadInput(f"{name[:140]!r} is no name of a dataflow or vintage.")
    return name


def check_version(places: Places) -> None:
    """Raises BadInput if the store was written by a newer program."""
    if places.version.exists() and (found := places.version.read_text().strip()) != FORMAT:
        raise BadInput(
            f"The store has format {found[:20]}; this program knows format {FORMAT}. "
            "Use the program that wrote it, or a newer one."
        )
