"""Publishing, rolling back and withdrawing: each all or nothing, one at a time."""

import fcntl
import json
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.model.release import Release
from cauce.model.vintage import Catalog, Manifest, Part
from cauce.store.documents import to_json
from cauce.store.files import read_checked, sha256, write_durably
from cauce.store.merge import merged
from cauce.store.places import FORMAT, Places, check_version, safe
from cauce.store.reader import Snapshot, current_catalog, pointer_to
from cauce.store.table import to_parquet

DAY = 86_400.0


class Store:
    """The only writer of a store; a second one at the same time is refused."""

    def __init__(self, root: Path) -> None:
        self._places = Places(root)

    def publish(self, release: Release, published_at: str) -> Catalog:
        """Publish all dataflows of a release, or none.

        A vintage that is there already with the same numbers changes nothing.

        Args:
            published_at: the moment, ISO 8601 in UTC.

        Raises:
            BadInput: nothing to publish; the vintage exists with other numbers; it replaces
                another one without a reason; someone else is publishing; the disk is full.
        """
        if release.provenance is None or not any(len(flow.value) for flow in release.flows):
            raise BadInput(f"{release.survey} {release.vintage} has no observation to publish.")
        safe(release.vintage)
        with self._writing() as (catalog, snapshot):
            plans = [self._plan(snapshot, release, flow, published_at) for flow in release.flows]
            if all(plan is None for plan in plans):
                return catalog
            current, manifests = dict(catalog.current), dict(catalog.manifests)
            for plan in plans:
                if plan is not None:
                    manifest, objects = plan
                    for digest, content in objects.items():
                        if not self._places.object(digest).exists():
                            write_durably(self._places.object(digest), content)
                    flow = manifest.dataflow.id
                    content = to_json(manifest)
                    write_durably(self._places.manifest(flow, release.vintage), content)
                    manifests[f"{flow}/{release.vintage}"] = sha256(content)
                    current[flow] = release.vintage
            return self._commit(
                replace(
                    catalog,
                    generation=self._next(),
                    current=current,
                    manifests=manifests,
                )
            )

    def rollback(self, to: int | None = None) -> Catalog:
        """Make the vintages of an earlier generation current again, as a new generation."""
        with self._writing() as (catalog, _):
            wanted = catalog.generation - 1 if to is None else to
            path = self._places.catalog(wanted)
            if wanted < 1 or not path.exists():
                raise BadInput(f"There is no generation {wanted} to go back to.")
            old = json.loads(path.read_bytes())["current"]
            gone = [f"{f} {v}" for f, v in old.items() if f"{f}/{v}" not in catalog.manifests]
            if gone:
                raise BadInput(
                    f"Generation {wanted} has vintages that were withdrawn: {', '.join(gone)}."
                )
            return self._commit(replace(catalog, generation=self._next(), current=old))

    def withdraw(self, name: str, vintage: str, reason: str) -> Catalog:
        """Take a vintage of a survey or of one dataflow out of the public, and delete its numbers.

        Later vintages that carry parts of it go with it.
        """
        if not reason.strip():
            raise BadInput("Say why: the reason is shown to everyone who asks for the vintage.")
        with self._writing() as (catalog, snapshot):
            kept = (snapshot.manifest(*each.split("/", 1)) for each in catalog.manifests)
            affected = [
                manifest
                for manifest in kept
                if name in (manifest.survey, manifest.dataflow.id)
                and any(part.vintage == vintage for part in manifest.parts)
            ]
            if not affected:
                raise BadInput(f"{name[:140]} has no vintage {vintage[:140]}.")
            return self._withdraw(catalog, affected, reason)

    def scrub(self) -> list[str]:
        """What is wrong with the files of the store, in sentences; empty if nothing is."""
        faults: list[str] = []
        catalog, alarms = current_catalog(self._places)
        faults += alarms
        snapshot = Snapshot(self._places, catalog, (), OrderedDict())
        for name in catalog.manifests:
            try:
                for part in snapshot.manifest(*name.split("/", 1)).parts:
                    read_checked(self._places.object(part.object_sha256), part.object_sha256)
            except BadInput as error:
                faults.append(f"{name}: {error}")
        return faults

    def collect(self, older_than: float = DAY) -> int:
        """Delete objects no kept vintage refers to, if older than so many seconds; how many."""
        with self._writing() as (catalog, snapshot):
            wanted = {
                part.object_sha256
                for name in catalog.manifests
                for part in snapshot.manifest(*name.split("/", 1)).parts
            }
            limit = time.time() - older_than
            idle = [
                path
                for path in (self._places.root / "objects").rglob("*.parquet")
                if path.stem not in wanted and path.stat().st_mtime < limit
            ]
            for path in idle:
                path.unlink()
            return len(idle)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Catalog, Snapshot]]:
        """The catalog to build on, while nobody else writes."""
        root = self._places.root
        try:
            (root / "catalog").mkdir(parents=True, exist_ok=True)
            check_version(self._places)
            with self._places.lock.open("a") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise BadInput(
                        "Another publication is under way in this store. Try again when it is done."
                    ) from None
                for left in root.rglob("*.tmp"):
                    left.unlink()
                catalog = self._catalog()
                self._finish_withdrawals(catalog)
                yield catalog, Snapshot(self._places, catalog, (), OrderedDict())
        except OSError as error:
            raise BadInput(
                f"The store could not be written: {error.strerror or error}. What was published "
                "before is untouched."
            ) from error

    def _catalog(self) -> Catalog:
        if not any((self._places.root / "catalog").iterdir()):
            write_durably(self._places.version, FORMAT.encode())
            return Catalog(0, {}, {}, {})
        return current_catalog(self._places)[0]

    def _next(self) -> int:
        """The number after every catalog there is: a crash may have left one nobody points at."""
        folder = self._places.root / "catalog"
        return 1 + max((int(p.stem) for p in folder.glob("*.json")), default=0)

    def _commit(self, catalog: Catalog) -> Catalog:
        """The one moment of change: CURRENT is renamed."""
        content = to_json(catalog)
        write_durably(self._places.catalog(catalog.generation), content)
        write_durably(self._places.current, pointer_to(content, catalog.generation))
        return catalog

    def _plan(
        self, snapshot: Snapshot, release: Release, flow: Observations, published_at: str
    ) -> tuple[Manifest, dict[str, bytes]] | None:
        """The manifest and objects of one dataflow, or nothing if they are there already."""
        name = flow.dataflow.id
        parts, objects = _parts(release, flow)
        if release.vintage in snapshot.vintages(name):
            old = snapshot.manifest(name, release.vintage)
            own = [part for part in old.parts if part.vintage == release.vintage]
            if [p.object_sha256 for p in own] == [p.object_sha256 for p in parts]:
                return None
            raise BadInput(
                f"{name} has a vintage {release.vintage} with other numbers, and vintages are "
                "never overwritten. Give the pack a new vintage name and say why in `reason`."
            )
        return _manifest(snapshot, release, flow, tuple(parts), published_at), objects

    def _withdraw(self, catalog: Catalog, affected: list[Manifest], reason: str) -> Catalog:
        current, manifests = dict(catalog.current), dict(catalog.manifests)
        withdrawn = dict(catalog.withdrawn)
        for manifest in affected:
            flow = manifest.dataflow.id
            name = f"{flow}/{manifest.vintage}"
            del manifests[name]
            withdrawn[name] = reason
            tomb = {"reason": reason, "objects": [p.object_sha256 for p in manifest.parts]}
            write_durably(self._places.tombstone(flow, manifest.vintage), json.dumps(tomb).encode())
            if current.get(flow) == manifest.vintage:
                del current[flow]
        for name in manifests:
            flow, vintage = name.split("/", 1)
            if current.get(flow) != catalog.current.get(flow):
                current[flow] = vintage
        done = self._commit(
            replace(
                catalog,
                generation=self._next(),
                current=current,
                manifests=manifests,
                withdrawn=withdrawn,
            )
        )
        self._finish_withdrawals(done)
        return done

    def _finish_withdrawals(self, catalog: Catalog) -> None:
        """Delete what withdrawn vintages alone refer to; a crash may have left it."""
        pending = [
            name
            for name in catalog.withdrawn
            if self._places.manifest(*name.split("/", 1)).exists()
        ]
        if not pending:
            return
        snapshot = Snapshot(self._places, catalog, (), OrderedDict())
        wanted = {
            part.object_sha256
            for name in catalog.manifests
            for part in snapshot.manifest(*name.split("/", 1)).parts
        }
        for name in pending:
            flow, vintage = name.split("/", 1)
            tomb = json.loads(self._places.tombstone(flow, vintage).read_bytes())
            for digest in set(tomb["objects"]) - wanted:
                self._places.object(digest).unlink(missing_ok=True)
            self._places.manifest(flow, vintage).unlink()


def _parts(release: Release, flow: Observations) -> tuple[list[Part], dict[str, bytes]]:
    """One part per period, with its bytes by hash."""
    if release.provenance is None:
        raise BadInput(f"{release.survey} {release.vintage} does not say where it comes from.")
    parts, objects = [], {}
    for position, code in enumerate(flow.dataflow.dimensions[-1].codes):
        rows = np.flatnonzero(flow.key[:, -1] == position)
        if len(rows):
            content = to_parquet(flow, rows)
            digest = sha256(content)
            objects[digest] = content
            parts.append(Part((code.id,), digest, len(rows), release.vintage, release.provenance))
    return parts, objects


def _manifest(
    snapshot: Snapshot,
    release: Release,
    flow: Observations,
    parts: tuple[Part, ...],
    published_at: str,
) -> Manifest:
    """The manifest of a new vintage, with the parts of periods that were not released anew."""
    name, dataflow = flow.dataflow.id, flow.dataflow
    supersedes = ""
    carried: tuple[Part, ...] = ()
    if name in snapshot.catalog.current:
        old = snapshot.manifest(name)
        supersedes = old.vintage
        periods = {period for part in parts for period in part.periods}
        carried = tuple(part for part in old.parts if not periods & set(part.periods))
        if len(carried) < len(old.parts) and not release.reason.strip():
            raise BadInput(
                f"{name} is published for the same period as vintage {old.vintage}. Say in the "
                "pack's `reason` why this one replaces it."
            )
        dataflow = merged(dataflow, old.dataflow) if carried else dataflow
    return Manifest(
        dataflow=dataflow,
        survey=release.survey,
        vintage=release.vintage,
        published_at=published_at,
        parts=tuple(sorted(carried + parts, key=lambda part: part.periods)),
        lineages=tuple(x for x in release.lineages if x.dataflow == name),
        headlines=release.headlines,
        audited=release.audited,
        supersedes=supersedes,
        reason=release.reason,
        notes=release.notes,
    )
