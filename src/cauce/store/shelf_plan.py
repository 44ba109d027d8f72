"""What publishing registers adds to the store, decided before a byte is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from cauce.model.errors import BadInput
from cauce.model.shelf import Edition, Filled
from cauce.model.vintage import Catalog
from cauce.store.documents import digest, to_json
from cauce.store.editions import shelf_name
from cauce.store.files import sha256, write_all
from cauce.store.places import Places, safe
from cauce.store.plan import check_moment
from cauce.store.shelf_table import to_parquet, to_rows
from cauce.store.shelves import Shelves


@dataclass(frozen=True)
class ShelfPlan:
    """The edition of one register and the object it needs."""

    edition: Edition
    content: bytes


def check_shelves(filled: Sequence[Filled], published_at: str) -> None:
    """Raises BadInput if registers are not fit to be published."""
    check_moment(published_at)
    if not filled:
        raise BadInput("There is no public register to publish.")
    names = [each.shelf.id for each in filled]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadInput(f"Registers are given twice: {', '.join(twice)}.")
    for each in filled:
        safe(each.shelf.id)
        keys = {record.key for record in each.records}
        if len(keys) != len(each.records):
            raise BadInput(f"{each.shelf.id} has records whose key another one has, too.")


def plan_shelves(
    shelves: Shelves, filled: Sequence[Filled], published_at: str, reason: str
) -> list[ShelfPlan]:
    """An edition for every register that says something new, all under one name."""
    made = [plan for each in filled if (plan := _plan(shelves, each, published_at, reason))]
    name = _free_name(shelves.catalog, [each.edition.shelf.id for each in made], published_at[:10])
    return [replace(each, edition=replace(each.edition, edition=name)) for each in made]


def _plan(shelves: Shelves, filled: Filled, published_at: str, reason: str) -> ShelfPlan | None:
    """The edition, still without a name; nothing if the current one says the same."""
    register = filled.shelf.id
    before = shelves.edition(register) if register in shelves.catalog.shelves else None
    rows = to_rows(filled.records)
    says = digest({"shelf": filled.shelf, "records": rows, "said": filled.said})
    if before is not None and before.content_sha256 == says:
        return None
    content = to_parquet(rows)
    edition = Edition(
        shelf=filled.shelf,
        edition="",
        published_at=published_at,
        object_sha256=sha256(content),
        records=len(rows),
        content_sha256=says,
        said=filled.said,
        supersedes="" if before is None else before.edition,
        reason=reason,
    )
    return ShelfPlan(edition, content)


def write_shelves(places: Places, catalog: Catalog, plans: Sequence[ShelfPlan]) -> Catalog:
    """Write objects and manifests, in this order; the catalog that will point at them."""
    objects = {places.object(each.edition.object_sha256): each.content for each in plans}
    # One that is there with other bytes was damaged, and is mended here.
    write_all({p: c for p, c in objects.items() if not p.exists() or p.read_bytes() != c})
    files = {}
    shelves, manifests = dict(catalog.shelves), dict(catalog.manifests)
    for edition in (each.edition for each in plans):
        name, content = shelf_name(edition.shelf.id), to_json(edition)
        files[places.manifest(name, edition.edition)] = content
        manifests[f"{name}/{edition.edition}"] = sha256(content)
        shelves[edition.shelf.id] = edition.edition
    write_all(files)
    return replace(catalog, shelves=shelves, manifests=manifests)


def _free_name(catalog: Catalog, registers: Sequence[str], day: str) -> str:
    """The day, or the day with a number: a name none of the registers ever had."""
    taken = {*catalog.manifests, *catalog.withdrawn}
    wholes = [shelf_name(register) for register in registers]
    return next(
        name for name in _names(day) if not any(f"{whole}/{name}" in taken for whole in wholes)
    )


def _names(day: str) -> Iterator[str]:
    yield day
    for number in count(2):
        yield f"{day}.{number}"
