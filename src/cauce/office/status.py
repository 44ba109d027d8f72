"""A page that says how the system is, for administrators."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from cauce.model.account import Account, Role
from cauce.model.status import Health, Status
from cauce.model.text import Language, Text
from cauce.pipeline.status import Looked, how_it_is

TITLE = Text("How the system is", "Cómo está el sistema")
HEALTH = {
    Health.WELL: Text("well", "bien"),
    Health.LOOK: Text("have a look", "revisar"),
    Health.ACT: Text("act now", "actuar ya"),
}
HEADERS = {"Cache-Control": "no-store"}


def status_routes(looked: Looked, clock: Callable[[], datetime]) -> list[Route]:
    """The routes /status and /status.json: an administrator's, and not there for others."""

    def page(request: Request) -> Response:
        account = administrator(request)
        if account is None:
            return PlainTextResponse("404", 404)
        shown = status_page(how_it_is(looked, clock()), account.language)
        return HTMLResponse(shown, headers=HEADERS)

    def data(request: Request) -> Response:
        if administrator(request) is None:
            return PlainTextResponse("404", 404)
        return JSONResponse(asdict(how_it_is(looked, clock())), headers=HEADERS)

    return [Route("/status", page), Route("/status.json", data)]


def administrator(request: Request) -> Account | None:
    """Who asks, if it is an administrator."""
    account = getattr(request.state, "account", None)
    is_one = isinstance(account, Account) and Role.ADMINISTRATOR in account.roles
    return account if is_one else None


def status_page(status: Status, language: Language) -> str:
    """The page as HTML: one table, no scripts, readable without style."""
    rows = "".join(
        f"<tr><th scope='row'>{escape(line.name.of(language))}</th>"
        f"<td>{escape(HEALTH[line.health].of(language))}</td>"
        f"<td>{escape(line.said.of(language))}</td></tr>"
        for line in status.lines
    )
    title = escape(TITLE.of(language))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1><p>Cauce {escape(status.program)} · "
        f"<time>{escape(status.at)}</time></p><table>{rows}</table></main></body></html>"
    )
