"""Screening a case: by who was trained, with somewhere to send the person, never a verdict."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.responses import Response

from cauce.assess.recruitment.referral import answers_shown, settings_from
from cauce.assess.recruitment.screening import refuse_without_services, screen
from cauce.assess.recruitment.screening_read import STRENGTHS, answers_of, parse_screening
from cauce.model.entry import Action
from cauce.model.errors import BadInput
from cauce.model.screening import Screened, ScreeningFrame, ScreeningSettings
from cauce.office import drafting, papers
from cauce.office.desk.visit import Handler, Visit
from cauce.office.drafting import Refused
from cauce.office.histories import History, NotThere
from cauce.office.hotline.cases import CONFIRMED, SCREENINGS, SERVICES, case_of, numbered, screens
from cauce.office.judge.sight import SeatSight
from cauce.office.seat import today
from cauce.office.typed import Raw, Typed

TONES = {"NO_SIGNAL": "none", "MORE_INFO": "warn", "REFER_URGENT": "bad"}
MOST = 99
"""Digits of a count of indicators that are read."""


@dataclass(frozen=True)
class Question:
    """Something asked: yes, no or cannot tell."""

    id: str
    words: str
    answer: str


@dataclass(frozen=True)
class Counted:
    """A dimension, with how many strong, medium and weak indicators were seen; "" for not asked."""

    id: str
    words: str
    most: int
    seen: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sent:
    """A service to turn to."""

    name: str
    contact: str


@dataclass(frozen=True)
class Led:
    """What follows for one concept, why, and where to turn."""

    concept: str
    signal: str
    tone: str
    because: tuple[str, ...]
    services: tuple[Sent, ...]


@dataclass(frozen=True)
class ScreenPage:
    """What templates/hotline/screen.html is given, and nothing else.

    `blocked` says why nobody is screened here; `thresholds` whose are used, or that none are.
    """

    title: str
    back: str
    blocked: str
    directory: str
    thresholds: str
    first: tuple[Question, ...]
    clues: tuple[Question, ...]
    dimensions: tuple[Counted, ...]
    found: tuple[Led, ...]
    problem: str
    refer: str
    key: str


@dataclass(frozen=True)
class Screening:
    """What a page needs: the case, what is asked, the settings of its country."""

    history: History
    frame: ScreeningFrame
    settings: ScreeningSettings


def asking(frames: Path | None) -> Handler:
    def ask(visit: Visit) -> Response:
        """The questions, none answered."""
        return _show(visit, _begun(visit, frames), {}, (), "")

    return ask


def answering(frames: Path | None) -> Handler:
    def answer(visit: Visit) -> Response:
        """Where the answers lead; kept, sealed, if that was asked."""
        screening = _begun(visit, frames)
        said = _said(visit, screening.frame)
        try:
            answers = answers_of(said, screening.frame)
            found = screen(screening.frame, screening.settings, answers)
        except BadInput:
            problem = visit.words("hotline.counts_wrong")
            return _show(visit, screening, said, (), problem, 422)
        if visit.given("do") == "keep":
            return _keep(visit, screening, said, found)
        return _show(visit, screening, said, found, "")

    return answer


def _begun(visit: Visit, frames: Path | None) -> Screening:
    """Raises NotThere to who was not trained, as if there were no such page."""
    if not screens(visit) or frames is None:
        raise NotThere
    history = case_of(visit)
    path = frames / "recruitment" / "screening.toml"
    frame = parse_screening(path.name, path.read_text("utf-8"))
    now = today(visit.room.office)
    sight = SeatSight(visit.seat, now)
    services, confirmed = (sight.records(name).values() for name in (SERVICES, CONFIRMED))
    settings = settings_from(services, confirmed, history.country, frame, now)
    return Screening(history, frame, settings)


def _said(visit: Visit, frame: ScreeningFrame) -> dict[str, object]:
    """The answers of a form; what was not answered is not known."""
    asked = ("child", "smuggled", *(one.id for one in frame.clues))
    said: dict[str, object] = {name: visit.given(name) or "UNK" for name in asked}
    for one in frame.dimensions:
        typed = {key: visit.given(f"{one.id}.{key}").strip() for key in STRENGTHS}
        if any(typed.values()):
            said[one.id] = {key: _whole(value) for key, value in typed.items()}
        else:
            said[one.id] = "UNK"
    return said


def _whole(typed: str) -> int:
    """A number of indicators; what is none cannot be right in any frame."""
    if not typed:
        return 0
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < MOST else -1


def _keep(
    visit: Visit,
    screening: Screening,
    said: Mapping[str, object],
    found: tuple[Screened, ...],
) -> Response:
    register = visit.seat.register(SCREENINGS)
    paper = papers.begin(visit.seat, register, "", Action.OPEN)
    key = visit.given("key")
    if len(key) == len(paper.sheet.key) and key.isalnum():
        paper = replace(paper, sheet=replace(paper.sheet, key=key))
    values: Raw = {
        "number": numbered("T"),
        "country": screening.history.country,
        "complaint": screening.history.key,
        "screened_on": today(visit.room.office).isoformat(),
        "frame": f"screening {screening.frame.version}",
        "answers": [{"question": q, "answer": a} for q, a in answers_shown(said)],
        "results": [
            {"concept": one.concept, "signal": one.signal, "because": _why(one)} for one in found
        ],
    }
    if screening.settings.confirmed_by:
        values["thresholds"] = screening.settings.confirmed_by[:500]
    urgent = any(one.signal == "REFER_URGENT" for one in found)
    case = screening.history.key
    back = visit.address("hotline", "cases", case, screened="urgent" if urgent else "1")
    try:
        visit.seat.history(register, paper.sheet.key)
    except NotThere:
        pass
    else:
        return visit.go(back)
    try:
        drafting.submit(visit.seat, replace(paper, typed=Typed(values)))
    except Refused:
        return _show(visit, screening, said, found, visit.words("hotline.not_kept"), 422)
    return visit.go(back)


def _why(one: Screened) -> str:
    return "; ".join(words.es for words in one.because)[:500] or "–"


def _show(
    visit: Visit,
    screening: Screening,
    said: Mapping[str, object],
    found: tuple[Screened, ...],
    problem: str,
    status: int = 200,
) -> Response:
    frame, words, key = screening.frame, visit.words, screening.history.key
    confirmed = screening.settings.confirmed_by
    try:
        refuse_without_services(screening.settings)
        blocked = ""
    except BadInput:
        blocked = words("hotline.no_services")
    page = ScreenPage(
        title=words("hotline.screen"),
        back=visit.address("hotline", "cases", key),
        blocked=blocked,
        directory=visit.address("registers", SERVICES),
        thresholds=words("hotline.thresholds", by=confirmed) if confirmed else words("hotline.off"),
        first=tuple(
            Question(name, words(f"hotline.q_{name}"), str(said.get(name, "UNK")))
            for name in ("child", "smuggled")
        ),
        clues=tuple(
            Question(one.id, visit.of(one.name), str(said.get(one.id, "UNK")))
            for one in frame.clues
        ),
        dimensions=tuple(
            Counted(one.id, visit.of(one.name), one.indicators, _seen(said.get(one.id)))
            for one in frame.dimensions
        ),
        found=tuple(_led(visit, one) for one in found),
        problem=problem,
        refer=visit.address("hotline", "cases", key, "refer"),
        key=visit.given("key") or secrets.token_hex(10),
    )
    return visit.show("hotline/screen.html", page, status)


def _seen(value: object) -> tuple[tuple[str, str], ...]:
    given = value if isinstance(value, Mapping) else {}
    return tuple((key, str(given.get(key, ""))) for key in STRENGTHS)


def _led(visit: Visit, one: Screened) -> Led:
    return Led(
        concept=visit.words(f"hotline.concept_{one.concept}"),
        signal=visit.words(f"hotline.signal_{one.signal}"),
        tone=TONES[one.signal],
        because=tuple(visit.of(words) for words in one.because),
        services=tuple(Sent(visit.of(s.name), s.contact) for s in one.services),
    )
