"""The pages for what went wrong, in the reader's language; they show nothing of the inside."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from cauce.model.errors import BadInput
from cauce.model.text import LANGUAGES, Language
from cauce.portal.bounds.refused import Refused
from cauce.portal.guard import HEADERS
from cauce.portal.links import Link
from cauce.portal.pages import Invented
from cauce.portal.sdmx import METHODS, sdmx_refusal
from cauce.portal.visit import Site, Unspoken, preferred, show, spoken
from cauce.portal.words import Words, words
from cauce.store import NotPublished, Withdrawn

Answer = Callable[[Request, Exception], Awaitable[Response]]
TO_PROGRAMS: Language = "en"
SAID = {
    403: "not_whole",
    404: "not_found",
    405: "not_found",
    410: "gone",
    413: "too_many_rows",
    503: "store_trouble",
}
WAYS_ON = (("tables", "tables"), ("topics", "topics"), ("countries_page", "countries"),
           ("corridors_page", "corridors"), ("registers", "registers"), ("bulletin", "bulletin"),
           ("about", "about"))  # fmt: skip
"""The lists of all there is: words and address."""


@dataclass(frozen=True)
class FailedPage:
    """What templates/failed.html is given, and nothing else."""

    title: str
    invented: Invented
    status: int
    text: str
    reason: str
    ways_on: tuple[Link, ...]


def failures(site: Site) -> Mapping[type[Exception], Answer]:
    """What answers each kind of failure."""

    async def answer(request: Request, error: Exception) -> Response:
        if request.url.path.startswith("/sdmx/"):
            return _to_program(request, error)
        language = _language(request)
        page = failed_page(error, words(language))
        response = show(site, request, "failed.html", page, language, page.status)
        response.headers["Cache-Control"] = "no-store"
        # A bug is answered outside of the middleware, which would set these.
        for name, value in HEADERS:
            response.headers[name.decode()] = value.decode()
        return response

    return {HTTPException: answer, BadInput: answer, Refused: answer, Exception: answer}


def refusals(site: Site) -> Callable[[Scope, Refused], Response]:
    """What tells a reader or a program that a question is refused, at little cost.

    The pages are made once: nothing of the request is on them but its language.
    """
    made: dict[tuple[str, str], Response] = {}

    def tell(scope: Scope, refused: Refused) -> Response:
        path = scope["path"]
        if path.startswith("/sdmx/"):
            return sdmx_refusal(refused.status, refused.words, 1 if "/v1/" in path[:9] else 2)
        language = _language(Request(scope))
        if (language, refused.key) not in made:
            home = f"/{language}/"
            plain = {**scope, "path": home, "raw_path": home.encode(), "query_string": b""}
            page = failed_page(refused, words(language))
            made[language, refused.key] = show(
                site, Request(plain), "failed.html", page, language, page.status
            )
        body = made[language, refused.key].body
        return HTMLResponse(bytes(body), refused.status, {"Content-Language": language})

    return tell


def _to_program(request: Request, error: Exception) -> Response:
    """What a program is told, in the format of the version it asked."""
    page = failed_page(error, words(TO_PROGRAMS))
    told = f"{page.title}. {page.text}"
    if page.status == 405:
        told = f"Nothing is done here but {', '.join(METHODS)}."
    elif page.status == 404:
        told = "There is no such address. The service is at /sdmx/v1/ and at /sdmx/v2/."
    response = sdmx_refusal(page.status, told, 1 if "/v1/" in request.url.path[:9] else 2)
    if page.status == 405:
        response.headers["Allow"] = ", ".join(METHODS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _language(request: Request) -> Language:
    return spoken(request.url.path.split("/")[1]) or preferred(
        request.headers.get("accept-language", "")
    )


def failed_page(error: Exception, words: Words) -> FailedPage:
    """The page for an error; only the reason of a withdrawal is shown, written to be."""
    status = _status(error)
    key = error.key if isinstance(error, Refused) else SAID.get(status, "our_fault")
    told = error.values if isinstance(error, Refused) else {}
    return FailedPage(
        title=words(key),
        invented="",
        status=status,
        text=words("unspoken" if isinstance(error, Unspoken) else f"{key}_text", **told),
        reason=error.reason if isinstance(error, Withdrawn) else "",
        ways_on=tuple(_languages() if isinstance(error, Unspoken) else _lists(words)),
    )


def _languages() -> Iterator[Link]:
    for one in LANGUAGES:
        other: Language = "es" if one == "en" else "en"
        yield Link(words(other)("other_language"), f"/{one}/")


def _lists(words: Words) -> Iterator[Link]:
    return (Link(words(key), f"/{words.language}/{path}") for key, path in WAYS_ON)


def _status(error: Exception) -> int:
    if isinstance(error, Refused):
        return error.status
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, Withdrawn):
        return 410
    if isinstance(error, NotPublished):
        return 404
    return 503 if isinstance(error, BadInput) else 500
