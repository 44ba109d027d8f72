"""A device's batch of events as it travels, and what names each event."""

import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cauce.model.errors import BadInput
from cauce.model.event import Batch, Event, Kind

DEVICE = re.compile(r"[0-9a-f]{16}")
CODE = re.compile(r"[A-Z0-9-]{1,20}")
PLACED = (Kind.ENTRY, Kind.EXIT, Kind.FARM_IN, Kind.FARM_OUT)
MOST = 10_000
LAST = 2**31 - 1


def digest_of(event: Event) -> str:
    """A hash of everything the device said, so that the same count with other words is noticed."""
    at = event.recorded_at.isoformat(timespec="microseconds")
    said = (event.device, event.counter, event.card, event.kind, event.place, event.employer, at)
    return sha256("|".join(map(str, said)).encode()).hexdigest()


def read_batch(text: str) -> Batch:
    """A batch; a faulty event is refused by its count and takes no other along.

    Raises:
        BadInput: it is no batch: the device, its moment or the list of events cannot be read.
    """
    try:
        told = json.loads(text)
        device, sent_at, given = told["device"], _moment(told["sent_at"]), told["events"]
        known = told["cauce_events"] == 1 and isinstance(given, list)
        known = known and DEVICE.fullmatch(device) is not None and len(given) <= MOST
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        raise BadInput("This is no batch of events. Export it from the device again.") from error
    if not known:
        raise BadInput(
            f"A batch is of version 1, of a device of 16 hexadecimal digits, and has {MOST:,} "
            "events at most. Send it in parts."
        )
    events, refused = [], []
    for one in given:
        try:
            events.append(_event(device, one))
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            refused.append((_count(one), _why(error)))
    return Batch(device, sent_at, tuple(events), tuple(refused))


def _event(device: str, one: dict[str, Any]) -> Event:
    kind = Kind(one["kind"])
    counter, card = one["counter"], one["card"]
    place, employer = one.get("place", ""), one.get("employer", "")
    if type(counter) is not int or not 1 <= counter <= LAST:
        raise ValueError("its count is no whole number from 1")
    if not DEVICE.fullmatch(card):
        raise ValueError("the card's token is not 16 hexadecimal digits")
    if (kind in PLACED) != bool(place) or (place and not CODE.fullmatch(place)):
        raise ValueError("a place is a code, for entries, exits and farms and nothing else")
    if employer and not CODE.fullmatch(employer):
        raise ValueError("an employer is a code")
    if kind is Kind.EMPLOYER_CHANGE and not employer:
        raise ValueError("a change of employer names the new one")
    return Event(device, counter, card, kind, place, employer, _moment(one["recorded_at"]))


def _count(one: object) -> int:
    """The count of a faulty event, 0 if it has none."""
    counter = one.get("counter") if isinstance(one, dict) else None
    return counter if type(counter) is int else 0


def _why(error: Exception) -> str:
    """Why, in words of ours: what a device sent is not said again."""
    ours = type(error) is ValueError and str(error)
    known = ours and str(error).startswith(("its count", "the card", "a ", "an "))
    return str(error) if known else "a part of it is missing or not of its kind"


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a moment says its zone")
    return at.astimezone(UTC)
