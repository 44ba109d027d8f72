"""What is not produced says which inputs it waits for, in both languages."""

import pytest

from cauce.model.errors import BadInput
from cauce.model.rule import rule_in
from cauce.outlook.people import INPUTS, NEEDS, people_not_producible


def test_every_output_names_what_it_lacks_and_none_is_left_out():
    found = people_not_producible(())
    assert [each.output for each in found] == list(NEEDS)
    own = next(
        each for each in found if rule_in(each.output, "en") == "own cohort projection"
    ).because
    assert "net migration by sex and age (a total is not enough)" in own.en
    assert "la migración neta por sexo y edad (un total no basta)" in own.es


def test_only_what_is_missing_is_named():
    (found,) = [each for each in people_not_producible({"population"}) if "draws" in each.output]
    assert found.because.en == "Not given: the 80 % limits of the population's totals."
    assert found.because.es == "No se dio: los límites del 80 % de los totales de población."
    assert people_not_producible(INPUTS) == ()


def test_every_input_is_of_use_and_an_unknown_one_is_refused():
    assert {name for asked in NEEDS.values() for name in asked} == set(INPUTS)
    with pytest.raises(BadInput, match="No input is called wpp"):
        people_not_producible({"wpp"})
