"""Progress rolled up from the leaves of a plan to its top."""

from collections.abc import Iterator, Mapping, Sequence

from cauce.model.errors import BadInput
from cauce.model.plan import Node
from cauce.model.progress import NodeProgress, Progress, Status

WORST_FIRST = (Status.OVERDUE, Status.AT_RISK, Status.ON_TRACK, Status.DONE)
Share = tuple[float | None, float]
"""Completion, and the share of the weight of which it is known."""


def roll_up(nodes: Sequence[Node], leaves: Sequence[Progress]) -> dict[str, NodeProgress]:
    """Every place of the plan with what lies below it, by id.

    Its status is the worst of which there are data; "done" only if everything below is done, so
    that one silent country keeps a line "on track" at best. Its completion is the mean of its
    direct parts by weight, over those known, with the share known beside it: what was not reported
    is not 0. A place without anything below has no data; what weighs 0 is in no mean.

    Raises:
        BadInput: a place or leaf below one that is not there, or a place below itself.

    Source: docs/explanation/judging.md, "Plans"; ours, against silence read as no progress.
    """
    _check(nodes, leaves)
    below = {node.id: set(_below(node.id, nodes)) for node in nodes}
    shares: dict[str, Share] = {}
    for node in sorted(nodes, key=lambda node: len(below[node.id])):
        shares[node.id] = _share(node, nodes, leaves, shares)
    found = {}
    for node in nodes:
        mine = [leaf for leaf in leaves if leaf.node in below[node.id]]
        counts = {status: sum(1 for leaf in mine if leaf.status is status) for status in Status}
        silent = {leaf.country for leaf in mine if leaf.status is Status.NO_DATA}
        share, coverage = shares[node.id]
        found[node.id] = NodeProgress(
            node.id, _worst(counts), share, coverage, counts, tuple(sorted(silent))
        )
    return found


def _worst(counts: Mapping[Status, int]) -> Status:
    worst = next((status for status in WORST_FIRST if counts[status]), Status.NO_DATA)
    if worst is Status.DONE and counts[Status.NO_DATA]:
        return Status.ON_TRACK
    return worst


def _share(
    node: Node, nodes: Sequence[Node], leaves: Sequence[Progress], shares: Mapping[str, Share]
) -> Share:
    """The mean of the direct parts of a place, leaves of all countries and places alike."""
    parts = [(leaf.weight, leaf.completion, 1.0) for leaf in leaves if leaf.node == node.id]
    parts += [(part.weight, *shares[part.id]) for part in nodes if part.parent == node.id]
    parts = [part for part in parts if part[0] > 0]
    known = [(weight, share) for weight, share, _ in parts if share is not None]
    total = sum(weight for weight, _, _ in parts)
    if not known:
        return None, 0.0
    covered = sum(weight * coverage for weight, share, coverage in parts if share is not None)
    mean = sum(weight * share for weight, share in known) / sum(weight for weight, _ in known)
    return mean, covered / total


def _below(name: str, nodes: Sequence[Node]) -> Iterator[str]:
    """A place and every place below it."""
    yield name
    for node in nodes:
        if node.parent == name:
            yield from _below(node.id, nodes)


def _check(nodes: Sequence[Node], leaves: Sequence[Progress]) -> None:
    parents = {node.id: node.parent for node in nodes}
    if len(parents) != len(nodes):
        raise BadInput("Two places of the plan have the same id.")
    for node in nodes:
        if node.parent and node.parent not in parents:
            raise BadInput(f"{node.id} lies below {node.parent}, which is not in the plan.")
        above, at = set(), node.id
        while at and at not in above:
            above.add(at)
            at = parents.get(at, "")
        if at:
            raise BadInput(f"{node.id} lies below itself.")
    strange = sorted({leaf.node for leaf in leaves} - set(parents))
    if strange:
        raise BadInput(f"Reported below {', '.join(strange)}, which is not in the plan.")
