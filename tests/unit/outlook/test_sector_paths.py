"""Employment answers to output as its past says, and other countries' where it says little."""

from typing import Any

import numpy as np
import pytest

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.outlook.sector_paths import (
    Elasticity,
    elasticities,
    errors_of_paths,
    growth,
    learn_weight,
    on_paths,
    shrink,
)

NAN = float("nan")
OUTPUT = np.exp(np.array([[0.0, 0.0], [0.1, 0.05], [0.15, 0.2], [0.3, 0.1]]))


def history(value: Floats, relative: float = 0.01) -> History:
    return History(
        ("ECO",), (("A",), ("B",)), np.arange(2010.0, 2010 + len(value)), value, relative * value,
        np.full(value.shape, -1, np.int32), ("4",) * len(value),
    )  # fmt: skip


def told(found: Elasticity | NotProducible) -> Elasticity:
    assert isinstance(found, Elasticity), found
    return found


def test_employment_that_answers_by_half_has_an_elasticity_of_a_half():
    found = told(elasticities(history(100 * OUTPUT**0.5), OUTPUT))

    assert found.value == pytest.approx([0.5, 0.5])


def test_its_variance_is_that_of_least_squares():
    """Changes .1, .05, .15 with variance 2 × .01²: .0002 / .035."""
    found = told(elasticities(history(100 * OUTPUT**0.5), OUTPUT))

    assert found.variance[0] == pytest.approx(0.0002 / 0.035)


def test_noise_beside_output_makes_it_less_sure():
    jumps = np.exp(np.array([[0.0, 0.0], [0.2, 0.0], [0.0, 0.2], [0.2, 0.0]]))

    calm = told(elasticities(history(100 * OUTPUT**0.5), OUTPUT))
    wild = told(elasticities(history(100 * OUTPUT**0.5 * jumps), OUTPUT))

    assert (wild.variance > 10 * calm.variance).all()


def test_a_sector_with_one_change_cannot_be_told():
    value = 100 * OUTPUT**0.5
    value[2:, 1] = NAN

    found = told(elasticities(history(value), OUTPUT))

    assert np.isnan(found.value[1])
    assert np.isnan(found.variance[1])
    still = OUTPUT * [[1.0, 0.0]] + [[0.0, 1.0]]
    assert np.isnan(told(elasticities(history(100 * OUTPUT), still)).value[1])


def test_what_is_missing_is_said():
    value = 100 * OUTPUT
    few = elasticities(history(value[:2]), OUTPUT[:2])
    silent = elasticities(history(value, NAN), OUTPUT)

    assert isinstance(few, NotProducible)
    assert "two changes" in few.because.en
    assert isinstance(silent, NotProducible)
    assert "standard error" in silent.because.en


def test_output_is_positive_and_of_the_same_waves():
    with pytest.raises(BadInput, match="one positive number"):
        elasticities(history(100 * OUTPUT), OUTPUT[:2])
    with pytest.raises(BadInput, match="one positive number"):
        elasticities(history(100 * OUTPUT), -OUTPUT)


def one(value: list[float], variance: list[float]) -> Elasticity:
    return Elasticity(np.array(value), np.array(variance))


def test_an_unsure_elasticity_is_drawn_to_what_other_countries_agree_on():
    others = [one([0.4, NAN], [0.001, NAN]), one([0.4, NAN], [0.001, NAN])]

    found = shrink(one([1.4, 0.9], [0.1, 0.1]), others)

    assert found.value[0] == pytest.approx(0.4, abs=0.02)
    assert found.variance[0] < 0.001
    assert found.value[1] == 0.9


def test_where_countries_differ_ones_own_counts():
    others = [one([0.1], [0.001]), one([1.1], [0.001]), one([-0.9], [0.001])]

    found = shrink(one([0.8], [0.01]), others)

    assert found.value[0] == pytest.approx(0.8, abs=0.02)


def test_a_sector_that_cannot_be_told_takes_the_others_and_their_spread():
    found = shrink(one([NAN], [NAN]), [one([0.4], [0.01])])

    assert found.value[0] == pytest.approx(0.4)
    assert found.variance[0] == pytest.approx(0.01)


def lever(amounts: dict[int, float], **more: Any) -> Lever:
    given = {"kind": "sector", "target": {"ECO": "A"}, "change": "times", "unit": "OUTPUT"} | more
    return Lever(amounts=amounts, source=Text("a bank", "un banco"), **given)  # type: ignore[arg-type]  # a word of the test


def grown(*levers: Lever) -> Floats:
    return growth(levers, "ECO", ("A", "B"), (2026, 2027, 2028), 2025)


WHOLE = {2026: 1.05, 2027: 1.1, 2028: 1.2}


def test_a_path_of_output_is_what_it_says_in_every_year_and_says_nothing_of_others():
    found = grown(lever(WHOLE))

    assert np.exp(found[:, 0]) == pytest.approx([1.05, 1.1, 1.2])
    assert np.isnan(found[:, 1]).all()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ((lever(WHOLE), lever(WHOLE)), "two paths"),
        ((lever({}),), "lacks 2026, 2027, 2028"),
        ((lever({2026: 1.1, 2028: 1.2}),), "lacks 2027.*nothing is put in between"),
        ((lever({**WHOLE, 2030: 1.3}),), "has 2030, which is not looked at"),
        ((lever({**WHOLE, 2028: 0.0}),), "amounts above 0"),
        ((lever(WHOLE, unit="people"),), "multiplies output.*this lever does not"),
        ((lever(WHOLE, target={"ECO": "Z"}),), "names one ECO of the outlook, and no Z.*A, B"),
        ((lever(WHOLE, target={}),), "names one ECO"),
    ],
)
def test_a_path_that_is_none_is_refused(wrong: tuple[Lever, ...], words: str):
    with pytest.raises(BadInput, match=words):
        grown(*wrong)


def test_paths_are_tried_with_what_each_origin_knew_of_its_elasticity():
    value = 100 * OUTPUT**0.5
    known = [history(value[:2]), history(value[:3]), history(value)]
    came = np.array([[2012.0, NAN], [2013.0, NAN], [NAN, NAN]])
    observed = np.full((3, 2, 2), NAN)
    observed[:2, 0] = value[2:4] * [1.0, 1.1]

    found = errors_of_paths(known, list(value[1:]), OUTPUT, [], came, observed)

    assert np.isnan(found[0, 0]).all(), "one change tells no elasticity, nor does another country"
    assert found[1, 0] == pytest.approx([0.0, np.log(1.1)], abs=1e-9)
    assert np.isnan(found[:, 1]).all(), "no outcome has come"


def test_a_weight_starts_at_a_half():
    assert learn_weight(np.array([]), np.array([])) == 0.5
    assert learn_weight(np.array([0.1, NAN]), np.array([0.1, 0.3])) == 0.5


def test_a_weight_goes_to_what_erred_less_as_errors_come_in():
    """All errors the filter's: 10 errors for 1 against 5 for a half."""
    filter_errs = np.tile([0.1, -0.1], 5)

    assert learn_weight(filter_errs, np.zeros(10)) == pytest.approx((10 + 2.5) / 15)
    assert learn_weight(np.zeros(10), filter_errs) == pytest.approx(2.5 / 15)


def test_draws_move_to_the_path_by_its_weight_and_keep_their_spread():
    """ε of a half and output up by a fifth: base × 1.2^½, half of the way there."""
    value = np.exp(np.random.default_rng(1).normal(np.log(100), 0.1, (101, 2, 2)))
    output = np.array([[np.log(1.2), NAN]] * 2)
    sure = one([0.5, NAN], [0.0, NAN])

    found = on_paths(value, np.array([100.0, 100.0]), sure, output, 0.5, ("A", "B"), 7)

    middle = np.median(value, axis=0)[:, 0]
    assert np.median(found, axis=0)[:, 0] == pytest.approx((middle * 100 * 1.2**0.5) ** 0.5)
    assert np.log(found).std(axis=0) == pytest.approx(np.log(value).std(axis=0))
    assert found[:, :, 1] == pytest.approx(value[:, :, 1])


def test_an_unsure_elasticity_widens_the_draws():
    value = np.full((2_000, 1, 1), 100.0)

    found = on_paths(value, np.array([100.0]), one([0.5], [0.04]), np.array([[1.0]]), 1.0, ["A"], 7)

    assert np.log(found).std() == pytest.approx(0.2, rel=0.05)
