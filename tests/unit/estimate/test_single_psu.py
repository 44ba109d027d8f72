"""Five answers to a stratum with one PSU, each by hand."""

import math

import numpy as np
import pytest

from cauce.estimate import counts_of
from cauce.estimate.single_psu import DesignCounts, collapse
from cauce.model.errors import LonelyPsu

INF = math.inf


@pytest.mark.parametrize(
    ("policy", "variance"),
    [
        ("certainty", 16),  # the PSU adds nothing
        ("adjust", 16 + 25),  # its own total, uncentred, as R does
        ("average", 16 * 2 / 1),  # as much as each of the others
        ("collapse", 12),  # 3, 7, 5 in one stratum: 3/2 x (4 + 4 + 0)
    ],
)
def test_a_lonely_stratum_beside_one_of_two_psus(everyone, design, score, policy, variance):
    """Totals 3 and 7 in one stratum (variance 16), 5 alone in the next."""
    found = everyone(design([0, 0, 1], [0, 1, 2], policy=policy), score([3, 7, 5]))

    assert found.se[0, 0] == pytest.approx(math.sqrt(variance), rel=1e-15)
    assert found.df[0, 0] == (2 if policy == "collapse" else 1)


def test_a_lonely_stratum_stops_the_run_unless_a_policy_is_chosen(everyone, design, score):
    with pytest.raises(LonelyPsu, match=r"1 of 2 strata have a single PSU.*: 1\. Say what"):
        everyone(design([0, 0, 1], [0, 1, 2]), score([3, 7, 5]))


def test_the_refusal_names_ten_strata_and_counts_the_others(everyone, design, score):
    with pytest.raises(LonelyPsu, match=r"12 of 12 strata.*: 0, 1, .*, 9 and 2 more"):
        everyone(design(range(12), range(12)), score(range(12)))


def test_the_refusal_uses_the_labels_of_the_file(everyone, design, score):
    from cauce.estimate import design_from_labels

    labelled = design_from_labels(np.array([7, 7, 9]), np.arange(3), np.ones(3))
    with pytest.raises(LonelyPsu, match=r"single PSU.*: 9\."):
        everyone(labelled, score([3, 7, 5]))


def test_a_psu_drawn_with_certainty_is_not_lonely(everyone, design, score):
    """n = N = 1: nothing is refused and the stratum adds no error."""
    found = everyone(design([0, 0, 1], [0, 1, 2], size=[INF, INF, 1]), score([3, 7, 5]))

    assert found.se[0, 0] == 4


def test_averaging_with_no_other_stratum_gives_no_error(everyone, design, score):
    found = everyone(design([0], [0], policy="average"), score([3]))

    assert np.isnan(found.se[0, 0])


@pytest.mark.parametrize(
    ("n_psus", "size", "new", "merged"),
    [
        ([2, 1, 3], [9, 5, 7], [0, 1, 1], [9, 12]),  # the next one takes it in
        ([2, 3, 1], [9, 7, 5], [0, 1, 1], [9, 12]),  # the last joins the one before
        ([2, 1, 1, 3], [9, 5, 4, 7], [0, 1, 1, 2], [9, 9, 7]),  # two in a row make one
        ([1, 1, 1], [5, 4, 3], [0, 0, 0], [12]),  # the third joins the pair
        ([1, 1, 2], [1, 5, 7], [0, 1, 1], [1, 12]),  # a sure PSU is not lonely and stays
        ([2, 1, 1], [7, 5, 1], [0, 0, 1], [12, 1]),  # and takes nobody in
        ([1, 2], [INF, INF], [0, 0], [INF]),
    ],
)
def test_a_lonely_stratum_joins_its_neighbour(n_psus, size, new, merged):
    found, sizes = collapse(np.array(n_psus), np.array(size, dtype=np.float64))

    assert found.tolist() == new
    assert sizes.tolist() == merged


def test_a_lonely_stratum_without_a_neighbour_stops_the_run(everyone, design, score):
    with pytest.raises(LonelyPsu, match="no other stratum to join"):
        everyone(design([0, 0], [0, 0], policy="collapse"), score([3, 7]))


def test_a_psu_that_was_sure_is_not_counted_as_lonely(design):
    """Strata of 2, 1 of 1, and 1 of 4 PSUs."""
    drawn = ([0, 0, 1, 2, 2], [0, 1, 2, 3, 3])
    assert counts_of(design(*drawn, size=[4, 4, 1, 4, 4])) == DesignCounts(3, 4, 1)
    assert counts_of(design(*drawn)).lonely == 2
