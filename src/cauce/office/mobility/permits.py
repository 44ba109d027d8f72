"""A request and a permit as whoever runs the mechanism sees them, with what can be done there."""

from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from cauce.assess.filled import day, flag, rows, text
from cauce.assess.mobility.quotas import DECIDED
from cauce.model.record import Record
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.mobility.here import acts, now_of, operation_of
from cauce.pipeline.mobility import PERMITS, REQUESTS, Operation
from cauce.store.log.cards import Why
from cauce.store.log.holders import Held


@dataclass(frozen=True)
class ShownCard:
    """A card in a list; `revoke` is where it can be revoked, "" if it cannot."""

    token: str
    days: str
    issued: str
    revoked: str
    revoke: str


@dataclass(frozen=True)
class PermitPage:
    """What templates/mobility/permit.html is given, and nothing else."""

    title: str
    facts: tuple[tuple[str, str], ...]
    record: str
    request: str
    cards: tuple[ShownCard, ...]
    issue: str
    again: bool
    whys: tuple[tuple[str, str], ...]
    change: str
    why_not: str
    day: str
    done: str


@dataclass(frozen=True)
class RequestPage:
    """What templates/mobility/request.html is given, and nothing else."""

    title: str
    facts: tuple[tuple[str, str], ...]
    record: str
    permits: tuple[tuple[str, str, str, str], ...]
    issue: str
    waiting: int


def permit(visit: Visit) -> Response:
    """A permit with its cards, and what can be done with them."""
    operation = operation_of(visit)
    key, record = permit_of(visit, operation)
    cards = operation.cards.get(key, ())
    good = [card for card in cards if not card.revoked_why]
    granted, writes = text(record, "state") == "GRANTED", acts(visit)
    may = flag(operation.mechanism_of(record), "may_change_employer")
    said = visit.words
    page = PermitPage(
        title=said("mobility.permit", number=text(record, "number")),
        facts=_facts(visit, operation, record),
        record=visit.address("registers", PERMITS, key),
        request=visit.address("mobility", "requests", text(record, "request")),
        cards=tuple(_card(visit, card, writes) for card in cards),
        issue=visit.address("mobility", "permits", key, "card") if granted and writes else "",
        again=bool(good),
        whys=tuple((str(why), said(f"mobility.why_{why}")) for why in Why),
        change=visit.address("mobility", "permits", key, "employer")
        if granted and writes and may is True
        else "",
        why_not="" if may is True else said("mobility.no_change"),
        day=now_of(visit).date().isoformat(),
        done=said(f"mobility.done_{done}")
        if (done := visit.asked("done")) in ("revoked", "employer")
        else "",
    )
    return visit.show("mobility/permit.html", page)


def permit_of(visit: Visit, operation: Operation) -> tuple[str, Record]:
    """The permit an address names. Raises NotThere if it is not theirs, or not approved."""
    key = visit.part("key")
    if key not in operation.permits:
        raise NotThere
    return key, operation.permits[key]


def _facts(visit: Visit, operation: Operation, record: Record) -> tuple[tuple[str, str], ...]:
    said, lists = visit.words, visit.room.office.lists
    states = {code.id: visit.of(code.name) for code in lists["CL_PERMIT_STATE"].codes}
    mechanism = operation.mechanism_of(record)
    days = day(record, "valid_from"), day(record, "valid_to")
    employers = [text(row, "employer") for row in rows(record, "employers")]
    name = text(mechanism, f"title_{visit.language}") or text(mechanism, "title_es")
    return (
        (said("mobility.state"), states.get(text(record, "state"), "–")),
        (said("mobility.worker"), text(record, "worker")),
        (said("mobility.days"), days_words(visit, *days)),
        (said("mobility.employers"), " → ".join(employers) or "–"),
        (said("mobility.mechanism"), name or "–"),
    )


def days_words(visit: Visit, since: date | None, until: date | None) -> str:
    if since is None or until is None:
        return "–"
    return f"{visit.words.day(since)} – {visit.words.day(until)}"


def _card(visit: Visit, card: Held, writes: bool) -> ShownCard:
    said = visit.words
    revoked = card.revoked_why
    return ShownCard(
        token=card.token,
        days=days_words(visit, card.valid_from, card.valid_to),
        issued=said.moment(card.issued_at),
        revoked=f"{said(f'mobility.why_{revoked}')}, {said.moment(card.revoked_at)}"
        if revoked
        else "",
        revoke=visit.address("mobility", "cards", card.token, "revoke")
        if writes and not revoked
        else "",
    )


def request(visit: Visit) -> Response:
    """A request with its permits, and the cards that are to be issued."""
    operation = operation_of(visit)
    key = visit.part("key")
    record = operation.requests.get(key)
    if record is None:
        raise NotThere
    said = visit.words
    lists = visit.room.office.lists
    states = {code.id: visit.of(code.name) for code in lists["CL_PERMIT_STATE"].codes}
    decisions = {code.id: visit.of(code.name) for code in lists["CL_REQUEST_DECISION"].codes}
    mine = {k: p for k, p in operation.permits.items() if text(p, "request") == key}
    waiting = without_card(operation, mine)
    approved = record.get("approved") if text(record, "decision") in DECIDED else None
    page = RequestPage(
        title=said("mobility.request", number=text(record, "number")),
        facts=(
            (said("mobility.employers"), text(record, "employer")),
            (said("mobility.decision"), decisions.get(text(record, "decision"), "–")),
            (said("mobility.positions"), f"{record.get('positions')}"),
            (said("mobility.approved"), "–" if approved is None else f"{approved}"),
        ),
        record=visit.address("registers", REQUESTS, key),
        permits=tuple(
            (
                text(p, "number"),
                visit.address("mobility", "permits", k),
                states.get(text(p, "state"), "–"),
                said("mobility.has_card")
                if any(not c.revoked_why for c in operation.cards.get(k, ()))
                else said("mobility.no_card"),
            )
            for k, p in mine.items()
        ),
        issue=visit.address("mobility", "requests", key, "cards")
        if waiting and acts(visit)
        else "",
        waiting=len(waiting),
    )
    return visit.show("mobility/request.html", page)


def without_card(operation: Operation, permits: dict[str, Record]) -> tuple[str, ...]:
    """The granted permits that have no card that is good."""
    return tuple(
        key
        for key, permit in permits.items()
        if text(permit, "state") == "GRANTED"
        and all(card.revoked_why for card in operation.cards.get(key, ()))
    )
