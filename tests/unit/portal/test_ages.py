"""Ages are told in words, with their code beside."""

import pytest

from cauce.portal.ages import ages
from cauce.portal.words import words


@pytest.mark.parametrize(
    ("code", "english", "spanish"),
    [
        ("Y_GE15", "15 and over (Y_GE15)", "15 y más (Y_GE15)"),
        ("Y5T17", "5 to 17 (Y5T17)", "5 a 17 (Y5T17)"),
        ("OTHER", "OTHER", "OTHER"),
        ("", "", ""),
    ],
)
def test_bounds_are_words_with_the_code_beside(code: str, english: str, spanish: str) -> None:
    assert ages(code, words("en")) == english
    assert ages(code, words("es")) == spanish
