"""Every estimator is written in letters and told in words of both languages."""

from typing import get_args

import pytest

from cauce.model.indicator import Estimator, Indicator
from cauce.model.text import Text
from cauce.portal.formulas import LETTERS, own_keys
from cauce.portal.words import words

WORD = Text("x", "x")


@pytest.mark.parametrize("estimator", get_args(Estimator))
def test_an_estimator_has_letters_and_words(estimator: str) -> None:
    assert LETTERS[estimator]
    for language in ("en", "es"):
        assert len(words(language)(f"estimator_{estimator}")) > 20


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
