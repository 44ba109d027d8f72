"""Who may be counted in the supply of an occupation equals the tables beside this file."""

import csv
from pathlib import Path

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.outlook.people import component, graduates_by_occupation, idle, supply

HERE = Path(__file__).parent
BASE_YEAR = 2025
MASON = np.ones((1, 1, 1))


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_of_ten_people_each_is_counted_where_the_table_says_and_two_nowhere():
    people = rows("people")
    years = [str(BASE_YEAR + ahead) for ahead in (1, 2)]
    finishing = [[float(row["finishes"] == year) for row in people] for year in years]
    graduates = graduates_by_occupation(
        np.array(finishing), np.ones(10), np.ones((1, 10, 1)), BASE_YEAR + 1, BASE_YEAR
    )
    seeking = [
        row for row in people if row["in_the_base_year"] == "unemployed" and row["last_work"]
    ]
    studying = [row for row in seeking if row["finishes"]]
    out_of_work = idle(
        np.array([float(len(seeking))]), np.array([float(len(studying))]), np.zeros(1), 0.0, 2
    )
    for kind, found in (("graduates", graduates), ("idle", out_of_work)):
        assert found[0, -1, 0] == sum(row["component"] == kind for row in people)
    assert sum(not row["component"] for row in people) == 2


@pytest.mark.parametrize("row", rows("declared"), ids=lambda row: row["case"])
def test_a_supply_that_would_count_somebody_twice_is_refused(row):
    declared = [each.split(":") for each in row["components"].split()]
    components = [component(kind, MASON, tuple(whom.split("+"))) for kind, whom in declared]
    if row["refused"]:
        with pytest.raises(BadInput, match=f"people who were {row['refused']} in the base year"):
            supply(components)
    else:
        assert supply(components).total.tolist() == [[[len(components)]]]
