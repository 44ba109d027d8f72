"""Who works in a sector is what its waves say, and what the region says of what they cannot."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.outlook.matrix import Grid, grid, own_mix, region, staffing

NAN = float("nan")


def published(
    waves: Sequence[Sequence[Sequence[float]]], respondents: float = 1_000, errors: bool = True
) -> History:
    """Employment by sector A, B and occupation 1, 2, 3, as from a simple random sample."""
    value = np.array(waves, dtype=float).reshape(len(waves), -1)
    share = value / np.nansum(value, axis=1, keepdims=True)
    se = np.sqrt(share * (1 - share) / respondents) * np.nansum(value, axis=1, keepdims=True)
    return History(
        ("ECO", "OCU"),
        tuple((sector, occupation) for sector in "AB" for occupation in "123"),
        np.arange(2020.0, 2020 + len(waves)),
        value,
        se if errors else np.full(value.shape, NAN),
        np.where(np.isfinite(share), np.round(share * respondents), -1).astype(np.int32),
        ("08",) * len(waves),
    )


def made(history: History) -> Grid:
    found = grid(history, "ECO", "OCU")
    assert isinstance(found, Grid), found
    return found


WAVE = [[60.0, 30.0, 10.0], [10.0, 30.0, 60.0]]


def test_a_grid_has_the_last_three_waves_of_the_last_classification():
    history = replace(published([WAVE] * 5), standards=("88", "08", "08", "08", "08"))

    found = made(history)

    assert found.value.shape == (3, 2, 3)
    assert found.sectors == ("A", "B")
    assert found.occupations == ("1", "2", "3")
    assert found.size == pytest.approx(np.full((3, 2), 500))


def test_dimensions_may_come_in_any_order():
    history = published([WAVE])
    turned = replace(
        history,
        dimensions=("OCU", "ECO"),
        cells=tuple((occupation, sector) for sector, occupation in history.cells),
    )

    assert made(turned).value.tolist() == [WAVE]


def test_respondents_stand_in_for_errors_that_are_not_published():
    assert made(published([WAVE], errors=False)).size.sum() == pytest.approx(1_000 / 1.5)


def test_what_is_no_matrix_is_refused():
    history = published([WAVE])
    with pytest.raises(BadInput, match="ECO and SEX and of nothing else"):
        grid(history, "ECO", "SEX")
    with pytest.raises(BadInput, match="one number for each"):
        grid(replace(history, cells=(("A", "1"),) * 6), "ECO", "OCU")


def test_what_is_missing_is_said():
    nothing = grid(published([[[NAN] * 3] * 2]), "ECO", "OCU")
    silent = published([WAVE], errors=False)
    no_size = grid(replace(silent, n=np.full((1, 6), -1, np.int32)), "ECO", "OCU")

    assert isinstance(nothing, NotProducible)
    assert "No wave" in nothing.because.en
    assert isinstance(no_size, NotProducible)
    assert "Neither errors" in no_size.because.en


def test_rows_add_up_and_lie_between_the_country_and_the_region():
    regional = np.array([[0.2, 0.4, 0.4], [0.4, 0.4, 0.2]])

    found = staffing(made(published([WAVE] * 2, respondents=50)), regional)

    assert found.share.sum(axis=1) == pytest.approx(1)
    assert 0.2 < found.share[0, 0] < 0.6
    kept = found.size[0] / (found.size[0] + found.kappa)
    assert found.share[0, 0] == pytest.approx(kept * 0.6 + (1 - kept) * 0.2)


def test_a_region_that_says_the_same_is_worth_much_and_one_that_does_not_is_worth_little():
    same = staffing(made(published([WAVE])), np.array(WAVE) / 100)
    other = staffing(made(published([WAVE])), np.array(WAVE)[::-1] / 100)

    assert same.kappa > 10_000
    assert other.kappa < 20


def test_without_a_region_the_countrys_own_mix_stands_in():
    found = staffing(made(published([WAVE])), None)

    assert found.towards == pytest.approx(np.tile([0.35, 0.3, 0.35], (2, 1)))
    half = staffing(made(published([WAVE])), np.array([[0.6, 0.3, 0.1], [NAN, NAN, NAN]]))
    assert half.towards[1] == pytest.approx([0.35, 0.3, 0.35])
    assert found.alone == ("A", "B")
    said = own_mix(half)
    assert said is not None
    assert "who works in B:" in said.en
    assert own_mix(staffing(made(published([WAVE])), np.array(WAVE) / 100)) is None


def test_a_structural_zero_stays_and_one_of_the_region_alone_does_not():
    wave = [[60.0, 40.0, 0.0], [10.0, 30.0, 60.0]]
    regional = np.array([[0.6, 0.4, 0.0], [0.0, 0.4, 0.6]])

    found = staffing(made(published([wave])), regional)

    assert found.share[0, 2] == 0
    assert found.share[1, 0] > 0.05


def test_a_withheld_cell_gets_what_its_sector_leaves():
    """A published total of 100 leaves 10 for the withheld; without one the region says a fifth."""
    wave = [[60.0, 30.0, NAN], [10.0, 30.0, 60.0]]
    regional = np.array([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])
    big = made(published([wave], respondents=1e7))

    told = staffing(big, regional, np.array([[100.0, 100.0]]))
    guessed = staffing(big, regional, np.array([[NAN, 100.0]]))

    assert told.share[0] == pytest.approx([0.6, 0.3, 0.1], abs=0.001)
    assert guessed.share[0] == pytest.approx([0.8 * 2 / 3, 0.8 / 3, 0.2], abs=0.001)


def test_a_cell_withheld_in_one_wave_is_the_mean_of_the_others():
    hidden = [[60.0, 30.0, NAN], [10.0, 30.0, 60.0]]

    found = staffing(made(published([WAVE, hidden], 1e7)), np.array(WAVE) / 100)

    assert found.share == pytest.approx(np.array(WAVE) / 100, abs=0.001)


def test_a_sector_where_nobody_was_seen_has_the_regions_staffing():
    wave = [[0.0, 0.0, 0.0], [10.0, 30.0, 60.0]]
    regional = np.array([[0.6, 0.3, 0.1], [0.1, 0.3, 0.6]])

    assert staffing(made(published([wave])), regional).share[0] == pytest.approx(regional[0])


def test_a_region_weighs_countries_by_their_respondents_and_leaves_out_what_they_withhold():
    one, other = published([WAVE], 3_000), published([[[30.0, 30.0, 40.0], WAVE[1]]], 1_000)
    hidden = published([[[NAN, NAN, NAN], WAVE[1]]], 1_000)

    assert region([made(one), made(other)])[0] == pytest.approx([0.525, 0.3, 0.175])
    assert region([made(one), made(hidden)])[0] == pytest.approx([0.6, 0.3, 0.1])
    assert np.isnan(region([made(hidden)])[0]).all()
    with pytest.raises(BadInput, match="one list of sectors"):
        region([made(one), replace(made(one), sectors=("A", "C"))])
