"""Waits of a mechanism's steps, by hand."""

from datetime import date, timedelta

from cauce.model.mobility import Passage
from cauce.pipeline.mobility import wait

DAY = date(2026, 1, 1)


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def test_five_waits_by_hand() -> None:
    """19, 20, 20 through; 21 still waits; 22: shares 4/5, 2/5, then 0. The median is 20."""
    days = [(22, True), (20, True), (21, False), (19, True), (20, True)]
    found = wait("PERMIT", [Passage(DAY, on(n) if d else None) for n, d in days], on(21))
    assert (found.median, found.low, found.high) == (20, 19, None)
    assert (found.done, found.waiting, found.unknown) == (4, 1, 0)


def test_a_half_that_lasts_lies_in_the_middle() -> None:
    assert wait("PERMIT", [Passage(DAY, on(5)), Passage(DAY, on(8))], on(9)).median == 6.5
    one = wait("PERMIT", [Passage(DAY, on(5)), Passage(DAY, None)], on(9))
    assert one.median == 5, "nobody is through later, so nothing says how long the half lasts"


def test_an_interval_has_both_ends_once_enough_are_through() -> None:
    found = wait("PERMIT", [Passage(DAY, on(10 + n)) for n in range(30)], on(60))
    assert (found.median, found.low, found.high) == (24.5, 19, 30)


def test_leaving_out_who_waits_would_tell_a_shorter_wait() -> None:
    quick = [Passage(DAY, on(5))] * 4
    slow = [Passage(DAY, None)] * 5
    assert wait("PERMIT", quick, on(40)).median == 5
    both = wait("PERMIT", [*quick, *slow], on(40))
    assert (both.median, both.done, both.waiting) == (None, 4, 5)


def test_a_day_nobody_wrote_and_an_end_before_its_beginning_are_unknown_and_not_zero() -> None:
    strange = [Passage(None, on(3)), Passage(on(3), on(1)), Passage(on(9), None)]
    found = wait("PERMIT", strange, on(5))
    assert (found.done, found.waiting, found.unknown, found.median) == (0, 0, 3, None)
    assert wait("PERMIT", [Passage(DAY, on(0))], on(5)).median == 0, "a real zero stays one"


def test_whoever_leaves_counts_until_then_and_a_day_to_come_does_not_count_yet() -> None:
    left = [Passage(DAY, None, on(3)), Passage(DAY, on(4))]
    assert wait("CARD", left, on(90)).median == 4, "at day 3 nobody is through and one is gone"
    coming = [Passage(DAY, None, on(80)), Passage(DAY, on(4))]
    assert wait("CARD", coming, on(5)).median == 4
