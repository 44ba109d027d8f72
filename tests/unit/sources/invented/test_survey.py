"""The sample of the invented country."""

import numpy as np

from cauce.sources.invented import draw
from cauce.sources.invented.country import SEED, dwellings_in, psus_in


def test_eight_psus_stand_for_each_of_two_hundred_strata() -> None:
    stratum, psu, _ = draw(SEED, 2023).where
    pairs = np.unique(np.stack([stratum, psu]), axis=1)
    assert (np.bincount(pairs[0]) == 8).all()
    assert pairs.shape[1] == 1600


def test_three_quarters_of_the_psus_stay_from_wave_to_wave() -> None:
    one, other = (
        set(zip(*(part.tolist() for part in draw(SEED, year).where[:2]), strict=True))
        for year in (2021, 2022)
    )
    assert len(one & other) == 1200


def test_most_dwellings_stay_with_their_psu() -> None:
    one, other = (
        set(zip(*(part.tolist() for part in draw(SEED, year).where), strict=True))
        for year in (2024, 2025)
    )
    assert 0.55 < len(one & other) / len(one) < 0.75


def test_a_psu_is_visited_four_times_and_leaves() -> None:
    drawn = draw(SEED, 2025)
    assert np.unique(drawn.visit).tolist() == [1, 2, 3, 4]
    assert np.unique(drawn.visit + drawn.panel).tolist() == [drawn.visit[0] + drawn.panel[0]]


def test_the_weights_of_a_psu_add_up_to_its_dwellings() -> None:
    """Dwellings of the PSU times PSUs in the stratum over eight drawn."""
    drawn = draw(SEED, 2022)
    stratum, psu, _ = drawn.where
    mine = (stratum == stratum[0]) & (psu == psu[0])
    dwellings = dwellings_in(SEED, 2022, stratum[:1], psu[:1])[0]
    assert np.isclose(drawn.weight[mine].sum(), dwellings * psus_in(int(stratum[0])) / 8)


def test_nobody_is_drawn_twice_and_some_do_not_answer() -> None:
    where = np.stack(draw(SEED, 2025).where)
    assert np.unique(where, axis=1).shape == where.shape
    assert 0.85 < where.shape[1] / (1600 * 13) < 0.93


def test_another_draw_meets_other_psus() -> None:
    one, other = (draw(SEED, 2025, name) for name in ("draw 1", "draw 2"))
    assert not np.array_equal(one.where[1], other.where[1])
