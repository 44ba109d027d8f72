"""What vintages changed of what stood there before: how many figures, by how much, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from cauce.model.vintage import Manifest
from cauce.portal.bulletin import Bulletin
from cauce.store import Damaged, NotPublished, Revision, Snapshot, Withdrawn

Nature = Literal["correction", "routine", "nothing"]
NATURES: tuple[Nature, ...] = ("correction", "routine", "nothing")
MOST = 100
"""Replaced vintages the page of revisions tells of, newest first."""


@dataclass(frozen=True)
class Revised:
    """A vintage that replaced another: what it changed of the periods that both have.

    A correction changes figures and brings no new period; a routine revision comes with one;
    nothing says that no figure changed. `figures` counts what it could have changed, `largest` is
    the greatest change in value as a part of the old one, None where no two can be compared.
    `gone` says that the vintage it replaced was withdrawn since, so that nothing can be compared.
    """

    manifest: Manifest
    changed: tuple[Revision, ...]
    figures: int
    nature: Nature
    largest: float | None
    gone: bool = False


def all_revised(snapshot: Snapshot, _: Bulletin) -> tuple[Revised, ...]:
    """Every vintage that replaced another and can still be read, newest first."""
    return tuple(_revised(manifest, snapshot) for manifest in _replacing(snapshot)[:MOST])


def _replacing(snapshot: Snapshot) -> list[Manifest]:
    found = [m for m in _readable(snapshot) if m.supersedes]
    return sorted(found, key=lambda m: (m.published_at, m.dataflow.id), reverse=True)


def _readable(snapshot: Snapshot) -> Iterator[Manifest]:
    for flow in snapshot.catalog.current:
        for vintage in snapshot.vintages(flow):
            try:
                yield snapshot.manifest(flow, vintage)
            except (Damaged, Withdrawn):
                continue


def _revised(manifest: Manifest, snapshot: Snapshot) -> Revised:
    flow, old = manifest.dataflow.id, manifest.supersedes
    try:
        changed = snapshot.revisions(flow, old, manifest.vintage)
        before = snapshot.manifest(flow, old)
        figures = len(snapshot.observations(flow, manifest.vintage).value)
    except (Damaged, NotPublished, Withdrawn):
        return Revised(manifest, (), 0, "nothing", None, gone=True)
    return Revised(manifest, changed, figures, _nature(manifest, before, changed), largest(changed))


def _nature(manifest: Manifest, before: Manifest, changed: tuple[Revision, ...]) -> Nature:
    if not changed:
        return "nothing"
    added = _periods(manifest) - _periods(before)
    return "routine" if added else "correction"


def _periods(manifest: Manifest) -> set[str]:
    return {period for part in manifest.parts for period in part.periods}


def largest(changed: tuple[Revision, ...]) -> float | None:
    """The greatest change in value, as a part of the old value."""
    parts = [
        abs(one.new - one.old) / abs(one.old)
        for one in changed
        if isfinite(one.old) and isfinite(one.new) and one.old
    ]
    return max(parts, default=None)
