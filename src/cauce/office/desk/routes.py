"""The desk's addresses."""

from starlette.routing import BaseRoute, Route

from cauce.office.desk import form, home, lists, record, review, stale
from cauce.office.desk.visit import Handler, Room, visited

RECORD = "/registers/{register}/{key}"
ADDRESSES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/", home.home),
    ("GET", "/registers", home.registers),
    ("GET", "/registers/{register}", lists.register_list),
    ("GET", "/registers/{register}/new", form.begin),
    ("POST", "/registers/{register}/new", form.save_first),
    ("GET", RECORD, record.record),
    ("GET", f"{RECORD}/history", record.history),
    ("GET", f"{RECORD}/differences", record.differences),
    ("GET", f"{RECORD}/review/{{number:int}}", review.review),
    ("POST", f"{RECORD}/review/{{number:int}}", review.judge),
    ("GET", f"{RECORD}/{{action}}", form.begin),
    ("POST", f"{RECORD}/{{action}}", form.save_first),
    ("GET", "/drafts/{draft}", form.draft),
    ("POST", "/drafts/{draft}", form.save),
    ("GET", "/drafts/{draft}/compare", stale.compare),
    ("POST", "/drafts/{draft}/compare", stale.choose),
)


def routes(room: Room) -> list[BaseRoute]:
    """What answers at the desk."""
    return [
        Route(f"/{{language}}{path}", visited(room, handler), methods=[method])
        for method, path, handler in ADDRESSES
    ]
