"""The way of a mechanism in operation, counted stage by stage from its own records and events."""

from collections.abc import Collection
from datetime import date

from cauce.assess.filled import day, text, whole
from cauce.assess.mobility.quotas import DECIDED, ISSUED
from cauce.model.funnel import StageCount
from cauce.model.record import Record, Records

SOURCE = "OPERATION"
"""What stands for the mechanism's own registers and events in a count's source."""


def counts_of(
    mechanism: str,
    requests: Records,
    permits: Records,
    returns: Records,
    arrived: Collection[str],
    inside: Collection[str],
    period: tuple[date, date],
) -> tuple[StageCount, ...]:
    """Of the requests that came in within a period, and of whoever was selected for them.

    Args:
        mechanism: whose way it is, a key of its register.
        requests: of all mechanisms; those of another, or of another time, are left out.
        permits: of all requests.
        returns: of all permits.
        arrived: permits whose holders entered at least once, by the events.
        inside: permits whose holders are in the country by the events.
        period: first and last day on which a request was received.

    Positions, permits and people are counted apart: one is never the other. A person with two
    permits is one person.

    Source: registers.md, section 2, "Funnel observation".
    """
    mine = {
        key: request
        for key, request in requests.items()
        if text(request, "mechanism") == mechanism and _within(request, period)
    }
    people = {k: p for k, p in permits.items() if text(p, "request") in mine}
    given = {k: p for k, p in people.items() if text(p, "state") in ISSUED}
    back = {text(r, "permit"): r for r in returns.values() if text(r, "permit") in given}
    decided = [r for r in mine.values() if text(r, "decision") in DECIDED]
    again = {k for k, r in back.items() if day(r, "hired_again_on") is not None}
    named = f"{period[0]}/{period[1]}"
    stages = (
        ("REQ", "POSITION", sum(whole(r, "positions") or 0 for r in mine.values())),
        ("CERT", "POSITION", sum(whole(r, "approved") or 0 for r in decided)),
        ("SEL", "PERSON", _people(people)),
        ("VISA", "VISA", len(given)),
        ("VISA", "PERSON", _people(given)),
        ("ARR", "PERSON", _people({k: p for k, p in given.items() if k in arrived})),
        ("ACT", "PERSON", _people({k: p for k, p in given.items() if k in inside})),
        ("RET", "PERSON", _people({k: p for k, p in given.items() if k in back})),
        ("REPT", "PERSON", _people({k: p for k, p in given.items() if k in again})),
    )
    return tuple(
        StageCount(mechanism, "", named, stage, count, unit, SOURCE)
        for stage, unit, count in stages
    )


def _within(request: Record, period: tuple[date, date]) -> bool:
    on = day(request, "requested_on")
    return on is not None and period[0] <= on <= period[1]


def _people(permits: Records) -> int:
    return len({text(p, "worker") for p in permits.values()})


def is_invented(*records: Record) -> bool:
    """Whether any of these says of itself that it was invented: the page then says so."""
    return any(text(one, "source").casefold().startswith(("invent", "demo")) for one in records)
