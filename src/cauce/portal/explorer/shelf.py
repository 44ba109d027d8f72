"""One vintage of a table, with what is kept beside it."""

from dataclasses import dataclass

from cauce.model.dataflow import Dataflow
from cauce.model.observation import Observations
from cauce.model.vintage import Manifest
from cauce.portal.asked import Wish
from cauce.portal.bounds import afford_table
from cauce.portal.visit import Visit


@dataclass(frozen=True)
class Shelf:
    """A table to show: its vintage, its numbers, and the vintages kept beside it.

    `named` says that the address names the vintage: its links go on doing so.
    """

    manifest: Manifest
    observations: Observations
    current: str
    kept: tuple[str, ...]
    named: bool = False

    @property
    def flow(self) -> Dataflow:
        return self.observations.dataflow

    @property
    def old(self) -> bool:
        """Whether this is not the current vintage."""
        return self.manifest.vintage != self.current

    @property
    def vintage_asked(self) -> str:
        """The vintage an address must name, "" for the current one."""
        return self.manifest.vintage if self.named or self.old else ""


def shelf_of(visit: Visit) -> Shelf:
    """The table an address names. Raises NotPublished, Withdrawn or TooMuch."""
    flow, snapshot = visit.part("flow"), visit.snapshot
    vintage = visit.query().get("vintage", "").strip()
    manifest = snapshot.manifest(flow, vintage or None)
    afford_table(manifest, visit.site.limits)
    return Shelf(
        manifest=manifest,
        observations=snapshot.observations(flow, manifest.vintage),
        current=snapshot.catalog.current.get(flow, ""),
        kept=snapshot.vintages(flow),
        named=bool(vintage),
    )


def wish_of(visit: Visit) -> Wish:
    """The parameters of the address, each with all that was given under its name."""
    found: dict[str, list[str]] = {}
    for name, word in visit.request.query_params.multi_items():
        found.setdefault(name, []).append(word)
    return found
