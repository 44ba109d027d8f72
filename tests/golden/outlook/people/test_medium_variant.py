"""With the UN's own fertility, mortality and total migration, own cohorts are its medium variant.

The schedules are in the R package wpp2019 and are not part of Cauce: the test looks for them beside
the UN's population (`WPP2019_mxF.txt` and so on). Migration by age is in no file, so the total of
each five years is spread as 2015 to 2020 leave over.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cauce.outlook.people import project
from cauce.sources.outlook.wpp import (
    SCHEDULES,
    un_period_migration,
    un_population,
    un_schedules,
)

FOLDER = Path(__file__).parents[4].parent / "shared" / "data" / "projections"
THERE = all((FOLDER / f"WPP2019_{name}.txt").is_file() for name in (*SCHEDULES, "migration"))


@pytest.mark.skipif(not THERE, reason="the schedules of the UN's medium variant are not here")
@pytest.mark.parametrize(("area", "percent"), [("CRI", 0.02), ("HND", 0.05), ("GUY", 0.6)])
def test_fifteen_years_of_own_cohorts_are_the_medium_variant(area, percent):
    population = un_population(FOLDER, area)
    people = dict(zip(population.years.tolist(), population.people, strict=True))
    first, *periods = un_schedules(FOLDER, area, 2015, np.zeros((4, 2, 21)))
    left = np.zeros((2, 21))
    for _ in range(80):
        (step,) = project(people[2015], [replace(first, migrants=left)])
        left = left + people[2020] - step.end
    totals = un_period_migration(FOLDER, area, 2015, 4)
    assert left.sum() == pytest.approx(totals[0], rel=0.08)
    spread = [
        replace(each, migrants=left / left.sum() * total)
        for each, total in zip(periods, totals[1:], strict=True)
    ]
    for year, step in zip((2025, 2030, 2035), project(people[2020], spread), strict=True):
        assert step.end.sum() == pytest.approx(people[year].sum(), rel=percent / 100)
