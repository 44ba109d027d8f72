"""The questionnaire of a survey as an XLSForm."""

import openpyxl

from cauce.model.questionnaire import Asking, Questionnaire
from cauce.model.text import Text
from cauce.sources.books.questionnaire_form import write_questionnaire

WORDS = Text("How ${old}?", "¿Qué edad?")
CHOICES = (Text("Yes", "Sí"), Text("Maybe", "Tal vez"))
ASKED = Questionnaire(
    "diaspora_surveys", Text("A survey", "Una encuesta"), "An office",
    (
        Asking("age", "NUMBER", WORDS, (), True),
        Asking("back", "ONE", WORDS, CHOICES, False),
        Asking("gives", "SEVERAL", WORDS, CHOICES, False),
        Asking("member", "FLAG", WORDS, (), False),
        Asking("words", "TEXT", Text("", ""), (), False),
    ),
)  # fmt: skip


def sheet(book, name):
    head, *lines = book[name].iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_a_questionnaire_asks_for_consent_first_and_for_nothing_without_it(tmp_path):
    write_questionnaire(ASKED, tmp_path / "q.xlsx")
    book = openpyxl.load_workbook(tmp_path / "q.xlsx")
    about, consent, *questions = sheet(book, "survey")
    assert about["label::Español (es)"] == "Una encuesta (An office)"
    assert (consent["type"], consent["required"]) == ("select_one YES_NO", "yes")
    assert {one["relevant"] for one in questions} == {"${consent} = 'yes'"}
    assert [one["type"] for one in questions] == [
        "decimal", "select_one back", "select_multiple gives", "select_one YES_NO", "text",
    ]  # fmt: skip
    assert questions[0]["label::English (en)"] == "How $ {old}?"
    assert questions[4]["label::English (en)"] == "–"
    named = [(one["list_name"], one["name"]) for one in sheet(book, "choices")]
    assert ("back", "2") in named
    assert ("YES_NO", "no") in named
    assert sheet(book, "settings")[0]["form_id"] == "diaspora_surveys"
