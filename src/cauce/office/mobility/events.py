"""What posts and farms recorded: how many cards are where, and what a person has to find out."""

from collections import Counter
from dataclasses import dataclass

from starlette.responses import Response

from cauce.model.errors import BadInput
from cauce.model.event import Clash, Conflict, Standing
from cauce.office.desk.visit import Visit
from cauce.office.mobility.here import acts, may_act, now_of, operation_of, refused
from cauce.pipeline.mobility import Operation
from cauce.store.log.database import told
from cauce.store.log.devices import Device, devices_of
from cauce.store.log.events import decide, decided_conflicts, wrong_clocks

ASIDE = (
    Clash.NOT_ISSUED,
    Clash.OTHER_COUNTRY,
    Clash.REVOKED,
    Clash.OUT_OF_DAYS,
    Clash.CHANGE_NOT_ALLOWED,
)
"""Kinds whose events are set aside: they count for nothing until a person has looked."""
MOST = 200


@dataclass(frozen=True)
class ShownConflict:
    """A conflict that waits for a person; `permit` is where its card's permit is, "" for none."""

    id: str
    country: str
    what: str
    events: tuple[str, ...]
    permit: str


@dataclass(frozen=True)
class EventsPage:
    """What templates/mobility/events.html is given, and nothing else."""

    title: str
    standings: tuple[tuple[str, int], ...]
    unsure: int
    clocks: tuple[str, ...]
    kinds: tuple[tuple[str, int, bool], ...]
    waiting: tuple[ShownConflict, ...]
    beyond: int
    decide: str
    writes: bool
    done: str


def events(visit: Visit) -> Response:
    """Counts of cards, and the conflicts that wait."""
    operation = operation_of(visit)
    states, conflicts = operation.settled
    with visit.room.office.database.reading(visit.account.id) as connection:
        done, wrong = decided_conflicts(connection), wrong_clocks(connection)
        devices = {one.id: one for one in devices_of(connection, operation.countries)}
    waiting = [one for one in conflicts if one.id not in done]
    kinds = Counter(one.clash for one in waiting)
    where = Counter(state.standing for state in states.values())
    said = visit.words
    page = EventsPage(
        title=said("mobility.events"),
        standings=tuple((said(f"mobility.at_{one}"), where[one]) for one in Standing),
        unsure=sum(state.unsure for state in states.values()),
        clocks=tuple(devices[id_].name for id_ in sorted(wrong) if id_ in devices),
        kinds=tuple(
            (said(f"mobility.clash_{one}"), kinds[one], one in ASIDE) for one in Clash if kinds[one]
        ),
        waiting=tuple(_shown(visit, operation, one, devices) for one in waiting[:MOST]),
        beyond=max(0, len(waiting) - MOST),
        decide=visit.address("mobility", "events", "decide"),
        writes=acts(visit),
        done=said("mobility.decided") if visit.asked("done") else "",
    )
    return visit.show("mobility/events.html", page)


def _shown(
    visit: Visit, operation: Operation, one: Conflict, devices: dict[str, Device]
) -> ShownConflict:
    of = {card.token: key for key, cards in operation.cards.items() for card in cards}
    named = (
        visit.words(
            "mobility.event_of",
            device=devices[id_].name if id_ in devices else id_,
            number=number,
        )
        for id_, number in one.events
    )
    first = devices.get(one.events[0][0])
    return ShownConflict(
        id=one.id,
        country=first.country if first else "",
        what=visit.words(f"mobility.clash_{one.clash}"),
        events=tuple(named),
        permit=visit.address("mobility", "permits", of[one.card]) if one.card in of else "",
    )


def decide_conflict(visit: Visit) -> Response:
    """Keep what somebody found out; the events stay as they were recorded."""
    operation = operation_of(visit)
    _, conflicts = operation.settled
    id_, found = visit.given("conflict"), visit.given("found").strip()
    if id_ not in {one.id for one in conflicts}:
        raise refused("There is no such conflict.", "No existe tal conflicto.")
    country = visit.given("country") or next(iter(sorted(operation.countries or ())), "")
    may_act(visit, country)
    try:
        with visit.room.office.database.writing(
            visit.account.id, told(frozenset({country}))
        ) as connection:
            decide(connection, id_, country, found, visit.account.id, now_of(visit))
    except BadInput as error:
        raise refused(
            "Write what was found out; each conflict is decided once.",
            "Escriba lo que se averiguó; cada conflicto se decide una vez.",
        ) from error
    return visit.go(visit.address("mobility", "events", done="1"))
