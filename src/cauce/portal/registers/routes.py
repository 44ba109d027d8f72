"""The addresses of registers, countries, diasporas and studies, and what answers."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response, StreamingResponse

from cauce.model.shelf import PublicRecord
from cauce.portal.browse.indicators import headed_of
from cauce.portal.largest import stock_of
from cauce.portal.pages import Page
from cauce.portal.placed import placed
from cauce.portal.registers.certificates import CERTIFICATES, certificate_page, code_of
from cauce.portal.registers.diaspora import diaspora_page, diasporas_page
from cauce.portal.registers.index import registers_page
from cauce.portal.registers.library import Library, found_in
from cauce.portal.registers.lists import ordered
from cauce.portal.registers.measure import MEASURES, MOST_BYTES
from cauce.portal.registers.places import countries_page, country_page
from cauce.portal.registers.record import record_page
from cauce.portal.registers.register import Opened, fitting, leafed, opened, register_page
from cauce.portal.registers.studies import studies_page
from cauce.portal.visit import Handler, Visit
from cauce.publish import record_json, register_csv, register_json


def _library(visit: Visit) -> Library:
    others = placed(visit.snapshot.flows())
    return Library(visit.snapshot.shelves, visit.words, others=others)


def _fitted(visit: Visit, template: str, make: Callable[[Library], Page]) -> Response:
    """The page with as much in it as 30 kB hold."""
    whole = _library(visit)
    for measure in MEASURES:
        library = replace(whole, measure=measure)
        response = visit.show(template, make(library))
        if len(response.body) <= MOST_BYTES:
            break
    return response


def _index(visit: Visit) -> Response:
    return _fitted(visit, "registers/index.html", lambda x: registers_page(x, visit.query()))


def _opened(visit: Visit, library: Library) -> Opened:
    return opened(library, visit.part("register"), visit.query())


def _register(visit: Visit) -> Response:
    here = _opened(visit, _library(visit))
    return _fitted(
        visit, "registers/register.html", lambda x: register_page(here, x, visit.query())
    )


def _record_of(visit: Visit, here: Opened) -> PublicRecord:
    record = found_in(here.records, visit.part("key"))
    if record is None:
        raise HTTPException(404)
    return record


def _record(visit: Visit) -> Response:
    here = _opened(visit, _library(visit))
    record, query = _record_of(visit, here), visit.query()
    if here.edition.shelf.id == CERTIFICATES:
        return RedirectResponse(f"/{visit.language}/certificates/{code_of(record)}", 303)
    return _fitted(visit, "registers/record.html", lambda x: record_page(here, record, x, query))


def _record_json(visit: Visit) -> Response:
    here = _opened(visit, _library(visit))
    if here.edition.shelf.id == CERTIFICATES:
        raise HTTPException(404)  # it would tell when each thing became known
    content = record_json(here.edition, _record_of(visit, here))
    return Response(content, media_type="application/json")


def _register_json(visit: Visit) -> Response:
    here = _opened(visit, _library(visit))
    return _file(here, "json", "application/json", register_json(here.edition, leafed(here)))


def _register_csv(visit: Visit) -> Response:
    library = _library(visit)
    here = _opened(visit, library)
    found = ordered(fitting(here, library, visit.query())[0], library)
    rows = register_csv(here.edition.shelf, found, visit.language)
    return _file(here, "csv", "text/csv; charset=utf-8", rows)


def _file(here: Opened, ending: str, media_type: str, content: Iterator[bytes]) -> Response:
    name = f"{here.edition.shelf.id}_{here.edition.edition}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(content, media_type=media_type, headers=headers)


def _countries(visit: Visit) -> Response:
    flows = visit.snapshot.flows()
    return _fitted(visit, "registers/places.html", lambda x: countries_page(x, flows))


def _code(visit: Visit) -> str:
    code = visit.part("code")
    if code not in _library(visit).countries:
        raise HTTPException(404)
    return code


def _country(visit: Visit) -> Response:
    code, bulletin, flows = _code(visit), visit.bulletin, visit.snapshot.flows()
    heads = headed_of(code, flows, visit.snapshot.observations, visit.words)
    stock = stock_of(visit.snapshot)

    def page(library: Library) -> Page:
        return replace(country_page(code, library, bulletin, flows, stock), headed=heads)

    return _fitted(visit, "registers/place.html", page)


def _diasporas(visit: Visit) -> Response:
    return _fitted(visit, "registers/places.html", diasporas_page)


def _diaspora(visit: Visit) -> Response:
    code = _code(visit)
    return _fitted(visit, "registers/diaspora.html", lambda x: diaspora_page(code, x))


def _studies(visit: Visit) -> Response:
    return _fitted(visit, "registers/studies.html", lambda x: studies_page(x, visit.query()))


def _certificate(visit: Visit) -> Response:
    """By the code in the address, or in the form; one that is not there is a page like others."""
    asked = visit.request.path_params.get("code", "") or visit.query().get("code", "")
    page = certificate_page(_library(visit), asked, visit.site.clock().date())
    return visit.show("registers/certificate.html", page, 404 if page.verdict == "none" else 200)


PAGES: tuple[tuple[str, Handler], ...] = (
    ("/registers", _index),
    ("/registers/{register}.json", _register_json),
    ("/registers/{register}.csv", _register_csv),
    ("/registers/{register}", _register),
    ("/registers/{register}/{key}.json", _record_json),
    ("/registers/{register}/{key}", _record),
    ("/countries", _countries),
    ("/countries/{code}", _country),
    ("/diaspora", _diasporas),
    ("/diaspora/{code}", _diaspora),
    ("/studies", _studies),
    ("/certificates", _certificate),
    ("/certificates/{code}", _certificate),
)
DATED = frozenset({_certificate})
"""What says something else on another day, though nothing was published."""
