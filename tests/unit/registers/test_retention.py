"""Whose time is past, with dates one can check on a calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cauce.model.entry import Action, Entry
from cauce.model.register import Field, Register, Sensitivity
from cauce.model.text import Text
from cauce.registers.retention import ended_on, is_past, personal

WORDS = Text("x", "x")
KEPT = Register("r", WORDS, WORDS, WORDS, (), WORDS, "", False, retention_years=10)


def entry(action: Action, start: date | None, end: date | None = None, number: int = 1) -> Entry:
    record = None if action is Action.END else {"name": "x"}
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Entry(number, "r", "k", "", action, record, start, end, at, "ana", "", "", "")


OPENED = entry(Action.OPEN, date(2010, 1, 1))
ENDED = (OPENED, entry(Action.END, date(2016, 2, 29), number=2))


def test_a_record_ended_on_the_day_its_last_period_did() -> None:
    assert ended_on(ENDED) == date(2016, 2, 29)
    assert ended_on((OPENED,)) is None
    assert ended_on(()) is None
    # What was corrected to be true in a past year does not bring the record back.
    late = entry(Action.CORRECTION, date(2012, 1, 1), date(2013, 1, 1), 3)
    assert ended_on((*ENDED, late)) == date(2016, 2, 29)
    again = entry(Action.CHANGE, date(2020, 1, 1), number=3)
    assert ended_on((*ENDED, again)) is None


@pytest.mark.parametrize(
    ("today", "past"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2028, 2, 29), True),
        (date(9, 1, 1), False),
    ],
)
def test_a_record_is_past_ten_years_after_its_end(today: date, past: bool) -> None:
    """From 29 February 2016 ten years are over on 1 March 2026, and not before."""
    assert is_past(KEPT, ENDED, today) is past


def test_what_never_ended_or_has_no_time_is_kept() -> None:
    assert not is_past(KEPT, (OPENED,), date(2999, 1, 1))
    assert not is_past(replace(KEPT, retention_years=None), ENDED, date(2999, 1, 1))


def test_what_is_personal_and_was_never_sealed_is_known() -> None:
    def field(name: str, level: Sensitivity, *rows: Field) -> Field:
        return Field(name, WORDS, "rows" if rows else "text", False, level, False, rows=rows)

    column = field("who", Sensitivity.P2)
    fields = (
        field("name", Sensitivity.P1),
        field("phone", Sensitivity.P2),
        field("steps", Sensitivity.P1, column, field("on", Sensitivity.P1)),
    )
    register = replace(KEPT, fields=fields)
    for record, found in (
        ({"name": "x"}, False),
        ({"phone": "x"}, True),
        ({"steps": ({"on": "x"},), "name": "x"}, False),
        ({"steps": ({"on": "x"}, {"who": "x"})}, True),
        ({"steps": ("A", "B")}, False),
    ):
        assert personal(register, (replace(OPENED, record=record), ENDED[1])) is found


def test_a_leap_day_counts_back_to_the_last_of_february() -> None:
    """On 29 February 2028, ten years ago was the last of February 2018."""
    ended = (OPENED, entry(Action.END, date(2018, 2, 28), number=2))
    assert is_past(KEPT, ended, date(2028, 2, 29))
    later = (OPENED, entry(Action.END, date(2018, 3, 1), number=2))
    assert not is_past(KEPT, later, date(2028, 2, 29))
