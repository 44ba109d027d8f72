"""Who is at which step since when, from requests, permits and the events of cards."""

from collections.abc import Iterator, Mapping
from datetime import date

from cauce.assess.filled import day, text, whole
from cauce.assess.mobility.quotas import DECIDED, ISSUED
from cauce.model.mobility import Passage
from cauce.model.record import Record, Records

Days = Mapping[str, date]
"""Of each permit the day of its first card, or of its holder's first entry."""


def passages_of(
    requests: Records, permits: Records, cards: Days, entries: Days
) -> dict[str, tuple[Passage, ...]]:
    """The passages of each step, in their order.

    CHECK and DECISION are of requests; SELECTION of positions, those nobody was found for yet
    waiting; the others of people. PERMIT ends with a grant or a refusal, WHOLE – from the request
    to the permit – with a grant alone. Whoever withdrew, was refused or ended left before the end.

    Source: none, it computes no figure.
    """
    asked = requests.values()
    people = [(key, p, requests.get(text(p, "request"), {})) for key, p in permits.items()]
    holders = [(key, p) for key, p, _ in people if text(p, "state") in ISSUED]
    return {
        "CHECK": tuple(_check(r) for r in asked if text(r, "check_result") != "EXEMPT"),
        "DECISION": tuple(_decision(r) for r in asked if _checked_on(r) is not None),
        "SELECTION": tuple(_selections(requests, permits)),
        "APPLICATION": tuple(_application(p) for _, p, _ in people),
        "PERMIT": tuple(_permit(p) for _, p, _ in people if day(p, "applied_on") is not None),
        "WHOLE": tuple(_whole(p, r) for _, p, r in people),
        "CARD": tuple(
            Passage(day(p, "decided_on"), cards.get(key), _over(p)) for key, p in holders
        ),
        "ENTRY": tuple(
            Passage(cards[key], entries.get(key), _over(p)) for key, p in holders if key in cards
        ),
    }


def _check(request: Record) -> Passage:
    left = day(request, "decided_on") if day(request, "check_on") is None else None
    return Passage(day(request, "requested_on"), day(request, "check_on"), left)


def _checked_on(request: Record) -> date | None:
    """Since when a request waits for its decision: where no check is asked for, since it came."""
    exempt = text(request, "check_result") == "EXEMPT"
    return day(request, "requested_on" if exempt else "check_on")


def _decision(request: Record) -> Passage:
    on = day(request, "decided_on")
    gone = text(request, "decision") == "WITHDRAWN"
    return Passage(_checked_on(request), None if gone else on, on if gone else None)


def _selections(requests: Records, permits: Records) -> Iterator[Passage]:
    for key, request in requests.items():
        if text(request, "decision") not in DECIDED:
            continue
        since = day(request, "decided_on")
        found = [day(p, "selected_on") for p in permits.values() if text(p, "request") == key]
        yield from (Passage(since, on) for on in found)
        open_ = max(0, (whole(request, "approved") or 0) - len(found))
        yield from (Passage(since, None, day(request, "work_to")) for _ in range(open_))


def _application(permit: Record) -> Passage:
    return Passage(day(permit, "selected_on"), day(permit, "applied_on"), _gone(permit))


def _permit(permit: Record) -> Passage:
    decided = text(permit, "state") in (*ISSUED, "REFUSED")
    until = day(permit, "decided_on") if decided else None
    return Passage(day(permit, "applied_on"), until, _gone(permit))


def _whole(permit: Record, request: Record) -> Passage:
    until = day(permit, "decided_on") if text(permit, "state") in ISSUED else None
    return Passage(day(request, "requested_on"), until, _gone(permit))


def _gone(permit: Record) -> date | None:
    """When somebody left the way without a permit. Who withdrew on a day nobody wrote left when
    last seen."""
    if text(permit, "state") not in ("REFUSED", "WITHDRAWN"):
        return None
    seen = (day(permit, name) for name in ("decided_on", "applied_on", "selected_on"))
    return next((on for on in seen if on is not None), None)


def _over(permit: Record) -> date | None:
    return day(permit, "ended_on") or day(permit, "valid_to")
