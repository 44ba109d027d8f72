"""The addresses of the outlook, and what answers."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cauce.portal.crisis.numbers import crises
from cauce.portal.outlook.page import Runs, area_page, assumed_page, index_page, occupation_page
from cauce.portal.outlook.shelf import Run, runs_of
from cauce.portal.outlook.studies import beside
from cauce.portal.visit import Handler, Visit


def _index(visit: Visit) -> Response:
    page = index_page(_runs(visit), crises(visit.snapshot).values(), visit.words)
    studies = beside(visit.snapshot, visit.words)
    if studies is not None and page.invented:
        # The countries of the outlook may be invented; those of the studies are not.
        page = replace(page, invented="some")
    return visit.show("outlook/index.html", replace(page, studies=studies))


def _area(visit: Visit) -> Response:
    runs, run = _asked(visit)
    page = area_page(runs, run, visit.words)
    studies = beside(visit.snapshot, visit.words, run.area.id)
    return visit.show("outlook/area.html", replace(page, studies=studies))


def _assumed(visit: Visit) -> Response:
    return visit.show("outlook/assumed.html", assumed_page(*_asked(visit), visit.words))


def _occupation(visit: Visit) -> Response:
    runs, run = _asked(visit)
    page = occupation_page(runs, run, visit.part("occupation"), visit.words)
    if page is None:
        raise HTTPException(404)
    return visit.show("outlook/occupation.html", page)


def _runs(visit: Visit) -> Mapping[str, Runs]:
    return visit.once(runs_of)


def _asked(visit: Visit) -> tuple[Runs, Run]:
    """The runs of the area, and the scenario asked for: the baseline if none is.

    Raises:
        HTTPException: there is no outlook of such an area, or no such scenario of it.
    """
    runs = _runs(visit).get(visit.part("area"))
    if runs is None:
        raise HTTPException(404)
    run = runs.get(visit.query().get("scenario", "") or next(iter(runs)))
    if run is None:
        raise HTTPException(404)
    return runs, run


PAGES: tuple[tuple[str, Handler], ...] = (
    ("/outlook", _index),
    ("/outlook/{area}", _area),
    ("/outlook/{area}/assumed", _assumed),
    ("/outlook/{area}/{occupation}", _occupation),
)
