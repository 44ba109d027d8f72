"""Where the events of a card leave it does not depend on how they came."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cauce.model.event import Event, Kind, Standing
from cauce.registers.cards.fold import fold, set_back

START = datetime(2026, 3, 2, tzinfo=UTC)
EVENTS = st.builds(
    Event,
    device=st.sampled_from(["a" * 16, "b" * 16]),
    counter=st.integers(1, 12),
    card=st.sampled_from(["1" * 16, "2" * 16]),
    kind=st.sampled_from(Kind),
    place=st.sampled_from(["", "FARM-1", "FARM-2"]),
    employer=st.sampled_from(["", "E1", "E2"]),
    recorded_at=st.integers(0, 40).map(lambda minutes: START + timedelta(minutes=minutes)),
)


@given(st.lists(EVENTS, max_size=20), st.data())
def test_every_order_and_every_repetition_leave_the_same_state(
    events: Sequence[Event], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(events), max_size=5)) if events else []
    mixed = data.draw(st.permutations([*events, *again]))
    assert fold(mixed) == fold(events)


def test_two_events_of_one_count_are_in_the_same_order_however_they_came() -> None:
    at = [START, START + timedelta(minutes=40)]
    events = [Event("a" * 16, 1, "1" * 16, Kind.ENTRY, "", "", one) for one in at]
    assert set_back(events) == set_back(events[::-1]) == frozenset()


@given(st.lists(EVENTS, max_size=20))
def test_no_event_goes_uncounted(events: Sequence[Event]) -> None:
    states = fold(events)
    assert set(states) == {event.card for event in events}
    entries = {event for event in events if event.kind is Kind.ENTRY}
    assert sum(state.entries for state in states.values()) == len(entries)
    for card, state in states.items():
        last = max(event.recorded_at for event in events if event.card == card)
        assert state.last == last
        assert (state.place != "") <= (state.standing is Standing.AT_FARM)
