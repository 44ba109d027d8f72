"""The questions of a mapping survey, ready to be asked."""

import pytest

from cauce.assess.diaspora.questionnaires import questionnaire
from cauce.model.errors import BadInput
from cauce.model.text import Text

CHOICE = {
    "kind": "ONE", "wording_es": "¿Vuelve?", "choices_es": "Sí | Tal vez", "choices_en": "Yes|Maybe"
}  # fmt: skip


def asked(*questions, **more):
    return questionnaire("s", {"title_es": "Encuesta", "questions": questions, **more})


def test_questions_are_named_and_each_language_stands_in_for_the_other():
    found = asked(
        CHOICE, {"kind": "NUMBER", "name": "age", "wording_en": "Age", "asked_of_all": True}
    )
    first, second = found.questions
    assert found.title == Text("Encuesta", "Encuesta")
    assert (first.name, first.required) == ("q1", False)
    assert first.words == Text("¿Vuelve?", "¿Vuelve?")
    assert first.choices == (Text("Yes", "Sí"), Text("Maybe", "Tal vez"))
    assert (second.name, second.kind, second.choices, second.required) == (
        "age",
        "NUMBER",
        (),
        True,
    )


def test_answers_in_one_language_are_those_of_both():
    (one,) = asked({"kind": "SEVERAL", "choices_en": "A | B"}).questions
    assert one.choices == (Text("A", "A"), Text("B", "B"))
    (odd,) = asked({"kind": "SLIDER", "choices_en": "A"}).questions
    assert (odd.kind, odd.choices) == ("TEXT", ())


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ([], "asks nothing yet"),
        ([{"kind": "ONE"}], "Question 1 has no answers"),
        ([{**CHOICE, "choices_en": "Yes"}], "1 answers in English and 2 in Spanish"),
        ([{"name": "age"}, {"name": "age"}], "share the short name age"),
        ([{"name": "consent"}], "question of consent"),
        ([{"name": "q2"}, {}], "share the short name q2"),
    ],
)
def test_what_cannot_be_asked_is_said(questions, said):
    with pytest.raises(BadInput, match=said):
        asked(*questions)
