"""IRIS is judged as the tables beside this file say."""

import csv
from datetime import date
from pathlib import Path

import pytest

from cauce.assess.frames.checklists import judge_checklist
from cauce.assess.recruitment.iris.clocks import clocks_on
from cauce.assess.recruitment.iris.frames import parse_iris
from cauce.assess.recruitment.iris.levels import level_reached
from cauce.assess.recruitment.iris.records import certified_on
from cauce.model.checklist import Given
from cauce.model.iris import Progress, Taken
from cauce.model.record import Absent

HERE = Path(__file__).parent
PATH = Path("packs/frames/recruitment/iris.toml")
FRAME = parse_iris(PATH.name, PATH.read_text("utf-8"))
NOTHING = Progress(None, (), (), ())


def rows(name):
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return [pytest.param(row, id=row["case"]) for row in csv.DictReader(lines)]


def day(text):
    return date.fromisoformat(text) if text not in ("", "?") else None


def taken(text):
    parts = ([*one.rstrip("+").split("@"), one] for one in text.split())
    return tuple(Taken(name, day(on), "shown" * one.endswith("+")) for name, on, one in parts)


@pytest.mark.parametrize("row", rows("answers"))
def test_what_is_not_known_is_neither_conformity_nor_its_lack(row):
    said = {(i.id, e.id): row["rest"] for i in FRAME.items for e in FRAME.elements}
    for one in row["answers"].split():
        question, answer = one.split("=")
        said[tuple(question.split("/"))] = answer
    given = [Given(*at, a.rstrip("+"), "p. 3" * a.endswith("+")) for at, a in said.items()]
    found = judge_checklist(FRAME, given)
    count = found.count
    shown = (found.outcome, count.yes, count.no, count.unknown, count.apart, found.unanswered)
    numbers = (int(row[name]) for name in ("yes", "no", "unknown", "apart", "unanswered"))
    assert shown == (row["outcome"], *numbers)


@pytest.mark.parametrize("row", rows("levels"))
def test_a_level_needs_its_step_and_all_below_it_with_day_and_evidence(row):
    progress = Progress(None, taken(row["steps"]), (), ())
    found = level_reached(FRAME, progress, day(row["assessed"]), day(row["on"]))
    assert (found.level.id if found.level else "") == row["level"]
    assert (found.lacking.en if found.lacking else "") == row["lacking"]


@pytest.mark.parametrize("row", rows("clocks"))
def test_a_clock_says_what_is_due_on_the_day_it_is_asked(row):
    states, followed = taken(row["states"]), taken(row["followed"])
    progress = Progress(day(row["trained"]), (), followed, states)
    found = clocks_on(FRAME, progress, day(row["on"]))
    assert " ".join(f"{one.clock.id}={one.state}:{one.days}" for one in found) == row["expected"]


@pytest.mark.parametrize("row", rows("certificates"))
def test_a_certificate_is_what_its_body_recorded_and_expires_with_its_day(row):
    parts = row["states"].split()
    states = []
    for state, span in zip(parts[::2], parts[1::2], strict=True):
        since, until = span.split("..")
        days = {"since": Absent.UNKNOWN if since == "?" else day(since), "until": day(until)}
        states.append({"state": state, **{name: on for name, on in days.items() if on}})
    record = {"body": "B", "number": "1", "source": "its list", "states": tuple(states)}
    found = certified_on(record, day(row["on"]))
    assert (found.state, found.since, found.until) == (
        row["state"],
        day(row["since"]),
        day(row["until"]),
    )


def test_only_three_criteria_are_confirmed_and_the_others_say_so():
    confirmed = [item.id for item in FRAME.items if item.mark == "V"]
    assert confirmed == ["A.1", "A.2", "A.3"]
    assert {item.mark for item in FRAME.items} == {"V", "K"}
    assert (len(FRAME.pillars), len(FRAME.items), len(FRAME.elements)) == (7, 19, 5)
