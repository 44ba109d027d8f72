"""Referring a case: to services of the directory, as far as the person agreed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from starlette.responses import Response

from cauce.assess.filled import codes, flag, text, words
from cauce.assess.recruitment.referral import needs_ground
from cauce.model.entry import Action
from cauce.model.record import Record
from cauce.model.register import Register
from cauce.office import drafting, papers
from cauce.office.desk.parts import Choice
from cauce.office.desk.visit import Visit
from cauce.office.drafting import Refused
from cauce.office.histories import History, NotThere
from cauce.office.hotline.cases import (
    COMPLAINTS,
    INSPECTIONS,
    SERVICES,
    case_of,
    choices,
    hears,
    latest,
    numbered,
)
from cauce.office.judge.sight import SeatSight
from cauce.office.papers import Paper
from cauce.office.seat import NotAllowed, today
from cauce.office.typed import Raw, Typed
from cauce.store.log import StaleSave

LABOUR = "LABOUR"


@dataclass(frozen=True)
class Offer:
    """A service, for one of its concepts: `value` names both in the form."""

    value: str
    concept: str
    name: str
    contact: str
    authority: bool
    chosen: bool


@dataclass(frozen=True)
class ReferPage:
    """What templates/hotline/refer.html is given, and nothing else."""

    title: str
    back: str
    consent: str
    consents: tuple[Choice, ...]
    base: int
    offers: tuple[Offer, ...]
    directory: str
    passed: str
    ground: str
    problem: str


@dataclass(frozen=True)
class Wanted:
    """What was chosen: (concept, key) pairs with their services, what is told, on what ground."""

    chosen: tuple[tuple[str, str], ...]
    services: Mapping[str, Record]
    consent: str
    passed: str
    ground: str

    @property
    def unagreed(self) -> bool:
        named = [self.services[key] for _, key in self.chosen]
        return needs_ground(self.consent, named, [concept for concept, _ in self.chosen])


def ask(visit: Visit) -> Response:
    """The services of the country, by what they are for."""
    history, wanted = _asked(visit)
    return _show(visit, history, wanted, "")


def refer(visit: Visit) -> Response:
    """Note where the case went; the labour authority is asked for an inspection."""
    history, wanted = _asked(visit)
    if not wanted.chosen:
        return _show(visit, history, wanted, visit.words("hotline.choose_service"), 422)
    if not wanted.passed.strip():
        return _show(visit, history, wanted, visit.words("hotline.say_what"), 422)
    if wanted.unagreed and not wanted.ground.strip():
        return _show(visit, history, wanted, visit.words("hotline.not_agreed"), 422)
    if visit.given("base") != str(history.newest.entry.number):
        # Sent twice, or somebody was quicker: nothing is noted a second time.
        return visit.go(visit.address("hotline", "cases", history.key))
    try:
        before = _change(visit, history, wanted)
    except Refused as error:
        said = "; ".join(visit.of(fault.message) for fault in error.checked.blocking)
        return _show(visit, history, wanted, said, 422)
    except StaleSave:
        return _show(visit, history, wanted, visit.words("hotline.stale"), 409)
    if any(concept == LABOUR for concept, _ in wanted.chosen):
        _request(visit, history, wanted, before)
    return visit.go(visit.address("hotline", "cases", history.key, referred="1"))


def _asked(visit: Visit) -> tuple[History, Wanted]:
    """Raises NotThere to who takes no complaints."""
    if not hears(visit):
        raise NotThere
    history = case_of(visit)
    if not visit.seat.may("write", COMPLAINTS, history.country, "draft"):
        raise NotAllowed(visit.room.office.access.refused["verb"])
    sight = SeatSight(visit.seat, today(visit.room.office))
    services = {
        key: one
        for key, one in sight.records(SERVICES).items()
        if text(one, "country") == history.country
    }
    chosen = [pair.partition(":") for pair in visit.form.get("service", [])]
    named = tuple(
        (concept, key)
        for concept, _, key in chosen
        if key in services and concept in codes(services[key], "concepts")
    )
    known = {code.id for code in visit.room.office.lists["CL_CONSENT_SCOPE"].codes}
    given = visit.given("consent")
    consent = given if given in known else text(latest(history), "consent")
    return history, Wanted(
        named, services, consent, visit.given("passed")[:500], visit.given("ground")[:500]
    )


def _change(visit: Visit, history: History, wanted: Wanted) -> Record:
    """The case from today on, referred; what it said before."""
    paper = papers.begin(visit.seat, history.register, history.key, Action.CHANGE)
    on = today(visit.room.office)
    values = {**paper.typed.values, "consent": wanted.consent, "status": "REFD"}
    old = values.get("referred_to")
    before = [str(code) for code in old] if isinstance(old, list) else []
    values["referred_to"] = list(dict.fromkeys([*before, *(c for c, _ in wanted.chosen)]))
    rows = values.get("referrals")
    values["referrals"] = [*(rows if isinstance(rows, list) else []), *_rows(wanted, on)]
    reason = visit.words("hotline.reason_referred")
    if wanted.unagreed:
        reason = f"{reason}: {wanted.ground.strip()}"
    insist = ("referral_consent|referred_to",)
    typed = Typed(values, on.isoformat(), "", reason, insist)
    drafting.submit(visit.seat, replace(paper, typed=typed))
    return paper.before


def _rows(wanted: Wanted, on: date) -> list[Raw]:
    return [
        {
            "concept": concept,
            "service": key,
            "referred_on": on.isoformat(),
            "passed": " ".join(wanted.passed.split()),
        }
        for concept, key in wanted.chosen
    ]


def _request(visit: Visit, history: History, wanted: Wanted, before: Record) -> None:
    """Ask the labour authority for an inspection, with what may be told and of whom."""
    register: Register = visit.seat.register(INSPECTIONS)
    paper: Paper = papers.begin(visit.seat, register, "", Action.OPEN)
    values: Raw = {
        "reference": numbered("I"),
        "country": history.country,
        "kind": "COMPL",
        "state": "ASKED",
        "asked_on": today(visit.room.office).isoformat(),
        "complaint": history.key,
        "request": wanted.passed,
    }
    for name in ("recruiter", "recruiter_name", "employer_name", "job_order", "contract"):
        if given := text(before, name):
            values[name] = given
    drafting.submit(visit.seat, replace(paper, typed=Typed(values)))


def _show(
    visit: Visit, history: History, wanted: Wanted, problem: str, status: int = 200
) -> Response:
    names = {one.id: one.name for one in choices(visit, "CL_REFERRAL")}
    offers = [
        Offer(
            value=f"{concept}:{key}",
            concept=names[concept],
            name=visit.of(words(one, "name")),
            contact=text(one, "contact"),
            authority=flag(one, "authority") is not False,
            chosen=(concept, key) in wanted.chosen,
        )
        for concept in names
        for key, one in wanted.services.items()
        if concept in codes(one, "concepts")
    ]
    page = ReferPage(
        title=visit.words("hotline.refer"),
        back=visit.address("hotline", "cases", history.key),
        consent=wanted.consent,
        base=history.newest.entry.number,
        consents=choices(visit, "CL_CONSENT_SCOPE", wanted.consent),
        offers=tuple(offers),
        directory=visit.address("registers", SERVICES),
        passed=wanted.passed,
        ground=wanted.ground,
        problem=problem,
    )
    return visit.show("hotline/refer.html", page, status)
