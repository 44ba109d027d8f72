"""Rules as a set: contradictions, repetitions and rules that tell nothing, by the table."""

import csv
from pathlib import Path

import pytest

from cauce.harmonise.contradictions import RuleFaults, rule_faults
from cauce.model.pack import Dictionary
from cauce.model.place import Place
from cauce.model.text import Text
from cauce.model.validation import ValidationRule
from cauce.pipeline.packs import read_dictionary

ROWS = list(
    csv.DictReader((Path(__file__).parent / "rule_sets.csv").read_text("utf-8").splitlines())
)
FOUND = {
    "nothing": RuleFaults(),
    "contradiction": RuleFaults(contradictions=(("first", "second"),)),
    "first says nothing": RuleFaults(implied=(("first", "second"),)),
    "second says nothing": RuleFaults(implied=(("second", "first"),)),
    "first passes nobody": RuleFaults(never_pass=("first",)),
    "first fails nobody": RuleFaults(never_fail=("first",)),
    "undecided": RuleFaults(undecided=(("first", "second"),)),
}


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return read_dictionary(Path("packs/region"))[0]


def rule(name: str, text: str, severity: str = "error") -> ValidationRule:
    of, _, expression = text.rpartition(";")
    label = Text(name, name)
    return ValidationRule(name, label, "us", severity, expression.strip(), of, Place("x", 1))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['first']} / {row['second']}")
def test_two_rules_are_found_to_be_as_the_table_says(
    row: dict[str, str], dictionary: Dictionary
) -> None:
    pair = [rule("first", row["first"]), rule("second", row["second"])]
    assert rule_faults(pair, dictionary) == FOUND[row["found"]]


def test_the_regions_own_rules_contradict_and_repeat_nothing(dictionary: Dictionary) -> None:
    found = rule_faults(tuple(dictionary.rules.values()), dictionary)
    assert not found.contradictions
    assert not found.never_pass
    assert not found.never_fail
    assert not found.implied


def test_a_lighter_rule_does_not_make_a_graver_one_superfluous(dictionary: Dictionary) -> None:
    pair = [rule("first", "AGE <= 97", "info"), rule("second", "AGE <= 120")]
    assert rule_faults(pair, dictionary) == RuleFaults()
    pair = [rule("second", "AGE <= 120"), rule("first", "AGE <= 97", "info")]
    assert rule_faults(pair, dictionary) == RuleFaults()


def test_what_the_pack_lets_through_bounds_what_can_pass(dictionary: Dictionary) -> None:
    old = [rule("first", "AGE > 100")]
    assert rule_faults(old, dictionary) == RuleFaults()
    found = rule_faults(old, dictionary, {"AGE": (0.0, 97.0)})
    assert found.never_pass == ("first",)


def test_two_coded_variables_compared_are_not_decided(dictionary: Dictionary) -> None:
    pair = [rule("first", "STE = OCU"), rule("second", "STE = '1'")]
    assert rule_faults(pair, dictionary).undecided == (("first", "second"),)


def test_rules_that_would_need_too_many_records_are_not_decided(dictionary: Dictionary) -> None:
    numbers = ("AGE", "HOURS_U", "HOURS_A", "EARN_MONTH", "ARR_YEAR", "WEIGHT")
    long = " AND ".join(f"{name} <> {n}" for n, name in enumerate(numbers))
    pair = [rule("first", long), rule("second", "AGE > -7")]
    assert rule_faults(pair, dictionary).undecided == (("first", "second"),)
