"""By which rules a house counts its registers."""

from datetime import date

import pytest

from cauce.model.errors import BadInput
from cauce.model.safeguards import Holdings
from cauce.pipeline.registers import read_house
from cauce.registers.house import check_named, parse_house

GOOD = """
area = "REG"
name = { en = "Region", es = "Región" }
licence = "CC BY 4.0"
[[sensitive.min_contributors]]
from = 2000-01-01
value = 5
ground = { en = "Order 1", es = "Orden 1" }
[sensitive.dominance]
n = 2
k = 85
ground = "Order 1"
[[open.min_contributors]]
from = 2000-01-01
value = 1
ground = "public"
"""


def test_the_rules_of_counts_are_read_with_their_grounds() -> None:
    house = parse_house(GOOD, "rules.toml")
    [minimum] = house.sensitive.min_respondents
    assert (minimum.since, minimum.value, minimum.ground) == (
        date(2000, 1, 1),
        5,
        "Order 1 || Orden 1",
    )
    assert (house.sensitive.dominance_n, house.sensitive.dominance_k) == (2, 85)
    assert (house.open.dominance_n, house.invented) == (0, False)


def test_what_is_wrong_is_told_with_its_line() -> None:
    with pytest.raises(BadInput, match=r"rules.toml, line 1: open is missing"):
        parse_house(GOOD.partition("[[open")[0], "rules.toml")
    with pytest.raises(BadInput, match="open names none; write value = 1 if none applies"):
        parse_house(GOOD.partition("[[open")[0] + "[open]\n", "rules.toml")
    with pytest.raises(BadInput, match="not written as TOML has it"):
        parse_house("area =", "rules.toml")


def test_a_folder_without_rules_says_so(tmp_path) -> None:
    with pytest.raises(BadInput, match=r"has no counting/rules.toml"):
        read_house(tmp_path)


MORE = """
[[sensitive.table]]
of = ["DF_PERMITS"]
holdings = { minimum = 3, ground = "Order 2" }
"""


def test_a_house_may_ask_for_holdings_of_the_dataflows_it_names() -> None:
    house = parse_house(GOOD + MORE, "rules.toml")
    [found] = house.sensitive.tables
    assert found.of == ("DF_PERMITS",)
    assert found.safeguards.holdings == Holdings(3, 0, 0.0, "Order 2")
    assert house.open.tables == ()
    check_named(house, ["DF_PERMITS"])


def test_a_rule_of_a_dataflow_no_register_counts_is_refused() -> None:
    house = parse_house(GOOD + MORE, "rules.toml")
    with pytest.raises(BadInput, match=r"no register counts DF_PERMITS. Did you mean DF_PERMIT\?"):
        check_named(house, ["DF_PERMIT"])
