"""One request: the generation of the store and the language it is answered in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cauce.model.errors import BadInput
from cauce.model.text import LANGUAGES, Language
from cauce.portal.bounds import Limits, pin
from cauce.portal.bulletin import Bulletin
from cauce.portal.bulletin_register import published_bulletin
from cauce.portal.calendar import NOTHING, Calendar
from cauce.portal.cited import cited
from cauce.portal.dataset import endings, schema_org
from cauce.portal.links import address
from cauce.portal.once import Make, Once, T
from cauce.portal.pages import Page, Pages, Place
from cauce.portal.words import Words, words
from cauce.publish import Texts
from cauce.store import Reader, Snapshot

TABLE = "table.html"
"""The template of the page that stands for a table, and says so to machines that harvest."""


@dataclass(frozen=True)
class Site:
    """What every page is made from; the `clock` is asked where a page depends on the day."""

    reader: Reader
    bulletin: Bulletin
    pages: Pages
    clock: Callable[[], datetime]
    calendar: Calendar = NOTHING
    once: Once = field(default_factory=Once)
    limits: Limits = field(default_factory=Limits)
    texts: Texts = field(default_factory=lambda: Texts(Limits().texts))


@dataclass(frozen=True)
class Visit:
    """One request, over one generation of the store."""

    request: Request
    site: Site
    snapshot: Snapshot
    language: Language

    @property
    def words(self) -> Words:
        return words(self.language)

    @property
    def bulletin(self) -> Bulletin:
        """The news listing, with what the register of news says now."""
        return self.once(_published)

    def once(self, make: Make[T]) -> T:
        """What is made of this generation, made once for all readers of it."""
        return self.site.once.of(self.snapshot, self.site.bulletin, make)

    @property
    def root(self) -> str:
        """Where the site is, with no slash at its end."""
        return str(self.request.base_url).rstrip("/")

    def query(self) -> dict[str, str]:
        return dict(self.request.query_params)

    def part(self, name: str) -> str:
        """A part of the address."""
        return str(self.request.path_params[name])

    def show(self, template: str, page: Page, status: int = 200) -> Response:
        """A page as an answer; that of a table says what it is, to people and to harvesters."""
        told = self.cited
        dataset = self._dataset() if template == TABLE else ("", "")
        return show(
            self.site,
            self.request,
            template,
            page,
            self.language,
            status,
            told,
            dataset,
            self.snapshot,
        )

    def _dataset(self) -> tuple[str, str]:
        """The table shown as JSON-LD, and the page about it."""
        flow, vintage = self.part("flow"), self.query().get("vintage", "")
        manifest = self.snapshot.manifest(flow, vintage or None)
        about = address(f"/{self.language}/metadata/{flow}", {"vintage": vintage})
        return schema_org(manifest, self.words, self.root, endings(self.request.app)), about

    def cited(self, text: str) -> str:
        """A text with what it cites."""
        return cited(text, self.snapshot, self.words)


Handler = Callable[[Visit], Response]


def _published(snapshot: Snapshot, bulletin: Bulletin) -> Bulletin:
    return published_bulletin(bulletin, snapshot.shelves)


def show(
    site: Site,
    request: Request,
    template: str,
    page: Page,
    language: Language,
    status: int = 200,
    told: Callable[[str], str] = str,
    dataset: tuple[str, str] = ("", ""),
    snapshot: Snapshot | None = None,
) -> Response:
    """A page as an answer, all of it of one generation: `snapshot`, or the one that is current."""
    here, invented = request.url, _shows_invented(site.reader, snapshot)
    place = Place(here.path, here.query, language, invented, *dataset)
    html = site.pages.html(template, page, place, told)
    return HTMLResponse(html, status, {"Content-Language": language})


def _shows_invented(reader: Reader, snapshot: Snapshot | None) -> bool:
    """Whether any table of the site is invented; a store that cannot be read shows none."""
    try:
        return any(m.dataflow.source.invented for m in (snapshot or reader.snapshot()).flows())
    except BadInput:
        return False


class Unspoken(HTTPException):
    """An address that does not begin with a language we speak."""

    def __init__(self) -> None:
        super().__init__(404)


def visited(site: Site, handler: Handler, dated: bool = False) -> Callable[[Request], Response]:
    """What answers an address in one language; nothing is sent twice to who has it.

    A page that is `dated` says something else tomorrow, so it is had for a day only.

    It is no coroutine, so that it runs in a thread and a slow disk keeps nobody else waiting.
    """

    def answer(request: Request) -> Response:
        language = spoken(request.path_params["language"])
        if language is None:
            raise Unspoken
        snapshot = site.reader.snapshot()
        day = f"{site.clock():%Y%m%d}" if dated else ""
        parts = site.pages.edition, str(snapshot.generation), language, day
        tag = f'W/"{"-".join(filter(None, parts))}"'
        if tag in request.headers.get("if-none-match", ""):
            response = Response(status_code=304)
        else:
            response = handler(Visit(request, site, snapshot, language))
            pin(request, snapshot, day)
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "no-cache"
        return response

    return answer


def spoken(word: str) -> Language | None:
    """The language an address names, if we speak it."""
    return next((language for language in LANGUAGES if word == language), None)


def preferred(accepted: str) -> Language:
    """Of the languages we speak, the one a browser prefers; English if it speaks neither.

    Source: RFC 9110, section 12.5.4.
    """
    best: Language = "en"
    weight = 0.0
    for part in accepted.lower().split(","):
        name, _, told = part.strip().partition(";q=")
        language = spoken(name.strip().split("-")[0])
        found = quality(told)
        if language is not None and found > weight:
            best, weight = language, found
    return best


def quality(told: str) -> float:
    """How much a client wants something: 1 if it does not say, 0 if it says nothing sensible."""
    try:
        return float(told) if told else 1.0
    except ValueError:
        return 0.0
