"""A needs assessment of a country as it is shown, with the road map it agreed on."""

import csv
from datetime import date
from pathlib import Path

from cauce.assess.needs.frames import parse_frame
from cauce.assess.needs.records import answers_of, respondents_of, steps_of
from cauce.assess.needs.roadmaps import draft_steps, gaps
from cauce.assess.needs.scores import score_countries
from cauce.assess.needs.told import told_needs
from cauce.assess.telling import Speaker
from cauce.model.record import Absent

SPEC = Path(__file__).parents[2] / "spec" / "assess" / "needs"
ON = date(2024, 1, 31)


def frame():
    return parse_frame("frame.toml", (SPEC / "frame.toml").read_text("utf-8"))


def scores():
    """The scores of the spec's table, straight from records as an office keeps them."""
    with (SPEC / "answers.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    asked = [item.id for item in frame().items]
    records = [
        {
            **{k: row[k] for k in ("respondent", "institution", "function", "country")},
            "instrument": "SURV",
            "answers": tuple({"item": i, "score": _score(row[i])} for i in asked if row[i]),
        }
        for row in rows
    ]
    return score_countries(frame(), respondents_of(records), answers_of(records))


def _score(said):
    return Absent(said) if said in set(Absent) else int(said)


def test_a_road_map_that_was_agreed_is_read_with_leads_dates_and_order():
    records = {
        "a": {"assessment": "n", "country": "XAA", "item": "i", "title_es": "Dotar",
              "lead": "office", "due": ON, "status": "INP"},
        "b": {"assessment": "n", "country": "XAA", "title_en": "Train", "lead_name": "Office",
              "depends_on": ({"action": "a"}, {"action": "c"}), "status": Absent.UNKNOWN},
        "c": {"assessment": "n", "country": "XAB"},
        "d": {"assessment": "m", "country": "XAA"},
    }  # fmt: skip
    first, second = steps_of(records, "n", "XAA")
    assert (first.lead, first.due, first.status, first.what.en) == ("office", ON, "INP", "Dotar")
    assert (second.lead, second.depends_on, second.status) == ("Office", ("a",), "YTS")


def test_findings_gaps_dissent_and_actions_are_told_with_what_is_withheld():
    found = scores()
    told = [
        told_needs(frame(), one, draft_steps(frame(), gaps(frame(), one)), ON, Speaker({}))
        for one in found
    ]
    rows = [row for each in told for table in each.tables for row in table.rows]
    said = [cell.said.en for row in rows for cell in row]
    assert "withheld" in said
    assert "people differ" in said
    assert "to be agreed" in said
    assert told[0].notes[1].es.startswith("Escala: 0 ")
    agreed = {"a": {"assessment": "n", "country": "XAA", "lead": "o", "due": ON}}
    actions = steps_of(agreed, "n", "XAA")
    (row,) = told_needs(frame(), found[0], actions, ON, Speaker({})).tables[4].rows
    assert row[1].register == "institutions"
    assert row[2].said.en == "31 January 2024"
