"""A company's check beside what the registers say of its recruiter on that day."""

from datetime import date
from pathlib import Path

import pytest

from cauce.assess.frames.checklists import judge_checklist
from cauce.assess.frames.checklists_read import parse_checklist
from cauce.assess.recruitment.diligence_told import Recruiter, told_check
from cauce.assess.recruitment.standing import Standing, standing_on
from cauce.assess.telling import Speaker
from cauce.model.checklist import Given
from cauce.model.record import Absent
from cauce.model.text import Text

PATH = Path("packs/frames/recruitment/diligence.toml")
FRAME = parse_checklist(PATH.name, PATH.read_text("utf-8"))
SPEAKER = Speaker({})
DAY = date(2026, 3, 1)
CHECK = {"company": "Farm", "recruiter_name": "Agency", "made_on": DAY}
AGENCY = Text("The agency", "La agencia")
LICENCE = {
    "number": "7",
    "states": (
        {"state": "LIC", "since": date(2024, 1, 1), "until": date(2025, 12, 31)},
        {"state": "SUSP", "since": date(2026, 1, 1)},
    ),
}
FINE = {"reference": "R-1", "kind": "FINE", "adjudicated": True, "decided_on": date(2025, 1, 2)}
CERTIFICATE = {
    "body": "Body",
    "number": "9",
    "states": ({"state": "CERT", "since": date(2026, 1, 1), "until": date(2026, 12, 31)},),
}


def told(recruiter=None, check=CHECK, answers=("LI1", "LI4")):
    given = [Given(one, "", "YES", "paper") for one in answers]
    return told_check(FRAME, check, judge_checklist(FRAME, given), SPEAKER, recruiter)


def test_a_check_names_its_company_its_recruiter_and_its_day():
    assert told().title.en == "Due diligence: Farm, Agency"
    assert told(Recruiter(AGENCY)).title.es == "Debida diligencia: Farm, La agencia"
    assert told().notes[-1].es == "Hecha el: 1 de marzo de 2026."
    assert told(check={}).notes[-1].en == "Made on: not known."
    assert told(check={}).title.en == "Due diligence: –, –"


def test_what_no_register_here_bears_out_is_said_and_no_more_than_that():
    found = told(Recruiter(AGENCY, [LICENCE]))
    assert [one.en.partition(";")[0] for one in found.warnings] == [
        "The company says that it was licensed",
        "The company says that it was certified",
    ]
    assert told(Recruiter(AGENCY, [LICENCE]), answers=()).warnings == ()
    assert told().warnings == (), "of a recruiter in no register nothing is known"


def test_what_the_registers_say_of_the_day_of_the_check_stands_beside_it():
    later = FINE | {"decided_on": date(2026, 3, 2)}
    alleged = FINE | {"adjudicated": False}
    recruiter = Recruiter(
        AGENCY,
        [LICENCE, {"number": "8"}],
        [FINE, later, alleged, FINE | {"appeal": "PEND"}],
        [CERTIFICATE, {"body": "B", "number": "0"}],
    )
    table = told(recruiter).tables[2]
    assert table.name.en == "What the registers here say of 1 March 2026"
    assert [[cell.said.en for cell in row] for row in table.rows] == [
        ["Licence", "7", "SUSP"],
        ["Licence", "8", "not known"],
        ["Adjudicated sanction", "R-1", "FINE; appeal: not known"],
        ["Adjudicated sanction", "R-1", "FINE; appeal: PEND"],
        ["IRIS certificate of Body", "9", "CERT"],
        ["IRIS certificate of B", "0", "not known"],
    ]
    licensed = {"number": "7", "states": LICENCE["states"][:1]}
    before = told(Recruiter(AGENCY, [licensed]), CHECK | {"made_on": date(2025, 12, 31)})
    assert before.tables[2].rows[0][2].tone == "good"
    assert before.warnings[0].en.startswith("The company says that it was certified")


@pytest.mark.parametrize(
    ("states", "found"),
    [
        ((), Standing()),
        (({"state": "LIC", "since": DAY},), Standing("LIC", DAY)),
        (({"state": "LIC", "since": DAY, "until": Absent.UNKNOWN},), Standing()),
        (({"state": "LIC", "since": Absent.UNKNOWN},), Standing()),
    ],
)
def test_where_a_day_is_not_known_nothing_is_guessed(states, found):
    assert standing_on({"states": states}, DAY, ("LIC",)) == found
