"""A region's past is what its countries' waves add up to; its forecast yields to theirs."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.outlook.proving import apart, hierarchy, past_of, reconcile


def history(years, value, standards=None, cells=("7", "9")) -> History:
    numbers = np.array(value, dtype=float)
    return History(
        ("OCU",), tuple((c,) for c in cells), np.array(years, dtype=float), numbers,
        0.1 * numbers, np.where(np.isfinite(numbers), 50, -1).astype(np.int32),
        tuple(standards or ["ISCO-08"] * len(years)),
    )  # fmt: skip


OWN = history([2021, 2022, 2023, 2025], [[30, 40], [30, 40], [30, 40], [30, 40]])
OTHER = history([2020, 2021, 2022, 2023, 2025], [[4, 3]] * 5)


def test_numbers_add_up_in_common_waves_and_their_variances_too() -> None:
    """Errors of 3 and 0.4 make √(9 + 0.16), of 4 and 0.3 √(16 + 0.09)."""
    found = past_of("x", [OWN, OTHER])
    assert found.years.tolist() == [2021, 2022, 2023, 2025]
    assert found.value[0].tolist() == [34, 43]
    assert found.se[0] == pytest.approx(np.sqrt([9.16, 16.09]))
    assert found.n[0].tolist() == [100, 100]
    assert found.complete


def test_what_is_withheld_in_one_country_is_not_known_of_the_whole() -> None:
    lost = OTHER.value.copy()
    lost[2, 1] = np.nan
    found = past_of("x", [OWN, replace(OTHER, value=lost)])
    assert np.isnan(found.value[1, 1])
    assert found.n[1].tolist() == [100, -1]
    fewer = history(OTHER.years, OTHER.value[:, :1], cells=("7",))
    part = past_of("x", [OWN, fewer])
    assert part.cells == (("7",),)
    assert not part.complete


@pytest.mark.parametrize(
    ("other", "had", "tuvo"),
    [
        (history([2010, 2011], [[4, 3]] * 2), "none of the 3", "ninguna de las 3"),
        (history([2021, 2025], [[4, 3]] * 2), "2 of the 3", "2 de las 3"),
        (replace(OTHER, standards=("ISCO-88",) * 5), "none of the 3", "ninguna de las 3"),
    ],
)
def test_too_few_waves_of_one_year_and_classification_are_no_past(other, had, tuvo) -> None:
    found = past_of("x", [OWN, other])
    assert isinstance(found, NotProducible)
    assert had in found.because.en
    assert tuvo in found.because.es


def test_the_sum_is_what_reconciliation_gives_where_the_parts_are_known() -> None:
    """All of the difference of 12 against 4 + 3 is the whole's."""
    tree = hierarchy([-1, 0, 0])
    found = reconcile(np.array([[[12.0, 4, 3]]]), np.array([[9.0, 0, 0]]), tree)
    assert found[0, 0] == pytest.approx([7, 4, 3])


def test_how_far_an_own_forecast_is_off_is_told_with_the_width_of_its_interval() -> None:
    """Twice as far around 110 as the sum is around 100: 10 % off, and the sum is within."""
    around = np.linspace(-10, 10, 201)[:, None, None]
    found = apart(110 + 2 * around, 100 + around)
    assert found.off[0, 0] == pytest.approx(0.1)
    assert found.wider[0, 0] == pytest.approx(2)
    assert found.within[0, 0]
    assert not apart(120 + around, 100 + around).within[0, 0]
    assert np.isnan(apart(np.nan * around, 100 + around).within[0, 0])
