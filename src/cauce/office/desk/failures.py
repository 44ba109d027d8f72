"""The pages for what went wrong, in the reader's language: what it is and what to do."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from markupsafe import Markup
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cauce.model.errors import BadInput
from cauce.model.text import Language
from cauce.office.desk.pages import Pages
from cauce.office.desk.visit import spoken
from cauce.office.doors.guard import HEADERS
from cauce.office.drafting import Refused
from cauce.office.failing import status_of
from cauce.office.histories import NotThere
from cauce.office.seat import NotAllowed
from cauce.office.words import words

Answer = Callable[[Request, Exception], Awaitable[Response]]
SAID = {
    403: "not_allowed",
    404: "not_there",
    405: "not_there",
    409: "stale",
    422: "not_read",
    503: "busy",
}


@dataclass(frozen=True)
class FailedPage:
    """What templates/desk/failed.html is given, and nothing else."""

    title: str
    status: int
    text: str
    reason: str
    home: str
    home_name: str


def page_of(pages: Pages, request: Request, error: Exception) -> Response:
    """The page for an error; nothing of the inside is shown."""
    language = reader_of(request)
    said, status = words(language), status_of(error)
    key = SAID.get(status, "our_fault")
    page = FailedPage(
        title=said(f"failed.{key}"),
        status=status,
        text=said(f"failed.{key}_text"),
        reason=error.why.of(language) if isinstance(error, NotAllowed) else "",
        home=f"/{language}/",
        home_name=said("home.title"),
    )
    account = getattr(request.state, "account", None)
    html = pages.html("failed.html", page, request, language, Markup(""), account)
    return HTMLResponse(html, status, {"Content-Language": language, "Cache-Control": "no-store"})


def failures(
    pages: Pages, api: Callable[[Request, Exception], Response]
) -> Mapping[type[Exception], Answer]:
    """What answers each kind of failure: a page, or a problem for programs."""

    async def answer(request: Request, error: Exception) -> Response:
        program = request.url.path.startswith("/api/")
        response = api(request, error) if program else page_of(pages, request, error)
        # A bug is answered outside of the middleware, which would set these.
        for name, value in HEADERS:
            response.headers.setdefault(name, value)
        return response

    async def answer_if_busy(request: Request, error: Exception) -> Response:
        if status_of(error) != HTTPStatus.SERVICE_UNAVAILABLE:
            raise error  # a bug: it keeps its traceback
        response = await answer(request, error)
        response.headers["Retry-After"] = "60"
        return response

    kinds = (HTTPException, NotThere, NotAllowed, Refused, BadInput, Exception)
    return {**dict.fromkeys(kinds, answer), OperationalError: answer_if_busy}


def reader_of(request: Request) -> Language:
    """The language of an address, or the one a browser prefers; Spanish if it says nothing."""
    named = spoken([*request.url.path.split("/"), ""][1])
    first = request.headers.get("accept-language", "").lower().lstrip()[:2]
    return named or ("en" if first == "en" else "es")
