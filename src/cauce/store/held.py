"""Releases that wait for a second person and for their moment, outside of what the public reads.

A held release is a store of its own in a folder only this user can enter: it can be looked at as
the public will see it, and nothing of it is in the public store before its moment.
"""

import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.model.held import Held
from cauce.model.release import Release
from cauce.store.audits import Audits, audits_beside
from cauce.store.beside import check_beside, public_vintages
from cauce.store.catalogs import current_catalog
from cauce.store.documents import sealed, unsealed
from cauce.store.files import called, make_folder, read, write_durably
from cauce.store.places import Places, safe
from cauce.store.quality import together
from cauce.store.reader import Reader
from cauce.store.writer import Store

ONLY_US = 0o700
HOLD = "hold.json"
SECOND = "approved by a second person"


class Holds:
    """The held releases of one public store."""

    def __init__(self, root: Path, store: Path) -> None:
        if root.resolve().is_relative_to(store.resolve()):
            raise BadInput(
                f"{root} lies in the store, which the public reads. Hold releases elsewhere."
            )
        self._root = root
        self._store = store
        self._audits = audits_beside(store, root)

    @property
    def store(self) -> Path:
        """The public store they are held from."""
        return self._store

    @property
    def audits(self) -> Audits:
        """The audits of what is published in that store."""
        return Audits(self._audits)

    @property
    def needed(self) -> bool:
        """Whether this store takes two persons: it does from the first release held on.

        Its own history tells, too, whatever folder is named.
        """
        if self._root.is_dir():
            return True
        try:
            history = Reader(self._store).snapshot().history()
        except BadInput:
            return False
        return any(catalog.action.endswith(SECOND) for catalog in history)

    def hold(self, release: Release, by: str, now: datetime, embargo: datetime | None) -> Held:
        """Put a release by until a second person approves it, and until its moment if it has one.

        One held before under the same name is replaced, and its approval is void.

        Raises:
            BadInput: nobody says who they are; the moment is past; the store would refuse it.
        """
        if not by.strip():
            raise BadInput("Say who you are: --as NAME. A second person approves.")
        if embargo is not None and embargo <= now:
            raise BadInput(f"The embargo, {embargo.isoformat()}, is past. Leave it out.")
        if embargo is not None and embargo.microsecond:
            raise BadInput("An embargo is kept to the second. Leave out its fractions.")
        Store(self._store).check(release, moment(now))
        self._make_root()
        folder = self._folder(release.survey, release.vintage)
        # The word that it is held goes first and comes last: half a release is none.
        (folder / HOLD).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        make_folder(folder)
        Store(folder / "release").publish(release, moment(now))
        held = Held(
            survey=release.survey,
            vintage=release.vintage,
            catalog_sha256=self._hash(folder),
            held_by=by.strip(),
            held_at=moment(now),
            embargo="" if embargo is None else moment(embargo),
            beside=tuple(sorted(public_vintages(self._store, release.survey))),
        )
        return self._keep(held)

    def approve(self, survey: str, vintage: str, by: str, now: datetime) -> Held:
        """Say, as a second person, that a held release may be published.

        Raises:
            BadInput: it is not held, is published already, or is one's own; its files are not what
                was held; another vintage of the survey came out since.
        """
        held = self._open(survey, vintage)
        if not by.strip():
            raise BadInput("Say who you are: --as NAME.")
        if same_person(by, held.held_by):
            raise BadInput("Nobody approves their own release. Ask a second person.")
        self._check(held)
        check_beside(held, self._store)
        return self._keep(replace(held, approved_by=by.strip(), approved_at=moment(now)))

    def drop(self, survey: str, vintage: str) -> None:
        """Give a held release up. Raises BadInput if it is not held or is published."""
        self._open(survey, vintage)
        folder = self._folder(survey, vintage)
        (folder / HOLD).unlink()
        shutil.rmtree(folder)

    def publish_due(self, now: datetime) -> tuple[Held, ...]:
        """Publish what was approved and whose moment has come; never before it.

        What cannot be published keeps nothing else waiting: it is told when all were tried.

        Raises:
            BadInput: as `Store.publish`, the files are not what was approved, or another vintage
                of the survey came out since it was held.
        """
        done, problems = [], list[str]()
        for held in self.all():
            if due(held, now):
                try:
                    done.append(self._publish(held, now))
                except BadInput as error:
                    problems.append(str(error))
        if problems:
            out = [f"{one.survey} {one.vintage} is published." for one in done]
            raise BadInput("\n".join([*problems, *out]))
        return tuple(done)

    def all(self) -> tuple[Held, ...]:
        """Every release that is or was held, by name."""
        if not self._root.is_dir():
            return ()
        self._check_root()
        paths = sorted(self._root.glob(f"*/*/{HOLD}"))
        return tuple(unsealed(read(path), Held, called(path)) for path in paths)

    def place(self, held: Held) -> Path:
        """The store of its own in which a held release can be looked at."""
        return self._folder(held.survey, held.vintage) / "release"

    def _publish(self, held: Held, now: datetime) -> Held:
        self._check(held)
        check_beside(held, self._store)
        release = release_in(self.place(held))
        at = held.embargo or moment(now)
        Store(self._store, self._audits).publish(release, at, signed=SECOND)
        done = self._keep(replace(held, published_at=at))
        # What is published is public or withdrawn; no copy stays behind.
        shutil.rmtree(self.place(held))
        shutil.rmtree(audits_beside(self.place(held)), ignore_errors=True)
        return done

    def _open(self, survey: str, vintage: str) -> Held:
        """The release held under a name, if it is not published yet."""
        self._check_root()
        path = self._folder(survey, vintage) / HOLD
        if not path.exists():
            raise BadInput(f"{survey[:140]} {vintage[:140]} is not held. `cauce held` lists all.")
        held = unsealed(read(path), Held, called(path))
        if held.published_at:
            raise BadInput(f"{survey} {vintage} was published at {held.published_at}.")
        return held

    def _check(self, held: Held) -> None:
        """Raises BadInput if what is there is not what was held."""
        folder = self._folder(held.survey, held.vintage)
        faults = Store(folder / "release").scrub()
        if faults or self._hash(folder) != held.catalog_sha256:
            raise BadInput(
                f"{held.survey} {held.vintage} is not what was held"
                f"{': ' + faults[0] if faults else ''}. Hold it again, to be approved again."
            )

    def _hash(self, folder: Path) -> str:
        return current_catalog(Places(folder / "release")).sha256

    def _keep(self, held: Held) -> Held:
        write_durably(self._folder(held.survey, held.vintage) / HOLD, sealed(held))
        return held

    def _folder(self, survey: str, vintage: str) -> Path:
        return self._root / safe(survey) / safe(vintage)

    def _make_root(self) -> None:
        if not self._root.is_dir():
            make_folder(self._root.parent)
            self._root.mkdir(mode=ONLY_US)
        self._check_root()

    def _check_root(self) -> None:
        if self._root.is_dir() and self._root.stat().st_mode & 0o077:
            raise BadInput(f"Others can enter {self._root}. Give it the mode 0700.")


def due(held: Held, now: datetime) -> bool:
    """Whether a release may go out: approved, not out yet, and not a second before its moment."""
    if not held.approved_at or held.published_at:
        return False
    return not held.embargo or datetime.fromisoformat(held.embargo) <= now


def next_moment(all_held: tuple[Held, ...], now: datetime) -> datetime | None:
    """When the next approved release is due, None if none waits for its moment."""
    waiting = (
        datetime.fromisoformat(held.embargo)
        for held in all_held
        if held.approved_at and not held.published_at and held.embargo
    )
    return min((at for at in waiting if at > now), default=None)


def release_in(root: Path) -> Release:
    """The release a store of its own was made from."""
    snapshot = Reader(root).snapshot()
    manifests = snapshot.flows()
    first = manifests[0]
    compared = [snapshot.differences(m.dataflow.id) for m in manifests]
    return Release(
        survey=first.survey,
        vintage=first.vintage,
        flows=tuple(snapshot.observations(m.dataflow.id) for m in manifests),
        lineages=tuple(lineage for m in manifests for lineage in m.lineages),
        provenance=first.parts[0].provenance,
        headlines=first.headlines,
        audited=first.audited,
        notes=first.notes,
        reason=first.reason,
        lent=tuple(dict.fromkeys(lent for m in manifests for lent in m.lent)),
        quality=together([m.quality for m in manifests if m.quality is not None]),
        differences=tuple(each for each in compared if len(each.key)),
        crisis=first.crisis,
        audit=Audits(audits_beside(root)).of(first.audit_sha256).audit
        if first.audit_sha256
        else None,
    )


def same_person(one: str, other: str) -> bool:
    """Whether two names are one, whatever their capitals, accents and spaces."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return "".join(_letters(unicodedata.normalize("NFKD", name.casefold())))


def _letters(text: str) -> Iterator[str]:
    return (c for c in text if not unicodedata.combining(c) and not c.isspace())


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def to_the_thousandth(at: datetime) -> str:
    """As `moment`, but so that two vintages of one second are told apart."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
