"""The addresses of held releases."""

from starlette.routing import BaseRoute, Route

from cauce.office.desk.visit import Handler, Room, visited
from cauce.office.releases import pages

ONE = "/releases/{survey}/{vintage}"
ADDRESSES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/releases", pages.every),
    ("GET", ONE, pages.one),
    ("POST", ONE, pages.approve),
)


def routes(room: Room) -> list[BaseRoute]:
    """What answers about held releases."""
    return [
        Route(f"/{{language}}{path}", visited(room, handler), methods=[method])
        for method, path, handler in ADDRESSES
    ]
