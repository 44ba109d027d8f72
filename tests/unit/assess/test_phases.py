"""Phases, documents and the pre-check."""

from datetime import date

from cauce.assess.regularization.documents import documents
from cauce.assess.regularization.eligibility import NOTICE, pre_check
from cauce.assess.regularization.phases import last_days, opening
from cauce.model.criterion import Condition
from cauce.model.document import Document
from cauce.model.phase import Extension, Phase
from cauce.model.text import Text
from cauce.model.truth import Truth

NAME = Text("Phase", "Fase")
WORKS = Condition("W", Text("Works", "Trabaja"), "works", "is")


def phase(*extensions):
    return Phase("P", NAME, date(2022, 8, 1), date(2022, 11, 30), WORKS, extensions)


def test_an_extension_is_kept_beside_what_it_extends():
    extended = phase(
        Extension(date(2022, 12, 31), date(2022, 11, 20)),
        Extension(date(2023, 1, 31), date(2022, 12, 20)),
    )
    assert last_days(extended, date(2022, 11, 19)) == (date(2022, 11, 30),)
    assert last_days(extended, date(2022, 11, 20)) == (date(2022, 12, 31),)
    assert last_days(extended) == (date(2023, 1, 31),)
    assert extended.closes == date(2022, 11, 30)


def test_an_extension_announced_nobody_knows_when_leaves_both_possible():
    extended = phase(Extension(date(2022, 12, 31)))
    found = opening(extended, date(2022, 12, 1), known_on=date(2022, 12, 1))
    assert found.truth is Truth.CANNOT_TELL
    assert "last day: 30 November 2022 or 31 December 2022" in found.because.en
    assert "30 de noviembre de 2022 o 31 de diciembre de 2022" in found.because.es
    assert opening(extended, date(2022, 8, 1), known_on=date(2022, 8, 1)).truth is Truth.YES


def test_who_meets_the_criteria_too_late_learns_both():
    found = pre_check(phase(), {"works": True}, date(2022, 12, 1))
    assert found.criteria is Truth.YES
    assert found.opening.truth is Truth.NO
    assert found.notice is NOTICE
    assert "not legal advice" in found.notice.en
    assert "no es asesoría legal" in found.notice.es


def test_a_pre_check_keeps_nothing_from_one_question_to_the_next():
    """The second answer is the same whatever was asked before, and nothing was changed."""
    facts = {"works": True}
    first = pre_check(phase(), {}, date(2022, 9, 1))
    pre_check(phase(), facts, date(2022, 9, 1))
    assert pre_check(phase(), {}, date(2022, 9, 1)) == first
    assert facts == {"works": True}


def test_documents_by_age_and_by_need():
    wanted = (
        Document("ID", Text("ID", "Identidad")),
        Document("SCHOOL", Text("School record", "Constancia escolar"), 6, 17),
        Document("POLICE", Text("Police record", "Récord policial"), 12),
        Document("JOB", Text("Letter", "Carta"), needed_if=WORKS),
    )
    on = date(2022, 9, 1)
    found = documents(wanted, {"birthday": date(2010, 9, 1), "works": False}, on, "birthday")
    assert [each.truth for each in found] == [Truth.YES, Truth.YES, Truth.YES, Truth.NO]
    assert found[1].because == Text("From age 6 to 17: yes.", "De los 6 a los 17 años: sí.")
    unknown = documents(wanted, {}, on)
    assert [each.truth.value for each in unknown] == ["YES", *["CANNOT_TELL"] * 3]
