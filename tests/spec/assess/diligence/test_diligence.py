"""Due diligence says what the table beside this file says, and what to ask."""

import csv
from pathlib import Path

import pytest

from cauce.assess.frames.checklists import judge_checklist
from cauce.assess.frames.checklists_read import parse_checklist
from cauce.assess.frames.checklists_told import told_checklist
from cauce.model.checklist import Given

PATH = Path("packs/frames/recruitment/diligence.toml")
FRAME = parse_checklist(PATH.name, PATH.read_text("utf-8"))
with (Path(__file__).parent / "answers.csv").open(newline="", encoding="utf-8") as lines:
    ROWS = list(csv.DictReader(lines))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_what_follows_has_its_reasons_and_what_to_ask(row):
    said = {item.id: "YES+" for item in FRAME.items}
    said |= dict(one.split("=") for one in row["answers"].split())
    given = [Given(at, "", a.rstrip("+"), "doc" * a.endswith("+")) for at, a in said.items()]
    found = judge_checklist(FRAME, given)
    missing = told_checklist(FRAME, found)[1]
    asks = {item.ask: item.id for item in FRAME.items}
    assert found.outcome == row["outcome"]
    assert [asks[cells[-1].said] for cells in missing.rows] == row["ask"].split()


def test_every_question_is_ours_and_names_its_ground_and_what_to_ask():
    assert {item.mark for item in FRAME.items} == {"I"}
    assert all(item.ground and item.ask for item in FRAME.items)
    grave = [item.id for item in FRAME.items if item.grave]
    assert grave == ["LI1", "FE1", "FE2", "MO1", "MO2", "PE1"]
