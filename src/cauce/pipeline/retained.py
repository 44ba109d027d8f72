"""The vintages of a survey that are public already, and stay so beside the next."""

from itertools import takewhile
from pathlib import Path

from cauce.model.retained import Retained
from cauce.store import Reader


def retained_in(store: Path | None, survey: str, vintage: str) -> tuple[Retained, ...]:
    """What a store still tells of a survey, by the vintages published before this one.

    Nothing if there is no store yet. Raises BadInput if there is one that cannot be read.
    """
    if store is None or not (store / "CURRENT").exists():
        return ()
    return retained_by(Reader(store), survey, vintage)


def retained_by(reader: Reader, survey: str, vintage: str) -> tuple[Retained, ...]:
    """What a store still tells of a survey, by the vintages published before this one."""
    snapshot = reader.snapshot()
    found: dict[str, list[str]] = {}
    for current in snapshot.flows():
        if current.survey == survey:
            flow = current.dataflow.id
            before = takewhile(lambda one: one != vintage, snapshot.vintages(flow))
            for one in before:
                found.setdefault(one, []).append(flow)
    return tuple(
        Retained(one, tuple(snapshot.observations(flow, one) for flow in flows))
        for one, flows in found.items()
    )
