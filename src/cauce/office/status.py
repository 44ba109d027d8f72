"""A page that says how the system is, for administrators."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from cauce.model.account import Account, Role
from cauce.model.status import Health, Status
from cauce.model.text import LANGUAGES, Language, Text
from cauce.office.doors.pages import Frame, shown
from cauce.office.words import words
from cauce.pipeline.status import Looked, how_it_is

TITLE = Text("How the system is", "Cómo está el sistema")
HEALTH = {
    Health.WELL: Text("well", "bien"),
    Health.LOOK: Text("have a look", "revisar"),
    Health.ACT: Text("act now", "actuar ya"),
}
TONE = {Health.WELL: "approved", Health.LOOK: "waits", Health.ACT: "returned"}
"""The colour each is shown in, as states of records are."""
HEADERS = {"Cache-Control": "no-store"}
ADDRESS = "/status"


@dataclass(frozen=True)
class StatusLine:
    """A part of the system: how it is, and what is said of it."""

    name: str
    tone: str
    health: str
    said: str


@dataclass(frozen=True)
class StatusPage:
    """What templates/doors/status.html is given, and nothing else."""

    title: str
    about: str
    lines: tuple[StatusLine, ...]


def status_routes(looked: Looked, clock: Callable[[], datetime]) -> list[Route]:
    """The routes /status and /status.json: an administrator's, and not there for others."""

    def page(request: Request) -> Response:
        account = administrator(request)
        if account is None:
            return PlainTextResponse("404", 404)
        asked = spoken(request.query_params.get("language", "")) or account.language
        html = status_page(how_it_is(looked, clock()), asked)
        return HTMLResponse(html, headers=HEADERS)

    def data(request: Request) -> Response:
        if administrator(request) is None:
            return PlainTextResponse("404", 404)
        return JSONResponse(asdict(how_it_is(looked, clock())), headers=HEADERS)

    return [Route(ADDRESS, page), Route(f"{ADDRESS}.json", data)]


def spoken(word: str) -> Language | None:
    return next((language for language in LANGUAGES if word == language), None)


def administrator(request: Request) -> Account | None:
    """Who asks, if it is an administrator."""
    account = getattr(request.state, "account", None)
    is_one = isinstance(account, Account) and Role.ADMINISTRATOR in account.roles
    return account if is_one else None


def status_page(status: Status, language: Language) -> str:
    """The page as HTML, in the frame of the doors: it has to show when little else works."""
    said = words(language)
    lines = tuple(
        StatusLine(
            line.name.of(language),
            TONE[line.health],
            HEALTH[line.health].of(language),
            line.said.of(language),
        )
        for line in status.lines
    )
    at = said.moment(status.at)
    page = StatusPage(TITLE.of(language), f"Cauce {status.program} · {at}", lines)
    other: Language = "es" if language == "en" else "en"
    frame = Frame(language, other, f"{ADDRESS}?language={other}", Markup(""), administers=True)
    return shown("status.html", page, replace(frame, home="/"))
