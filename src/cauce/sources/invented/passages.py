"""Invented cards of the invented permits, and what posts and farms recorded of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cauce.model.event import Kind
from cauce.model.record import Record

CODE = "INVENTADO"
"""The code of the invented mechanism on cards."""
END = date(2026, 1, 14)
"""Nothing was recorded after it: whoever did not leave by then is still there."""
POST = "P-1"


@dataclass(frozen=True)
class Passage:
    """A permit's card, when it was issued, and what was recorded of it, in order.

    `lost` is the day it was revoked, None if it is good.
    """

    permit: str
    worker: str
    valid: tuple[date, date]
    issued: datetime
    events: tuple[tuple[datetime, Kind, str, str], ...]
    lost: date | None = None


def invented_passages(permits: Iterable[tuple[str, Record]]) -> Iterator[Passage]:
    """The passages of those permits that were granted, one in forty of them not carded yet."""
    granted = [(key, one) for key, one in permits if one["state"] == "GRANTED"]
    for number, (key, permit) in enumerate(granted):
        since, until = permit["valid_from"], permit["valid_to"]
        issued = _at(since + timedelta(days=2 + number * 7 % 9), 9)  # type: ignore[operator]
        if number % 40 == 13 or issued.date() > END:
            continue
        employers = permit["employers"]
        employer = employers[0]["employer"]  # type: ignore[index]
        lost = issued.date() + timedelta(days=70) if number % 97 == 5 else None
        events = _events(number, issued.date(), until, str(employer))  # type: ignore[arg-type]
        last = min(END, lost or END)
        yield Passage(
            permit=key,
            worker=str(permit["worker"]),
            valid=(since, until),  # type: ignore[arg-type]
            issued=issued,
            events=tuple(one for one in events if one[0].date() <= last),
            lost=lost if lost is not None and lost <= END else None,
        )


def _events(
    number: int, issued: date, until: date, employer: str
) -> Iterator[tuple[datetime, Kind, str, str]]:
    """From entry to exit. One in fifteen never came; a few changed employer or were seen to."""
    if number % 15 == 4:
        return
    entry = issued + timedelta(days=3 + number * 5 % 21)
    out = min(until - timedelta(days=3), entry + timedelta(days=120 + number % 30))
    yield _at(entry, 7), Kind.ENTRY, POST, ""
    if number % 173 == 20:  # a scan twice: what devices say and a person has to find out
        yield _at(entry, 16), Kind.ENTRY, POST, ""
    yield _at(entry + timedelta(days=1), 6), Kind.FARM_IN, _farm(employer), employer
    if number % 20 == 7:
        yield _at(entry + timedelta(days=30), 10), Kind.HEALTH, "", ""
    if number % 60 == 9:
        other = f"INV-E{(int(employer[-1]) + 1) % 9}"
        yield _at(entry + timedelta(days=40), 17), Kind.FARM_OUT, _farm(employer), employer
        yield _at(entry + timedelta(days=41), 6), Kind.EMPLOYER_CHANGE, "", other
        yield _at(entry + timedelta(days=41), 8), Kind.FARM_IN, _farm(other), other
        employer = other
    yield _at(out, 17), Kind.FARM_OUT, _farm(employer), employer
    yield _at(out + timedelta(days=1), 12), Kind.EXIT, POST, ""


def invented_returns(passages: Iterable[Passage]) -> Iterator[tuple[str, str, Record]]:
    """What was asked of whoever left, one in four of them."""
    left = [one for one in passages if any(event[1] is Kind.EXIT for event in one.events)]
    for number, one in enumerate(left[::4]):
        back = one.events[-1][0].date()
        record: Record = {
            "permit": one.permit,
            "country": "XCA",
            "returned_on": back,
            "how": "SEASON",
            "all_paid": number % 6 != 0,
            "would_return": number % 5 != 0,
            "asked_again": number % 3 != 0,
            "source": "Invented for the demonstration",
        }
        if number % 5 == 1:
            record = {**record, "hired_again_on": back + timedelta(days=30)}
        yield "mobility_returns", f"demo-return-{number}", record


def _farm(employer: str) -> str:
    return f"F-{employer[-1]}"


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)
