"""The public site: addresses and what answers them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from cauce.model.errors import BadInput
from cauce.model.rule import rule_in
from cauce.model.text import LANGUAGES, Language
from cauce.portal import home
from cauce.portal.bulletin import Bulletin, chosen, read_bulletin, wish_from
from cauce.portal.explain import explain
from cauce.portal.guard import SecurityHeaders
from cauce.portal.keys import find
from cauce.portal.pages import Pages
from cauce.portal.sdmx import routes as sdmx_routes
from cauce.portal.tables import table_page
from cauce.portal.words import words
from cauce.publish import plain_csv
from cauce.store import Reader, Snapshot, Withdrawn

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Site:
    """What every page is made from."""

    reader: Reader
    bulletin: Bulletin
    pages: Pages


@dataclass(frozen=True)
class Visit:
    """One request, with the generation of the store and the language it is answered in."""

    request: Request
    site: Site
    snapshot: Snapshot
    language: Language

    def show(self, template: str, page: object) -> Response:
        return self.site.pages.show(self.request, template, page, self.language)


Handler = Callable[[Visit], Response]


def create_app(store: Path, bulletin: Path | None = None) -> Starlette:
    """The portal over a store; `bulletin` is the folder of the news listing, if there is one.

    Raises:
        BadInput: the bulletin is not what it should be.
    """
    reader = Reader(store)
    news = read_bulletin(bulletin) if bulletin else Bulletin((), (), ())
    site = Site(reader, news, Pages(HERE / "templates"))
    pages: list[BaseRoute] = [
        Route("/", _choose_language),
        Route("/healthz", _health(site)),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
        *sdmx_routes(reader),
    ]
    for address, handler in ADDRESSES:
        pages.append(Route(f"/{{language}}{address}", _page(site, handler)))
    return Starlette(
        routes=pages,
        middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=800)],
        exception_handlers={
            HTTPException: _failed(site),
            BadInput: _failed(site),
            Exception: _failed(site),
        },
    )


async def _choose_language(request: Request) -> Response:
    """To the reader's language, by what the browser prefers."""
    preferred = request.headers.get("accept-language", "").lower()
    spanish, english = preferred.find("es"), preferred.find("en")
    language = "es" if spanish >= 0 and (english < 0 or spanish < english) else "en"
    return RedirectResponse(f"/{language}/", 302, {"Vary": "Accept-Language"})


def _health(site: Site) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        snapshot = site.reader.snapshot()
        state = "alarm" if snapshot.alarms else "ok"
        return PlainTextResponse(f"{state} generation {snapshot.generation}\n")

    return answer


def _page(site: Site, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A page in one language, over one generation of the store, not sent twice to who has it."""

    async def answer(request: Request) -> Response:
        language = _language(request.path_params["language"])
        snapshot = site.reader.snapshot()
        tag = f'W/"{snapshot.generation}-{language}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        response = handler(Visit(request, site, snapshot, language))
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "no-cache"
        return response

    return answer


def _language(word: str) -> Language:
    for language in LANGUAGES:
        if word == language:
            return language
    raise HTTPException(404)


def _home(visit: Visit) -> Response:
    manifests = visit.snapshot.flows()
    said = words(visit.language)
    picture = ("", "", "")
    if manifests:
        shown = next((m for m in manifests if m.dataflow.id.endswith("_LABOUR")), manifests[0])
        name = shown.dataflow.id
        picture = (*home.headline_chart(visit.snapshot.observations(name), said), name)
    page = home.home_page(manifests, picture, visit.site.bulletin, said)
    return visit.show("home.html", page)


def _tables(visit: Visit) -> Response:
    page = home.tables_page(visit.snapshot.flows(), words(visit.language))
    return visit.show("tables.html", page)


def _table(visit: Visit) -> Response:
    flow = visit.request.path_params["flow"]
    vintage = visit.request.query_params.get("vintage") or None
    manifest = _found(lambda: visit.snapshot.manifest(flow, vintage))
    observations = visit.snapshot.observations(flow, manifest.vintage)
    notes = tuple(rule_in(note, visit.language) for note in manifest.notes)
    query = dict(visit.request.query_params)
    page = table_page(manifest, observations, query, words(visit.language), notes)
    return visit.show("table.html", page)


def _csv(visit: Visit) -> Response:
    flow = visit.request.path_params["flow"]
    manifest = _found(lambda: visit.snapshot.manifest(flow))
    name = f"{manifest.dataflow.id}_{manifest.vintage}.csv"
    return StreamingResponse(
        plain_csv(visit.snapshot.observations(flow), visit.language),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _explain(visit: Visit) -> Response:
    flow, key = visit.request.path_params["flow"], visit.request.path_params["key"]
    vintage = visit.request.query_params.get("vintage") or None
    manifest = _found(lambda: visit.snapshot.manifest(flow, vintage))
    observations = visit.snapshot.observations(flow, manifest.vintage)
    row = _found(lambda: find(observations, key, visit.request.query_params.get("period", "")))
    page = explain(manifest, observations, row, words(visit.language))
    return visit.show("explain.html", page)


def _news(visit: Visit) -> Response:
    wish = wish_from(dict(visit.request.query_params), visit.site.bulletin)
    items = chosen(visit.site.bulletin, wish)
    page = home.bulletin_page(items, visit.site.bulletin, wish, words(visit.language))
    return visit.show("bulletin.html", page)


def _news_item(visit: Visit) -> Response:
    item = visit.site.bulletin.item(visit.request.path_params["slug"])
    if item is None:
        raise HTTPException(404)
    line = home.news_line(item, visit.site.bulletin, words(visit.language))
    return visit.show("item.html", line)


def _about(visit: Visit) -> Response:
    return visit.show("about.html", visit.snapshot.alarms)


def _found(look: Callable[[], Any]) -> Any:
    """What is looked up, or the page that says there is no such thing."""
    try:
        return look()
    except Withdrawn:
        raise
    except BadInput as error:
        raise HTTPException(404, str(error)) from error


def _failed(site: Site) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The page for what went wrong, in the reader's language; ours show nothing of the inside."""

    async def answer(request: Request, error: Exception) -> Response:
        part = request.url.path.split("/")[1:2]
        language: Language = "es" if part == ["es"] else "en"
        status, detail = 500, ""
        if isinstance(error, Withdrawn):
            status, detail = 410, str(error)
        elif isinstance(error, HTTPException):
            status = error.status_code
            detail = error.detail if error.detail != "Not Found" else ""
        elif isinstance(error, BadInput):
            status, detail = 503, words(language)("store_trouble")
        return site.pages.fail(request, status, detail, language)

    return answer


ADDRESSES: tuple[tuple[str, Handler], ...] = (
    ("/", _home),
    ("/tables", _tables),
    ("/tables/{flow}.csv", _csv),
    ("/tables/{flow}", _table),
    ("/explain/{flow}/{key}", _explain),
    ("/bulletin", _news),
    ("/bulletin/{slug}", _news_item),
    ("/about", _about),
)
