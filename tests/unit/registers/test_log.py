"""What a log says, of which days, as known when; and that it shows who touched it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.model.entry import Action, Draft, Entry
from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.registers.log import (
    FIRST,
    as_of,
    differences,
    entry_of,
    faults_in,
    refuse_nonsense,
    timeline,
)

START = datetime(2026, 1, 1, tzinfo=UTC)


def draft(
    action: Action,
    record: Record | None,
    start: date | None = None,
    end: date | None = None,
    reason: str = "why",
    key: str = "k",
) -> Draft:
    return Draft("licences", key, "GTM", action, record, start, end, "ana", reason, 0)


def log_of(*drafts: Draft) -> tuple[Entry, ...]:
    """The drafts as entries, one a day."""
    entries: list[Entry] = []
    for number, one in enumerate(drafts, start=1):
        previous = entries[-1].hash if entries else FIRST
        entries.append(entry_of(one, number, previous, START + timedelta(days=number)))
    return tuple(entries)


LIFE = log_of(
    draft(Action.OPEN, {"status": "LIC"}, date(2023, 1, 1)),
    draft(Action.CHANGE, {"status": "SUSP"}, date(2024, 6, 1)),
    draft(Action.CORRECTION, {"status": "LIC", "bond": 5}, date(2023, 1, 1), date(2024, 6, 1)),
    draft(Action.END, None, date(2025, 1, 1)),
)


def test_a_change_leaves_what_was_true_before_it() -> None:
    assert as_of(LIFE, date(2023, 5, 5)).record == {"status": "LIC", "bond": 5}
    assert as_of(LIFE, date(2024, 6, 1)).record == {"status": "SUSP"}


def test_a_correction_dated_last_year_does_not_change_what_was_known_then() -> None:
    then = START + timedelta(days=2)
    assert as_of(LIFE, date(2023, 5, 5), then).record == {"status": "LIC"}


def test_nothing_is_true_before_the_start_and_after_the_end() -> None:
    assert as_of(LIFE, date(2022, 12, 31)) is None
    assert as_of(LIFE, date(2025, 1, 1)) is None
    assert as_of(LIFE) is None
    assert as_of(LIFE, date(2024, 12, 31)).record == {"status": "SUSP"}


def test_what_holds_until_further_notice_is_the_last_of_all_time() -> None:
    assert as_of(LIFE[:2]).record == {"status": "SUSP"}
    assert as_of(()) is None


def test_a_correction_in_the_middle_cuts_a_period_in_three() -> None:
    entries = log_of(
        draft(Action.OPEN, {"a": 1}),
        draft(Action.CORRECTION, {"a": 2}, date(2024, 1, 1), date(2024, 2, 1)),
    )
    found = [(p.start, p.end, p.record["a"]) for p in timeline(entries)]
    assert found == [
        (None, date(2024, 1, 1), 1),
        (date(2024, 1, 1), date(2024, 2, 1), 2),
        (date(2024, 2, 1), None, 1),
    ]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), max_size=6), st.integers(0, 20))
def test_a_day_says_what_the_last_entry_over_it_says(spans, day) -> None:
    first = date(2024, 1, 1)
    days = [(first + timedelta(s), first + timedelta(s + n)) for s, n in spans]
    entries = log_of(
        draft(Action.OPEN, {"n": 0}),
        *(draft(Action.CORRECTION, {"n": i}, s, e) for i, (s, e) in enumerate(days, start=1)),
    )
    asked = first + timedelta(day)
    expected = max((i for i, (s, e) in enumerate(days, start=1) if s <= asked < e), default=0)
    assert as_of(entries, asked).record == {"n": expected}


def test_an_untouched_log_has_no_faults() -> None:
    assert list(faults_in(LIFE)) == []
    assert list(faults_in(LIFE[2:], after=LIFE[1])) == []


@pytest.mark.parametrize(
    "change",
    [
        {"record": {"status": "REV"}},
        {"actor": "eva"},
        {"reason": ""},
        {"valid_from": date(2020, 1, 1)},
        {"recorded_at": START},
        {"country": "HND"},
    ],
)
def test_an_altered_row_is_named(change) -> None:
    touched = (LIFE[0], replace(LIFE[1], **change), *LIFE[2:])
    assert list(faults_in(touched)) == ["row 2 is not as it was written."]


def test_a_row_that_was_altered_and_hashed_anew_breaks_the_next() -> None:
    forged = entry_of(
        draft(Action.CHANGE, {"status": "LIC"}, date(2024, 6, 1)), 2, LIFE[0].hash, START
    )
    assert list(faults_in((LIFE[0], forged, *LIFE[2:]))) == ["row 3 does not follow from row 2."]


def test_a_removed_row_is_missed() -> None:
    found = list(faults_in((LIFE[0], *LIFE[2:])))
    assert found == ["row 2 is missing: after row 1 comes row 3."]


@pytest.mark.parametrize(
    ("one", "before", "word"),
    [
        (draft(Action.OPEN, {}), LIFE[:1], "exists already"),
        (draft(Action.CHANGE, {}, date(2024, 1, 1)), (), "to change"),
        (draft(Action.END, {}, date(2024, 1, 1)), LIFE[:1], "holds no record"),
        (draft(Action.CHANGE, None, date(2024, 1, 1)), LIFE[:1], "holds no record"),
        (draft(Action.CHANGE, {}, date(2024, 1, 1), date(2025, 1, 1)), LIFE[:1], "Only a corr"),
        (draft(Action.CHANGE, {}), LIFE[:1], "which day"),
        (draft(Action.CHANGE, {}, date(2024, 1, 1), reason=" "), LIFE[:1], "Say why"),
        (draft(Action.CORRECTION, {}, date(2024, 1, 1), date(2024, 1, 1)), LIFE[:1], "is empty"),
        (replace(draft(Action.CORRECTION, {}), country="HND"), LIFE[:1], "another country"),
    ],
)
def test_nonsense_is_refused(one, before, word) -> None:
    with pytest.raises(BadInput, match=word):
        refuse_nonsense(one, before)


def test_sense_is_not_refused() -> None:
    refuse_nonsense(draft(Action.OPEN, {}, reason=""), ())
    refuse_nonsense(draft(Action.END, None, date(2024, 1, 1)), LIFE[:1])


def test_differences_are_named_by_field() -> None:
    assert differences({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == ("b", "c")
    assert differences({"a": 1}, {}) == ("a",)
