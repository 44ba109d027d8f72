"""The way counted in its own units, and how it is told."""

from datetime import date

import pytest

from cauce.assess.mobility.quotas import uses
from cauce.assess.mobility.told import told_reported, told_uses, told_waits
from cauce.assess.mobility.way import counts_of, is_invented
from cauce.assess.telling import Speaker
from cauce.model.mobility import Wait
from cauce.model.record import Absent
from cauce.model.text import Text

YEAR = date(2026, 1, 1), date(2026, 12, 31)
REQUESTS = {
    "r": {
        "mechanism": "m", "requested_on": date(2026, 2, 1), "positions": 12,
        "decision": "PART", "approved": 10,
    },
    "unknown": {
        "mechanism": "m", "requested_on": date(2026, 2, 1), "positions": Absent.UNKNOWN,
        "decision": "GRANTED",
    },
    "old": {"mechanism": "m", "requested_on": date(2025, 2, 1), "positions": 7},
    "undated": {"mechanism": "m", "positions": 7},
    "other": {"mechanism": "x", "requested_on": date(2026, 2, 1), "positions": 7},
}  # fmt: skip
PERMITS = {
    "a": {"request": "r", "state": "GRANTED", "worker": "W-1"},
    "b": {"request": "r", "state": "ENDED", "worker": "W-1"},
    "c": {"request": "r", "state": "GRANTED", "worker": "W-2"},
    "d": {"request": "r", "state": "APPLIED", "worker": "W-3"},
    "e": {"request": "old", "state": "GRANTED", "worker": "W-4"},
}
RETURNS = {
    "1": {"permit": "a", "hired_again_on": date(2026, 12, 1)},
    "2": {"permit": "c", "hired_again_on": Absent.UNKNOWN},
    "3": {"permit": "e"},
}


def test_positions_permits_and_people_are_counted_apart() -> None:
    found = counts_of("m", REQUESTS, PERMITS, RETURNS, {"a", "c"}, {"c"}, YEAR)
    assert [(one.stage, one.unit, one.count) for one in found] == [
        ("REQ", "POSITION", 12),
        ("CERT", "POSITION", 10),
        ("SEL", "PERSON", 3),
        ("VISA", "VISA", 3),
        ("VISA", "PERSON", 2),
        ("ARR", "PERSON", 2),
        ("ACT", "PERSON", 1),
        ("RET", "PERSON", 2),
        ("REPT", "PERSON", 1),
    ]
    assert {one.period for one in found} == {"2026-01-01/2026-12-31"}


@pytest.mark.parametrize(
    ("source", "invented"),
    [("Inventado para la demostración", True), ("demo: nobody", True), ("Expediente 7", False)],
)
def test_what_was_invented_says_so(source: str, invented: bool) -> None:
    assert is_invented({}, {"source": source}) is invented


def test_waits_are_told_with_their_interval_or_with_why_there_is_none() -> None:
    waits = [
        Wait("PERMIT", 30, 2, 1, 20.5, 18, 24),
        Wait("CARD", 3, 0, 0, 20, 19, None),
        Wait("ENTRY", 1, 9, 0, None),
        Wait("CHECK", 0, 0, 4, None),
    ]
    rows = told_waits(waits, Text("own", "propia")).rows
    assert [(row[1].said.en, row[2].said.en) for row in rows] == [
        ("20.5", "18–24"),
        ("20", "19 or more"),
        ("more than half not through", "–"),
        ("–", "–"),
    ]
    assert rows[0][6].said.es == "propia"


def test_reported_waits_stand_as_they_were_reported() -> None:
    reported = {
        "1": {"value": 11, "unit": "MONTH", "bound": "AT_MOST", "source": "a"},
        "2": {"value": 20, "unit": "DAY", "bound": "EXACT", "source": "b"},
    }
    rows = told_reported(reported, Speaker({})).rows
    assert [(row[2].said.es, row[4].said.es) for row in rows] == [
        ("hasta 11 month", "a"),
        ("20 day", "b"),
    ]


def test_quotas_are_told_in_their_unit_with_what_is_left() -> None:
    quota = {"unit": "VISA", "ceiling": 1, "parts": ({"group": "GENR", "ceiling": 1},)}
    asked = {"quota": "q", "decision": "GRANTED"}
    given = {"state": "GRANTED", "request": "r", "decided_on": date(2026, 3, 1)}
    used = uses("q", quota, {"r": asked}, {"a": given, "b": given})
    trips = uses("q", {**quota, "unit": "TRIP"}, {}, {})
    rows = told_uses({"q": used, "t": trips}, Speaker({})).rows
    said = [tuple(cell.said.en for cell in row[1:]) for row in rows]
    assert said[0] == ("Whole quota", "1", "2", "-1", "VISA")
    assert rows[0][4].tone == "bad"
    assert said[1] == ("GENR", "1", "0", "1", "VISA")
    assert said[2][2:4] == ("this unit is not counted in requests or permits", "–")
