"""One request at the desk: who sits there, in which language, with what form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cauce.letterbox import Box
from cauce.model.account import Account
from cauce.model.text import LANGUAGES, Language, Text
from cauce.office.desk.pages import Page, Pages
from cauce.office.histories import NotThere
from cauce.office.seat import Office, Seat
from cauce.office.words import Words, words
from cauce.store import Holds

CsrfField = Callable[[Request], Markup]


@dataclass(frozen=True)
class Room:
    """What every page is made from; `keep` shows what somebody typed whose session had ended.

    `holds` are the held releases, None if the office knows of no store; `box` holds the letters of
    the form for complaints, None if there is no such form. `address` is where the office is found,
    `complain` where that form is; "" for none.
    """

    office: Office
    pages: Pages
    csrf: CsrfField
    keep: Callable[[Request], Response]
    holds: Holds | None = None
    box: Box | None = None
    address: str = ""
    complain: str = ""


@dataclass(frozen=True)
class Visit:
    """One request of somebody signed in."""

    request: Request
    room: Room
    language: Language
    account: Account

    @cached_property
    def seat(self) -> Seat:
        return Seat(self.room.office, self.account)

    @property
    def words(self) -> Words:
        return words(self.language)

    def of(self, text: Text) -> str:
        return text.of(self.language)

    def part(self, name: str) -> str:
        return str(self.request.path_params[name])

    def asked(self, name: str) -> str:
        """A part of the query, "" if it is not there."""
        return str(self.request.query_params.get(name, "")).strip()

    def given(self, name: str) -> str:
        return next(iter(self.form.get(name, [])), "")

    @cached_property
    def form(self) -> Mapping[str, list[str]]:
        """The fields of the form with all their values; files are none of them."""
        found: dict[str, list[str]] = {}
        for name, value in self.request.state.form.multi_items():
            if isinstance(value, str):
                found.setdefault(name, []).append(value.replace("\r\n", "\n"))
        return found

    def address(self, *parts: str, **query: str) -> str:
        """An address of ours in the reader's language; what is empty is left out of the query."""
        path = "/".join(quote(part, safe="") for part in (self.language, *parts))
        told = urlencode({name: value for name, value in query.items() if value})
        return f"/{path}?{told}" if told else f"/{path}"

    def go(self, address: str) -> Response:
        return RedirectResponse(address, 303)

    def show(self, template: str, page: Page, status: int = 200) -> Response:
        html = self.room.pages.html(
            template,
            page,
            self.request,
            self.language,
            self.room.csrf(self.request),
            self.account,
            self.seat.administers,
            self.seat.places("see", "releases", "review") != frozenset(),
            mobility=self.seat.places("see", "mobility_permits", "approved") != frozenset(),
            hotline=self.seat.writes("complaints") or self.seat.writes("screenings"),
        )
        return HTMLResponse(html, status, {"Content-Language": self.language})


Handler = Callable[[Visit], Response]


def spoken(word: str) -> Language | None:
    """The language an address names, if we speak it."""
    return next((language for language in LANGUAGES if word == language), None)


def visited(room: Room, handler: Handler) -> Callable[[Request], Response]:
    """What answers an address for somebody signed in; others go to the door.

    It is no coroutine, so that it runs in a thread and a slow disk keeps nobody else waiting.
    """

    def answer(request: Request) -> Response:
        language = spoken(request.path_params.get("language", ""))
        if language is None:
            raise HTTPException(404)
        account = cast("Account | None", request.state.account)
        if account is None and request.method == "POST" and "do" in request.state.form:
            return room.keep(request)
        if account is None:
            here = f"?next={quote(str(request.url.path))}" if request.method == "GET" else ""
            return RedirectResponse(f"/{language}/sign-in{here}", 303)
        if account.scope is not None:
            raise NotThere
        return handler(Visit(request, room, language, account))

    return answer
