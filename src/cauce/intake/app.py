"""The addresses of the form: write, and come back. Nothing of a request is kept or logged."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from cauce.intake.bounds import Turns
from cauce.intake.pages import Filled, Page, page
from cauce.intake.tokens import Tokens
from cauce.letterbox import FullBox, Letter, answer_of, back_key, drop, seal_letter
from cauce.model.text import LANGUAGES, Language, Text

LARGEST = 64 * 1024
"""Bytes of a form: ten times what a long story has."""
FIELDS: Mapping[str, int] = {
    "account": 6000,
    "paid": 1,
    "how_much": 80,
    "recruiter": 200,
    "employer": 200,
    "where": 200,
    "contact": 200,
    "consent": 7,
}
"""What is asked, and how many characters of it are kept."""
CONSENTS = ("PRIV", "NETWORK", "AUTH")
EACH, ALL = 20, 600


@dataclass(frozen=True)
class Intake:
    """What the form works with: public keys by country, folders, and whom to call instead.

    `names` are the countries' names. `telephone` is that of the hotline, "" if there is none.
    """

    keys: Mapping[str, bytes]
    names: Mapping[str, Text]
    letters: Path
    answers: Path
    telephone: str = ""
    each: int = EACH
    all: int = ALL
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    clock: Callable[[], float] = time.time


def create_intake(intake: Intake) -> Starlette:
    """The form as an app."""
    desk = _Desk(intake)
    routes = [
        Route("/", _choose_language),
        Route("/healthz", lambda _: PlainTextResponse("ok\n")),
        Route("/{language:str}/", desk.ask, methods=["GET"]),
        Route("/{language:str}/", desk.write, methods=["POST"]),
        Route("/{language:str}/back", desk.ask_back, methods=["GET"]),
        Route("/{language:str}/back", desk.come_back, methods=["POST"]),
    ]
    return Starlette(routes=routes)


def _choose_language(request: Request) -> Response:
    """Spanish first: English only to a browser that asks for it."""
    first = request.headers.get("accept-language", "").lower().lstrip()[:2]
    return RedirectResponse("/en/" if first == "en" else "/es/", 302)


class _Desk:
    """What answers; it keeps nothing from one request to the next but how many there were."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.tokens = Tokens(intake.secret)
        self.turns = Turns(intake.each, intake.all, intake.clock)

    async def ask(self, request: Request) -> Response:
        return self._form(request, {}, "", 200)

    async def ask_back(self, request: Request) -> Response:
        return self._shown(request, "back", Filled({}), 200)

    async def write(self, request: Request) -> Response:
        """Seal what was written and drop it; the ticket is shown once, and kept nowhere."""
        given = await _given(request)
        if given is None:
            return self._form(request, {}, "unread", 400)
        if not _is_ours(request):
            return self._form(request, given, "again", 403)
        ticket = self.tokens.ticket(given.get("token", ""), self.intake.clock())
        country = given.get("country", "")
        if ticket is None or country not in self.intake.keys:
            return self._form(request, given, "again", 403)
        if not given.get("account", "").strip():
            return self._form(request, given, "empty", 422)
        if not self._turn(request):
            return self._form(request, given, "slow", 429)
        key = await run_in_threadpool(back_key, ticket.number, ticket.words)
        letter = self._letter(request, given, ticket.number, ticket.key, key, follows=False)
        try:
            await run_in_threadpool(self._drop, letter, ticket.key)
        except (FullBox, OSError):
            return self._form(request, given, "full", 503)
        return self._shown(request, "sent", Filled({}, ticket.number, ticket.words), 200)

    async def come_back(self, request: Request) -> Response:
        """Show what was answered, and drop what is added. No answer and no case look alike."""
        given = await _given(request)
        if given is None or not _is_ours(request):
            return self._shown(request, "back", Filled({}, problem="again"), 403)
        number, words = given.get("number", ""), given.get("words", "")
        if not number.strip() or not words.strip():
            return self._shown(request, "back", Filled(given, problem="both"), 422)
        if not self._turn(request):
            return self._shown(request, "back", Filled(given, problem="slow"), 429)
        key = await run_in_threadpool(back_key, number, words)
        answer = await run_in_threadpool(answer_of, self.intake.answers, key)
        added = False
        country = given.get("country", "")
        if given.get("account", "").strip() and country in self.intake.keys:
            letter = self._letter(request, given, number, secrets.token_hex(10), key, follows=True)
            try:
                await run_in_threadpool(self._drop, letter, letter.key)
            except (FullBox, OSError):
                return self._shown(request, "back", Filled(given, problem="full"), 503)
            added = True
            given = {**given, "account": ""}
        filled = Filled(given, answer=answer or "-", added=added)
        return self._shown(request, "back", filled, 200)

    def _letter(
        self,
        request: Request,
        given: Mapping[str, str],
        number: str,
        record: str,
        key: bytes,
        follows: bool,
    ) -> Letter:
        told = {name: given[name][:most] for name, most in FIELDS.items() if given.get(name, "")}
        if told.get("consent") not in CONSENTS:
            told["consent"] = "PRIV"
        if told.get("paid") not in ("Y", "N"):
            told["paid"] = "UNK"
        day = datetime.fromtimestamp(self.intake.clock(), UTC).date().isoformat()
        plain = "".join(c for c in number.upper() if c.isalnum())[:9]
        number = f"{plain[:1]}-{plain[1:5]}-{plain[5:]}"
        language = _language(request)
        return Letter(given["country"], number, record, day, language, key.hex(), follows, told)

    def _drop(self, letter: Letter, name: str) -> None:
        sealed = seal_letter(letter, self.intake.keys[letter.country])
        drop(self.intake.letters, letter.country, name, sealed)

    def _turn(self, request: Request) -> bool:
        return self.turns.take(request.client.host if request.client else "")

    def _form(
        self, request: Request, given: Mapping[str, str], problem: str, status: int
    ) -> Response:
        """The form, with whatever was typed still in it."""
        token = given.get("token", "")
        if self.tokens.ticket(token, self.intake.clock()) is None:
            token = self.tokens.give(self.intake.clock())
        return self._shown(request, "form", Filled(given, problem=problem, token=token), status)

    def _shown(self, request: Request, template: str, filled: Filled, status: int) -> Response:
        language = _language(request)
        if request.path_params.get("language") not in LANGUAGES:
            return RedirectResponse("/es/", 302)
        names = {code: self.intake.names.get(code, Text(code, code)) for code in self.intake.keys}
        shown = Page(language, template, filled, names, self.intake.telephone)
        return page(shown, status)


def _language(request: Request) -> Language:
    return "en" if request.path_params.get("language") == "en" else "es"


def _is_ours(request: Request) -> bool:
    """Whether one of our own pages sent this: no other site may write in somebody's place.

    A browser that hides where it comes from ("null") is listened to: the token is what proves it.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin", "")
    host = request.headers.get("host", "")
    return site in ("same-origin", "none") and origin.partition("://")[2] in ("", host)


async def _given(request: Request) -> dict[str, str] | None:
    """The fields of a form, the first of each name; None if it is none, or too long."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST:
                return None
        found = parse_qs(body.decode("utf-8"), max_num_fields=40)
    except (ClientDisconnect, ValueError):
        return None
    return {name: _clean(values[0]) for name, values in found.items()}


def _clean(text: str) -> str:
    """Text without what no file of any kind could hold; every sign people write stays."""
    kept = (c for c in text.replace("\r\n", "\n") if c in "\n\t" or (ord(c) >= 32 and c != "\x7f"))
    return "".join(c for c in kept if ord(c) & 0xFFFE != 0xFFFE and not 0xD800 <= ord(c) < 0xE000)
