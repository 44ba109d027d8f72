"""Publishing, rolling back and withdrawing: each all or nothing, one at a time."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.model.release import Release
from cauce.model.shelf import Filled
from cauce.model.vintage import Catalog
from cauce.store.audits import Audits, audits_beside
from cauce.store.catalogs import (
    Current,
    catalog_of,
    current_catalog,
    newest_catalog,
    pointer_to,
    without,
)
from cauce.store.documents import sealed, to_json
from cauce.store.editions import is_shelf, shelf_name
from cauce.store.errors import Damaged, NotPublished
from cauce.store.files import remove_all, sha256, write_all, write_durably
from cauce.store.gone import Gone
from cauce.store.graves import Graves, already_withdrawn, graves_for
from cauce.store.places import Places
from cauce.store.plan import Plan, check_release, plan
from cauce.store.recover import finish_withdrawals, references, refuse_lost
from cauce.store.scrub import faults
from cauce.store.shelf_plan import check_shelves, plan_shelves, write_shelves
from cauce.store.snapshot import Snapshot
from cauce.store.structures import refuse_other
from cauce.store.turn import turn

DAY = 86_400.0
Progress = Callable[[str], None]


class Store:
    """The only writer of a store; a second one at the same time is refused.

    Every method leaves the old generation or the new one, whatever stops it, and can be called
    again after a failure.
    """

    def __init__(self, root: Path, audits: Path | None = None) -> None:
        """`audits` is where the office keeps what names withheld cells, beside `root` if None."""
        self._places = Places(root)
        self._audits = Audits(audits or audits_beside(root))

    def publish(
        self,
        release: Release,
        published_at: str,
        progress: Progress | None = None,
        signed: str = "",
    ) -> Catalog:
        """Publish all dataflows of a release, or none.

        A vintage that is there already with the same content changes nothing.

        Args:
            published_at: the moment, ISO 8601 with its offset.
            progress: told in words where it is.
            signed: who stands behind it, for the history of the store: no names.

        Raises:
            BadInput: nothing to publish; the vintage exists with another content, or was withdrawn;
                it replaces another one without a reason; someone else is publishing; the disk is
                full.
        """
        tell = progress or _silent
        provenance = check_release(release, published_at)
        with self._writing() as current:
            refuse_lost(current)
            snapshot = Snapshot(self._places, current.catalog)
            tell("Comparing with what is published")
            _check_structures(snapshot, release)
            made = (plan(snapshot, release, provenance, x, published_at) for x in release.flows)
            plans = [each for each in made if each is not None]
            if not plans:
                tell("It is published already")
                return current.catalog
            plans = self._with_audit(release, plans, published_at)
            tell(f"Writing {sum(len(each.objects) for each in plans)} objects")
            catalog = self._write(current.catalog, plans)
            action = f"publish {release.survey} {release.vintage}"
            action += f", {signed}" if signed else ""
            return self._commit(current, catalog, action, release.reason, published_at)

    def publish_registers(
        self, filled: Sequence[Filled], published_at: str, reason: str = "", whole: bool = True
    ) -> Catalog:
        """Publish a snapshot of registers, all or none.

        A register that says what its current edition says keeps it.

        Args:
            published_at: the moment, ISO 8601 with its offset.
            reason: shown with the editions.
            whole: these are all; a public register that is not among them is public no more.

        Raises:
            BadInput: nothing to publish; someone else is publishing; the disk is full.
        """
        check_shelves(filled, published_at)
        with self._writing() as current:
            refuse_lost(current)
            shelves = Snapshot(self._places, current.catalog).shelves
            plans = plan_shelves(shelves, filled, published_at, reason)
            given = {each.shelf.id for each in filled}
            gone = {name for name in current.catalog.shelves if whole and name not in given}
            if not plans and not gone:
                return current.catalog
            catalog = write_shelves(self._places, current.catalog, plans)
            kept = {name: at for name, at in catalog.shelves.items() if name not in gone}
            catalog = replace(catalog, shelves=kept)
            return self._commit(current, catalog, "publish registers", reason, published_at)

    def check(self, release: Release, published_at: str) -> None:
        """Raises BadInput, as `publish` would now, without writing anything."""
        provenance = check_release(release, published_at)
        there = self._places.version.is_file()
        current = current_catalog(self._places) if there else Current(Catalog(0, {}, {}), "")
        snapshot = Snapshot(self._places, current.catalog)
        _check_structures(snapshot, release)
        for flow in release.flows:
            plan(snapshot, release, provenance, flow, published_at)

    def rollback(self, to: int | None = None) -> Catalog:
        """Make the vintages of an earlier generation current again, as a new generation.

        Args:
            to: the generation; the one before the current one if None.

        Raises:
            NotPublished: there is no such generation.
            BadInput: some of its vintages were withdrawn, or it had none.
        """
        with self._writing(create=False) as current:
            # In a store that lost a catalog, this is the way out.
            base = newest_catalog(self._places) if current.lost else current
            wanted = base.catalog.generation - 1 if to is None else to
            if wanted not in self._places.generations() or wanted < 1:
                raise NotPublished(f"There is no generation {wanted} to go back to.")
            then = catalog_of(self._places, wanted)
            old, shelves = then.current, then.shelves
            kept = base.catalog.manifests
            named = [*old.items(), *((shelf_name(name), at) for name, at in shelves.items())]
            if gone := [f"{f} {v}" for f, v in named if f"{f}/{v}" not in kept]:
                raise BadInput(
                    f"Generation {wanted} has vintages that were withdrawn: {', '.join(gone)}."
                )
            if not named:
                raise BadInput(f"Nothing was published in generation {wanted}.")
            back = replace(base.catalog, current=old, shelves=shelves)
            if back == base.catalog and not current.lost:
                return base.catalog
            return self._commit(base, back, f"rollback to {wanted}")

    def withdraw(self, name: str, vintage: str, reason: str) -> Catalog:
        """Take a vintage of a survey or of one dataflow out of the public, and delete its numbers.

        What it told stays with the audits, for the office alone: it was known once.
        Later vintages that carry parts of it go with it. Each dataflow falls back to the vintage
        that the withdrawn one had replaced.

        Raises:
            NotPublished: there is no such vintage.
            BadInput: no reason is given.
        """
        if not reason.strip():
            raise BadInput("Say why: the reason is shown to everyone who asks for the vintage.")
        with self._writing(create=False) as current:
            refuse_lost(current)
            now = _now()
            snapshot = Snapshot(self._places, current.catalog)
            graves = graves_for(self._places, snapshot, name, vintage, reason.strip(), now)
            if not graves.new:
                if already_withdrawn(current.catalog, name, vintage):
                    return current.catalog
                raise NotPublished(f"{name[:140]} has no vintage {vintage[:140]}.")
            self._remember(snapshot, graves)
            write_all(
                {self._places.tombstone(g.flow, g.vintage): sealed(g) for g in graves.new.values()}
            )
            catalog = without(current.catalog, graves.all)
            done = self._commit(current, catalog, f"withdraw {name} {vintage}", reason.strip(), now)
            finish_withdrawals(self._places, done)
            return done

    def scrub(self) -> list[str]:
        """What is wrong with the files of the store, in sentences; empty if nothing is."""
        return faults(self._places)

    def collect(self, older_than: float = DAY) -> int:
        """Delete objects no kept vintage refers to, if older than so many seconds; how many."""
        with self._writing(create=False) as current:
            refuse_lost(current)
            wanted = references(self._places, current.catalog)
            limit = time.time() - older_than
            idle = [
                path
                for path in self._places.objects()
                if path.stem not in wanted and path.stat().st_mtime < limit
            ]
            remove_all(idle)
            return len(idle)

    def _remember(self, snapshot: Snapshot, graves: Graves) -> None:
        """Keep for the office what our own vintages told: later releases are protected beside it.

        What another producer told, what is derived, and what is damaged is not kept.
        """
        gone = Gone(self._audits)
        for grave in graves.new.values():
            if not is_shelf(grave.flow):
                with suppress(Damaged):
                    manifest = snapshot.manifest(grave.flow, grave.vintage)
                    if manifest.audited:
                        gone.keep(manifest, snapshot.observations(grave.flow, grave.vintage))

    def _writing(self, create: bool = True) -> AbstractContextManager[Current]:
        return turn(self._places, create)

    def _with_audit(self, release: Release, plans: list[Plan], at: str) -> list[Plan]:
        """The plans with the hash of the release's audit, which is kept before they are."""
        if release.audit is None:
            return plans
        name = self._audits.keep(release.audit, release.survey, release.vintage, at)
        return [replace(p, manifest=replace(p.manifest, audit_sha256=name)) for p in plans]

    def _write(self, catalog: Catalog, plans: list[Plan]) -> Catalog:
        """Write objects and manifests, in this order; nothing points at them yet."""
        objects = {
            self._places.object(digest): content
            for each in plans
            for digest, content in each.objects.items()
        }
        # One that is there with other bytes was damaged, and is mended here.
        write_all({p: c for p, c in objects.items() if not p.exists() or p.read_bytes() != c})
        current, manifests, files = dict(catalog.current), dict(catalog.manifests), {}
        for manifest in (each.manifest for each in plans):
            flow = manifest.dataflow.id
            content = to_json(manifest)
            files[self._places.manifest(flow, manifest.vintage)] = content
            manifests[f"{flow}/{manifest.vintage}"] = sha256(content)
            current[flow] = manifest.vintage
        write_all(files)
        return replace(catalog, current=current, manifests=manifests)

    def _commit(
        self, base: Current, catalog: Catalog, action: str, reason: str = "", at: str = ""
    ) -> Catalog:
        """The one moment of change: CURRENT is renamed."""
        made = replace(
            catalog,
            generation=1 + self._places.generations()[-1],
            at=at or _now(),
            action=action,
            reason=reason,
            previous=base.sha256,
        )
        content = sealed(made)
        write_durably(self._places.catalog(made.generation), content)
        write_durably(self._places.current, pointer_to(content, made.generation))
        return made


def _check_structures(snapshot: Snapshot, release: Release) -> None:
    """Raises BadInput if a structure is not what stays published under its name."""
    if release.structures:
        replaced = frozenset(flow.dataflow.id for flow in release.flows)
        refuse_other(snapshot.structures(without=replaced), release.structures)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _silent(message: str) -> None:
    del message
