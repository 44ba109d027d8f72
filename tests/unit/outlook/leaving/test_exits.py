"""People leave for what they are; where they work counts as far as it is known."""

import numpy as np
import pytest
from scipy.special import expit, logit

from cauce.model.errors import BadInput, MethodFailed
from cauce.outlook.leaving import exit_draws, fit_exits, net_exits

ONE = np.ones((3, 1))
AT = np.array([0, 1, 2])
MANY = np.full(3, 1000.0)


def test_where_occupations_differ_by_chance_alone_they_have_the_rate_of_all():
    found = fit_exits(np.array([100.0, 101.0, 99.0]), MANY, ONE, AT, 4)
    assert found.tau2 == 0
    assert expit(found.beta) == pytest.approx([0.1])
    assert found.effect.tolist() == [0, 0, 0, 0]


def test_an_occupation_of_few_respondents_is_drawn_toward_the_others():
    """All three leave at 0.2, 0.05 and 0.2; the third has 20 respondents, and moves the most."""
    asked = np.array([1000.0, 1000.0, 20.0])
    found = fit_exits(np.array([200.0, 50.0, 4.0]), asked, ONE, AT, 4)
    rate = expit(found.beta + found.effect)
    assert rate[0] == pytest.approx(0.2, abs=0.005)
    assert rate[1] == pytest.approx(0.05, abs=0.005)
    assert expit(found.beta)[0] < rate[2] < 0.2
    assert found.effect[3] == 0
    assert found.effect_variance[3] == pytest.approx(found.tau2)


def test_nobody_who_left_an_occupation_is_no_chance_of_0():
    found = fit_exits(np.array([200.0, 0.0, 30.0]), MANY, ONE, AT, 3)
    assert 0 < expit(found.beta + found.effect)[1] < 0.02


def test_age_and_occupation_are_told_apart():
    """Old workers leave at 0.3 and young at 0.1 in both occupations; one just has more of them."""
    design = np.array([[1.0, 0], [1, 1], [1, 0], [1, 1]])
    asked = np.array([900.0, 100, 100, 900])
    found = fit_exits(asked * [0.1, 0.3, 0.1, 0.3], asked, design, np.array([0, 0, 1, 1]), 2)
    assert found.beta == pytest.approx([logit(0.1), logit(0.3) - logit(0.1)])
    assert found.tau2 == 0


def test_draws_are_chances_as_unsure_as_what_they_were_learnt_from():
    found = fit_exits(np.array([200.0, 50.0, 4.0]), np.array([1000.0, 1000, 20]), ONE, AT, 3)
    drawn = exit_draws(found, ONE, AT, 2000, 1)
    assert drawn.shape == (2000, 3)
    assert ((drawn > 0) & (drawn < 1)).all()
    spread = logit(drawn).std(axis=0)
    assert spread[2] > 2 * spread[0]


def test_exits_are_net_of_those_who_come_back_and_never_below_0():
    assert net_exits(np.array([0.1, 0.05]), np.array([0.04, 0.08])) == pytest.approx([0.06, 0])
    with pytest.raises(BadInput, match="Re-entries"):
        net_exits(np.array([0.1]), np.array([-0.1]))


@pytest.mark.parametrize(
    ("left", "asked", "at", "message"),
    [
        (MANY + 1, MANY, AT, "more left than were asked"),
        (-MANY, MANY, AT, "below 0"),
        (MANY * np.nan, MANY, AT, "leave out cells that are withheld"),
        (MANY[:2], MANY, AT, "not of the same cells"),
        (MANY / 2, MANY, AT + 1, "none of the 3"),
    ],
)
def test_cells_that_cannot_be_are_refused(left, asked, at, message):
    with pytest.raises(BadInput, match=message):
        fit_exits(left, asked, ONE, at, 3)


def test_a_design_that_says_the_same_twice_or_a_kind_that_all_left_has_no_rate():
    with pytest.raises(MethodFailed, match="say the same twice"):
        fit_exits(MANY / 2, MANY, np.ones((3, 2)), AT, 3)
    alone = np.array([[1.0, 0], [1, 0], [1, 1]])
    with pytest.raises(MethodFailed, match="everybody or nobody"):
        fit_exits(np.array([100.0, 120, 1000]), MANY, alone, AT, 3)
