"""One vintage of a table, with what is kept beside it."""

from dataclasses import dataclass

from cauce.model.observation import Observations
from cauce.model.vintage import Manifest
from cauce.portal.visit import Visit


@dataclass(frozen=True)
class Shelf:
    """A table to show: its vintage, its numbers, and the vintages kept beside it."""

    manifest: Manifest
    observations: Observations
    current: str
    kept: tuple[str, ...]

    @property
    def vintage_asked(self) -> str:
        """The vintage an address must name, "" for the current one."""
        return "" if self.manifest.vintage == self.current else self.manifest.vintage


def shelf_of(visit: Visit) -> Shelf:
    """The table an address names. Raises NotPublished or Withdrawn."""
    flow, snapshot = visit.part("flow"), visit.snapshot
    manifest = snapshot.manifest(flow, visit.query().get("vintage") or None)
    return Shelf(
        manifest=manifest,
        observations=snapshot.observations(flow, manifest.vintage),
        current=snapshot.catalog.current.get(flow, ""),
        kept=snapshot.vintages(flow),
    )
