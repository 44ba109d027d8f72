"""What machines look for first: the map of the site, who may crawl it, the catalogue, its icon.

Sources: sitemaps.org protocol 0.9 with xhtml:link alternates; RFC 9309 (robots.txt).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from cauce.model.text import LANGUAGES
from cauce.model.vintage import Manifest
from cauce.portal.bounds import pin
from cauce.portal.browse.indicators import published
from cauce.portal.browse.topics import topics_of
from cauce.portal.bulletin import Bulletin
from cauce.portal.bulletin_register import published_bulletin
from cauce.portal.corridor.every import every_corridor, listed_paths
from cauce.portal.crisis.numbers import crisis_paths
from cauce.portal.crumbs import OTHER
from cauce.portal.dataset import endings
from cauce.portal.dcat import Whereabouts, catalog_jsonld
from cauce.portal.finding.entries import own_pages
from cauce.portal.outlook.page import listed_paths as outlook_paths
from cauce.portal.outlook.shelf import regions_of, runs_of
from cauce.portal.registers.library import Library, countries_of
from cauce.portal.registers.search import held
from cauce.portal.releases.revised import all_revised
from cauce.portal.visit import Site
from cauce.portal.words import words
from cauce.store import Damaged, Snapshot, Withdrawn

ICON = Path(__file__).parent / "static" / "cauce.svg"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
MOST = 10_000
"""Pages of one sitemap, each in two languages: the protocol allows 50,000 addresses in a file."""


def signposts(site: Site) -> tuple[BaseRoute, ...]:
    """The addresses that machines look for, outside of any language."""

    def catalog(request: Request) -> Response:
        snapshot = site.reader.snapshot()
        pin(request, snapshot)
        folder = getattr(request.app.state, "folder", False)
        at = Whereabouts(root_of(request), endings(request.app), folder)
        told = catalog_jsonld(snapshot.flows(), at, dict(earlier(snapshot)))
        return Response(told, media_type="application/ld+json")

    def sitemap(request: Request) -> Response:
        """The map, or the list of its parts if one file cannot hold it."""
        snapshot = site.reader.snapshot()
        pin(request, snapshot)
        paths = site.once.of(snapshot, site.bulletin, pages)
        told = written(paths, root_of(request)) if len(paths) <= MOST else index(paths, request)
        return Response(told, media_type="application/xml")

    def index(paths: tuple[str, ...], request: Request) -> bytes:
        count = -(-len(paths) // MOST)
        parts = (f"{root_of(request)}/sitemap-{number}.xml" for number in range(1, count + 1))
        told = "".join(f"<sitemap><loc>{escape(part)}</loc></sitemap>" for part in parts)
        head = f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{SITEMAP}">'
        return f"{head}{told}</sitemapindex>".encode()

    def part(request: Request) -> Response:
        snapshot = site.reader.snapshot()
        pin(request, snapshot)
        paths = site.once.of(snapshot, site.bulletin, pages)
        number = int(request.path_params["number"])
        own = paths[MOST * (number - 1) : MOST * number] if number else ()
        if not own:
            raise HTTPException(404)
        return Response(written(own, root_of(request)), media_type="application/xml")

    def robots(request: Request) -> Response:
        return PlainTextResponse(
            "User-agent: *\nDisallow: /en/certificates\nDisallow: /es/certificates\n"
            f"Disallow: /sdmx/\n\nSitemap: {root_of(request)}/sitemap.xml\n"
        )

    def icon(_: Request) -> Response:
        return FileResponse(ICON, media_type="image/svg+xml")

    answers = (
        ("/catalog.jsonld", catalog), ("/sitemap.xml", sitemap),
        ("/sitemap-{number:int}.xml", part), ("/robots.txt", robots), ("/favicon.ico", icon),
    )  # fmt: skip
    return tuple(Route(path, answer) for path, answer in answers)


def earlier(snapshot: Snapshot) -> Iterator[tuple[str, list[Manifest]]]:
    """The vintages of each table that were replaced and can still be read, the newest first."""
    for flow, current in snapshot.catalog.current.items():
        kept = []
        for vintage in reversed(snapshot.vintages(flow)):
            if vintage != current:
                with suppress(Damaged, Withdrawn):
                    kept.append(snapshot.manifest(flow, vintage))
        yield flow, kept


def root_of(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def pages(snapshot: Snapshot, bulletin: Bulletin) -> tuple[str, ...]:
    """Every page that has an address of its own, without the language; views are not in it.

    What may not be listed is not: a record that is shown only to who names it is none of them.
    """
    return tuple(dict.fromkeys(_pages(snapshot, bulletin)))


def _pages(snapshot: Snapshot, bulletin: Bulletin) -> Iterator[str]:
    yield from ("/", "/search", *(f"/{path}" for path in own_pages(snapshot)))
    yield from crisis_paths(snapshot)
    flows = snapshot.flows()
    for theme, _ in topics_of(flows):
        yield f"/topics/{theme.id if theme else OTHER}"
    for one in published(flows):
        yield f"/indicators/{one.indicator.id}"
    for manifest in flows:
        flow = manifest.dataflow.id
        yield from (f"/tables/{flow}", f"/metadata/{flow}")
        if manifest.quality:
            yield f"/quality/{flow}"
    for each in all_revised(snapshot, bulletin):
        yield f"/revisions/{each.manifest.dataflow.id}/{each.manifest.vintage}"
    yield from (f"/bulletin/{i.slug}" for i in published_bulletin(bulletin, snapshot.shelves).items)
    yield from _registers(snapshot)
    yield from listed_paths(every_corridor(snapshot, bulletin))
    yield from outlook_paths(runs_of(snapshot))
    yield from (f"/outlook/{region}" for region in regions_of(snapshot))


def _registers(snapshot: Snapshot) -> Iterator[str]:
    library = Library(snapshot.shelves, words(LANGUAGES[0]))
    for edition in library.editions:
        shelf = edition.shelf
        if not shelf.listed:
            continue
        yield f"/registers/{shelf.id}"
        for record in held(library.records(shelf.id)):
            yield f"/registers/{shelf.id}/{quote(record.key, safe='')}"
    for code in countries_of(snapshot):
        yield f"/countries/{code}"
    for code in library.countries:
        yield f"/diaspora/{code}"


def written(paths: Sequence[str], root: str, named: Callable[[str], str] = str) -> bytes:
    """The sitemap: each page in each language, with its other language beside it.

    Args:
        named: the address of a page below `root`, where it is another one than ours.
    """
    # Some 40,000 addresses: written as text, as a tree of them would take seconds and memory.
    parts = [
        f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">'
    ]
    for path in paths:
        there = {language: escape(root + named(f"/{language}{path}")) for language in LANGUAGES}
        beside = "".join(
            f'<xhtml:link rel="alternate" hreflang="{other}" href="{href}" />'
            for other, href in there.items()
        )
        parts += (f"<url><loc>{loc}</loc>{beside}</url>" for loc in there.values())
    return "".join((*parts, "</urlset>")).encode()
