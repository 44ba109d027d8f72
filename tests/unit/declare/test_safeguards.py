"""Rules of tables, read from their text."""

from datetime import date

import pytest

from cauce.declare.problems import Problems
from cauce.declare.safeguards import check_table_rules, read_table_rules
from cauce.declare.section import open_toml
from cauce.model.errors import BadInput
from cauce.model.safeguards import (
    CellKey,
    Dominance,
    Estimable,
    Groups,
    Holdings,
    Remainders,
    Rounding,
    Zeros,
)

ALL = """
[[table]]
of = ["ONE"]
from = 2024-01-01
dominance = { n = 1, k = 75, ground = "g" }
p_percent = { p = 10, ground = "g" }
zeros = { structural = [{ SEX = "M", STATE = "PREGNANT" }], ground = "g" }
groups = { indicators = ["RATE"], dimensions = ["STATE"], ground = "g" }
differences = { ground = { en = "Order", es = "Orden" } }
holdings = { minimum = 3, n = 2, k = 90, ground = "g" }
method = [
  { kind = "rounding", base = 5, way = "random", units = ["PERSONS"], ground = "g" },
  { kind = "cell_key", variance = 2, bound = 5, least = 3, ground = "g" },
]
"""


def read(text, tables=("ONE", "TWO")):
    problems = Problems()
    top = open_toml("rules.toml", text, problems)
    found = read_table_rules(top)
    check_table_rules(found, tables, problems)
    top.finish()
    problems.stop_if_any("The rules")
    return found


def test_every_rule_is_read_with_its_ground():
    [found] = read(ALL)
    own = found.safeguards
    assert (found.of, found.since) == (("ONE",), date(2024, 1, 1))
    assert own.dominance == Dominance(1, 75, "g")
    assert own.estimable == Estimable(10, 100, "g")
    assert own.zeros == Zeros(((("SEX", "M"), ("STATE", "PREGNANT")),), "g")
    assert own.groups == Groups(("RATE",), ("STATE",), "g")
    assert own.remainders == Remainders("Order || Orden")
    assert own.holdings == Holdings(3, 2, 90, "g")
    assert own.methods == (Rounding(5, "random", "g", ("PERSONS",)), CellKey(2, 5, 3, "g"))


def test_what_is_not_declared_is_off():
    [found] = read('[[table]]\nholdings = { ground = "g" }\n')
    assert found.of == ()
    assert found.since == date.min
    assert found.safeguards.holdings == Holdings(1, 0, 0.0, "g")
    assert found.safeguards.estimable is None
    assert read("") == ()


def test_pq_says_how_well_others_are_known():
    [found] = read('[[table]]\npq = { p = 10, q = 40, ground = "g" }\n')
    assert found.safeguards.estimable == Estimable(10, 40, "g")


def test_rules_of_the_same_table_may_follow_each_other_or_be_different_ones():
    one = '[[table]]\nof = ["ONE"]\ndifferences = { ground = "g" }\n'
    later = one + one.replace('["ONE"]', '["ONE"]\nfrom = 2024-01-01')
    assert len(read(later)) == 2
    assert len(read(one + one.replace('of = ["ONE"]', ""))) == 2
    assert len(read(one + '[[table]]\nof = ["ONE"]\nzeros = { ground = "g" }\n')) == 2
    assert len(read(one.replace("ONE", "LATER"), None)) == 1


G = 'ground = "g"'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('of = ["ONE"]', "rules.toml, line 1: table declares no rule"),
        (f'of = ["TOW"]\ndifferences = {{ {G} }}', "there is no table TOW. Did you mean TWO?"),
        (f"dominance = {{ n = 3, k = 85, {G} }}", "dominance.n is 3"),
        (f"dominance = {{ n = 1, k = 185, {G} }}", "k = 185 must be above 0 and at most 100"),
        (f"p_percent = {{ p = 0, {G} }}", "p = 0 must be above 0"),
        (f"p_percent = {{ p = 1, {G} }}\npq = {{ p = 1, q = 2, {G} }}", "declare one of them"),
        (f"pq = {{ p = 50, q = 40, {G} }}", "p = 50 must be below q = 40"),
        (f"zeros = {{ structural = [{{}}], {G} }}", "a structural zero names at least one code"),
        (f"groups = {{ {G} }}", "groups name indicators, dimensions or both"),
        (f"holdings = {{ minimum = 0, {G} }}", "minimum must be 1 or more"),
        (f"holdings = {{ n = 3, k = 50, {G} }}", "holdings.n is 3"),
        (f"method = [{{ kind = 'rounding', base = 1, way = 'nearest', {G} }}]", "rounds nothing"),
        (f"method = [{{ kind = 'rounding', base = 5, way = 'up', {G} }}]", "one of nearest"),
        (f"method = [{{ kind = 'cell_key', variance = 9, bound = 2, {G} }}]", "at most bound² = 4"),
        (
            f"method = [{{ kind = 'cell_key', variance = 2, bound = 2, least = 0, {G} }}]",
            "least must be 1 or more",
        ),
        ("differences = {}", "differences.ground is missing"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_its_line(text, said):
    with pytest.raises(BadInput) as refused:
        read(f"[[table]]\n{text}\n")
    assert said in str(refused.value)


def test_two_rules_of_one_table_on_one_day_are_refused():
    one = '[[table]]\nof = ["ONE"]\ndifferences = { ground = "g" }\n'
    with pytest.raises(BadInput, match="remainders is declared on line 1 already"):
        read(one + one)
