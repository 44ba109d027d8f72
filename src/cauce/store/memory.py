"""What readers keep in memory of what they read: bounded, and forgotten once it is withdrawn."""

from dataclasses import dataclass, fields

from cauce.model.difference import Differences
from cauce.model.structure import Artefact
from cauce.model.vintage import Catalog, Manifest
from cauce.store.kept import Kept
from cauce.store.series import Table
from cauce.store.series_catalogue import SeriesCatalogue
from cauce.store.shelves import Records

MOST_TABLES, MOST_MESSAGES, MEMORY = 10_000, 16, 1 << 29
"""How many tables and messages of structures are kept, and how many bytes tables may take."""
Message = tuple[Artefact, ...]


@dataclass(frozen=True)
class Memory:
    """Tables, their manifests, series, comparisons, records of registers, others' structures."""

    tables: Kept[Table]
    manifests: Kept[Manifest]
    listed: Kept[SeriesCatalogue]
    compared: Kept[Differences]
    records: Kept[Records]
    structures: Kept[Message]

    @classmethod
    def of(cls, tables: int = MEMORY) -> "Memory":
        """An empty one; tables may take so many bytes together, catalogues of series an eighth."""
        return cls(
            Kept(MOST_TABLES, lambda table: table.held_bytes, tables),
            Kept(MOST_TABLES),
            Kept(MOST_TABLES, lambda catalogue: catalogue.held_bytes, tables // 8),
            Kept(),
            Kept(),
            Kept(MOST_MESSAGES),
        )

    def keep(self, catalog: Catalog) -> None:
        """Forget what a catalogue does not have: what was withdrawn leaves the memory, too."""
        for field in fields(self):
            getattr(self, field.name).keep(catalog)
