"""The public site: addresses and what answers them."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from cauce import __version__
from cauce.model.difference import Differences
from cauce.model.errors import BadInput
from cauce.model.quality import Quality
from cauce.model.text import Language
from cauce.model.vintage import Manifest
from cauce.portal.about import about_page
from cauce.portal.bounds import Again, Gate, Limits, Refusing, sent
from cauce.portal.bounds.refusing import nothing
from cauce.portal.bulletin import Bulletin, chosen, read_bulletin, wish_from
from cauce.portal.calendar import NOTHING, Calendar, read_calendar
from cauce.portal.compare import compare_page
from cauce.portal.corridor import DATED as CORRIDOR_DATED
from cauce.portal.corridor import PAGES as CORRIDOR_PAGES
from cauce.portal.crisis import PAGES as CRISIS_PAGES
from cauce.portal.explain import explain
from cauce.portal.explorer import PAGES as EXPLORER_PAGES
from cauce.portal.explorer import Shelf, no_number, or_missing, shelf_of
from cauce.portal.failures import failures, refusals
from cauce.portal.feed import Channel, bulletin_channel, feeds
from cauce.portal.guard import SecurityHeaders
from cauce.portal.home import home_page
from cauce.portal.listing import tables_page
from cauce.portal.news import bulletin_page, item_page
from cauce.portal.outlook import PAGES as OUTLOOK_PAGES
from cauce.portal.package import PAGES as PACKAGE_PAGES
from cauce.portal.pages import Pages
from cauce.portal.quality import chosen_period, edition_of, published_page
from cauce.portal.reading import DATED as READING_DATED
from cauce.portal.reading import PAGES as READING_PAGES
from cauce.portal.recruiters import DATED as RECRUITERS_DATED
from cauce.portal.recruiters import PAGES as RECRUITER_PAGES
from cauce.portal.registers import DATED as REGISTER_DATED
from cauce.portal.registers import PAGES as REGISTER_PAGES
from cauce.portal.releases.notices import notices
from cauce.portal.sdmx import routes as sdmx_routes
from cauce.portal.signposts import signposts
from cauce.portal.visit import Handler, Site, Visit, preferred, visited
from cauce.publish import (
    Texts,
    differences_csv,
    differences_json,
    quality_report,
    report_json,
)
from cauce.store import Reader
from cauce.store.keys import find

HERE = Path(__file__).parent


def now() -> datetime:
    return datetime.now(UTC)


def create_app(
    store: Path,
    bulletin: Path | None = None,
    clock: Callable[[], datetime] = now,
    calendar: Path | None = None,
    every: float = 1.0,
    limits: Limits = Limits(),  # noqa: B008 - a value that never changes
    spent: Callable[[], None] = nothing,
    complain: str = "",
) -> Starlette:
    """The portal over a store; `bulletin` is the folder of the news listing, if there is one.

    `calendar` is the file of what is announced. A newer generation is looked for `every` seconds at
    most; with infinity the one there is now is shown for good. `spent` is called where there is not
    enough memory for a question. `complain` is where the form for complaints is, "" if there is
    none: a site and a process of its own.

    Raises:
        BadInput: the bulletin or the calendar is not what it should be.
    """
    reader = Reader(store, every, memory=limits.memory)
    news = read_bulletin(bulletin) if bulletin else Bulletin((), (), ())
    ahead = read_calendar(calendar) if calendar else NOTHING
    pages = Pages(HERE / "templates", _edition(news, ahead), complain)
    texts = Texts(limits.texts)
    site = Site(reader, news, pages, clock, ahead, limits=limits, texts=texts)
    addresses: list[BaseRoute] = [
        Route("/", _choose_language),
        Route("/healthz", _health(site)),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
        *signposts(site),
        *sdmx_routes(reader, limits, texts),
        *(
            Route(f"/{{language}}{path}", visited(site, _telling(path, handler), handler in DATED))
            for path, handler in PAGES
        ),
    ]
    app = Starlette(
        routes=addresses,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(Refusing, limits=limits, tell=refusals(site), spent=spent),
            Middleware(Again, reader=reader, clock=clock, limits=limits),
            Middleware(Gate, limits=limits),
            Middleware(GZipMiddleware, minimum_size=800, compresslevel=4),
        ],
        exception_handlers=dict(failures(site)),
    )
    app.state.site = site
    return app


def _telling(path: str, handler: Handler) -> Handler:
    """What answers an address; where one names a table that is none, it says which there are."""
    return or_missing(handler) if "{flow}" in path else handler


def _edition(news: Bulletin, ahead: Calendar) -> str:
    """Changes with the program, its templates and words, the bulletin and the calendar."""
    digest = hashlib.sha256(f"{__version__}{news}{ahead}".encode())
    for pattern in ("*.py", "*.html", "*.toml", "*.css"):
        for path in sorted(HERE.rglob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _choose_language(request: Request) -> Response:
    language = preferred(request.headers.get("accept-language", ""))
    return RedirectResponse(f"/{language}/", 302, {"Vary": "Accept-Language"})


def _health(site: Site) -> Callable[[Request], Response]:
    def answer(_: Request) -> Response:
        try:
            snapshot = site.reader.snapshot()
        except BadInput:
            return PlainTextResponse("no store\n", 503)
        snapshot.count_files()
        state = "alarm" if snapshot.alarms else "ok"
        return PlainTextResponse(f"{state} generation {snapshot.generation}\n")

    return answer


def _home(visit: Visit) -> Response:
    read = visit.snapshot.observations
    flows, told = visit.snapshot.flows(), visit.once(notices)
    page = home_page(flows, read, visit.bulletin, told, visit.words)
    return visit.show("home.html", page)


def _tables(visit: Visit) -> Response:
    return visit.show("tables.html", tables_page(visit.snapshot.flows(), visit.words))


def _attached(chunks: Iterator[bytes], visit: Visit, media_type: str, name: str) -> Response:
    named = f'attachment; filename="{name}"'
    headers = {"Content-Type": media_type, "Content-Disposition": named}
    return sent(chunks, visit.request, headers)


def _explain(visit: Visit) -> Response:
    shelf = shelf_of(visit)
    try:
        row = find(shelf.observations, visit.part("key"), visit.query().get("period", ""))
    except BadInput:
        return no_number(visit, shelf.observations, shelf.vintage_asked)
    page = explain(shelf.manifest, shelf.observations, row, visit.words, shelf.vintage_asked)
    return visit.show("explain.html", page)


def _quality(visit: Visit) -> Response:
    manifest, quality, period = _wave_asked(visit)
    current = visit.snapshot.catalog.current.get(manifest.dataflow.id, "")
    asked = "" if manifest.vintage == current else manifest.vintage
    page = published_page(manifest, quality, period, asked, visit.words)
    return visit.show("quality.html", page)


def _quality_json(visit: Visit) -> Response:
    manifest, quality, period = _wave_asked(visit)
    return JSONResponse(report_json(quality_report(edition_of(manifest, quality), period)))


def _wave_asked(visit: Visit) -> tuple[Manifest, Quality, str]:
    """The report an address names. Raises HTTPException if the vintage keeps none of it."""
    flow, query = visit.part("flow"), visit.query()
    manifest = visit.snapshot.manifest(flow, query.get("vintage") or None)
    quality = manifest.quality
    period = chosen_period(quality, query.get("period", "")) if quality else None
    if quality is None or period is None:
        raise HTTPException(404)
    return manifest, quality, period


def _compare(visit: Visit) -> Response:
    shelf = shelf_of(visit)
    try:
        row = find(shelf.observations, visit.part("key"), visit.query().get("period", ""))
    except BadInput:
        return no_number(visit, shelf.observations, shelf.vintage_asked)
    own = shelf.manifest, shelf.observations, _differences(visit, shelf)
    return visit.show("compare.html", compare_page(*own, row, visit.words, shelf.vintage_asked))


def _differences(visit: Visit, shelf: Shelf) -> Differences:
    manifest = shelf.manifest
    return visit.snapshot.differences(manifest.dataflow.id, manifest.vintage)


def _compared_file(
    ending: str, media_type: str, write: Callable[[Differences, Language], Iterator[bytes]]
) -> Handler:
    """All comparisons of a table as a file."""

    def answer(visit: Visit) -> Response:
        shelf = shelf_of(visit)
        name = f"{shelf.manifest.dataflow.id}_{shelf.manifest.vintage}_differences.{ending}"
        chunks = write(_differences(visit, shelf), visit.language)
        return _attached(chunks, visit, media_type, name)

    return answer


def _news(visit: Visit) -> Response:
    bulletin = visit.bulletin
    wish = wish_from(visit.query(), bulletin)
    page = bulletin_page(chosen(bulletin, wish), bulletin, wish, visit.words)
    return visit.show("bulletin.html", page)


def _channel(visit: Visit) -> Channel:
    bulletin = visit.bulletin
    return bulletin_channel(
        chosen(bulletin, wish_from(visit.query(), bulletin)), bulletin, visit.words
    )


def _news_item(visit: Visit) -> Response:
    bulletin = visit.bulletin
    item = bulletin.item(visit.part("slug"))
    if item is None:
        raise HTTPException(404)
    return visit.show("item.html", item_page(item, bulletin, visit.words))


def _about(visit: Visit) -> Response:
    return visit.show("about.html", about_page(visit.words))


PAGES: tuple[tuple[str, Handler], ...] = (
    ("/", _home),
    ("/tables", _tables),
    *EXPLORER_PAGES,
    *PACKAGE_PAGES,
    ("/explain/{flow}/{key}", _explain),
    ("/quality/{flow}.json", _quality_json),
    ("/quality/{flow}", _quality),
    ("/compare/{flow}.csv", _compared_file("csv", "text/csv; charset=utf-8", differences_csv)),
    ("/compare/{flow}.json", _compared_file("json", "application/json", differences_json)),
    ("/compare/{flow}/{key}", _compare),
    ("/bulletin", _news),
    *feeds("/bulletin", _channel),
    ("/bulletin/{slug}", _news_item),
    ("/about", _about),
    *READING_PAGES,
    *REGISTER_PAGES,
    *CORRIDOR_PAGES,
    *RECRUITER_PAGES,
    *CRISIS_PAGES,
    *OUTLOOK_PAGES,
)
DATED = REGISTER_DATED | READING_DATED | RECRUITERS_DATED | CORRIDOR_DATED
