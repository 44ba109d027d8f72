"""The address of search, and what answers."""

from starlette.responses import Response

from cauce.model.text import Text
from cauce.portal.bulletin import Bulletin
from cauce.portal.finding.index import index
from cauce.portal.finding.page import search_page
from cauce.portal.registers.library import countries_of
from cauce.portal.visit import Handler, Visit
from cauce.store import Snapshot


def _known(snapshot: Snapshot, _: Bulletin) -> dict[str, Text]:
    return countries_of(snapshot)


def _search(visit: Visit) -> Response:
    page = search_page(visit.once(index), visit.query(), visit.once(_known), visit.words)
    return visit.show("reading/search.html", page)


PAGES: tuple[tuple[str, Handler], ...] = (("/search", _search),)
