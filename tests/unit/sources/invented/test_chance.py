"""Chance that can be asked again."""

import numpy as np

from cauce.sources.invented.chance import Chance, pick


def test_numbers_are_uniform(units) -> None:
    found = np.histogram(Chance(1, 2020, units).once("age"), bins=10, range=(0, 1))[0]
    assert (abs(found - 10_000) < 500).all()


def test_the_same_question_has_the_same_answer_whoever_else_is_asked(units) -> None:
    chance = Chance(1, 2020, units)
    some = units % 7 == 0
    assert (chance.among(some).yearly("job") == chance.yearly("job")[some]).all()


def test_questions_seeds_and_years_have_nothing_to_do_with_each_other(units) -> None:
    answers = [
        Chance(1, 2020, units).once("age"),
        Chance(1, 2020, units).once("job"),
        Chance(2, 2020, units).once("age"),
        Chance(1, 2020, units).yearly("age"),
        Chance(1, 2021, units).yearly("age"),
    ]
    related = np.corrcoef(answers) - np.eye(5)
    assert abs(related).max() < 0.02


def test_what_is_asked_once_stays(units) -> None:
    assert (Chance(1, 2020, units).once("sex") == Chance(1, 2024, units).once("sex")).all()


def test_what_mostly_lasts_lasts_in_that_share_of_the_years(units) -> None:
    one, other = (Chance(1, year, units).mostly("job", 0.8) for year in (2020, 2021))
    assert abs((one == other).mean() - 0.64) < 0.01


def test_bells_are_standard_normal(units) -> None:
    found = Chance(1, 2020, units).bell("height")
    assert abs(found.mean()) < 0.02
    assert abs(found.std() - 1) < 0.02


def test_classes_are_picked_by_their_shares(units) -> None:
    u = Chance(1, 2020, units).once("class")
    alike = pick(u, np.array([1.0, 0.0, 3.0]))
    each = pick(u, np.tile([1.0, 0.0, 3.0], (len(u), 1)))
    assert (alike == each).all()
    assert abs((alike == 2).mean() - 0.75) < 0.01
    assert not (alike == 1).any()
