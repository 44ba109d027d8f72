"""The addresses of the look-up, and what answers."""

from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from cauce.portal.recruiters.finding import RECRUITERS, head, recruiters
from cauce.portal.recruiters.page import lookup_page, recruiter_page
from cauce.portal.registers.library import Library, is_held
from cauce.portal.visit import Handler, Visit


def _lookup(visit: Visit) -> Response:
    query = visit.query()
    page = lookup_page(_library(visit), query.get("q", ""), query.get("on", ""), _today(visit))
    return visit.show("recruiters/lookup.html", page, 422 if page.wrong else 200)


def _recruiter(visit: Visit) -> Response:
    """By key; who turned out to be another is answered there. Absent and hidden are one."""
    library, key = _library(visit), visit.part("key")
    found = recruiters(library).get(key)
    if found is None:
        return _elsewhere(visit, library, key)
    root = str(visit.request.base_url).rstrip("/")
    page = recruiter_page(library, found, visit.query().get("on", ""), _today(visit), root)
    return visit.show("recruiters/recruiter.html", page, 422 if page.wrong else 200)


def _elsewhere(visit: Visit, library: Library, key: str) -> Response:
    records = {r.key: r for r in library.records(RECRUITERS) if is_held(r)}
    if key not in records:
        raise HTTPException(404)
    address = library.path("recruiters", head(key, records))
    query = visit.request.url.query
    return RedirectResponse(f"{address}?{query}" if query else address, 303)


def _library(visit: Visit) -> Library:
    return Library(visit.snapshot.shelves, visit.words)


def _today(visit: Visit) -> date:
    return visit.site.clock().date()


PAGES: tuple[tuple[str, Handler], ...] = (
    ("/recruiters", _lookup),
    ("/recruiters/{key}", _recruiter),
)
DATED = frozenset({_lookup, _recruiter})
"""What says something else on another day, though nothing was published."""
