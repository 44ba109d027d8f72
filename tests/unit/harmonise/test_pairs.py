"""Pairs are declared for the region or by a pack, and refer to codes that exist."""

import pytest

from cauce.harmonise import dataflows, parse_dictionary, parse_pack
from cauce.model.errors import BadInput

from .conftest import PACK

PAIR = """
[pair.SEXES]
name = { en = "Men and women", es = "Hombres y mujeres" }
dimension = "SEX"
first = "M"
second = "F"
"""


def test_a_dataflow_has_the_pairs_of_its_dimensions(region) -> None:
    pack = parse_pack({"pack.toml": PACK}, parse_dictionary(region | {"pairs.toml": PAIR}))
    flows = dataflows(pack)
    with_sex = [any(d.id == "SEX" for d in flow.dimensions) for flow in flows]
    assert any(with_sex)
    assert [[p.id for p in flow.pairs] == ["SEXES"] for flow in flows] == with_sex


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('dimension = "SEX"', 'dimension = "SXE"', "SXE is no coded variable. Did you mean SEX?"),
        ('dimension = "SEX"', 'dimension = "AGE"', "AGE is no coded variable"),
        ('second = "F"', 'second = "X"', "SEX has no code X"),
        ('second = "F"', 'second = "M"', "compares M with itself"),
    ],
)
def test_a_pair_of_what_is_not_there_is_told(region, old: str, new: str, word: str) -> None:
    with pytest.raises(BadInput) as error:
        parse_dictionary(region | {"pairs.toml": PAIR.replace(old, new)})
    assert word in str(error.value)


def test_a_pack_may_not_declare_a_pair_of_the_region_again(region) -> None:
    files = {"pack.toml": PACK + PAIR}
    with pytest.raises(BadInput, match="pair SEXES is declared twice"):
        parse_pack(files, parse_dictionary(region | {"pairs.toml": PAIR}))
