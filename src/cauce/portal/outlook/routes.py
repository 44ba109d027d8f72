"""The addresses of the outlook, and what answers."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cauce.portal.crisis.numbers import crises
from cauce.portal.links import Link
from cauce.portal.outlook.choosing import Runs
from cauce.portal.outlook.grounds import GROUNDS
from cauce.portal.outlook.occupation import occupation_page
from cauce.portal.outlook.page import area_page, grounds_page, index_page
from cauce.portal.outlook.shelf import Run, regions_of, runs_of
from cauce.portal.outlook.studies import beside
from cauce.portal.outlook.together import region_page
from cauce.portal.visit import Handler, Visit


def _index(visit: Visit) -> Response:
    together = visit.once(regions_of).values()
    page = index_page(_runs(visit), crises(visit.snapshot).values(), together, visit.words)
    studies = beside(visit.snapshot, visit.words)
    if studies is not None and page.invented:
        # The countries of the outlook may be invented; those of the studies are not.
        page = replace(page, invented="some")
    return visit.show("outlook/index.html", replace(page, studies=studies))


def _area(visit: Visit) -> Response:
    region = visit.once(regions_of).get(visit.part("area"))
    if region is not None:
        return _region(visit, region)
    runs, run = _asked(visit)
    page = area_page(runs, run, visit.words, _regions(visit, run.area.id))
    studies = beside(visit.snapshot, visit.words, run.area.id)
    return visit.show("outlook/area.html", replace(page, studies=studies))


def _region(visit: Visit, run: Run) -> Response:
    members = (runs for area, runs in _runs(visit).items() if area in run.areas)
    links = [_link(visit, next(iter(runs.values()))) for runs in members]
    return visit.show("outlook/region.html", region_page(run, links, visit.words))


def _regions(visit: Visit, area: str) -> tuple[Link, ...]:
    """The regions whose tables are about an area."""
    found = visit.once(regions_of).values()
    return tuple(_link(visit, one) for one in found if area in one.areas)


def _link(visit: Visit, run: Run) -> Link:
    path = f"/{visit.words.language}/outlook/{run.area.id}"
    return Link(visit.words.of(run.area.name), path)


def _occupation(visit: Visit) -> Response:
    runs, run = _asked(visit)
    page = occupation_page(runs, run, visit.part("occupation"), visit.words)
    if page is None:
        raise HTTPException(404)
    return visit.show("outlook/occupation.html", page)


def _grounds(visit: Visit) -> Response:
    runs, run = _asked(visit)
    return visit.show("outlook/grounds.html", grounds_page(runs, run, visit.words))


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
    (f"/outlook/{{area}}/{GROUNDS}", _grounds),
    ("/outlook/{area}/{occupation}", _occupation),
)
