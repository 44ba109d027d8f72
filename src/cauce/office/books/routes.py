"""The addresses of workbooks. They go before those of records, whose keys may be any word."""

from starlette.routing import BaseRoute, Route

from cauce.office.books import download
from cauce.office.desk.visit import Handler, Room, visited

REGISTER = "/registers/{register}"
ADDRESSES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", f"{REGISTER}/book.xlsx", download.workbook),
    ("GET", f"{REGISTER}/book.csv", download.tables),
    ("GET", f"{REGISTER}/template.xlsx", download.template),
)


def routes(room: Room) -> list[BaseRoute]:
    """What answers with workbooks."""
    return [
        Route(f"/{{language}}{path}", visited(room, handler), methods=[method])
        for method, path, handler in ADDRESSES
    ]
