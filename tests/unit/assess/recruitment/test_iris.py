"""IRIS told: result, level, clocks, certificates; and that a self-assessment certifies nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cauce.assess.frames.checklists import judge_checklist
from cauce.assess.recruitment.iris.clocks import clocks_on
from cauce.assess.recruitment.iris.frames import parse_iris
from cauce.assess.recruitment.iris.levels import level_reached
from cauce.assess.recruitment.iris.records import certified_on, given_in, progress_of
from cauce.assess.recruitment.iris.told import IrisFound, told_iris
from cauce.assess.telling import Speaker
from cauce.model.checklist import Given
from cauce.model.codelist import Code, Codelist
from cauce.model.errors import BadInput
from cauce.model.iris import Progress, Taken
from cauce.model.record import Absent
from cauce.model.text import LANGUAGES, Text

PATH = Path("packs/frames/recruitment/iris.toml")
TEXT = PATH.read_text("utf-8")
FRAME = parse_iris(PATH.name, TEXT)
DAY = date(2026, 6, 30)
STATE = Codelist("CL_IRIS_CERTIFICATION", Text("", ""), (Code("CERT", Text("Certified", "C")),))
SPEAKER = Speaker({STATE.id: STATE})
PERFECT = [Given(i.id, e.id, "CONF", "p. 3") for i in FRAME.items for e in FRAME.elements]
ALL_STEPS = Progress(
    date(2026, 1, 15),
    tuple(Taken(s, date(2026, 2, 1), "shown") for s in ("AWARE", "GAP", "BUILD", "VALID")),
    (),
    (Taken("APPL", date(2026, 3, 1)), Taken("ACC", date(2026, 3, 10))),
)


def found(given=PERFECT, progress=ALL_STEPS, certificates=()):
    verdict = judge_checklist(FRAME, given) if given is not None else None
    return IrisFound(
        name=Text("Agency", "Agencia"),
        on=DAY,
        made_on=date(2026, 5, 2) if given else None,
        verdict=verdict,
        reached=level_reached(FRAME, progress, None, DAY),
        due=clocks_on(FRAME, progress, DAY),
        certified=tuple(certified_on(one, DAY) for one in certificates),
    )


def certificate(until):
    states = ({"state": "CERT", "since": date(2026, 1, 1), "until": until},)
    return {"body": "Body", "number": "7", "source": "its list", "states": states}


def words(judgement):
    """All that is said, in both languages."""
    cells = [cell.said for table in judgement.tables for row in table.rows for cell in row]
    every = (judgement.title, *judgement.notes, *judgement.warnings, *cells)
    return "\n".join(said.of(language) for said in every for language in LANGUAGES)


def test_who_conforms_in_everything_and_is_at_the_highest_level_is_not_certified():
    told = told_iris(FRAME, found(), SPEAKER)
    assert found().reached.level.id == "L3"
    assert found().verdict.outcome == "MET"
    assert "is not certified" in told.warnings[0].en
    assert "no está certificado" in told.warnings[0].es
    assert "Certified" not in words(told)


def test_what_a_certifying_body_recorded_is_shown_until_its_last_day():
    holds = told_iris(FRAME, found(certificates=[certificate(DAY)]), SPEAKER)
    assert "Certified" in words(holds)
    assert not any("not certified" in one.en for one in holds.warnings)
    over = told_iris(FRAME, found(certificates=[certificate(date(2026, 6, 29))]), SPEAKER)
    assert "Certified" not in words(over)
    assert "is not certified" in over.warnings[0].en
    unclear = told_iris(FRAME, found(certificates=[certificate(Absent.UNKNOWN)]), SPEAKER)
    assert "cannot be told, or not yet" in words(unclear)


def test_where_nobody_assessed_anything_that_is_said():
    told = told_iris(FRAME, found(None, Progress(None, (), (), ())), SPEAKER)
    assert "No self-assessment was made" in words(told)
    assert [table.name.en for table in told.tables] == ["Capacity", "Clocks", "Certificates"]
    assert "Entry: awareness: not recorded" in words(told)


def test_one_self_assessment_after_the_other_shows_what_was_closed():
    first = judge_checklist(FRAME, PERFECT[:1])
    one = replace(found(), before=((date(2026, 1, 2), first), (DAY, found().verdict)))
    table = told_iris(FRAME, one, SPEAKER).tables[5]
    assert [[cell.said.en for cell in row] for row in table.rows] == [
        ["2 January 2026", "not all is answered with evidence", "1", "0", "94"],
        [
            "30 June 2026",
            "conforms by its own account; certified by nobody thereby",
            "95",
            "0",
            "0",
        ],
    ]


def test_a_self_assessment_without_its_day_says_so():
    one = found([])
    assert "made on: not known" in words(told_iris(FRAME, one, SPEAKER))


def test_an_answer_that_is_late_is_told_with_care_since_two_weeks_are_about():
    late = Progress(date(2026, 1, 15), (), (), (Taken("APPL", date(2026, 3, 1)),))
    clocks = told_iris(FRAME, found(progress=late), SPEAKER).tables[3]
    assert clocks.rows[0][2].said.en == "overdue, days: 107"
    assert clocks.rows[0][2].tone == "warn"


def test_the_registers_are_read_as_they_are_declared():
    record = {
        "trained_on": date(2026, 1, 15),
        "steps": ({"step": "AWARE", "on": date(2026, 1, 15), "evidence": "list"},),
        "followups": ({"clock": "F06", "on": date(2026, 7, 1)},),
        "states": ({"state": "APPL", "on": Absent.UNKNOWN},),
    }
    assert progress_of(record) == Progress(
        date(2026, 1, 15),
        (Taken("AWARE", date(2026, 1, 15), "list"),),
        (Taken("F06", date(2026, 7, 1), ""),),
        (Taken("APPL", None, ""),),
    )
    answers = (
        {"criterion": "A.1", "element": "E1", "answer": "CONF", "evidence": "p. 3"},
        {"criterion": "A.1", "element": "E2", "answer": Absent.NOT_APPLICABLE},
        {"criterion": "A.1", "element": "E3"},
    )
    assert given_in({"answers": answers}) == (
        Given("A.1", "E1", "CONF", "p. 3"),
        Given("A.1", "E2", "NAP", ""),
        Given("A.1", "E3", "", ""),
    )
    flags = ({"question": "FE1", "answer": True}, {"question": "FE2", "answer": False})
    assert [one.answer for one in given_in({"answers": flags}, "question")] == ["YES", "NO"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "L1"', 'id = "L0"', "level L0 is declared twice"),
        ("days = 60", "days = 60\nmonths = 2", "say days or months"),
        ("days = 60", "days = -1", "say days or months"),
        ("months = 12", "", "say days or months"),
    ],
)
def test_what_is_wrong_with_levels_and_clocks_is_told(old, new, told):
    with pytest.raises(BadInput, match=told):
        parse_iris("iris.toml", TEXT.replace(old, new))
