"""Labels become a design, or the door says what is wrong."""

import numpy as np
import pytest

from cauce.estimate import design_from_labels
from cauce.model.errors import BadInput

A_B = np.array(["A", "A", "B", "B"])
ONE_TWO = np.array([1, 2, 1, 2])
ONES = np.ones(4)


def test_psu_labels_that_repeat_across_strata_are_an_error_unless_declared():
    with pytest.raises(BadInput, match=r"2 of 2 PSU labels occur in more than one stratum"):
        design_from_labels(A_B, ONE_TWO, ONES)

    design = design_from_labels(A_B, ONE_TWO, ONES, psu_scope="stratum")

    assert design.psu.tolist() == [0, 1, 2, 3]
    assert design.stratum_labels == ("A", "B")


def test_a_psu_in_two_strata_is_an_error():
    with pytest.raises(BadInput, match=r"1 of 3 PSU labels"):
        design_from_labels(A_B, np.array([1, 2, 2, 3]), ONES)


def test_numbers_as_labels_are_named_in_words():
    design = design_from_labels(np.array([20, 20, 3, 3]), np.array([1.0, 2, 3, 4]), ONES)

    assert design.stratum_labels == ("3", "20")
    assert design.stratum.tolist() == [1, 1, 0, 0]


def test_labels_of_mixed_kinds_are_read_as_text():
    design = design_from_labels(np.array(["a", 1, "a", 1], dtype=object), np.arange(4), ONES)

    assert design.stratum_labels == ("1", "a")


@pytest.mark.parametrize(
    "labels",
    [np.array([1.0, np.nan, 2, 2]), np.array(["A", None, "B", "B"], dtype=object)],
)
def test_a_missing_label_is_an_error(labels):
    with pytest.raises(BadInput, match=r"1 of 4 stratum or PSU labels are missing"):
        design_from_labels(labels, np.arange(4), ONES)


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ([], "no rows"),
        ([1, np.nan], "1 of 2 weights are missing"),
        ([1, np.inf], "1 of 2 weights are infinite"),
        ([1, -1], "1 of 2 weights are negative"),
        ([0, 0], "All 2 weights are 0"),
    ],
)
def test_a_weight_that_cannot_be_one_is_an_error(weights, words):
    rows = np.arange(len(weights))
    with pytest.raises(BadInput, match=words):
        design_from_labels(rows, rows, np.array(weights, dtype=np.float64))


def test_a_weight_of_zero_is_welcome():
    weight = np.array([0.0, 1, 1, 1])

    assert design_from_labels(A_B, np.arange(4), weight).weight is weight


@pytest.mark.parametrize(
    ("fpc", "population"),
    [
        ([4, 4, 10, 10], [4, 4, 10, 10]),
        ([0.5, 0.5, 1, 1], [4, 4, 2, 2]),
        # 2 / 0.2857142857142857 is a hair off 7.
        ([2 / 7, 2 / 7, 1, 1], [7, 7, 2, 2]),
        ([2 + 1e-12, 2 + 1e-12, 3, 3], [2, 2, 3, 3]),
    ],
)
def test_the_fpc_is_a_count_or_a_rate(fpc, population):
    design = design_from_labels(A_B, np.arange(4), ONES, np.array(fpc))

    assert design.population_psus == pytest.approx(population, rel=1e-15)


@pytest.mark.parametrize(
    ("fpc", "words"),
    [
        ([4, 4, np.nan, 4], "1 of 4 values of the fpc are missing or not above 0"),
        ([4, 4, 0, 4], "1 of 4 values"),
        ([4, 5, 6, 6], "differs within 1 strata, such as A"),
        ([4, 4, 1, 1], "1 strata have more PSUs in the sample .* such as B"),
    ],
)
def test_an_fpc_that_cannot_be_is_an_error(fpc, words):
    with pytest.raises(BadInput, match=words):
        design_from_labels(A_B, np.arange(4), ONES, np.array(fpc, dtype=np.float64))
