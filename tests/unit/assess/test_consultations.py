"""What a phase asks, how answers are read, and how what follows from them is told."""

from datetime import date, datetime

import pytest

from cauce.assess.regularization.consultations import consult
from cauce.assess.regularization.questions import facts_of, faults, questions
from cauce.assess.regularization.records import phase_of
from cauce.assess.regularization.told import told_consultation
from cauce.model.consultation import Question
from cauce.model.errors import BadInput
from cauce.model.fact import Between
from cauce.model.record import Absent
from cauce.model.text import Text

WORDS = (Text("q", "p"),)
ASKED = {
    kind: Question(kind, WORDS, kind, ("A", "B") if kind == "code" else ())
    for kind in ("flag", "day", "number", "code")
}
ON = date(2024, 1, 15)


def rows(*given):
    return tuple({"phase": "A", **row} for row in given)


RECORD = {
    "phases": ({"phase": "A", "name_en": "Phase", "opens": date(2024, 1, 1)},),
    "criteria": rows(
        {"node": "TOP", "combine": "ANY", "name_en": "One of"},
        {"node": "RES", "parent": "TOP", "name_en": "Resident", "fact": "resident_since",
         "test": "BEFORE", "day": date(2020, 1, 1)},
        {"node": "RES2", "parent": "TOP", "name_en": "Long", "fact": "resident_since",
         "test": "YEARS", "number": 5},
        {"node": "NAT", "parent": "TOP", "name_en": "From", "fact": "nationality", "test": "ONE_OF",
         "codes": "HND;NIC"},
        {"tree": "t", "node": "POOR", "name_en": "Poor", "fact": "poor", "test": "IS"},
        {"tree": "u", "node": "WORK", "name_en": "Works", "fact": "years_employed",
         "test": "AT_LEAST", "number": 2},
    ),
    "documents": rows(
        {"name_en": "Record", "min_age": 12},
        {"name_en": "Letter", "if_node": "WORK"},
    ),
    "fees": rows(
        {"fee": "F", "name_en": "Fee", "part": "OFFICIAL", "amount": 100, "currency": "BZD"},
        {"fee": "G", "name_en": "Arrears", "part": "FINE", "amount": 50, "currency": "BZD",
         "per": "MONTH", "since": "unpaid_since"},
        {"fee": "H", "name_en": "Late", "part": "FINE", "amount": "x", "currency": "BZD",
         "per": "MONTH", "since": "resident_since", "if_node": "POOR"},
    ),
    "waivers": rows({"fee": "F", "name_en": "Poor", "if_node": "POOR"}),
    "indirect_costs": rows(
        {"kind": "LEG", "low": 10, "high": 20, "currency": "BZD"},
        {"kind": Absent.UNKNOWN, "low": 5, "currency": "BZD"},
        {"kind": "TRA", "currency": "BZD"},
    ),
}  # fmt: skip


def test_a_phase_asks_for_every_fact_once_with_all_its_reasons():
    asked = questions(phase_of(RECORD, "A"))
    assert {fact: question.kind for fact, question in asked.items()} == {
        "resident_since": "day", "nationality": "code", "years_employed": "number", "poor": "flag",
        "born_on": "day", "unpaid_since": "day",
    }  # fmt: skip
    assert [words.en for words in asked["resident_since"].words] == [
        "Resident", "Long", "From when the months count: Late",
    ]  # fmt: skip
    assert asked["nationality"].codes == ("HND", "NIC")
    assert "born_on" not in questions(phase_of({**RECORD, "documents": ()}, "A"))


def test_answers_are_read_as_people_write_them():
    read = {
        ("flag", "Sí"): True, ("flag", "NO"): False, ("flag", True): True,
        ("flag", "unk"): Absent.UNKNOWN,
        ("day", "2016-05-31"): date(2016, 5, 31), ("day", ON): ON,
        ("day", "2016"): Between(date(2016, 1, 1), date(2016, 12, 31)),
        ("day", "2016-02"): Between(date(2016, 2, 1), date(2016, 2, 29)),
        ("day", "2016-12"): Between(date(2016, 12, 1), date(2016, 12, 31)),
        ("number", "1,5"): 1.5, ("number", 3): 3, ("code", "HND"): "HND",
    }  # fmt: skip
    for (kind, answer), fact in read.items():
        assert facts_of(ASKED, {kind: answer}) == {kind: fact}
    assert facts_of(ASKED, {"day": " ", "flag": None}) == {}


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("flag", "perhaps"),
        ("day", "31/05/2016"),
        ("day", "2016-02-30"),
        ("day", "2016-13"),
        ("day", "1-2-3-4"),
        ("day", "99999"),
        ("number", "many"),
        ("number", True),
    ],
)
def test_an_answer_that_is_none_is_told_without_repeating_it(kind, answer):
    assert list(faults(ASKED, {kind: answer})) == [kind]
    with pytest.raises(BadInput, match=f"{kind}: ") as error:
        facts_of(ASKED, {kind: answer})
    assert str(answer) not in str(error.value)


def test_an_answer_to_nothing_that_is_asked_is_refused():
    with pytest.raises(BadInput, match=r"does not ask for shoe_size\. It asks for: flag, day"):
        facts_of(ASKED, {"shoe_size": 42})


def test_a_moment_is_the_day_it_is_of():
    assert facts_of(ASKED, {"day": datetime(2024, 1, 15)}) == {"day": datetime(2024, 1, 15)}  # noqa: DTZ001


def test_a_consultation_is_told_with_the_notice_first_and_everything_open_named():
    told = told_consultation(consult(RECORD, "A", {}, ON, {"LEG": Text("Lawyer", "Abogada")}))
    assert "not legal advice" in told.notes[0].en
    assert told.notes[1].es == "Parece que cumple los criterios: no se puede saber."
    assert told.tables[0].rows[1][0].said.en == "— Resident"
    assert [row[1].said.en for row in told.tables[1].rows] == ["resident_since", "nationality"]
    costs = {row[0].said.en: row[2].said.en for row in told.tables[3].rows}
    assert costs["Lawyer"] == "BZD 10–20"
    assert costs["Arrears"] == "not known"
    assert costs["Fee"] == "BZD 0–100"


def test_settled_answers_leave_nothing_to_find_out_and_give_a_total():
    answers = {"nationality": "HND", "poor": "no", "unpaid_since": "2024-01-01"}
    record = {**RECORD, "indirect_costs": (RECORD["indirect_costs"][0],)}
    told = told_consultation(consult(record, "A", answers, ON, {}))
    assert told.notes[1].en == "The criteria seem to be met: yes."
    assert told.tables[1].rows == ()
    assert told.tables[4].rows[0][1].said.en == "between BZD 160 and BZD 170"
    costs = {row[0].said.en: row[2].said.en for row in told.tables[3].rows}
    assert costs["Arrears"] == "BZD 50"


def test_a_fee_whose_later_months_have_no_price_is_at_least_the_earlier_ones():
    tiers = rows({"fee": "G", "position": 1, "months": 1, "amount": 50},
                 {"fee": "G", "position": 2, "amount": Absent.UNKNOWN})  # fmt: skip
    found = consult({**RECORD, "fee_tiers": tiers}, "A", {"unpaid_since": "2023-11-01"}, ON, {})
    costs = {row[0].said.en: row[2].said.es for row in told_consultation(found).tables[3].rows}
    assert costs["Arrears"] == "al menos BZD 50"
