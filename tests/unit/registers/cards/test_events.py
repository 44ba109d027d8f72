"""A season of a card in a table a border officer can read, and what does not fit in it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cauce.model.errors import BadInput
from cauce.model.event import Clash, Event, Kind, Standing
from cauce.registers.cards.batch import read_batch
from cauce.registers.cards.fold import fold, set_back

POST, FARM, OTHER = "a" * 16, "b" * 16, "c" * 16
CARD = "1" * 16
START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def season(*lines: str) -> list[Event]:
    """Each line is "hour device KIND PLACE EMPLOYER", with - for none."""
    made = []
    for number, line in enumerate(lines, 1):
        hour, device, kind, place, employer = line.replace("-", "").split(" ")
        device = {"post": POST, "farm": FARM, "other": OTHER}[device]
        at = START + timedelta(hours=float(hour))
        made.append(Event(device, number, CARD, Kind(kind), place, employer, at))
    return made


def test_a_season_from_entry_to_exit_has_no_conflict() -> None:
    events = season(
        "0 post ENTRY P1 -",
        "3 farm FARM_IN F1 E1",
        "50 farm FARM_OUT F1 -",
        "51 post EMPLOYER_CHANGE - E2",
        "52 other FARM_IN F2 E2",
        "60 other HEALTH - -",
    )
    state = fold(events)[CARD]
    assert (state.standing, state.place, state.employer) == (Standing.AT_FARM, "F2", "E2")
    assert (state.entries, state.health, state.conflicts, state.unsure) == (1, 1, (), False)
    over = [*events, *season(*["0 post HEALTH - -"] * 6, "90 other FARM_OUT F2 -")[6:]]
    over += season(*["0 post HEALTH - -"] * 7, "99 post EXIT P1 -")[7:]
    state = fold(over)[CARD]
    assert (state.standing, state.employer, state.conflicts) == (Standing.ABROAD, "", ())


@pytest.mark.parametrize(
    ("lines", "clashes"),
    [
        (["0 post ENTRY P1 -", "9 post ENTRY P1 -"], [Clash.ENTERED_TWICE]),
        (["0 post ENTRY P1 -", "0.1 other ENTRY P2 -"], [Clash.TWO_PLACES, Clash.ENTERED_TWICE]),
        (["0 farm FARM_IN F1 E1"], [Clash.NOT_ENTERED]),
        (["0 post EXIT P1 -"], [Clash.NOT_ENTERED]),
        (["0 post EMPLOYER_CHANGE - E1"], [Clash.NOT_ENTERED]),
        (["0 post ENTRY P1 -", "1 farm FARM_OUT F1 -"], [Clash.NOT_IN]),
        (["0 post ENTRY P1 -", "1 farm FARM_IN F1 E1", "2 other FARM_IN F2 -"], [Clash.NOT_OUT]),
        (["0 post ENTRY P1 -", "1 farm FARM_IN F1 E1", "2 post EXIT P1 -"], [Clash.NOT_OUT]),
        (
            ["0 post ENTRY P1 -", "1 post EMPLOYER_CHANGE - E1", "2 farm FARM_IN F1 E2"],
            [Clash.EMPLOYER_DIFFERS],
        ),
    ],
)
def test_what_does_not_fit_is_applied_and_kept_for_a_person(
    lines: list[str], clashes: list[Clash]
) -> None:
    assert [one.clash for one in fold(season(*lines))[CARD].conflicts] == clashes


def test_a_count_used_twice_is_a_conflict_and_both_count() -> None:
    [entry] = season("0 post ENTRY P1 -")
    [other] = season("1 post HEALTH - -")
    state = fold([entry, other, entry])[CARD]
    assert [one.clash for one in state.conflicts] == [Clash.SAME_COUNT, Clash.SAME_COUNT]
    assert (state.entries, state.health) == (1, 1)


def test_a_clock_set_back_or_known_to_be_wrong_makes_a_card_unsure() -> None:
    events = season("0 post ENTRY P1 -", "1 farm FARM_IN F1 E1", "-24 farm HEALTH - -".lstrip("-"))
    assert not set_back(events)
    back = season("9 post ENTRY P1 -", "1 post HEALTH - -")
    assert set_back(back) == {POST}
    assert fold(back)[CARD].unsure
    assert not fold(events)[CARD].unsure
    assert fold(events, frozenset({FARM}))[CARD].unsure


def batch(*events: object, **other: object) -> str:
    told = {"cauce_events": 1, "device": POST, "sent_at": "2026-03-02T08:00:00Z"}
    return json.dumps({**told, "events": events, **other})


def good(**other: object) -> dict[str, Any]:
    told = {"counter": 1, "card": CARD, "kind": "ENTRY", "place": "P1"}
    return {**told, "recorded_at": "2026-03-02T02:00:00-06:00", **other}


def test_a_batch_is_read_in_utc() -> None:
    [event] = read_batch(batch(good())).events
    assert event == Event(POST, 1, CARD, Kind.ENTRY, "P1", "", START)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        batch(device="<b>"),
        batch(device=7),
        batch(sent_at="yesterday"),
        batch(sent_at="2026-03-02T08:00:00"),
        batch(cauce_events=2),
        batch(events="all"),
        batch(events=[{}] * 10_001),
    ],
)
def test_what_is_no_batch_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"no batch of events|version 1"):
        read_batch(text)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (good(counter=0), "count"),
        (good(counter=True), "count"),
        (good(counter="1"), "count"),
        (good(card="Ana María 😀"), "token"),
        (good(place="<script>"), "place"),
        (good(place="9.93,-84.08"), "place"),
        (good(place=""), "place"),
        (good(kind="HEALTH"), "place"),
        (good(employer="=HYPERLINK(1)"), "employer"),
        (good(kind="EMPLOYER_CHANGE", place=""), "the new one"),
        (good(kind="ARREST"), "not of its kind"),
        (good(recorded_at="2026-03-02T08:00:00"), "zone"),
        (good(recorded_at="0001-01-01T00:00:00+10:00"), "not of its kind"),
        (good(card=5), "not of its kind"),
        (7, "not of its kind"),
    ],
)
def test_a_faulty_event_takes_no_other_along_and_is_not_said_again(event: Any, why: str) -> None:
    read = read_batch(batch(event, good(counter=2)))
    assert [one.counter for one in read.events] == [2]
    [(count, said)] = read.refused
    assert why in said
    assert "😀" not in said
    asked = event["counter"] if isinstance(event, dict) else 0
    assert count == (asked if type(asked) is int else 0), "0 where it has none"
