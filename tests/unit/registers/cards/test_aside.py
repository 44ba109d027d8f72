"""Events of cards that were not good are set aside with their reason, and none is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cauce.model.event import Clash, Event, Issued, Kind
from cauce.registers.cards.aside import apart

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
CARD = Issued("XCA", date(2026, 1, 1), date(2026, 6, 30))
REVOKED = Issued("XCA", date(2026, 1, 1), date(2026, 6, 30), AT)
ISSUED = {"a" * 16: CARD, "b" * 16: REVOKED, "c" * 16: Issued("XCB", *[date(2026, 1, 1)] * 2)}


def event(card: str = "a", kind: Kind = Kind.ENTRY, counter: int = 1, **at: float) -> Event:
    place = "P-1" if kind is Kind.ENTRY else ""
    employer = "FARM-2" if kind is Kind.EMPLOYER_CHANGE else ""
    return Event("d" * 16, counter, card * 16, kind, place, employer, AT + timedelta(**at))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (event(), None),
        (event("e"), Clash.NOT_ISSUED),
        (event("c"), Clash.OTHER_COUNTRY),
        (event("b"), None),
        (event("b", seconds=1), Clash.REVOKED),
        (event(days=121), None),
        (event(days=122), Clash.OUT_OF_DAYS),
        (event(days=-61), None),
        (event(days=-62), Clash.OUT_OF_DAYS),
        (event(kind=Kind.EMPLOYER_CHANGE), None),
    ],
)
def test_an_event_counts_or_is_set_aside_with_its_reason(given: Event, why: Clash | None) -> None:
    counted, aside = apart([given, given], "XCA", ISSUED)
    assert [one.clash for one in aside] == ([] if why is None else [why])
    assert counted == ((given,) if why is None else ())


def test_a_clock_known_to_be_wrong_is_given_a_day() -> None:
    late = event("b", hours=23)
    assert apart([late], "XCA", ISSUED, frozenset({"d" * 16}))[1] == ()
    assert len(apart([late], "XCA", ISSUED)[1]) == 1
    back = event("a", counter=2, hours=-1)
    assert apart([event("b", hours=20), back], "XCA", ISSUED)[1] == (), "its clock was set back"


def test_a_change_the_mechanism_does_not_allow_is_kept_and_not_applied() -> None:
    change = event(kind=Kind.EMPLOYER_CHANGE, counter=2, hours=1)
    counted, aside = apart([event(), change], "XCA", ISSUED, fixed={"a" * 16})
    assert [(one.clash, one.events) for one in aside] == [
        (Clash.CHANGE_NOT_ALLOWED, (("d" * 16, 2),))
    ]
    assert counted == (event(),)


def test_the_same_events_in_any_order_are_the_same() -> None:
    several = [event(), event("e", counter=2), event("b", counter=3, seconds=5)]
    assert apart(several, "XCA", ISSUED) == apart(several[::-1] * 2, "XCA", ISSUED)
