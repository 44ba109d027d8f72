"""Where all events leave each card: the same whatever the order in which they came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from cauce.model.event import CardState, Clash, Conflict, Event, Kind, Standing
from cauce.registers.cards.batch import digest_of

SLACK = timedelta(minutes=10)
"""A clock may be this much wrong, and nobody is at two places within it."""
NONE: frozenset[str] = frozenset()


def fold(events: Iterable[Event], wrong: frozenset[str] = NONE) -> Mapping[str, CardState]:
    """The state of each card by its token, from a set of events.

    The order is that of the devices' clocks, then of devices and their counts. What does not fit is
    applied all the same and kept as a conflict: the last word is a person's.

    Args:
        events: in any order, any of them any number of times.
        wrong: devices whose clock is known to be wrong; those set back are found here.
    """
    each = set(events)
    wrong |= set_back(each)
    of: dict[str, list[Event]] = {}
    for event in each:
        of.setdefault(event.card, []).append(event)
    doubled = _doubled(each)
    return {card: _state(of[card], wrong, doubled) for card in sorted(of)}


def set_back(events: Iterable[Event]) -> frozenset[str]:
    """Devices whose clock went back between two counts, so that one of the two was wrong."""
    latest: dict[str, datetime] = {}
    found = set()
    # Two events of one count are no clock set back: they are in the order of their times.
    for event in sorted(events, key=lambda one: (one.device, one.counter, one.recorded_at)):
        before = latest.get(event.device, event.recorded_at)
        if event.recorded_at < before - SLACK:
            found.add(event.device)
        latest[event.device] = max(before, event.recorded_at)
    return frozenset(found)


def _doubled(events: Iterable[Event]) -> frozenset[tuple[str, int]]:
    """Counts of a device under which it said different things."""
    seen: set[tuple[str, int]] = set()
    again: set[tuple[str, int]] = set()
    for event in events:
        name = event.device, event.counter
        (again if name in seen else seen).add(name)
    return frozenset(again)


@dataclass
class _Walk:
    """How far the events of one card have been followed."""

    standing: Standing = Standing.ABROAD
    place: str = ""
    employer: str = ""
    entries: int = 0
    health: int = 0
    conflicts: list[Conflict] = field(default_factory=list)


def _state(
    events: list[Event], wrong: frozenset[str], doubled: frozenset[tuple[str, int]]
) -> CardState:
    events.sort(key=_when)
    walk, before = _Walk(), None
    for event in events:
        if (event.device, event.counter) in doubled:
            walk.conflicts.append(conflict(Clash.SAME_COUNT, event))
        if before is not None and _apart(before, event):
            walk.conflicts.append(conflict(Clash.TWO_PLACES, before, event))
        STEPS[event.kind](walk, event)
        before = event if event.place else before
    return CardState(
        events[0].card,
        walk.standing,
        walk.place,
        walk.employer,
        walk.entries,
        walk.health,
        events[-1].recorded_at,
        unsure=any(event.device in wrong for event in events),
        conflicts=tuple(walk.conflicts),
    )


def _when(event: Event) -> tuple[datetime, str, int, str]:
    # Only two events of one count need the words themselves to be put in order.
    told = f"{event.kind}|{event.place}|{event.employer}"
    return event.recorded_at, event.device, event.counter, told


def _apart(one: Event, two: Event) -> bool:
    soon = two.recorded_at - one.recorded_at < SLACK
    return bool(two.place) and one.place != two.place and one.device != two.device and soon


def conflict(clash: Clash, *events: Event) -> Conflict:
    said = "|".join([clash, *(digest_of(event) for event in events)])
    names = tuple((event.device, event.counter) for event in events)
    return Conflict(sha256(said.encode()).hexdigest()[:16], clash, events[0].card, names)


def _note(walk: _Walk, event: Event, clash: Clash, happened: bool) -> None:
    if happened:
        walk.conflicts.append(conflict(clash, event))


def _enter(walk: _Walk, event: Event) -> None:
    _note(walk, event, Clash.ENTERED_TWICE, walk.standing is not Standing.ABROAD)
    walk.standing, walk.place, walk.entries = Standing.INSIDE, "", walk.entries + 1


def _leave(walk: _Walk, event: Event) -> None:
    _note(walk, event, Clash.NOT_ENTERED, walk.standing is Standing.ABROAD)
    _note(walk, event, Clash.NOT_OUT, walk.standing is Standing.AT_FARM)
    walk.standing, walk.place, walk.employer = Standing.ABROAD, "", ""


def _farm_in(walk: _Walk, event: Event) -> None:
    _note(walk, event, Clash.NOT_ENTERED, walk.standing is Standing.ABROAD)
    _note(walk, event, Clash.NOT_OUT, walk.standing is Standing.AT_FARM)
    differs = bool(walk.employer and event.employer) and walk.employer != event.employer
    _note(walk, event, Clash.EMPLOYER_DIFFERS, differs)
    walk.standing, walk.place = Standing.AT_FARM, event.place
    walk.employer = event.employer or walk.employer


def _farm_out(walk: _Walk, event: Event) -> None:
    there = walk.standing is Standing.AT_FARM and walk.place == event.place
    _note(walk, event, Clash.NOT_IN, not there)
    walk.standing, walk.place = Standing.INSIDE, ""


def _change(walk: _Walk, event: Event) -> None:
    _note(walk, event, Clash.NOT_ENTERED, walk.standing is Standing.ABROAD)
    walk.employer = event.employer


def _health(walk: _Walk, event: Event) -> None:
    del event
    walk.health += 1


STEPS = {
    Kind.ENTRY: _enter,
    Kind.EXIT: _leave,
    Kind.FARM_IN: _farm_in,
    Kind.FARM_OUT: _farm_out,
    Kind.EMPLOYER_CHANGE: _change,
    Kind.HEALTH: _health,
}
