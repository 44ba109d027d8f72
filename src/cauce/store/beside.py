"""What else of a survey is public: a release is protected beside that, and beside nothing else."""

from pathlib import Path

from cauce.model.errors import BadInput
from cauce.model.held import Held
from cauce.store.reader import Reader


def public_vintages(store: Path, survey: str) -> set[str]:
    """The vintages of a survey that a store shows; none where there is no store yet."""
    if not (store / "CURRENT").exists():
        return set()
    snapshot = Reader(store).snapshot()
    flows = (one.dataflow.id for one in snapshot.flows() if one.survey == survey)
    return {vintage for flow in flows for vintage in snapshot.vintages(flow)}


def check_beside(held: Held, store: Path) -> None:
    """Raises BadInput if a vintage was published since, beside which nobody tried the held one.

    Two releases that wait are protected each without the other.
    """
    if held.beside is None:
        return
    since = public_vintages(store, held.survey) - {held.vintage, *held.beside}
    if since:
        raise BadInput(
            f"{', '.join(sorted(since))} of {held.survey} was published after {held.vintage} was "
            "protected, and nobody has tried what the two give away together. Release it again "
            "and hold it again, to be approved again."
        )
