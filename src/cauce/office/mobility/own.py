"""A worker's own record, by card and secret: no account, no script, and their own alone.

Whoever holds both sees what is kept of them and what posts and farms recorded, may say what is
wrong, and is shown where to complain. Guesses are slowed down card by card, and a wrong secret, a
card that never was and another's are told in the same words.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cauce.model.entry import Action, Draft
from cauce.model.text import Language
from cauce.office.desk.visit import Room, spoken
from cauce.office.mobility.told_own import Own, own_of
from cauce.office.words import Words, words
from cauce.pipeline.judge.sight import LogSight
from cauce.pipeline.mobility import Operation
from cauce.pipeline.registers import Declared
from cauce.registers.cards.code import read_code
from cauce.registers.values import read_record
from cauce.store.log import append, throttle
from cauce.store.log.accounts import digest
from cauce.store.log.database import told
from cauce.store.log.envelope import Whose
from cauce.store.log.holders import Held, opened_by
from cauce.store.log.sealing import seal_record

CORRECTIONS = "mobility_corrections"
FREE = 5
"""Attempts on a card before the next has to wait."""
MOST_OPEN = 5
SHUT = ("LOST", "REPLACED", "MISTAKE")
"""Why a card was revoked whose secret then opens nothing: somebody else may have it."""


@dataclass(frozen=True)
class OwnPage:
    """What templates/mobility/own.html is given, and nothing else; `own` None: not opened yet."""

    title: str
    card: str
    secret: str
    problem: str
    done: str
    own: Own | None
    abouts: tuple[tuple[str, str], ...]
    complain: str


def own_card(room: Room) -> Callable[[Request], Response]:
    """The form; opened by card and secret, the record; and a correction asked for."""

    def answer(request: Request) -> Response:
        language = spoken(request.path_params.get("language", ""))
        if language is None:
            raise HTTPException(404)
        return _answer(room, request, language)

    return answer


def _answer(room: Room, request: Request, language: Language) -> Response:
    said = words(language)
    form = request.state.form
    card, secret = (_field(form.get(name)) for name in ("card", "secret"))
    if request.method != "POST" or not card:
        return _page(room, request, language, card, problem="")
    held, wait = _opened(room, _token(card), secret)
    if wait:
        problem = said("mobility.own_wait", seconds=wait)
        return _page(room, request, language, card, problem, status=429)
    if held is None:
        return _page(room, request, language, card, said("mobility.own_wrong"), status=422)
    done = ""
    if _field(form.get("do")) == "correct":
        done = _correct(room, held, _field(form.get("about")), _field(form.get("said")), said)
    own = own_of(room.office, operation_for(room, held), held, language)
    return _page(room, request, language, card, "", secret, done, own)


def _field(value: object) -> str:
    return value.strip()[:20_000] if isinstance(value, str) else ""


def _token(typed: str) -> str:
    """The token in a code as scanned, or as it is printed under it."""
    found = read_code(typed)
    return found[0].token if found else "".join(typed.split()).replace("-", "").lower()[:16]


def _opened(room: Room, token: str, secret: str) -> tuple[Held | None, int]:
    """The card, if the secret is its own; and the seconds to wait before trying again."""
    office, subject = room.office, digest(f"card {token}")
    now = office.clock()
    with office.database.writing("own card") as connection:
        wait = throttle.wait(connection, subject, FREE, now)
        if wait:
            return None, wait
        throttle.note(connection, (subject,), now)
        held = opened_by(connection, token, secret)
        if held is None or held.revoked_why in SHUT:
            return None, 0
        throttle.forgive(connection, subject)
    return held, 0


def operation_for(room: Room, held: Held) -> Operation:
    office = room.office
    sight = LogSight(
        office.database, Declared(office.registers, office.lists), office.clock().date()
    )
    return Operation(sight, frozenset({held.country}))


def _correct(room: Room, held: Held, about: str, said_: str, said: Words) -> str:
    """Keep what a worker says is wrong; whoever runs the mechanism has to answer it."""
    office = room.office
    register = office.registers[CORRECTIONS]
    if _open_ones(room, held) >= MOST_OPEN:
        return said("mobility.own_enough")
    number = f"C-{secrets.token_hex(4).upper()}"
    raw = {
        "number": number,
        "permit": held.permit,
        "country": held.country,
        "asked_on": office.clock().date().isoformat(),
        "about": about,
        "said": said_,
        "state": "OPEN",
    }
    record, faults = read_record(register, raw, office.lists)
    if faults or not said_:
        return said("mobility.own_unsaid")
    key, actor = secrets.token_hex(10), f"card:{held.token}"
    here = told(frozenset({held.country}))
    with office.database.writing(actor, here) as connection:
        whose = Whose(register, key, held.country)
        sealed = seal_record(connection, office.keys, whose, record)
        draft = Draft(CORRECTIONS, key, held.country, Action.OPEN, sealed, None, None, actor, "", 0)
        append(connection, office.registers, [draft], office.clock())
    return said("mobility.own_kept", number=number)


def _open_ones(room: Room, held: Held) -> int:
    operation = operation_for(room, held)
    sight = operation.sight
    every = LogSight(sight.database, sight.declared, sight.day, approved=False)
    found = every.records(CORRECTIONS).values()
    return sum(r.get("permit") == held.permit and r.get("state") == "OPEN" for r in found)


def _page(
    room: Room,
    request: Request,
    language: Language,
    card: str,
    problem: str,
    secret: str = "",
    done: str = "",
    own: Own | None = None,
    status: int = 200,
) -> Response:
    lists = room.office.lists["CL_CORRECTION_ABOUT"]
    page = OwnPage(
        title=words(language)("mobility.own"),
        card=card if own else card[:200],
        secret=secret,
        problem=problem,
        done=done,
        own=own,
        abouts=tuple((code.id, code.name.of(language)) for code in lists.codes),
        complain=f"{room.complain}/{language}/" if room.complain else "",
    )
    html = room.pages.html("mobility/own.html", page, request, language, room.csrf(request), None)
    return HTMLResponse(html, status, {"Content-Language": language, "Cache-Control": "no-store"})
