"""`cauce assess` over a register database, as an analyst types it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from cauce.cli.main import app
from cauce.model.entry import Action, Draft
from cauce.model.errors import BadInput
from cauce.model.standing import HandOver
from cauce.pipeline.judge.plans import check_hand_overs, hand_over
from cauce.pipeline.judge.sight import LogSight
from cauce.pipeline.registers import read_registers
from cauce.store.log import Log, append, open_database, review
from cauce.store.log.review import Verdict

from .office.invented import EVERYTHING, NOW, PLAN, SURVEY, belize, enter

REGISTERS = Path("packs/registers")
DECLARED = read_registers(REGISTERS)


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    address = f"sqlite:///{tmp_path_factory.mktemp('assess') / 'registers.sqlite'}"
    database = open_database(address)
    enter(database, DECLARED, {**EVERYTHING, **SURVEY, **belize(DECLARED)})
    database.close()
    return address


@pytest.fixture
def assess(url):
    def run(*words, given="", code=0):
        told = CliRunner().invoke(app, ["assess", *words, "--database", url], input=given)
        assert told.exit_code == code, told.output
        return told.output

    return run


@pytest.mark.parametrize(
    ("words", "en", "es"),
    [
        (("plan", "invented plan", "--on", "2025-03-01"), "Never reported anything", "Nunca han"),
        (("course", "primera"), "Reached in all", "Alcance total"),
        (("diaspora", "GTM"), "1 and 2 measure the same thing", "1 y 2 miden lo mismo"),
        (("survey", "encuesta"), "not a probability sample", "muestra no probabilística"),
        (("funnel", "programa"), "counted in different units", "unidades distintas"),
        (("protections",), "A mention is no protection", "Una mención no es"),
        (("studies", "--country", "GTM"), "None is averaged", "Ninguna se promedia"),
    ],
)
def test_each_judgement_is_printed_in_either_language_or_both(assess, words, en, es):
    assert en in assess(*words)
    assert es in assess(*words, "--language", "es")
    both = assess(*words, "--language", "both")
    assert en in both
    assert es in both


def test_a_whole_title_names_a_record_though_others_hold_its_words(assess):
    more = {"First": "First", "Primera": "First", "first": "First"}
    for said, title in more.items():
        assert title in assess("course", said)


def test_every_judgement_is_json_for_programs(assess):
    standing = json.loads(assess("plan", "plan", "--json", "--on", "2025-03-01"))
    assert {one["progress"]["status"] for one in standing["leaves"]} == {
        "DONE", "OVERDUE", "NO_DATA",
    }  # fmt: skip
    assert json.loads(assess("diaspora", "GTM", "--json"))["shares"][0]["percent"] == 20.0
    assert json.loads(assess("studies", "--json"))["compared"][0]["comparable"] == "NO"
    assert json.loads(assess("funnel", "way", "--json"))[0]["ratios"][1]["ratio"] < 1
    assert "P-001" not in assess("course", "first", "--json"), "people are counted, never listed"


def test_eligibility_takes_a_file_of_facts_and_keeps_nothing(assess, tmp_path, url):
    facts = tmp_path / "facts.toml"
    facts.write_text('child_born_on = 2021-12-31\nresident_since = "2016-11-23"\n')
    words = ("eligibility", "belice", "--on", "2022-08-02", "--facts", str(facts))
    told = assess(*words)
    assert "This is not legal advice" in told
    assert "The criteria seem to be met: yes." in told
    found = json.loads(assess(*words, "--json"))
    assert found["check"]["criteria"] == "YES"
    facts.with_suffix(".json").write_text('{"referred": true}')
    again = (
        "eligibility",
        "belice",
        "--facts",
        str(facts.with_suffix(".json")),
        "--language",
        "es",
    )
    assert "Esto no es asesoría legal" in assess(*again, "--phase", "2022")
    database = open_database(url)
    with database.reading() as connection:
        entries = connection.execute(text("SELECT record FROM entry")).all()
    database.close()
    assert not any("2016-11-23" in str(row) for row in entries)


def test_eligibility_asks_again_for_an_answer_that_is_none(assess):
    answers = "\n".join(["someday", "2019-01-01", *[""] * 12])
    told = assess("eligibility", "belice", "--ask", given=answers)
    assert "write a day" in told.lower()
    assert "cannot tell" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan", "nothing of the kind"), "There is no plan nothing of the kind"),
        (("course", "r"), "records are called so. Name one by its key"),
        (("diaspora", "ATA"), "No contributions of ATA are seen. There are: GTM, HND"),
        (("studies", "--country", "ATA"), "No estimate of ATA"),
        (("needs", "diagnóstico"), "Nobody's answers"),
        (("plan", "plan", "--on", "1 March"), "is no day: write it as 2023-08-25"),
        (("plan", "plan", "--language", "fr"), "is no language of ours"),
        (("protections", "--scheme", "x"), "is no list of themes"),
        (("eligibility", "belice", "--phase", "1999", "--ask"), "There is no phase 1999"),
        (("eligibility", "belice", "--facts", "none.toml"), "The answers cannot be read"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(assess, words, said):
    told = assess(*words, code=1)
    assert said in told
    assert "Traceback" not in told


def test_a_plan_is_written_as_iati_and_says_it_was_not_checked(assess, tmp_path):
    into = tmp_path / "plan.xml"
    told = assess("iati", "plan", "--into", str(into), "--ref", "XX-1", "--org", "An office")
    assert "Check it with IATI's validator" in told
    assert '<target value="20"' in into.read_text("utf-8")
    strange = tmp_path / "other.xsd"
    strange.write_text('<schema xmlns="http://www.w3.org/2001/XMLSchema"/>')
    words = (
        "iati",
        "plan",
        "--into",
        str(tmp_path / "new.xml"),
        "--ref",
        "XX-1",
        "--org",
        "An office",
    )
    told = assess(*words, "--schema", str(strange), code=1)
    assert "not as IATI's schema says" in told
    assert not (tmp_path / "new.xml").exists(), "what is not valid is not written"


def test_a_questionnaire_is_a_survey_s_or_the_template_s(assess, tmp_path):
    into = ("--into", str(tmp_path / "form.xlsx"))
    assert "Questions after that of consent: 1." in assess("questionnaire", "encuesta", *into)
    assert "There is no mapping survey other" in assess("questionnaire", "other", *into, code=1)
    told = CliRunner().invoke(app, ["assess", "questionnaire", *into])
    assert "consent: 13." in told.output


def test_a_hand_over_is_frozen_and_still_found_whole_after_the_plan_went_on(tmp_path):
    """What is reported, corrected or approved later changes the plan and not the hand-over."""
    database = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    enter(database, DECLARED, PLAN)
    at = datetime(2025, 3, 2, 9, tzinfo=UTC)
    sight = LogSight(database, DECLARED, at.date(), at)
    given = HandOver(2024, "GTM", "HND", date(2024, 1, 1), date(2024, 12, 31))
    entry = hand_over(sight, "plan", given, "ana", lambda: "frozen")
    before = entry.record
    assert before["missing"] == ("HND",)
    with database.writing("beto") as connection:
        review.judge(connection, entry.number, Verdict.APPROVED, "beto", "", at)

    late = datetime(2025, 3, 3, 9, tzinfo=UTC)
    more = {**PLAN["plan_reports", "r1"], "country": "HND", "value": 20.0}
    enter(database, DECLARED, {("plan_reports", "late"): more}, late)
    _correct(database, PLAN["plan_reports", "r1"] | {"value": 20.0}, late)
    now = replace(sight, known_at=datetime(2025, 3, 4, 9, tzinfo=UTC))
    (checked,) = check_hand_overs(now, "plan")
    assert checked.holds
    assert Log(database, DECLARED.registers).entries("plan_snapshots", "frozen")[0].record == before
    with pytest.raises(BadInput, match="handed over in 2024 already"):
        hand_over(now, "plan", given, "ana", lambda: "again")
    with pytest.raises(BadInput, match="of a moment"):
        hand_over(replace(now, known_at=None), "plan", replace(given, year=2025), "ana", str)

    database.close()
    forged = CliRunner().invoke(
        app, ["assess", "hand-overs", "plan", "--database", str(database.engine.url)]
    )
    assert "as it was frozen" in forged.output
    assert forged.exit_code == 0


def _correct(database, record, now):
    draft = Draft(
        register="plan_reports", key="r1", country="GTM", action=Action.CORRECTION, record=record,
        valid_from=None, valid_to=None, actor="ana", reason="a slip", base=0,
    )  # fmt: skip
    with database.writing("ana") as connection:
        (entry,) = append(connection, DECLARED.registers, [draft], now)
    with database.writing("beto") as connection:
        review.judge(connection, entry.number, Verdict.APPROVED, "beto", "", now)


def test_a_hand_over_is_entered_from_the_terminal_and_waits_for_review(tmp_path):
    url = f"sqlite:///{tmp_path / 'registers.sqlite'}"
    database = open_database(url)
    enter(database, DECLARED, PLAN)
    database.close()
    words = ["assess", "hand-over", "plan", "--year", "2024", "--country", "GTM", "--next", "HND"]
    words += ["--from", "2024-01-01", "--until", "2024-12-31", "--by", "ana", "--database", url]
    told = CliRunner().invoke(app, words)
    assert "it waits for review" in told.output
    strange = CliRunner().invoke(app, [*words, "--country", "Guatemala"])
    assert strange.exit_code == 1


def test_what_waits_for_review_is_judged_only_if_asked_for(tmp_path):
    url = f"sqlite:///{tmp_path / 'registers.sqlite'}"
    database = open_database(url)
    enter(database, DECLARED, PLAN, NOW, approved=False)
    database.close()
    run = CliRunner().invoke
    assert run(app, ["assess", "plan", "plan", "--database", url]).exit_code == 1
    assert run(app, ["assess", "plan", "plan", "--waiting", "--database", url]).exit_code == 0
