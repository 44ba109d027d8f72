"""The addresses of crises, and what answers."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cauce.portal.crisis.numbers import crises, numbers_of
from cauce.portal.crisis.page import crises_page, crisis_page
from cauce.portal.visit import Handler, Visit


def _crises(visit: Visit) -> Response:
    found = crises(visit.snapshot).values()
    return visit.show("crisis/crises.html", crises_page(found, visit.words))


def _crisis(visit: Visit) -> Response:
    one = crises(visit.snapshot).get(visit.part("crisis"))
    if one is None:
        raise HTTPException(404)
    page = crisis_page(numbers_of(visit.snapshot, one, visit.words))
    return visit.show("crisis/crisis.html", page)


PAGES: tuple[tuple[str, Handler], ...] = (
    ("/crises", _crises),
    ("/crises/{crisis}", _crisis),
)
