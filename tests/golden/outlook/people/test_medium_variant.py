"""With the UN's own fertility, mortality and total migration, own cohorts are its medium variant.

The schedules are in the R package wpp2019 and are not part of Cauce: the test looks for them beside
the UN's population (`WPP2019_mxF.txt` and so on). Migration by age is in no file, so the total of
each five years is spread as 2015 to 2020 leave over.
"""

from pathlib import Path

import pytest

from cauce.pipeline.outlook.beside_un import beside_un
from cauce.sources.outlook.wpp import SCHEDULES

FOLDER = Path(__file__).parents[4].parent / "shared" / "data" / "projections"
THERE = all((FOLDER / f"WPP2019_{name}.txt").is_file() for name in (*SCHEDULES, "migration"))


@pytest.mark.skipif(not THERE, reason="the schedules of the UN's medium variant are not here")
@pytest.mark.parametrize(("area", "percent"), [("CRI", 0.02), ("HND", 0.05), ("GUY", 0.6)])
def test_fifteen_years_of_own_cohorts_are_the_medium_variant(area, percent):
    found = beside_un(FOLDER, area)
    assert [one.year for one in found] == [2025, 2030, 2035]
    assert max(abs(one.total) for one in found) <= percent
