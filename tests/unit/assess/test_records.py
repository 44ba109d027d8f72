"""A phase read from a record of the register."""

from datetime import date
from decimal import Decimal

import pytest

from cauce.assess.regularization.costs import cost
from cauce.assess.regularization.eligibility import pre_check
from cauce.assess.regularization.phases import opening
from cauce.assess.regularization.records import outlays_of, phase_of, targets_of, throughputs_of
from cauce.model.errors import BadInput
from cauce.model.fact import Between
from cauce.model.record import Absent
from cauce.model.text import Text
from cauce.model.throughput import Target
from cauce.model.truth import Truth

UNKNOWN = Absent.UNKNOWN
OPENS, CLOSES = date(2022, 8, 2), date(2022, 11, 30)


def of_phase(*rows):
    return tuple({"phase": "A", **row} for row in rows)


RECORD = {
    "phases": (
        {"phase": "B", "opens": OPENS},
        {"phase": "A", "name_en": "Phase", "opens": OPENS, "closes": CLOSES, "source": "s"},
    ),
    "extensions": of_phase(
        {"announced": date(2022, 11, 1), "closes": date(2022, 12, 31)},
        {
            "announced_first": date(2022, 12, 1),
            "announced_last": date(2022, 12, 9),
            "closes_first": date(2023, 2, 1),
            "closes_last": date(2023, 2, 28),
        },
    ),
    "criteria": of_phase(
        {"node": "TOP", "combine": "ANY", "name_en": "Any", "name_es": "Alguno"},
        {"node": "WED", "parent": "TOP", "name_es": "Boda", "fact": "wed", "test": "YEARS",
         "number": 1},
        {"node": "NAT", "parent": "TOP", "fact": "nat", "test": "ONE_OF", "codes": "HND; NIC;"},
        {"tree": "poor", "node": "POOR", "fact": "poor", "test": "IS", "wanted": True},
    ),
    "documents": of_phase(
        {"name_en": "Record", "min_age": 12, "otherwise": "CANNOT_TELL", "if_node": "WED"},
        {"name_en": "School record", "max_age": 17, "otherwise": UNKNOWN},
    ),
    "fees": of_phase(
        {"fee": "F", "part": "OFFICIAL", "amount": 100, "currency": "BZD", "per": "ONCE"},
        {"fee": "G", "part": "FINE", "amount": UNKNOWN, "currency": "BZD", "per": "MONTH",
         "since": "unpaid", "months_are": "COMPLETED", "if_node": "TOP"},
        {"fee": "H", "part": "FINE", "amount": 7.5, "currency": "BZD", "per": "MONTH",
         "since": "unpaid"},
    ),
    "fee_tiers": of_phase(
        {"fee": "G", "position": 2, "amount": UNKNOWN},
        {"fee": "G", "position": 1, "months": 2, "amount": 50},
    ),
    "waivers": of_phase({"fee": "F", "name_en": "Poor", "if_node": "POOR"}),
    "indirect_costs": of_phase(
        {"kind": "LEGAL", "low": 10, "high": 30, "currency": "BZD"},
        {"kind": "DAYS", "high": 5, "currency": "BZD"},
        {"kind": "OTHER", "low": 3, "currency": "BZD"},
        {"kind": "TRANSPORT", "currency": "BZD"},
    ),
    "throughput": of_phase(
        {"as_of": date(2023, 1, 1), "source": "s", "registered": 5, "approved": UNKNOWN},
        {"as_of": UNKNOWN, "source": "s"},
    ),
    "estimates": of_phase(
        {"bound": "ABOUT", "value": 60, "source": "a"},
        {"bound": "AT_LEAST", "value": 40, "source": "b"},
        {"bound": "AT_MOST", "value": 90, "source": "c"},
        {"low": 50, "high": 70, "source": "d"},
        {"bound": "AT_MOST", "value": UNKNOWN, "source": "e"},
    ),
}  # fmt: skip


def changed(field, **more):
    return {**RECORD, field: tuple({**row, **more} for row in RECORD[field])}


def test_a_phase_is_judged_as_its_record_says():
    phase = phase_of(RECORD, "A")
    found = pre_check(phase, {"wed": date(2021, 8, 3), "nat": "NIC"}, date(2022, 8, 2))
    assert [part.truth for part in found.finding.parts] == [Truth.NO, Truth.YES]
    assert phase.criteria.parts[0].name == Text("Boda", "Boda")
    assert phase.extensions[0].closes == date(2022, 12, 31)
    assert phase.extensions[1].announced == Between(date(2022, 12, 1), date(2022, 12, 9))
    assert (phase.documents[0].otherwise, phase.documents[1].max_age) == (Truth.CANNOT_TELL, 17)


def test_the_fees_of_a_record_are_charged_with_its_outlays():
    """15 May to 2 Aug 2022: 2 months complete, 2 × 50; 3 begun, 3 × 7.5; outlays of 10 to 30, at
    most 5, exactly 3, and one unknown."""
    names = {kind: Text(kind, kind) for kind in ("LEGAL", "DAYS", "OTHER", "TRANSPORT")}
    outlays = outlays_of(RECORD, "A", names)
    facts = {"unpaid": date(2022, 5, 15), "nat": "HND", "poor": False}
    found = cost(phase_of(RECORD, "A").fees, outlays, facts, date(2022, 8, 2))
    assert {item.id: (item.low, item.high) for item in found.items} == {
        "F": (100, 100),
        "G": (100, 100),
        "H": (Decimal("22.5"), Decimal("22.5")),
        "LEGAL": (10, 30),
        "DAYS": (0, 5),
        "OTHER": (3, 3),
        "TRANSPORT": (0, None),
    }
    assert [item.because.en for item in found.items[3:6]] == ["1 × 10–30", "1 × 0–5", "1 × 3"]
    assert found.totals[0].low == Decimal("235.5")


def test_a_last_day_that_is_unknown_or_none():
    unknown = phase_of(changed("phases", closes=UNKNOWN) | {"extensions": UNKNOWN}, "A")
    none = phase_of(changed("phases", closes=Absent.NOT_APPLICABLE) | {"extensions": ()}, "A")
    later = date(2030, 1, 1)
    assert opening(unknown, later).truth is Truth.CANNOT_TELL
    assert "last day: not known" in opening(unknown, later).because.en
    assert opening(none, later).truth is Truth.YES
    assert "último día: ninguno" in opening(none, later).because.es


def test_counts_and_targets_keep_their_sources():
    assert [each.registered for each in throughputs_of(RECORD, "A")] == [5]
    assert throughputs_of(RECORD, "A")[0].approved is None
    assert targets_of(RECORD, "A") == (
        Target(60, 60, "a"),
        Target(40, None, "b"),
        Target(0, 90, "c"),
        Target(50, 70, "d"),
    )


@pytest.mark.parametrize(
    ("record", "name", "said"),
    [
        (RECORD, "Z", "There is no phase Z"),
        (RECORD, "B", "Phase B has no criteria yet"),
        (changed("phases", opens=UNKNOWN), "A", "has no opening day yet"),
        (changed("fees", per="YEAR"), "A", "Fee F is charged by year"),
        (changed("documents", if_node="NOPE"), "A", "if_node NOPE is no row of the criteria"),
    ],
)
def test_what_a_record_lacks_is_said(record, name, said):
    with pytest.raises(BadInput, match=said):
        phase_of(record, name)
