"""What machines look for first: the map of the site, who may crawl it, the catalogue, its icon.

Sources: sitemaps.org protocol 0.9 with xhtml:link alternates; RFC 9309 (robots.txt).
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from cauce.model.text import LANGUAGES
from cauce.portal.bounds import pin
from cauce.portal.browse.indicators import published
from cauce.portal.browse.topics import topics_of
from cauce.portal.bulletin import Bulletin
from cauce.portal.bulletin_register import published_bulletin
from cauce.portal.crumbs import OTHER
from cauce.portal.dataset import catalog_jsonld, endings
from cauce.portal.finding.entries import own_pages
from cauce.portal.registers.library import Library, countries_of
from cauce.portal.registers.search import held
from cauce.portal.releases.revised import all_revised
from cauce.portal.visit import Site
from cauce.portal.words import words
from cauce.store import Snapshot

ICON = Path(__file__).parent / "static" / "cauce.svg"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 24_000
"""Pages of a sitemap, each in two languages: the protocol allows 50,000 addresses in a file."""


def signposts(site: Site) -> tuple[BaseRoute, ...]:
    """The addresses that machines look for, outside of any language."""

    def catalog(request: Request) -> Response:
        snapshot = site.reader.snapshot()
        pin(request, snapshot)
        told = catalog_jsonld(snapshot.flows(), root_of(request), endings(request.app))
        return Response(told, media_type="application/ld+json")

    def sitemap(request: Request) -> Response:
        snapshot = site.reader.snapshot()
        pin(request, snapshot)
        paths = site.once.of(snapshot, site.bulletin, pages)
        return Response(written(paths, root_of(request)), media_type="application/xml")

    def robots(request: Request) -> Response:
        return PlainTextResponse(
            "User-agent: *\nDisallow: /en/certificates\nDisallow: /es/certificates\n"
            f"Disallow: /sdmx/\n\nSitemap: {root_of(request)}/sitemap.xml\n"
        )

    def icon(_: Request) -> Response:
        return FileResponse(ICON, media_type="image/svg+xml")

    answers = (("/catalog.jsonld", catalog), ("/sitemap.xml", sitemap), ("/robots.txt", robots),
               ("/favicon.ico", icon))  # fmt: skip
    return tuple(Route(path, answer) for path, answer in answers)


def root_of(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def pages(snapshot: Snapshot, bulletin: Bulletin) -> tuple[str, ...]:
    """Every page that has an address of its own, without the language; views are not in it.

    What may not be listed is not: a record that is shown only to who names it is none of them.
    """
    return tuple(dict.fromkeys(_pages(snapshot, bulletin)))[:MOST]


def _pages(snapshot: Snapshot, bulletin: Bulletin) -> Iterator[str]:
    yield from ("/", "/search", *(f"/{path}" for path in own_pages(snapshot)))
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


def _registers(snapshot: Snapshot) -> Iterator[str]:
    library = Library(snapshot.shelves, words(LANGUAGES[0]))
    corridors: dict[str, None] = {}
    for edition in library.editions:
        shelf = edition.shelf
        if not shelf.listed:
            continue
        yield f"/registers/{shelf.id}"
        for record in held(library.records(shelf.id)):
            yield f"/registers/{shelf.id}/{quote(record.key, safe='')}"
            corridors.update(dict.fromkeys(record.corridors))
    for code in countries_of(snapshot):
        yield f"/countries/{code}"
    for code in library.countries:
        yield f"/diaspora/{code}"
    yield from (f"/corridors/{corridor}" for corridor in corridors)


def written(paths: tuple[str, ...], root: str) -> bytes:
    """The sitemap: each page in each language, with its other language beside it."""
    whole = Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": "http://www.w3.org/1999/xhtml"})
    for path in paths:
        for language in LANGUAGES:
            url = SubElement(whole, "url")
            SubElement(url, "loc").text = f"{root}/{language}{path}"
            for other in LANGUAGES:
                href = f"{root}/{other}{path}"
                told = {"rel": "alternate", "hreflang": other, "href": href}
                SubElement(url, "xhtml:link", told)
    told_bytes: bytes = tostring(whole, encoding="utf-8", xml_declaration=True)
    return told_bytes
