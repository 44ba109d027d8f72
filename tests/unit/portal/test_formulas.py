"""Every estimator is written in letters and told in words of both languages."""

from typing import get_args

import pytest

from cauce.model.indicator import Estimator, Indicator
from cauce.model.text import Text
from cauce.portal.formulas import LETTERS, letters_told, own_keys
from cauce.portal.words import words

WORD = Text("x", "x")


@pytest.mark.parametrize("estimator", get_args(Estimator))
def test_an_estimator_has_letters_and_words(estimator: str) -> None:
    assert LETTERS[estimator]
    for language in ("en", "es"):
        assert len(words(language)(f"estimator_{estimator}")) > 20


@pytest.mark.parametrize(
    ("estimator", "told"),
    [
        ("difference", "R₁ and R₂"),
        ("relative_gap", "R₁ and R₂"),
        ("quotient", "R₁ and R₂"),
        ("quantile", "Q(p)"),
        ("gini", "the amount"),
        ("factor_gap", "W₂"),
        ("dissimilarity", "p₁ₖ"),
        ("rate", "the numerator"),
    ],
)
def test_the_letters_of_a_formula_are_told(estimator: Estimator, told: str) -> None:
    one = Indicator("I", WORD, WORD, estimator, "", "PAY", "", "PT", 1, 0, "")
    assert told in letters_told(one, words("en"))


def test_the_scale_of_a_difference_is_of_all_of_it() -> None:
    """100 × (R₁ − R₂), and not 100 × R₁ − R₂."""
    assert LETTERS["difference"] == "(R₁ − R₂)"


def test_what_only_some_have_is_told_and_nothing_else() -> None:
    plain = Indicator("I", WORD, WORD, "mean", "", "PAY", "", "LCU", 1, 0, "")
    assert list(own_keys(plain, words("en"))) == []
    more = {"first": "SEX = 'M'", "second": "SEX = 'F'", "factors": ("EDU", "OCU")}
    low = {"p": (0.5,), "fraction": 2 / 3}
    gap = Indicator("I", WORD, WORD, "factor_gap", "", "PAY", "", "PT", 1, 0, "", **more, **low)
    assert dict(own_keys(gap, words("es"))) == {
        "first": "SEX = 'M'",
        "second": "SEX = 'F'",
        "factors": "EDU, OCU",
        "orders": "0,5",
        "fraction": "0,667",
    }
