"""How long records have waited as of a day."""

from datetime import date
from pathlib import Path

import pytest

from cauce.model.errors import BadInput
from cauce.model.record import Absent, Record, Sealed
from cauce.pipeline.registers import read_registers
from cauce.registers.waiting import parse_waits, registers_of, waiting

PACK = Path(__file__).parents[3] / "packs" / "registers"
REGISTERS = read_registers(PACK).registers
TEXT = (PACK / "counting" / "waits.toml").read_text("utf-8")
WAITS = parse_waits(TEXT, REGISTERS)
STEPS = {step.id: step for step in WAITS.steps}
DAY = date(2026, 6, 30)
REQUEST: Record = {"country": "CRI", "mechanism": "way", "requested_on": date(2026, 1, 1)}
PERMIT: Record = {
    "country": "CRI", "request": "r", "worker": "W-1", "state": "GRANTED",
    "applied_on": date(2026, 2, 1), "decided_on": date(2026, 2, 21),
}  # fmt: skip


def found(step: str, *permits: Record) -> tuple[list[tuple[int, bool]], int]:
    """Days and whether the wait is over, and how many records were left out."""
    records = {
        "mobility_requests": {"r": REQUEST},
        "mobility_permits": {str(at): one for at, one in enumerate(permits)},
    }
    told = waiting(STEPS[step], REGISTERS, records, DAY)
    return [(one.days, one.ended) for one in told.waits], told.left


@pytest.mark.parametrize(
    ("more", "days", "ended"),
    [
        ({}, 20, True),
        ({"state": "REFUSED"}, 20, True),
        ({"state": "APPLIED", "decided_on": None}, 149, False),
        ({"state": "WITHDRAWN"}, 20, False),
        ({"decided_on": date(2026, 7, 1)}, 149, False),
        ({"decided_on": DAY}, 149, True),
    ],
    ids=["granted", "refused", "still waits", "withdrew", "decided later", "decided that day"],
)
def test_a_wait_runs_to_its_end_or_to_the_day_looked_at(more, days, ended):
    record = {name: value for name, value in (PERMIT | more).items() if value is not None}
    assert found("PERMIT", record) == ([(days, ended)], 0)


def test_a_wait_may_begin_in_the_record_that_a_link_names():
    assert found("WHOLE", PERMIT) == ([(51, True)], 0)
    (one,) = waiting(
        STEPS["WHOLE"],
        REGISTERS,
        {"mobility_requests": {"r": REQUEST}, "mobility_permits": {"p": PERMIT}},
        DAY,
    ).waits
    assert (one.country, one.mechanism, one.contributor) == ("CRI", "way", "W-1")
    assert registers_of(WAITS, REGISTERS) == ("mobility_requests", "mobility_permits")


def test_what_has_not_begun_is_no_wait_and_what_cannot_be_told_is_left_out_and_counted():
    not_begun = {name: value for name, value in PERMIT.items() if name != "applied_on"}
    later = {**PERMIT, "applied_on": date(2026, 7, 1), "decided_on": date(2026, 7, 2)}
    assert found("PERMIT", not_begun, later) == ([], 0)
    unknown = {**PERMIT, "applied_on": Absent.UNKNOWN}
    no_end = {**PERMIT, "decided_on": Absent.UNKNOWN}
    backwards = {**PERMIT, "decided_on": date(2026, 1, 1)}
    assert found("PERMIT", unknown, no_end, backwards) == ([], 3)
    assert found("WHOLE", {**PERMIT, "request": "gone"}) == ([], 0)


@pytest.mark.parametrize("owner", [Absent.UNKNOWN, Sealed("x")])
def test_all_whose_contributor_is_not_known_count_as_one(owner):
    records = {
        "mobility_requests": {"r": REQUEST},
        "mobility_permits": {"p": {**PERMIT, "worker": owner}},
    }
    assert waiting(STEPS["PERMIT"], REGISTERS, records, DAY).waits[0].contributor is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            TEXT.replace('register = "mobility_requests"', 'register = "mobility_request"'),
            "no register mobility_request",
        ),
        (TEXT.replace('first = "applied_on"', 'first = "aplied_on"'), "has no field aplied_on"),
        (TEXT.replace('"request.requested_on"', '"request.asked_on"'), "no field request.asked_on"),
        (TEXT.replace('"request.requested_on"', '"ask.requested_on"'), "no field ask.requested_on"),
        (TEXT.replace("decision = [", 'state = ["A"], decision = ['), "names one field"),
        ("[[step", "not written as TOML"),
    ],
)
def test_what_is_wrong_with_a_declaration_is_told(text, said):
    with pytest.raises(BadInput, match=said):
        parse_waits(text, REGISTERS)
