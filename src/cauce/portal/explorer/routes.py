"""The addresses of the explorer."""

from starlette.responses import Response

from cauce.portal.explorer.files import CSV, JSON, file
from cauce.portal.explorer.page import table_page
from cauce.portal.explorer.shelf import shelf_of
from cauce.portal.visit import Handler, Visit


def _table(visit: Visit) -> Response:
    return visit.show("table.html", table_page(shelf_of(visit), visit.query(), visit.words))


PAGES: tuple[tuple[str, Handler], ...] = (
    ("/tables/{flow}.csv", file(CSV)),
    ("/tables/{flow}.json", file(JSON)),
    ("/tables/{flow}", _table),
)
