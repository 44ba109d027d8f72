"""Events come late, twice and mixed, and are kept once, until their day."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from cauce.model.errors import BadInput
from cauce.model.event import Batch, Event, Kind
from cauce.store.log import Database, open_database
from cauce.store.log.events import (
    decide,
    decided_conflicts,
    events_of,
    forget,
    take_in,
    wrong_clocks,
)

NOW = datetime(2020, 3, 2, 12, tzinfo=UTC)
DEVICE = "a" * 16


def event(counter: int, kind: Kind = Kind.HEALTH, place: str = "") -> Event:
    return Event(DEVICE, counter, f"{counter % 3:016x}", kind, place, "", NOW)


def batch(*events: Event, sent_at: datetime = NOW, device: str = DEVICE) -> Batch:
    return Batch(device, sent_at, events)


def kept(database: Database) -> Sequence[Event]:
    with database.reading() as c:
        return sorted(events_of(c), key=lambda one: one.counter)


def test_what_comes_again_late_or_mixed_is_kept_once(database: Database) -> None:
    with database.writing("post") as c:
        late = take_in(c, batch(event(5), event(2), event(2)), "XCA", NOW)
        assert (late.new, late.again, late.upto, late.missing) == (2, 1, 5, ((1, 1), (3, 4)))
    with database.writing("post") as c:
        rest = take_in(c, batch(*map(event, (1, 2, 3, 4, 5))), "XCA", NOW)
        assert (rest.new, rest.again, rest.upto, rest.missing) == (3, 2, 5, ())
        assert take_in(c, batch(), "XCA", NOW).upto == 5
    assert kept(database) == [event(count) for count in (1, 2, 3, 4, 5)]


def test_a_count_used_for_something_else_is_kept_beside_it(database: Database) -> None:
    with database.writing("post") as c:
        take_in(c, batch(event(1)), "XCA", NOW)
        told = take_in(c, batch(event(1, Kind.ENTRY, "P1")), "XCA", NOW)
    assert (told.new, told.clashing) == (0, 1)
    assert len(kept(database)) == 2


@pytest.mark.parametrize("days", [-1, 1, -400_000])
def test_a_wrong_clock_is_flagged_and_its_events_are_kept(database: Database, days: int) -> None:
    sent = NOW + timedelta(days=days)
    with database.writing("post") as c:
        told = take_in(c, batch(event(1), sent_at=sent), "XCA", NOW)
        assert told.clock
        assert wrong_clocks(c) == {DEVICE}
        row = c.execute(text("SELECT recorded_at, received_at FROM event")).one()
    assert row.recorded_at == row.received_at, "two clocks, neither put right by the other"


def test_a_file_that_was_long_under_way_proves_no_wrong_clock(database: Database) -> None:
    with database.writing("post") as c:
        sent = batch(event(1), sent_at=NOW - timedelta(days=9))
        assert not take_in(c, sent, "XCA", NOW, travelled=True).clock
        ahead = batch(event(2), sent_at=NOW + timedelta(days=9))
        assert take_in(c, ahead, "XCA", NOW, travelled=True).clock


@pytest.mark.parametrize(
    "verb",
    ["UPDATE event SET place = 'x'", "DELETE FROM event", "DELETE FROM event_seen"],
)
def test_the_database_alters_no_event_and_deletes_none_before_its_day(
    database: Database, verb: str
) -> None:
    with database.writing("post") as c:
        take_in(c, batch(event(1)), "XCA", datetime.now(UTC))
    with pytest.raises(DatabaseError, match="never altered"), database.writing("post") as c:
        c.execute(text(verb))


def test_all_of_a_card_is_forgotten_or_nothing_and_what_is_sent_again_stays_forgotten(
    database: Database,
) -> None:
    first = [replace(event(count), card="1" * 16) for count in (1, 2)]
    other = replace(event(3), card="2" * 16)
    with database.writing("post") as c:
        take_in(c, batch(first[0], other), "XCA", NOW)
        take_in(c, batch(first[1]), "XCA", NOW + timedelta(days=60))
        assert forget(c, NOW + timedelta(days=89)) == 0
        assert forget(c, NOW + timedelta(days=91)) == 1
        assert take_in(c, batch(other), "XCA", NOW + timedelta(days=92)).again == 1
        assert forget(c, NOW + timedelta(days=151)) == 2
    assert kept(database) == []


def test_a_conflict_is_decided_once_with_words(database: Database) -> None:
    with database.writing("ana") as c:
        with pytest.raises(BadInput, match="what was found out"):
            decide(c, "f" * 16, "XCA", " ", "ana", NOW)
        decide(c, "f" * 16, "XCA", "the farm forgot to scan", "ana", NOW)
        with pytest.raises(BadInput, match="decided before"):
            decide(c, "f" * 16, "XCA", "no", "ana", NOW)
        assert decided_conflicts(c) == {"f" * 16}


def test_a_killed_process_loses_nothing_it_gave_a_receipt_for(tmp_path: Path) -> None:
    """Killed while it takes in batch after batch: what is here is a whole number of batches."""
    url = f"sqlite:///{tmp_path / 'r.sqlite'}"
    open_database(url).close()
    script = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from cauce.model.event import Batch, Event, Kind\n"
        "from cauce.store.log import open_database\n"
        "from cauce.store.log.events import take_in\n"
        f"now, d = datetime(2020, 3, 2, 12, tzinfo=UTC), open_database({url!r})\n"
        "for n in range(10000):\n"
        "    made = [Event('a' * 16, n * 50 + i, f'{i % 3:016x}', Kind.HEALTH, '', '', now)\n"
        "            for i in range(1, 51)]\n"
        "    with d.writing('post') as c:\n"
        "        told = take_in(c, Batch('a' * 16, now, tuple(made)), 'XCA', now)\n"
        "    print(told.upto, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(5)]
        process.send_signal(signal.SIGKILL)
        told += [int(line) for line in process.stdout.read().split()]
    database = open_database(url)
    counts = [one.counter for one in kept(database)]
    database.close()
    assert counts == list(range(1, len(counts) + 1))
    assert len(counts) % 50 == 0
    assert len(counts) >= told[-1] >= 250
