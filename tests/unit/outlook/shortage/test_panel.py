import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.shortage import INDICATORS, Reading, growth, panel, signs

FIVE = np.array([0.0, 0, 0, 0, 5])
SAME = np.ones(5)
NAMES = ("111", "214", "711", "834", "931")


def reading(indicator="WAGE_GROWTH", value=FIVE, se=0.1, because=None):
    return Reading(indicator, np.asarray(value, dtype=float), np.full(len(value), se), because)


def test_z_is_the_distance_from_all_occupations_over_their_spread():
    """Mean 1, standard deviation 2: the last is 2 above it, and its error 0.1/2."""
    found = signs(reading(), SAME)

    assert [one.z for one in found] == pytest.approx([-0.5] * 4 + [2])
    assert found[4].se == pytest.approx(0.05)
    assert found[4].value == 5
    assert found[4].available


def test_the_trend_is_that_of_workers_and_not_of_occupations():
    """The last has half of all workers: mean 2.5, standard deviation 2.5."""
    found = signs(reading(), np.array([1.0, 1, 1, 1, 4]))
    assert [found[0].z, found[4].z] == pytest.approx([-1, 1])


def test_few_applicants_speak_for_shortage():
    assert signs(reading("APPLICANTS"), SAME)[4].z == pytest.approx(-2)


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (reading(value=[1, 2, 3, 4, np.nan]), "Fewer than 5"),
        (reading(value=[0.1 + 0.2] * 5), "same number"),
        (reading(value=[0.0] * 5), "same number"),
        (reading(because=Text("No permits are kept.", "No se llevan permisos.")), "No permits"),
    ],
)
def test_what_cannot_be_read_says_why_and_is_no_zero(found, word):
    for sign in signs(found, SAME):
        assert not sign.available
        assert np.isnan([sign.value, sign.z, sign.se]).all()
        assert word in sign.because.en


def test_a_withheld_number_is_not_available_where_the_others_are():
    value = np.array([0.0, 0, 0, 0, 5, np.nan])
    found = signs(reading(value=value), np.ones(6))

    assert [one.available for one in found] == [True] * 5 + [False]
    assert found[5].because.en.startswith("No number")


@pytest.mark.parametrize(
    ("found", "weight", "word"),
    [
        (reading("LUCK"), SAME, "no sign"),
        (reading(), np.ones(4), "differ in length"),
        (reading(), np.array([1.0, 1, 1, 1, -1]), "negative"),
    ],
)
def test_readings_that_cannot_be_are_refused(found, weight, word):
    with pytest.raises(BadInput, match=word):
        signs(found, weight)


def four(*more):
    names = ("WAGE_GROWTH", "HOURS", "EMPLOYMENT_GROWTH", "DIFFICULTY")
    return (*(reading(name) for name in names), *more)


def test_four_signs_that_agree_are_a_verdict():
    found = panel(NAMES, four(), SAME)

    assert [one.verdict for one in found] == ["NO_SHORTAGE"] * 4 + ["SHORTAGE"]
    assert found[4].because.en == "Of 4 available indicators 4 speak for shortage and 0 against it."
    assert [one.occupation for one in found] == list(NAMES)


def test_three_signs_are_none_whatever_they_say():
    lost = reading("HOURS", because=Text("Not asked.", "No se pregunta."))
    found = panel(NAMES, (*four()[:1], *four()[2:], lost), SAME)

    assert {one.verdict for one in found} == {"NO_VERDICT"}
    assert found[0].because.en == "3 of 4 indicators are available; 4 are needed."


def test_signs_within_their_error_say_nothing():
    vague = tuple(reading(name, se=9) for name in list(INDICATORS)[:4])
    assert {one.verdict for one in panel(NAMES, vague, SAME)} == {"NO_VERDICT"}


def test_an_indicator_counts_once():
    with pytest.raises(BadInput, match="comes twice"):
        panel(NAMES, (reading(), reading()), SAME)


def test_growth_is_by_year_whatever_the_gap():
    """Doubled in two years: log 2 / 2 a year; 10 % errors in both give 0.1 x root 2 / 2."""
    rate, se = growth(*(np.array([x, 0.0]) for x in (50, 5, 100, 10)), 2)

    assert rate[0] == pytest.approx(np.log(2) / 2)
    assert se[0] == pytest.approx(0.1 * np.sqrt(2) / 2)
    assert np.isnan([rate[1], se[1]]).all()
    with pytest.raises(BadInput, match="later wave"):
        growth(SAME, SAME, SAME, SAME, 0)
