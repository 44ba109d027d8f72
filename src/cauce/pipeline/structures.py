"""The structures a release brings are looked at before anybody is shown them."""

from pathlib import Path

from cauce.model.dataflow import AGENCY, Dataflow
from cauce.model.release import Release
from cauce.model.structure import Artefact
from cauce.pipeline.gates import refuse
from cauce.publish.structure.lint import faults
from cauce.publish.structure.own import own_artefacts, worded_unlike
from cauce.store import Reader
from cauce.store.structures import together


def refuse_inconsistent(release: Release, store: Path) -> tuple[str, ...]:
    """Stop a release whose structures, beside those that are published, would break a client.

    What breaks none is told: codes and dimensions it words unlike other dataflows, which therefore
    get lists and concepts of their own.

    Raises:
        BadInput: names in one language only, ids twice, references to nothing, circles, constraints
            on what is not there; every fault is said.
    """
    flows = {each.dataflow.id: each.dataflow for each in release.flows}
    there: tuple[Artefact, ...] = ()
    if (store / "CURRENT").is_file():
        snapshot = Reader(store).snapshot()
        there = tuple(snapshot.structures(without=frozenset(flows)).values())
        flows = {m.dataflow.id: m.dataflow for m in snapshot.flows()} | flows
    own = [flow for flow in flows.values() if flow.foreign is None]
    ours = _ours(release, own)
    refuse(faults(tuple(together((ours, release.structures)).values()), AGENCY, there))
    new = tuple(f"{each.dataflow.id} " for each in release.flows)
    return tuple(told for told in worded_unlike(own) if told.startswith(new))


def _ours(release: Release, flows: list[Dataflow]) -> list[Artefact]:
    """Ours, as they will be with it; if it has none of our dataflows, nothing of ours changes."""
    changed = any(each.dataflow.foreign is None for each in release.flows)
    return list(own_artefacts(flows)) if changed else []
