"""The results of a plan as an IATI file."""

from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from cauce.assess.plans.iati import Publisher, iati_results
from cauce.model.errors import BadInput

from .test_plan_records import INDICATOR, reported
from .test_plan_records import RECORDS as UNDATED

NOW = datetime(2025, 1, 31, 12, tzinfo=UTC)
WHO = Publisher("XM-1", "40", "A <body> & co")
RECORDS = replace(UNDATED, plan={**UNDATED.plan, "starts_year": 2023})


def read(records=RECORDS):
    return ElementTree.fromstring(iati_results(records, WHO, NOW))[0]  # noqa: S314 - our own


def values(activity, path):
    return [element.get("value") for element in activity.iterfind(f"result/indicator/{path}")]


def test_a_plan_is_an_activity_with_its_targets_and_what_each_country_reported():
    kept = reported(None, "XAB", reported="NC")
    silent = reported(None, "XAC", reported="NR")
    again = reported(9.0, "XAA", period_to=date(2024, 3, 31))
    records = {"r": reported(8.0), "s": kept, "t": silent, "u": again}
    activity = read(replace(RECORDS, reports=records))
    assert activity.findtext("iati-identifier") == "XM-1-p"
    assert activity.findtext("reporting-org/narrative") == "A <body> & co"
    assert values(activity, "baseline") == ["0"]
    assert values(activity, "period/target") == ["10", "20"]
    assert values(activity, "period/actual") == ["8", "0", "9"]
    said = [one.get("value") for one in activity.iterfind(".//actual/dimension")]
    assert said == ["XAA", "XAB", "XAA"]
    assert activity.findtext(".//comment/narrative") == "No change reported"
    assert [child.tag for child in activity][:7] == [
        "iati-identifier", "reporting-org", "title", "description", "participating-org",
        "activity-status", "activity-date",
    ]  # fmt: skip


def test_a_yes_or_no_is_said_in_words_and_an_unknown_value_is_not_there():
    switch = {
        **INDICATOR, "direction": "YESNO", "baseline": 0.0, "targets": ({"year": 2023, "value": 1},)
    }  # fmt: skip
    odd = {**INDICATOR, "direction": "DOWN", "baseline": None}
    nothing = reported(None, "XAA", reported="NC") | {"indicator": "o"}
    reports = {"n": nothing, "r": reported(2.0)}
    activity = read(replace(RECORDS, indicators={"i": switch, "o": odd}, reports=reports))
    said = [one.text for one in activity.iterfind(".//comment/narrative") if one.text]
    assert said == ["no", "no", "yes", "sí", "2", "2"]
    assert [one.get("measure") for one in activity.iterfind(".//indicator")] == ["5", "1"]
    assert [one.get("ascending") for one in activity.iterfind(".//indicator")] == ["1", "0"]


def test_a_plan_is_to_come_under_way_or_over():
    def status(**plan):
        activity = read(replace(RECORDS, plan=plan))
        dates = [one.get("iso-date") for one in activity.iterfind("activity-date")]
        return activity.find("activity-status").get("code"), dates

    assert status(starts_year=2023, ends_year=2027) == ("2", ["2023-01-01", "2027-12-31"])
    assert status(starts_year=2026) == ("1", ["2026-01-01"])
    assert status(ends_on=date(2024, 12, 31)) == ("4", ["2024-12-31"])


def test_a_plan_without_a_day_is_refused_since_iati_asks_for_one():
    with pytest.raises(BadInput, match="first or last year"):
        read(UNDATED)


def test_what_lies_in_a_period_comes_in_the_order_of_the_standard():
    """IATI 2.03: an actual holds location, dimension, comment, document-link, in this order."""
    activity = read(replace(RECORDS, reports={"s": reported(None, "XAB", reported="NC")}))
    (actual,) = activity.iterfind(".//actual")
    assert [child.tag for child in actual] == ["dimension", "comment"]
    period = activity.find(".//period")
    assert [child.tag for child in period][:3] == ["period-start", "period-end", "target"]
    assert activity[-1].tag == "result", "nothing we write comes after the results"
