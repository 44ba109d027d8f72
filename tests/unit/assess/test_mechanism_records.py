"""Figures along the way and codings of texts straight from their registers."""

from datetime import date

from cauce.assess.mechanisms.mentions import mentions
from cauce.assess.mechanisms.records import counts_of, provisions_of
from cauce.assess.mechanisms.told import told_mentions, told_ways
from cauce.assess.mechanisms.ways import TWICE, ways
from cauce.assess.telling import Speaker
from cauce.model.provision import Coding
from cauce.model.record import Absent
from cauce.model.text import Text

UNKNOWN = Absent.UNKNOWN
TITLE = Text("Way", "Vía")
FIGURE = {
    "mechanism": "m", "origin": "GTM", "destination": "CAN", "period_from": date(2023, 1, 1),
    "period_to": date(2023, 12, 31), "stage": "VISA", "value": 380, "unit": "PERSON",
    "source": "consulate",
}  # fmt: skip


def test_a_figure_says_what_it_is_of_and_a_series_stands_for_its_source():
    found = counts_of(
        {
            "a": FIGURE,
            "b": {**FIGURE, "series": "departures", "sex": "F", "destination": UNKNOWN},
            "c": {**FIGURE, "period_from": UNKNOWN, "unit": UNKNOWN, "value": UNKNOWN},
            "d": {**FIGURE, "stage": UNKNOWN},
            "e": {**FIGURE, "period_to": UNKNOWN},
        }
    )
    assert [(one.corridor, one.period, one.source, one.sex) for one in found] == [
        ("GTM–CAN", "2023", "consulate", "_T"),
        ("GTM–?", "2023", "departures", "F"),
        ("GTM–CAN", "?/2023-12-31", "consulate", "_T"),
    ]
    assert (found[2].unit, found[2].count) == ("?", None)


def test_ratios_are_within_one_way_unit_and_source_and_told_so():
    figures = {
        "cert": {**FIGURE, "stage": "CERT", "value": 400, "unit": "POSITION"},
        "visa": FIGURE,
        "dep": {**FIGURE, "stage": "DEP", "value": 300},
        "arr": {**FIGURE, "stage": "ARR", "value": 310},
        "women": {**FIGURE, "sex": "F"},
        "women again": {**FIGURE, "sex": "F", "value": 1},
    }
    found = ways(counts_of(figures))
    assert [len(way.ratios) for way in found] == [0, 3]
    assert found[0].refused == TWICE
    told = told_ways(TITLE, found, Speaker({}))
    assert told.tables[1].none == TWICE
    said = [row[2] for row in told.tables[3].rows]
    assert said[0].said.en.startswith("none: counted in different units")
    assert (said[1].said.en, said[1].tone) == ("0.79", "good")
    assert (said[2].said.en[:6], said[2].tone) == ("1.03 (", "warn")
    assert told.tables[0].name.en == "m · GTM–CAN · 2023 · F"


def test_a_text_says_of_a_theme_what_its_strongest_article_says():
    records = {
        "a": {"kind": "BLA", "provisions": (
            {"theme": "T01", "coding": "1"}, {"theme": "T01", "coding": "2"},
            {"theme": "T02", "coding": UNKNOWN}, {"topic": "X", "coding": "0"},
        )},
        "b": {"kind": "MOU"},
        "c": {"kind": "TOOL"},
    }  # fmt: skip
    found = provisions_of(records, "theme")
    assert [(one.text, one.theme, one.coding) for one in found] == [
        ("a", "T01", Coding.ENFORCEABLE), ("a", "T02", Coding.NOT_SEEN), ("b", "", Coding.NOT_SEEN),
    ]  # fmt: skip
    assert next(one.coding for one in provisions_of(records, "topic")) is Coding.ABSENT
    told = told_mentions(mentions(found, ["T01", "T02"]), "CL", Speaker({}))
    assert [cell.said.en for cell in told.tables[0].rows[0]] == [
        "T01", "100%", "1", "0", "0", "1", "50%–100%",
    ]  # fmt: skip
    everybody = mentions(provisions_of({"a": records["a"]}, "theme"), ["T01"])
    assert told_mentions(everybody, "CL", Speaker({})).tables[0].rows[0][6].said.es == "100\u00a0%"
