"""not_applicable(X), why a value is missing, and usual(X, G), what most of a group have."""

import pytest

from cauce.harmonise.expressions import parse_expression
from cauce.harmonise.kinds import kind_of
from cauce.harmonise.sql import to_sql
from cauce.model.errors import BadInput


def test_it_asks_the_reason_and_not_the_value() -> None:
    asked = parse_expression("not_applicable(STE) OR STE = '1'", "here")
    sql = to_sql(asked, {"STE": "v:STE"})
    assert sql == """(coalesce("w:STE" = -4, FALSE) OR ("v:STE" = '1'))"""
    assert kind_of(asked, {"STE": "text"}, "here") == "flag"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("not_applicable(STE, SEX)", "wants the name of one variable"),
        ("not_applicable('1')", "wants the name of one variable"),
        ("not_applicable(NOT_STATED)", "wants the name of one variable"),
        ("refused(STE)", "is not in the expression language"),
        ("usual(ISCED)", "wants the names of two variables"),
        ("usual(ISCED, OC2) = '3'", "must be the whole rule of a variable"),
    ],
)
def test_what_is_no_question_about_one_variable_is_refused(text: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        parse_expression(text, "here")


def test_what_is_usual_is_of_the_kind_of_its_variable() -> None:
    assert (
        kind_of(parse_expression("usual(AGE, OC2)", "here"), {"AGE": "number"}, "here") == "number"
    )


def test_a_column_of_a_file_has_no_reasons() -> None:
    asked = parse_expression("not_applicable(p3)", "here")
    for names in ({}, {"p3": "c:p3"}):
        with pytest.raises(BadInput, match=r"p3 is a column of the file\. Make a variable of it"):
            to_sql(asked, names)
