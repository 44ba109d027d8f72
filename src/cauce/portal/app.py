"""The public site: addresses and what answers them."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
    StreamingResponse,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from cauce import __version__
from cauce.model.difference import Differences
from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.model.quality import Quality
from cauce.model.text import Language
from cauce.model.vintage import Manifest
from cauce.portal.about import about_page
from cauce.portal.asked import asked_of, matching
from cauce.portal.bulletin import Bulletin, chosen, read_bulletin, wish_from
from cauce.portal.compare import compare_page
from cauce.portal.explain import explain
from cauce.portal.failures import failures
from cauce.portal.feed import KIND, feed
from cauce.portal.guard import SecurityHeaders
from cauce.portal.home import home_page, tables_page
from cauce.portal.news import bulletin_page, item_page
from cauce.portal.pages import Pages
from cauce.portal.quality import chosen_period, edition_of, published_page
from cauce.portal.recruiters import DATED as RECRUITERS_DATED
from cauce.portal.recruiters import PAGES as RECRUITER_PAGES
from cauce.portal.registers import DATED
from cauce.portal.registers import PAGES as REGISTER_PAGES
from cauce.portal.rights import refuse_whole
from cauce.portal.sdmx import routes as sdmx_routes
from cauce.portal.tables import Shelf, table_page
from cauce.portal.visit import Handler, Site, Visit, preferred, visited
from cauce.publish import (
    differences_csv,
    differences_json,
    plain_csv,
    plain_json,
    quality_report,
    report_json,
    select,
)
from cauce.store import Reader
from cauce.store.keys import find

HERE = Path(__file__).parent


def now() -> datetime:
    return datetime.now(UTC)


def create_app(
    store: Path, bulletin: Path | None = None, clock: Callable[[], datetime] = now
) -> Starlette:
    """The portal over a store; `bulletin` is the folder of the news listing, if there is one.

    Raises:
        BadInput: the bulletin is not what it should be.
    """
    reader = Reader(store)
    news = read_bulletin(bulletin) if bulletin else Bulletin((), (), ())
    site = Site(reader, news, Pages(HERE / "templates", _edition(news)), clock)
    addresses: list[BaseRoute] = [
        Route("/", _choose_language),
        Route("/healthz", _health(site)),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
        *sdmx_routes(reader),
        *(
            Route(
                f"/{{language}}{path}", visited(site, handler, handler in DATED | RECRUITERS_DATED)
            )
            for path, handler in PAGES
        ),
    ]
    return Starlette(
        routes=addresses,
        middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=800)],
        exception_handlers=dict(failures(site)),
    )


def _edition(news: Bulletin) -> str:
    """Changes with the program, its templates and words, and the bulletin."""
    digest = hashlib.sha256(f"{__version__}{news}".encode())
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
        state = "alarm" if snapshot.alarms else "ok"
        return PlainTextResponse(f"{state} generation {snapshot.generation}\n")

    return answer


def _home(visit: Visit) -> Response:
    read = visit.snapshot.observations
    page = home_page(visit.snapshot.flows(), read, visit.bulletin, visit.words)
    return visit.show("home.html", page)


def _tables(visit: Visit) -> Response:
    return visit.show("tables.html", tables_page(visit.snapshot.flows(), visit.words))


def _shelf(visit: Visit) -> Shelf:
    """The table an address names. Raises NotPublished or Withdrawn."""
    flow, snapshot = visit.part("flow"), visit.snapshot
    manifest = snapshot.manifest(flow, visit.query().get("vintage") or None)
    return Shelf(
        manifest=manifest,
        observations=snapshot.observations(flow, manifest.vintage),
        current=snapshot.catalog.current.get(flow, ""),
        kept=snapshot.vintages(flow),
    )


def _table(visit: Visit) -> Response:
    return visit.show("table.html", table_page(_shelf(visit), visit.query(), visit.words))


@dataclass(frozen=True)
class _File:
    """A kind of file a table can be had as."""

    ending: str
    media_type: str
    write: Callable[[Observations, Visit], Iterator[bytes]]


def _file(kind: _File) -> Handler:
    """The table as a file: the codes an address names, all without any."""

    def answer(visit: Visit) -> Response:
        shelf = _shelf(visit)
        shown = _view(shelf.observations, visit.query())
        refuse_whole(shelf.manifest.dataflow, len(shown.value), len(shelf.observations.value))
        name = f"{shelf.manifest.dataflow.id}_{shelf.manifest.vintage}.{kind.ending}"
        return StreamingResponse(
            kind.write(shown, visit),
            media_type=kind.media_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return answer


def _view(observations: Observations, query: dict[str, str]) -> Observations:
    flow = observations.dataflow
    if not any(dimension.id in query for dimension in flow.dimensions):
        return select(observations, {})
    asked = asked_of(flow, query)
    keep = observations.key[:, 0] < 0
    # A page can say that a code does not exist; a file can only hold nothing for it.
    keep[[] if asked.strange else matching(observations, asked.positions)] = True
    return select(observations, {}, keep)


def _explain(visit: Visit) -> Response:
    shelf = _shelf(visit)
    try:
        row = find(shelf.observations, visit.part("key"), visit.query().get("period", ""))
    except BadInput as error:
        raise HTTPException(404) from error
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
    shelf = _shelf(visit)
    try:
        row = find(shelf.observations, visit.part("key"), visit.query().get("period", ""))
    except BadInput as error:
        raise HTTPException(404) from error
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
        shelf = _shelf(visit)
        name = f"{shelf.manifest.dataflow.id}_{shelf.manifest.vintage}_differences.{ending}"
        return StreamingResponse(
            write(_differences(visit, shelf), visit.language),
            media_type=media_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return answer


def _news(visit: Visit) -> Response:
    bulletin = visit.bulletin
    wish = wish_from(visit.query(), bulletin)
    page = bulletin_page(chosen(bulletin, wish), bulletin, wish, visit.words)
    return visit.show("bulletin.html", page)


def _feed(visit: Visit) -> Response:
    bulletin = visit.bulletin
    items = chosen(bulletin, wish_from(visit.query(), bulletin))
    root = str(visit.request.base_url).rstrip("/")
    return Response(feed(items, bulletin, visit.words, root), media_type=KIND)


def _news_item(visit: Visit) -> Response:
    bulletin = visit.bulletin
    item = bulletin.item(visit.part("slug"))
    if item is None:
        raise HTTPException(404)
    return visit.show("item.html", item_page(item, bulletin, visit.words))


def _about(visit: Visit) -> Response:
    return visit.show("about.html", about_page(visit.words))


CSV = _File("csv", "text/csv; charset=utf-8", lambda o, v: plain_csv(o, v.language))
JSON = _File("json", "application/json", lambda o, v: plain_json(o, v.language))
PAGES: tuple[tuple[str, Handler], ...] = (
    ("/", _home),
    ("/tables", _tables),
    ("/tables/{flow}.csv", _file(CSV)),
    ("/tables/{flow}.json", _file(JSON)),
    ("/tables/{flow}", _table),
    ("/explain/{flow}/{key}", _explain),
    ("/quality/{flow}.json", _quality_json),
    ("/quality/{flow}", _quality),
    ("/compare/{flow}.csv", _compared_file("csv", CSV.media_type, differences_csv)),
    ("/compare/{flow}.json", _compared_file("json", JSON.media_type, differences_json)),
    ("/compare/{flow}/{key}", _compare),
    ("/bulletin", _news),
    ("/bulletin.atom", _feed),
    ("/bulletin/{slug}", _news_item),
    ("/about", _about),
    *REGISTER_PAGES,
    *RECRUITER_PAGES,
)
