"""What may not be given away in bulk: tables whose licence is not open."""

from starlette.exceptions import HTTPException

from cauce.model.dataflow import Dataflow


def closed_whole(flow: Dataflow, shown: int, there: int) -> bool:
    """Whether an answer with so many numbers is all of a table that is not given away whole."""
    return not flow.source.open_licence and shown == there > 1


def refuse_whole(flow: Dataflow, shown: int, there: int) -> None:
    """Raises HTTPException 403, the page that says why, if a file would hold such a table."""
    if closed_whole(flow, shown, there):
        raise HTTPException(403)
