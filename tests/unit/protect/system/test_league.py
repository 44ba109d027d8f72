"""Whoever knows a withheld cell, with one other at most, finds no other by it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cauce.model.pack import MinRespondents, Rules
from cauce.model.safeguards import Holdings, Safeguards, TableRules
from cauce.protect import protect
from cauce.protect.span import Span
from cauce.protect.system.league import lowest, together

MINIMUM = (MinRespondents(date(2000, 1, 1), 10, "Order 1"),)


@pytest.fixture
def letters(position):
    def of(cells, pack, codes):
        [flow] = protect([cells], pack).flows
        status = [flow.conf_status[position(flow, (code + 1,))] for code in range(codes)]
        return "".join("F" if one == "F" else "x" for one in status)

    return of


def test_two_earners_do_not_learn_the_amount_of_the_other(cells_of, one, pack_of, letters):
    """Two of 30 earn it, and one of 40 nearly all: who knows the first sum would find the second.

    How many earn it is not told, so that 3 are as good as 2 to everybody else.
    """
    largest = np.array([[0.1, 0.1], [0.5, 0.5], [0.9, 0.05], [0.1, 0.1], [0.1, 0.1]])
    two, three = (
        cells_of((one("WAGES"),), [[30, 40, 50, 60]], [[earn, 40, 50, 60]], largest=largest)
        for earn in (2, 3)
    )
    assert letters(three, pack_of(), 4) == "xxFF"
    assert letters(two, pack_of(), 4) == "xxxF"


def permits(cells, holdings):
    """The cells as those of a register that names whose workers they are."""
    named = np.array(holdings)
    held = np.where(named[:, None] == 1, [1.0, 0.0], [0.4, 0.4])
    return replace(cells, holdings=named, held=held)


def test_an_employer_of_many_does_not_learn_how_many_another_has(cells_of, one, pack_of, letters):
    """One employer's 40 workers and another's 4: the first knows his own, and 44 would be told."""
    own = Safeguards(holdings=Holdings(3, 0, 0.0, "g"))
    rules = Rules("ilo", MINIMUM, 0, 0.0, "", tables=(TableRules((), date.min, own, None),))
    cells = cells_of((one("PERMITS"),), [[40, 4, 50, 90]])

    assert letters(permits(cells, [30, 9, 4, 9, 9]), pack_of(rules), 4) == "xxFF"
    assert letters(permits(cells, [30, 1, 4, 9, 9]), pack_of(rules), 4) == "xxxF"
    assert letters(permits(cells, [30, 2, 4, 9, 9]), pack_of(rules), 4) == "xxxF"


def test_a_psu_that_answers_on_several_rows_knows_all_of_them(cells_of, one, pack_of, letters):
    rules = Rules("ilo", MINIMUM, 0, 0.0, "", unit="psu")
    cells = cells_of((one("JOBS"),), [[40, 30, 50, 90]])

    several = replace(cells, psus=np.array([60, 3, 4, 40, 40]))
    single = replace(cells, psus=np.array([60, 1, 4, 40, 40]))
    assert letters(several, pack_of(rules), 4) == "xxFF"
    assert letters(single, pack_of(rules), 4) == "xxxF"


def test_who_are_all_of_a_cell_know_what_none_of_them_is(cells_of, one, pack_of, letters):
    """Of 2 people none has it, which both know: by it they would find the 8 of the next cell."""
    two = cells_of((one("R", "rate"),), [[2, 40, 50, 90]], [[0, 8, 30, 50]])
    three = cells_of((one("R", "rate"),), [[3, 40, 50, 90]], [[0, 8, 30, 50]])

    assert letters(three, pack_of(), 4) == "xxFF"
    assert letters(two, pack_of(), 4) == "xxxF"


def test_a_cell_that_a_public_one_tells_whatever_follows_is_let_be(cells_of, one, pack_of):
    """The child is the total: its two know it, and nothing that could be withheld hides that."""
    [flow] = protect([cells_of((one("P"),), [[[2, 0], [4, 90]]])], pack_of()).flows
    assert flow.conf_status.count("F") < len(flow.conf_status)


def test_the_sum_of_a_number_and_itself_is_none():
    assert together({1: 2}, 1, {1: 2}, -1) == {}
    assert together({1: 2, 3: -4}, -1, {}, 0) == {1: 1, 3: -2}
    assert lowest({}) == ((), 0)


def test_what_is_left_of_a_sum_is_what_a_reader_does_not_know():
    span = Span([])
    span.concede([{0: 1, 1: 2}])

    assert span.left({1: 1, 9: 1}) in ({0: -1, 9: 2}, {1: 1, 9: 1})
    assert span.left({0: 1, 1: 2, 9: 1}) == {9: 1}
