"""The addresses of what is withheld."""

from starlette.routing import BaseRoute, Route

from cauce.office.desk.visit import Handler, Room, visited
from cauce.office.protection import cells, pages

VINTAGE = "/protection/{survey}/{vintage}"
ADDRESSES: tuple[tuple[str, Handler], ...] = (
    ("/protection", pages.every),
    (VINTAGE, pages.one),
    (f"{VINTAGE}/{{flow}}", cells.table),
    (f"{VINTAGE}/{{flow}}/{{key}}", cells.cell),
)


def routes(room: Room) -> list[BaseRoute]:
    """What answers about what is withheld."""
    return [Route(f"/{{language}}{path}", visited(room, handler)) for path, handler in ADDRESSES]
