"""The addresses of workbooks. They go before those of records, whose keys may be any word."""

from starlette.routing import BaseRoute, Route

from cauce.office.books import download, sending
from cauce.office.books.sending import Sending
from cauce.office.books.work import Further, Worker
from cauce.office.desk.visit import Handler, Room, visited

REGISTER = "/registers/{register}"
SENT = f"{REGISTER}/book/{{upload}}"


def routes(room: Room, further: Further) -> list[BaseRoute]:
    """What answers with workbooks, and takes them."""
    pages = Sending(Worker(further))
    addresses: tuple[tuple[str, str, Handler], ...] = (
        ("GET", f"{REGISTER}/book.xlsx", download.workbook),
        ("GET", f"{REGISTER}/book.csv", download.tables),
        ("GET", f"{REGISTER}/template.xlsx", download.template),
        ("GET", f"{REGISTER}/book", pages.ask),
        ("POST", f"{REGISTER}/book", pages.send),
        ("GET", SENT, pages.look),
        ("POST", SENT, pages.decide),
        ("GET", f"{SENT}/faults.xlsx", sending.marked),
    )
    return [
        Route(f"/{{language}}{path}", visited(room, handler), methods=[method])
        for method, path, handler in addresses
    ]
