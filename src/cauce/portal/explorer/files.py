"""A table as a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from starlette.responses import Response, StreamingResponse

from cauce.model.observation import Observations
from cauce.portal.asked import asked_of, matching
from cauce.portal.explorer.shelf import shelf_of
from cauce.portal.visit import Handler, Visit
from cauce.publish import plain_csv, plain_json, select


@dataclass(frozen=True)
class File:
    """A kind of file a table can be had as."""

    ending: str
    media_type: str
    write: Callable[[Observations, Visit], Iterator[bytes]]


CSV = File("csv", "text/csv; charset=utf-8", lambda o, v: plain_csv(o, v.language))
JSON = File("json", "application/json", lambda o, v: plain_json(o, v.language))


def file(kind: File) -> Handler:
    """The table as a file: the codes an address names, all without any."""

    def answer(visit: Visit) -> Response:
        shelf = shelf_of(visit)
        shown = _view(shelf.observations, visit.query())
        name = f"{shelf.manifest.dataflow.id}_{shelf.manifest.vintage}.{kind.ending}"
        return StreamingResponse(
            kind.write(shown, visit),
            media_type=kind.media_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return answer


def _view(observations: Observations, query: dict[str, str]) -> Observations:
    flow = observations.dataflow
    if not any(dimension.id in query for dimension in flow.dimensions):
        return select(observations, {})
    asked = asked_of(flow, query)
    keep = observations.key[:, 0] < 0
    # A page can say that a code does not exist; a file can only hold nothing for it.
    keep[[] if asked.strange else matching(observations, asked.positions)] = True
    return select(observations, {}, keep)
