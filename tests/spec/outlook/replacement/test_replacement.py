"""Replacement and the three kinds of openings equal the tables beside this file."""

import csv
from pathlib import Path

import numpy as np
import pytest

from cauce.outlook.leaving import leaving, openings

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def number(text: str) -> float:
    return np.nan if text == "-" else float(text)


@pytest.mark.parametrize("expected", rows("leaving"), ids=lambda row: row["occupation"])
def test_who_leaves_an_occupation_by_cause(expected):
    mine = [row for row in rows("workers") if row["occupation"] == expected["occupation"]]

    def column(name: str) -> np.ndarray:
        return np.array([[float(row[name]) for row in mine]])

    workers = column("workers")[:, :, None]
    found = leaving(workers, column("q"), column("omega")[:, :, None], column("mu"))
    for cause in ("deaths", "exits", "emigration"):
        assert f"{getattr(found, cause)[0] * workers.sum():.1f}" == expected[cause]
    assert f"{found.total[0] * workers.sum():.1f}" == expected["replaced"]


@pytest.mark.parametrize("row", rows("openings"), ids=lambda row: row["occupation"])
def test_growth_newcomers_and_gross_openings_are_three_numbers(row):
    found = openings(
        np.array([number(row["base"])]),
        *(np.array([[[number(row[name])]]]) for name in ("forecast", "replaced", "transfers")),
    )
    for name in ("net_growth", "for_newcomers", "gross"):
        assert getattr(found, name)[0, 0, 0] == pytest.approx(number(row[name]), nan_ok=True), name
