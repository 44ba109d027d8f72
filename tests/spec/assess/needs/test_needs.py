"""Scores and gaps equal the tables worked out by hand beside this file."""

import csv
from pathlib import Path

import pytest

from cauce.assess.needs.frames import parse_frame
from cauce.assess.needs.roadmaps import gaps
from cauce.assess.needs.scores import score_countries
from cauce.model.answer import Answer, Respondent
from cauce.model.record import Absent

HERE = Path(__file__).parent
FRAME = parse_frame("frame.toml", (HERE / "frame.toml").read_text("utf-8"))


def rows(name):
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def scored():
    respondents = [
        Respondent(r["respondent"], r["institution"], r["function"], r["country"], "SURV")
        for r in rows("answers")
    ]
    answers = [
        Answer(r["respondent"], item, int(r[item]) if r[item].isdecimal() else Absent(r[item]))
        for r in rows("answers")
        for item in ("P1", "P2", "Q1")
        if r[item]
    ]
    found = score_countries(FRAME, respondents, answers)
    return {country.country: country for country in found}


def shown(value):
    return "" if value is None else f"{value + 1e-9:.2f}"


def test_each_score_is_what_was_worked_out_by_hand():
    found = scored()
    for row in rows("scores"):
        country = found[row["country"]]
        scores = (*country.items, *country.cells, *country.pillars, country.overall)
        score = next(each for each in scores if each.id == row["id"])
        apart = score.disagreement
        assert {
            "score": shown(score.value),
            "coverage": shown(score.coverage),
            "institutions": str(score.institutions),
            "levels_apart": shown(apart and apart.levels),
            "share_apart": shown(apart and apart.share),
            "spread": shown(score.spread),
            "without": ";".join(score.without),
        } == {key: row[key] for key in list(row)[2:9]}, row
        assert (score.value is None) == (score.because is not None)


@pytest.mark.parametrize("country", ["XAA", "XAB", "XAC"])
def test_each_gap_is_what_the_table_says(country):
    found = gaps(FRAME, scored()[country])
    wanted = [(row["item"], row["kind"]) for row in rows("gaps") if row["country"] == country]
    assert [(gap.item, gap.kind) for gap in found] == wanted
