"""One generation of the store, and what can be asked of it."""

import time
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np

from cauce.model.dataflow import Dataflow
from cauce.model.difference import Differences
from cauce.model.structure import Artefact, Ref
from cauce.model.vintage import Catalog, Manifest, Part
from cauce.store.catalogs import catalog_of, tombstones, without
from cauce.store.difference_table import from_parquet as from_differences
from cauce.store.difference_table import some
from cauce.store.documents import from_json
from cauce.store.errors import Damaged, NotPublished, Withdrawn
from cauce.store.files import called, read_checked
from cauce.store.memory import Memory
from cauce.store.places import Places
from cauce.store.revisions import Revision, revisions
from cauce.store.series import Table
from cauce.store.series_catalogue import SeriesCatalogue, catalogue_of
from cauce.store.shelves import Shelves
from cauce.store.structures import from_parquet as from_structures
from cauce.store.structures import together
from cauce.store.table import from_parquet

COUNTED = 10.0
"""Seconds after which the files of a generation are counted again, when somebody asks."""


class Snapshot:
    """One generation of the store. What it answers never changes, unless vintages are withdrawn.

    `alarms` are sentences on what is damaged.
    """

    def __init__(
        self,
        places: Places,
        catalog: Catalog,
        alarms: tuple[str, ...] = (),
        memory: Memory | None = None,
    ) -> None:
        self._places = places
        self._memory = Memory.of() if memory is None else memory
        self._flows: tuple[Manifest, ...] | None = None
        self._counted = 0.0
        self.as_agencies: Snapshot | None = None
        self.catalog = catalog
        self.alarms = alarms
        self.shelves = Shelves(places, catalog, self._memory.records)

    @property
    def generation(self) -> int:
        return self.catalog.generation

    def alarmed(self, alarm: str) -> "Snapshot":
        """The same generation, with one more alarm."""
        alarms = self.alarms if alarm in self.alarms else (*self.alarms, alarm)
        return Snapshot(self._places, self.catalog, alarms, self._memory)

    def flows(self) -> tuple[Manifest, ...]:
        """The current manifest of every dataflow that can be read, by survey and name.

        They are read once. What cannot be read, and what lacks a file of its numbers, is added to
        the alarms.
        """
        if self._flows is None:
            self._flows = tuple(sorted(self._read_flows(), key=lambda m: (m.survey, m.dataflow.id)))
            self.count_files()
        return self._flows

    def _read_flows(self) -> Iterator[Manifest]:
        for flow in self.catalog.current:
            try:
                yield self.manifest(flow)
            except Damaged as error:
                self._alarm(str(error))

    def count_files(self) -> None:
        """Add every file of numbers that is gone to the alarms; looked at every 10 s at most."""
        now = time.monotonic()
        if self._counted and now - self._counted < COUNTED:
            return
        self._counted = now
        for manifest in self.flows():
            for digest in sorted(manifest.objects):
                if not (path := self._places.object(digest)).exists():
                    flow = manifest.dataflow.id
                    self._alarm(f"The store lacks {called(path)}, which {flow} needs.")

    def open_as(self, last: "Snapshot", seconds: float) -> None:
        """Read what another generation has in memory, for about so many seconds at most.

        Raises as `observations` does.
        """
        deadline = time.monotonic() + seconds
        self.flows()
        for flow, vintage in last.catalog.current.items():
            digest = last.catalog.manifests.get(f"{flow}/{vintage}", "")
            if self._memory.tables.get(digest) is not None and flow in self.catalog.current:
                self.observations(flow)
            if time.monotonic() > deadline:
                return

    def vintages(self, flow: str) -> tuple[str, ...]:
        """The vintages of a dataflow that are kept, oldest first."""
        names = (name.split("/", 1) for name in self.catalog.manifests)
        return tuple(vintage for found, vintage in names if found == flow)

    def withdrawn(self, flow: str) -> dict[str, str]:
        """The withdrawn vintages of a dataflow, each with its reason."""
        names = ((*name.split("/", 1), reason) for name, reason in self.catalog.withdrawn.items())
        return {vintage: reason for found, vintage, reason in names if found == flow}

    def manifest(self, flow: str, vintage: str | None = None) -> Manifest:
        """The manifest of a vintage, the current one if none is named.

        Raises:
            Withdrawn: it was, for the reason given.
            NotPublished: there is no such dataflow or vintage.
            Damaged: its file is gone or not what was written.
        """
        wanted = self.catalog.current.get(flow) if vintage is None else vintage
        if wanted is None or f"{flow}/{wanted}" not in self.catalog.manifests:
            raise self._absent(flow, wanted)
        name = f"{flow}/{wanted}"
        digest, path = self.catalog.manifests[name], self._places.manifest(flow, wanted)
        try:
            return self._memory.manifests.read(
                digest, lambda: from_json(read_checked(path, digest), Manifest, called(path))
            )
        except Damaged as error:
            raise self._since_withdrawn(name, error) from error

    def observations(self, flow: str, vintage: str | None = None) -> Table:
        """All observations of a vintage of a dataflow, by key. Raises as `manifest` does."""
        manifest = self.manifest(flow, vintage)
        name = f"{flow}/{manifest.vintage}"
        digest = self.catalog.manifests[name]
        try:
            return self._memory.tables.read(
                digest, lambda: from_parquet(self._contents(manifest.parts), manifest.dataflow)
            )
        except Damaged as error:
            raise self._since_withdrawn(name, error) from error

    def series(self, flow: str, vintage: str | None = None) -> SeriesCatalogue:
        """The series of a vintage without their numbers, read once. Raises as `manifest` does."""
        manifest = self.manifest(flow, vintage)
        name = f"{flow}/{manifest.vintage}"
        digest = self.catalog.manifests[name]
        try:
            return self._memory.listed.read(
                digest, lambda: catalogue_of(self._contents(manifest.parts), manifest.dataflow)
            )
        except Damaged as error:
            raise self._since_withdrawn(name, error) from error

    def differences(self, flow: str, vintage: str | None = None) -> Differences:
        """The differences of a vintage of a dataflow, by key. Raises as `manifest` does.

        A change is left out where the earlier period was computed for another vintage: there is no
        covariance with what stands there now.
        """
        manifest = self.manifest(flow, vintage)
        name = f"{flow}/{manifest.vintage}"
        digest = self.catalog.manifests[name]
        try:
            return self._memory.compared.read(
                digest, lambda: self._differences(manifest.parts, manifest.dataflow)
            )
        except Damaged as error:
            raise self._since_withdrawn(name, error) from error

    def _differences(self, parts: tuple[Part, ...], dataflow: Dataflow) -> Differences:
        digests = [part.differences_sha256 for part in parts if part.differences_sha256]
        contents = [read_checked(self._places.object(digest), digest) for digest in digests]
        found = from_differences(contents, dataflow)
        computed = {period: part.vintage for part in parts for period in part.periods}
        vintages = np.array([computed.get(c.id, "") for c in dataflow.dimensions[-1].codes])
        change = found.across == len(dataflow.dimensions) - 1
        earlier = np.where(change, found.second, found.key[:, -1])
        return some(found, vintages[earlier] == vintages[found.key[:, -1]])

    def structures(self, without: frozenset[str] = frozenset()) -> dict[Ref, Artefact]:
        """The structures that came with the current vintages of other agencies' dataflows.

        Those whose object cannot be read are left out, and are among the alarms.

        Args:
            without: dataflows that are passed over.
        """
        digests = (m.structures_sha256 for m in self.flows() if m.dataflow.id not in without)
        found = []
        for digest in dict.fromkeys(filter(None, digests)):
            path = self._places.object(digest)
            try:
                found.append(
                    self._memory.structures.read(
                        digest,
                        partial(_structures_of, path, digest),
                    )
                )
            except Damaged as error:
                self._alarm(str(error))
        return together(found)

    def part(self, flow: str, period: str, vintage: str | None = None) -> Part:
        """The part a period of a vintage stands in; its `vintage` is the one that computed it.

        Raises as `manifest` does, and NotPublished if the vintage lacks the period.
        """
        manifest = self.manifest(flow, vintage)
        for part in manifest.parts:
            if period in part.periods:
                return part
        raise NotPublished(f"{flow} has no {period[:40]} in vintage {manifest.vintage}.")

    def revisions(
        self, flow: str, old: str | None = None, new: str | None = None
    ) -> tuple[Revision, ...]:
        """What a vintage (the current one) revised of another (the one it replaced).

        Raises as `manifest` does. A vintage that replaced none has no revisions.
        """
        after = self.manifest(flow, new)
        before = after.supersedes if old is None else old
        if not before:
            return ()
        return revisions(self.observations(flow, before), self.observations(flow, after.vintage))

    def history(self, most: int = 0) -> tuple[Catalog, ...]:
        """Every generation up to this one that can be read, oldest first; the last `most` if so."""
        found = []
        for generation in self._places.generations():
            if most and generation <= self.generation - most:
                continue
            if 0 < generation < self.generation:
                try:
                    found.append(catalog_of(self._places, generation))
                except Damaged as error:
                    self._alarm(str(error))
        return (*found, self.catalog)

    def at(self, moment: datetime) -> "Snapshot":
        """The generation that was current at a moment, without what was withdrawn since.

        Raises:
            NotPublished: nothing was published by then.
            Damaged: its catalog cannot be read.
        """
        for generation in reversed(self._places.generations()):
            if 0 < generation <= self.generation:
                catalog = catalog_of(self._places, generation)
                if datetime.fromisoformat(catalog.at) <= moment:
                    then = without(catalog, tombstones(self._places))
                    return Snapshot(self._places, then, self.alarms, self._memory)
        raise NotPublished(f"Nothing was published by {moment.isoformat(timespec='seconds')}.")

    def check_parts(self, parts: tuple[Part, ...], dataflow: Dataflow) -> None:
        """Raises Damaged if parts are not what was written, or do not fit a dataflow."""
        from_parquet(self._contents(parts), dataflow)
        self._differences(parts, dataflow)

    def _contents(self, parts: tuple[Part, ...]) -> list[bytes]:
        digests = (part.object_sha256 for part in parts)
        return [read_checked(self._places.object(digest), digest) for digest in digests]

    def _alarm(self, alarm: str) -> None:
        if alarm not in self.alarms:
            self.alarms = (*self.alarms, alarm)

    def _absent(self, flow: str, vintage: str | None) -> NotPublished | Withdrawn:
        """Why there is no such dataflow or vintage."""
        gone = self.withdrawn(flow)
        if vintage is None and flow not in self.catalog.current and gone:
            # The last one withdrawn is why the dataflow is gone.
            vintage = list(gone)[-1]
        if vintage in gone:
            return _withdrawn(flow, str(vintage), gone[str(vintage)])
        if vintage is not None and self.vintages(flow):
            return NotPublished(f"{flow} has no vintage {vintage[:140]}.")
        flows = ", ".join(sorted(self.catalog.current)[:30])
        has = f"The store has: {flows}." if flows else "The store is empty."
        return NotPublished(f"There is no dataflow {flow[:140]}. {has}")

    def _since_withdrawn(self, name: str, error: Damaged) -> Damaged | Withdrawn:
        """A file that is gone because its vintage was withdrawn after this generation."""
        grave = tombstones(self._places).get(name)
        return error if grave is None else _withdrawn(grave.flow, grave.vintage, grave.reason)


def _withdrawn(flow: str, vintage: str, reason: str) -> Withdrawn:
    return Withdrawn(f"{flow} {vintage} was withdrawn: {reason}", reason)


def _structures_of(path: Path, digest: str) -> tuple[Artefact, ...]:
    return from_structures(read_checked(path, digest), called(path))
