"""The vintages of a survey that are public already, or were, beside the next."""

from itertools import takewhile
from pathlib import Path

from cauce.model.observation import Observations
from cauce.model.retained import Retained
from cauce.store import Audits, Gone, Reader, Snapshot, audits_beside


def retained_in(store: Path | None, survey: str, vintage: str) -> tuple[Retained, ...]:
    """What a store tells of a survey by the vintages published before this one, or told once.

    Nothing if there is no store yet. Raises BadInput if there is one that cannot be read.
    """
    if store is None or not (store / "CURRENT").exists():
        return ()
    return retained_by(Reader(store), survey, vintage)


def retained_by(reader: Reader, survey: str, vintage: str) -> tuple[Retained, ...]:
    """What a store tells of a survey by the vintages published before this one, or told once."""
    snapshot = reader.snapshot()
    found: dict[str, list[str]] = {}
    for current in snapshot.flows():
        if current.survey == survey:
            flow = current.dataflow.id
            before = takewhile(lambda one: one != vintage, snapshot.vintages(flow))
            for one in before:
                found.setdefault(one, []).append(flow)
    public = (
        Retained(one, tuple(snapshot.observations(flow, one) for flow in flows))
        for one, flows in found.items()
    )
    return (*public, *withdrawn(reader, survey, published(snapshot, survey, vintage)))


def withdrawn(reader: Reader, survey: str, before: str) -> tuple[Retained, ...]:
    """What vintages told that were withdrawn, of those published before a moment, "" for all."""
    found: dict[str, list[Observations]] = {}
    for one in Gone(Audits(audits_beside(reader.root))).of(survey):
        if not before or one.published_at < before:
            found.setdefault(one.vintage, []).append(one.observations)
    return tuple(Retained(one, tuple(flows), gone=True) for one, flows in found.items())


def published(snapshot: Snapshot, survey: str, vintage: str) -> str:
    """When a vintage of a survey was published, "" if it was not yet."""
    moments = (
        snapshot.manifest(one.dataflow.id, vintage).published_at
        for one in snapshot.flows()
        if one.survey == survey and vintage in snapshot.vintages(one.dataflow.id)
    )
    return min(moments, default="")
