"""Identities are declared, and refer to what exists."""

import pytest

from cauce.harmonise import parse_dictionary
from cauce.model.errors import BadInput

from .conftest import REGION

GOOD = """
[[identity]]
says = { en = "Everyone is everyone.", es = "Todos son todos." }
total = "POP"
parts = ["POP"]

[[nesting]]
says = { en = "Men are men.", es = "Hombres son hombres." }
coarse = "SEX"
fine = "SEX"
codes = { M = ["M"], F = ["OTHERS"] }
"""


def test_identities_are_read(region) -> None:
    found = parse_dictionary(region | {"identities.toml": GOOD})
    assert (found.identities[0].total, found.identities[0].parts) == ("POP", ("POP",))
    assert found.nestings[0].codes == {"M": ("M",), "F": ("OTHERS",)}


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('total = "POP"', 'total = "POPE"', "Did you mean POP?"),
        ('parts = ["POP"]', 'parts = ["UNE"]', "UNE is no indicator that is a total"),
        ('fine = "SEX"', 'fine = "SXE"', "Did you mean SEX?"),
        ('coarse = "SEX"', 'coarse = "AGE"', "AGE is no coded variable"),
        ('F = ["OTHERS"]', 'F = ["X"]', "SEX has no code X"),
        ('codes = { M = ["M"], F = ["OTHERS"] }', "", "codes is missing"),
    ],
)
def test_a_wrong_identity_is_named(old: str, new: str, word: str) -> None:
    assert old in GOOD
    with pytest.raises(BadInput) as caught:
        parse_dictionary(REGION | {"identities.toml": GOOD.replace(old, new)})
    assert word in str(caught.value)
