"""A season of 50,000 workers comes in from 50 devices that were offline.

    python bench/events.py [--workers 50000] [--devices 50]

Eight events a worker in batches of 500, shuffled; one batch in five is sent twice, and one of each
device's clocks is a day wrong. Prints JSON; fails if an event is lost or doubled, if a replay in
another order leaves another state, or if a device is told of a gap that is none.
"""

import argparse
import json
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cauce.model.event import Batch, Event, Kind
from cauce.registers.cards.batch import read_batch
from cauce.registers.cards.fold import fold
from cauce.store.log import open_database
from cauce.store.log.events import events_of, take_in, wrong_clocks

START = datetime(2026, 3, 1, 6, tzinfo=UTC)
SEASON = (
    (Kind.ENTRY, 0, "P"),
    (Kind.FARM_IN, 5, "F"),
    (Kind.HEALTH, 30, ""),
    (Kind.FARM_OUT, 300, "F"),
    (Kind.EMPLOYER_CHANGE, 310, ""),
    (Kind.FARM_IN, 320, "G"),
    (Kind.FARM_OUT, 900, "G"),
    (Kind.EXIT, 910, "P"),
)
AT_ONCE = 500


def recorded(workers: int, devices: int, draw: random.Random) -> list[Event]:
    """Every event, by the device that recorded it, counted as that device did."""
    made: list[tuple[datetime, int, str, Kind, str, str]] = []
    for worker in range(workers):
        begun = START + timedelta(minutes=draw.randrange(60 * 24 * 20))
        for kind, hours, place in SEASON:
            device = draw.randrange(devices)
            employer = f"E{worker % 90}" if kind is Kind.EMPLOYER_CHANGE else ""
            at = begun + timedelta(hours=hours)
            code = f"{place}{device}" if kind in (Kind.ENTRY, Kind.EXIT) else place
            made.append((at, device, f"{worker:016x}", kind, code, employer))
    counts = [0] * devices
    events = []
    for at, device, card, kind, place, employer in sorted(made):
        counts[device] += 1
        # A clock that is a day wrong all the time.
        shown = at + timedelta(days=1) if device == 0 else at
        events.append(Event(f"{device:016x}", counts[device], card, kind, place, employer, shown))
    return events


def batches(events: list[Event], draw: random.Random) -> list[str]:
    """As they travel: in parts, one in five twice, mixed."""
    of: dict[str, list[Event]] = {}
    for event in events:
        of.setdefault(event.device, []).append(event)
    parts = []
    for device, mine in of.items():
        starts = range(0, len(mine), AT_ONCE)
        parts.extend(text_of(device, mine[at : at + AT_ONCE]) for at in starts)
    parts += draw.sample(parts, len(parts) // 5)
    draw.shuffle(parts)
    return parts


def text_of(device: str, events: list[Event]) -> str:
    sent = START + timedelta(days=70 + (device == f"{0:016x}"))
    told = [
        {
            "counter": one.counter,
            "card": one.card,
            "kind": one.kind,
            "place": one.place,
            "employer": one.employer,
            "recorded_at": one.recorded_at.isoformat(),
        }
        for one in events
    ]
    batch = {"cauce_events": 1, "device": device, "sent_at": sent.isoformat(), "events": told}
    return json.dumps(batch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=50_000)
    parser.add_argument("--devices", type=int, default=50)
    asked = parser.parse_args()
    draw = random.Random(7)
    events = recorded(asked.workers, asked.devices, draw)
    sent = batches(events, draw)
    now = START + timedelta(days=70)

    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder, 'registers.sqlite')}")
        begun = time.perf_counter()
        upto: dict[str, tuple[int, tuple[tuple[int, int], ...]]] = {}
        new = again = 0
        for text in sent:
            batch: Batch = read_batch(text)
            with database.writing("bench") as connection:
                told = take_in(connection, batch, "XCA", now)
            new, again = new + told.new, again + told.again
            upto[told.device] = told.upto, told.missing
        taken = time.perf_counter() - begun
        with database.reading() as connection:
            states = fold(events_of(connection), wrong_clocks(connection))
        whole = time.perf_counter() - begun
        with database.reading() as connection:
            kept = list(events_of(connection))
            wrong = wrong_clocks(connection)
        database.close()

    assert new == len(events) == len(kept), "lost or doubled"
    assert set(kept) == set(events), "not what was recorded"
    assert not any(missing for _, missing in upto.values()), "told of a gap that is none"
    draw.shuffle(kept)
    assert fold([*kept, *kept[:1000]], wrong) == states, "another order, another state"
    found = {
        "workers": asked.workers,
        "events": len(events),
        "sent": new + again,
        "again": again,
        "batches": len(sent),
        "taken_in_s": round(taken, 1),
        "taken_in_and_folded_s": round(whole, 1),
        "devices_with_wrong_clock": len(wrong),
        "conflicts": sum(len(state.conflicts) for state in states.values()),
        "cards_unsure": sum(state.unsure for state in states.values()),
    }
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
