"""What each generation of the store made public, told as notices, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from cauce.model.text import Text
from cauce.model.vintage import Catalog
from cauce.portal.bulletin import Bulletin
from cauce.store import Damaged, NotPublished, Snapshot, Withdrawn
from cauce.store.editions import PREFIX, is_shelf, shelf_name

Kind = Literal["published", "revised", "registers", "withdrawn", "put_back"]
MOST = 200
"""Generations that are told of; the store keeps all."""


@dataclass(frozen=True)
class Issued:
    """A table or register a notice is about; `path` is "" where it cannot be read any more.

    `supersedes` is the vintage it replaced, "" if it is the first.
    """

    id: str
    name: Text
    vintage: str
    supersedes: str
    path: str
    invented: bool = False


@dataclass(frozen=True)
class Notice:
    """What one generation published, revised, withdrew or put back; `at` is its moment in UTC.

    `survey` names the survey, None where the notice is not of one.
    """

    id: str
    at: str
    kind: Kind
    survey: Text | None
    issued: tuple[Issued, ...]
    reason: str

    @property
    def vintages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.vintage for one in self.issued))


def notices(snapshot: Snapshot, _: Bulletin) -> tuple[Notice, ...]:
    """The notices of the latest generations, newest first."""
    history = snapshot.history(MOST + 1)
    start = () if history[0].generation > 1 else (Catalog(0, {}, {}),)
    told = [n for a, b in pairwise((*start, *history)) for n in _between(a, b, snapshot)]
    return tuple(reversed(told))


def _between(before: Catalog, now: Catalog, snapshot: Snapshot) -> Iterator[Notice]:
    new = [name for name in now.manifests if name not in before.manifests]
    tables = [name for name in new if not is_shelf(name)]
    shelves = [name for name in new if is_shelf(name)]
    gone = [name for name in now.withdrawn if name not in before.withdrawn]
    if tables:
        yield _of_tables(now, tables, snapshot)
    if shelves:
        issued = tuple(_register(name, snapshot) for name in shelves)
        yield Notice(f"{now.generation}-registers", now.at, "registers", None, issued, "")
    if gone:
        issued = tuple(_absent(name) for name in gone)
        reason = "; ".join(dict.fromkeys(now.withdrawn[name] for name in gone))
        yield Notice(f"{now.generation}-withdrawn", now.at, "withdrawn", None, issued, reason)
    if not new and not gone:
        yield from _put_back(before, now, snapshot)


def _of_tables(now: Catalog, names: list[str], snapshot: Snapshot) -> Notice:
    issued, surveys, reasons = [], [], []
    for name in names:
        flow, vintage = name.split("/", 1)
        try:
            manifest = snapshot.manifest(flow, vintage)
        except (Damaged, NotPublished, Withdrawn):
            issued.append(_absent(name))
            continue
        issued.append(_table(snapshot, flow, vintage))
        surveys.append(manifest.dataflow.source.name)
        reasons.append(manifest.reason)
    revised = any(one.supersedes for one in issued)
    return Notice(
        id=f"{now.generation}-tables",
        at=now.at,
        kind="revised" if revised else "published",
        survey=surveys[0] if surveys else None,
        issued=tuple(issued),
        reason="; ".join(dict.fromkeys(reason for reason in reasons if reason)),
    )


def _table(snapshot: Snapshot, flow: str, vintage: str) -> Issued:
    manifest = snapshot.manifest(flow, vintage)
    current = snapshot.catalog.current.get(flow) == vintage
    path = f"/tables/{flow}" if current else f"/tables/{flow}?vintage={vintage}"
    invented = manifest.dataflow.source.invented
    return Issued(flow, manifest.dataflow.name, vintage, manifest.supersedes, path, invented)


def _register(name: str, snapshot: Snapshot) -> Issued:
    whole, edition = name.split("/", 1)
    register = whole.removeprefix(PREFIX)
    try:
        shelf = snapshot.shelves.edition(register, edition).shelf
    except (Damaged, NotPublished, Withdrawn):
        return _absent(name)
    return Issued(register, shelf.name, edition, "", f"/registers/{register}")


def _absent(name: str) -> Issued:
    """What is not readable any more: its name is all that is left."""
    whole, vintage = name.split("/", 1)
    id_ = whole.removeprefix(PREFIX)
    return Issued(id_, Text(id_, id_), vintage, "", "")


def _put_back(before: Catalog, now: Catalog, snapshot: Snapshot) -> Iterator[Notice]:
    """The vintages and editions an earlier generation had, current again."""
    issued = tuple(_again(name, snapshot) for name in _current(now) - _current(before))
    if issued:
        told = tuple(sorted(issued, key=lambda one: one.id))
        yield Notice(f"{now.generation}-back", now.at, "put_back", None, told, now.reason)


def _current(catalog: Catalog) -> set[str]:
    """What a catalog has as current, by the names of its manifests."""
    shelves = {shelf_name(register): edition for register, edition in catalog.shelves.items()}
    return {f"{name}/{at}" for name, at in (catalog.current | shelves).items()}


def _again(name: str, snapshot: Snapshot) -> Issued:
    if name not in snapshot.catalog.manifests:
        return _absent(name)
    return _register(name, snapshot) if is_shelf(name) else _table(snapshot, *name.split("/", 1))
