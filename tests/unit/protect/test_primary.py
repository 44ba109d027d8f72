from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.pack import MinRespondents, Rules
from cauce.protect.primary import primary

NO_DOMINANCE = Rules("ilo", (MinRespondents(date(2000, 1, 1), 10, "g"),), 0, 0.0, "")


def statuses(cells, rules=NO_DOMINANCE, amount=False):
    """A where somebody is few, O where one or two hold too much, F where nothing is sensitive."""
    amounts = np.full(len(cells.n), amount)
    found = primary(cells, amounts, 10, rules)
    letters = zip(found.small.tolist(), found.any.tolist(), strict=True)
    return "".join("A" if small else "O" if shut else "F" for small, shut in letters)[1:]


def test_from_one_person_up_to_the_minimum_is_too_few(cells_of, one):
    assert statuses(cells_of((one("POP"),), [[0, 1, 9, 10]])) == "FAAF"


def test_few_with_the_attribute_are_too_few(cells_of, one):
    cells = cells_of((one("R", "rate"),), [[90, 90, 90, 90]], [[0, 1, 9, 10]])
    assert statuses(cells) == "FAAF"


def test_few_without_the_attribute_are_too_few(cells_of, one):
    cells = cells_of((one("R", "rate"),), [[90, 90, 90, 90]], [[90, 89, 81, 80]])
    assert statuses(cells) == "FAAF"


def test_few_without_an_amount_are_no_group(cells_of, one):
    cells = cells_of((one("WAGE", "mean"),), [[90, 90]], [[89, 9]])
    assert statuses(cells, amount=True) == "FA"


def test_nobody_who_answered_among_few_is_too_few(cells_of, one):
    cells = cells_of((one("R"),), [[0, 0, 0]], missing=[[0, 9, 10]])
    assert statuses(cells) == "FAF"


@pytest.mark.parametrize(("contributors", "expected"), [(1, "FFOA"), (2, "FOOA")])
def test_dominance_counts_the_largest_one_or_two(cells_of, one, contributors, expected):
    largest = np.array([[0.1, 0.1], [0.5, 0.35], [0.5, 0.3501], [0.86, np.nan], [1.0, np.nan]])
    cells = cells_of((one("WAGES"),), [[50, 50, 50, 3]], largest=largest)
    rules = Rules("ilo", (), contributors, 85.0, "g")

    # Half and 35 % are exactly 85 %, which is allowed; half and 35.01 % are more.
    assert statuses(cells, rules, amount=True) == expected


def test_dominance_of_three_is_not_known(cells_of, one):
    cells = cells_of((one("WAGES"),), [[50]])
    with pytest.raises(BadInput, match=r"dominance\.n is 3"):
        statuses(cells, Rules("ilo", (), 3, 85.0, "g"))


def test_where_firms_answer_it_is_firms_that_must_be_enough(cells_of, one):
    """Ten rows or more of nine firms are nine answers."""
    cells = cells_of((one("STAFF"),), [[30, 30, 30]])
    cells = replace(cells, psus=np.array([40, 9, 10, 0]))

    assert statuses(cells) == "FFF"
    assert statuses(cells, replace(NO_DOMINANCE, unit="psu")) == "AFF"
