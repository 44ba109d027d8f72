"""Which vintages of a dataflow were public from when on, and what each of them changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from cauce.model.arrays import Ints
from cauce.portal.sdmx.query import Query
from cauce.publish.options import Action
from cauce.store import Snapshot
from cauce.store.changes import changes
from cauce.store.series import Table


@dataclass(frozen=True)
class Edition:
    """A vintage, and the moment it became current."""

    vintage: str
    at: str


@dataclass(frozen=True)
class Changed:
    """Rows of a table and what to do with them; those of a Delete are of the vintage before."""

    table: Table
    rows: Ints
    action: Action
    valid_from: str = ""
    valid_to: str = ""


def editions(snapshot: Snapshot, flow: str) -> list[Edition]:
    """The vintages of a dataflow in the order they were current, without what was withdrawn."""
    found: list[Edition] = []
    for catalog in snapshot.history():
        vintage = catalog.current.get(flow)
        if vintage is None or f"{flow}/{vintage}" not in snapshot.catalog.manifests:
            continue
        if not found or found[-1].vintage != vintage:
            found.append(Edition(vintage, catalog.at))
    return found


Step = tuple[Edition | None, Edition]
"""A vintage and the one before it, None if it is told whole."""


def steps(snapshot: Snapshot, flow: str, query: Query) -> list[Step]:
    """The vintages a query asks about, oldest first, each with the one it is compared with."""
    told = editions(snapshot, flow)
    known = [edition for edition in told if query.since is None or _by(edition, query.since)]
    fresh = told[len(known) :] if query.since else told
    last = known[-1] if query.since and known else None
    if not query.history:
        fresh = fresh[-1:]
    return [(before, edition) for before, edition in zip([last, *fresh], fresh, strict=False)]


def changed(snapshot: Snapshot, flow: str, query: Query) -> Iterator[Changed]:
    """What changed since a moment, or with every dissemination, oldest first.

    Source: SDMX REST 2.2.2, updatedAfter and includeHistory; 1.5.0, how to handle includeHistory.
    """
    for last, edition in steps(snapshot, flow, query):
        yield from _step(snapshot, flow, last, edition)


def _step(
    snapshot: Snapshot, flow: str, last: Edition | None, edition: Edition
) -> Iterator[Changed]:
    """What a vintage changed of the one before; what is neither fresh nor gone is not told."""
    new = snapshot.observations(flow, edition.vintage)
    if last is None:
        yield Changed(new, np.arange(len(new.value)), "Replace", valid_from=edition.at)
        return
    old = snapshot.observations(flow, last.vintage)
    found = changes(old, new)
    if len(found.fresh):
        yield Changed(new, found.fresh, "Replace", valid_from=edition.at)
    if len(found.gone):
        yield Changed(old, found.gone, "Delete", valid_to=edition.at)


def _by(edition: Edition, moment: datetime) -> bool:
    return datetime.fromisoformat(edition.at) <= moment
