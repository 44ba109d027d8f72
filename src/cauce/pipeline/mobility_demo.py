"""The cards of the demo: a key, a card for each invented permit, devices, and what they recorded.

Everything goes through the doors that an office uses: signed, enrolled and taken in.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path

from sqlalchemy import Connection

from cauce.model.event import Batch, Event
from cauce.model.text import Text
from cauce.sources.invented import CODE, Passage
from cauce.store.log.card_keys import make_key, ring_of
from cauce.store.log.cards import Why, issue, revoke, sign_list
from cauce.store.log.devices import Device, enrol
from cauce.store.log.events import take_in
from cauce.store.log.holders import give
from cauce.store.log.key_folder import KeyFolder

HOME = "XCA"
ISSUER = Text("Labour office of Caudaria (invented)", "Oficina de trabajo de Caudaria (inventada)")
Scans = dict[str, list[tuple[Event, str]]]
"""What each place recorded, with the code of its employer."""


def enter_cards(
    connection: Connection,
    folder: Path,
    passages: Iterable[Passage],
    actor: str,
    now: datetime,
) -> None:
    """Issue the cards and take in their events, within a writing transaction; nothing twice."""
    keys = KeyFolder(folder)
    if any(key.mechanism == CODE for key in ring_of(connection).values()):
        return
    make_key(connection, keys, CODE, HOME, ISSUER, actor, now)
    scans: Scans = {}
    for one in passages:
        card, _ = issue(connection, keys, CODE, one.worker, one.valid, actor, one.issued)
        give(connection, card.token, HOME, one.permit, actor, one.issued)
        if one.lost is not None:
            lost = datetime.combine(one.lost, time(23), UTC)
            revoke(connection, card.token, Why.LOST, actor, lost)
        _scan(scans, card.token, one)
    sign_list(connection, keys, CODE, actor, now)
    for place, found in sorted(scans.items()):
        _sent(connection, place, found, actor, now)


def _scan(scans: Scans, token: str, one: Passage) -> None:
    """Give each event to the device of its place; what has none is recorded where the card was."""
    at, whose = "", ""
    for moment, kind, place, employer in one.events:
        at, whose = (place, employer) if place else (at, whose)
        event = Event("", 0, token, kind, place, employer, moment)
        scans.setdefault(at, []).append((event, whose))


def _sent(
    connection: Connection,
    place: str,
    found: list[tuple[Event, str]],
    actor: str,
    now: datetime,
) -> None:
    """Enrol the device of a place and take in what it recorded, counted in its order."""
    kind, employer = ("POST", "") if place.startswith("P") else ("FARM", found[0][1])
    asked = Device("", HOME, f"{place} (invented, inventado)", kind, place, employer, "")
    device, _ = enrol(connection, asked, actor, now)
    ordered = sorted((event for event, _ in found), key=lambda event: event.recorded_at)
    events = tuple(
        Event(device.id, count, e.card, e.kind, e.place, e.employer, e.recorded_at)
        for count, e in enumerate(ordered, start=1)
    )
    take_in(connection, Batch(device.id, now, events), HOME, now)
