"""The survey of employers is what the tables beside this file say."""

import csv
import math
import tomllib
from pathlib import Path

import numpy as np
import pytest

from cauce.estimate.firms import allocate, expected, presence_profile, strata_of, weigh
from cauce.sources.invented import firms

HERE = Path(__file__).parent
CATALOGUE = HERE.parents[2] / "packs" / "region" / "indicators" / "employers.toml"


def rows_of(name):
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_firms_are_shared_among_strata_as_the_table_says():
    rows = rows_of("allocation")
    staff, region = [], []
    for row in rows:
        staff += [float(row["each"])] * int(row["firms"])
        region += [row["stratum"].rpartition("|")[2]] * int(row["firms"])
    strata = strata_of(np.array(staff), ["F"] * len(staff), region, 100)

    for column, power in (("neyman", None), ("power_half", 0.5)):
        total = sum(int(row[column]) for row in rows)
        drawn = dict(zip(strata.labels, allocate(strata, total, 2, power).drawn, strict=True))
        assert drawn == {row["stratum"]: int(row[column]) for row in rows}, column


def test_weights_are_design_times_response_times_calibration():
    rows = rows_of("weights")
    labels = sorted({row["stratum"] for row in rows})
    of = np.array([labels.index(row["stratum"]) for row in rows])
    first = [next(row for row in rows if row["stratum"] == label) for label in labels]
    fate = np.array([("RESPONDED", "REFUSED", "OUT").index(row["fate"]) for row in rows])

    found = weigh(
        of,
        np.array([int(row["firms_in_stratum"]) for row in first]),
        np.array([float(row["staff"]) for row in rows]),
        fate,
        np.array([float(row["staff_in_stratum"]) for row in first]),
        labels,
    )

    assert found.weight.tolist() == pytest.approx([float(row["weight"]) for row in rows])


@pytest.mark.parametrize("row", rows_of("precision"), ids=lambda row: row["firms"])
def test_the_precision_to_expect_is_near_that_of_the_simulated_sector(row):
    register = [one for one in firms() if one["formal"] == "yes"]
    staff = np.array([float(one["staff"]) for one in register])
    strata = strata_of(staff, ["F"] * len(staff), [one["region"] for one in register], 100)
    drawn = allocate(strata, int(row["firms"])).drawn

    found = expected(strata, drawn, float(row["response"]), presence_profile())

    assert found.total == pytest.approx(float(row["total_cv"]), rel=0.25)
    middle = float(np.median(found.occupations))
    assert middle == pytest.approx(float(row["median_occupation_cv"]), rel=0.25)
    assert abs(found.shown - int(row["occupations_shown"])) <= 3


def test_the_difficulty_index_is_that_of_the_catalogue():
    """D = Σ w v diff / (4 Σ w v), by the very expressions of EMPR_DIFF_IX: 32/48."""
    index = tomllib.loads(CATALOGUE.read_text())["indicator"]["EMPR_DIFF_IX"]
    above, below = (
        index[part].replace("EMPR_", "").lower() for part in ("numerator", "denominator")
    )
    rows = [row for row in rows_of("difficulty") if int(row["vacancies"])]
    sums = [
        sum(
            float(row["weight"])
            * math.prod(float(row.get(word, word)) for word in part.split(" * "))
            for row in rows
        )
        for part in (above, below)
    ]

    assert sums[0] / sums[1] == pytest.approx(32 / 48)
