"""The vintages of a survey that are public already, and stay so beside the next."""

from pathlib import Path

from cauce.model.retained import Retained
from cauce.store import Reader


def retained_in(store: Path | None, survey: str, vintage: str) -> tuple[Retained, ...]:
    """What a store still tells of a survey, by the vintages published before this one.

    Nothing if there is no store yet. Raises BadInput if there is one that cannot be read.
    """
    if store is None or not (store / "CURRENT").exists():
        return ()
    snapshot = Reader(store).snapshot()
    found: dict[str, list[str]] = {}
    for current in snapshot.flows():
        if current.survey != survey:
            continue
        flow = current.dataflow.id
        for one in snapshot.vintages(flow):
            if one == vintage:
                break
            found.setdefault(one, []).append(flow)
    return tuple(
        Retained(one, tuple(snapshot.observations(flow, one) for flow in flows))
        for one, flows in found.items()
    )
