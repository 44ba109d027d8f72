"""Citations in what is published, and those that lead nowhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from cauce.model.citation import Citation
from cauce.model.errors import BadInput
from cauce.model.release import Release
from cauce.store import Reader, Snapshot, follow
from cauce.store.citations import SHAPES, pieces_of

MOST = 20


@dataclass(frozen=True)
class Cited:
    """A citation and the place it stands in: a field of a record, or a dataflow."""

    where: str
    citation: Citation


@dataclass(frozen=True)
class Broken:
    """A citation that leads nowhere: where it stands, how it is written, and why."""

    where: str
    text: str
    why: str


def broken_in(store: Path) -> tuple[int, tuple[Broken, ...]]:
    """How many citations the current tables and registers of a store have, and the broken ones."""
    snapshot = Reader(store).snapshot()
    found = tuple(cited_by(snapshot))
    return len(found), broken(found, snapshot)


def broken(found: Iterable[Cited], snapshot: Snapshot) -> tuple[Broken, ...]:
    """The citations that lead nowhere in a store."""
    told = ((each, why) for each in found if (why := _why(each.citation, snapshot)))
    return tuple(Broken(each.where, each.citation.text, why) for each, why in told)


def _why(citation: Citation, snapshot: Snapshot) -> str:
    """Why a citation is broken, "" if it is not."""
    if citation.cited is None:
        return f"This is no whole citation. Write {SHAPES}."
    try:
        follow(snapshot, citation.cited)
    except BadInput as error:
        return str(error)
    return ""


def cited_by(snapshot: Snapshot) -> Iterator[Cited]:
    """Every citation in the current vintages and in what is now known of public records."""
    for manifest in snapshot.flows():
        said = (manifest.dataflow, manifest.notes, manifest.reason, manifest.headlines)
        yield from _in(f"{manifest.dataflow.id} {manifest.vintage}", said)
    for register in snapshot.shelves.ids():
        for record in snapshot.shelves.records(register):
            for period in record.known[-1].periods:
                for name, value in period.record.items():
                    yield from _in(f"{register}/{record.key}, {name}", value)


def cited_in(release: Release) -> Iterator[Cited]:
    """Every citation in what a release says beside its numbers."""
    beside = (release.notes, release.reason, release.headlines)
    for flow in release.flows:
        yield from _in(f"{flow.dataflow.id} {release.vintage}", (flow.dataflow, *beside))


def _in(where: str, value: object) -> Iterator[Cited]:
    for text in dict.fromkeys(_texts(value)):
        for piece in pieces_of(text):
            if isinstance(piece, Citation):
                yield Cited(where, piece)


def _texts(value: object) -> Iterator[str]:
    """Every text within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))


def refuse_broken(release: Release, store: Path) -> None:
    """Raises BadInput if a release cites what the store it goes to does not have.

    Its words cannot be mended once they are published: a vintage is never overwritten.
    """
    found = tuple(cited_in(release))
    if not found:
        return
    try:
        snapshot = Reader(store).snapshot()
    except BadInput as error:
        text = found[0].citation.text
        raise BadInput(
            f"{found[0].where} cites {text}. {error} Publish first what it names."
        ) from error
    wrong = broken(found, snapshot)
    if wrong:
        raise BadInput(f"{told(wrong)}\nMend them, or publish first what they name.")


def told(wrong: Sequence[Broken]) -> str:
    """Which citations lead nowhere, and why."""
    lines = "\n".join(f"  {each.where}: {each.text}\n    {each.why}" for each in wrong[:MOST])
    more = f"\n  … and {len(wrong) - MOST:,} more" if len(wrong) > MOST else ""
    some = "1 citation leads" if len(wrong) == 1 else f"{len(wrong):,} citations lead"
    return f"{some} nowhere:\n{lines}{more}"
