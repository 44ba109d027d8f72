"""The population of an outlook is the UN's, or a national office's within the UN's limits."""

from pathlib import Path

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.rule import rule_in
from cauce.outlook.people import BETWEEN, MEDIUM, SPREAD, bands
from cauce.pipeline.outlook.population import AROUND, people_of
from cauce.sources.outlook.wpp import DEATHS

YEARS = np.array([2025.0, 2026.0])
AGES = ("0-4", "5-9", "10+")


@pytest.fixture
def un(tmp_path: Path) -> Path:
    """1,000 people of each age and sex in 2020 and 2030; in all 50,000 in 2025, from 40,000."""
    for sex in "FM":
        for name, year in ((f"pop{sex}", 2020), (f"pop{sex}projMed", 2030)):
            rows = [f"84\tX\t{age}\t1" for age in bands()]
            text = "\n".join([f"country_code\tname\tage\t{year}", *rows])
            (tmp_path / f"WPP2019_{name}.txt").write_text(text)
    for name, people in (("popproj80l", 40), ("popprojMed", 50), ("popproj80u", 70)):
        text = f"country_code\tcountry\t2024\t2025\t2026\n84\tX\t{people}\t{people}\t{people}\n"
        (tmp_path / f"WPP2024_{name}.txt").write_text(text)
    return tmp_path


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """100 people of each age and sex in 2025, and no rates."""
    rows = [f"population,2025,{sex},{age},100,Census" for sex in "FM" for age in AGES]
    path = tmp_path / "office.csv"
    path.write_text("\n".join(["quantity,year,sex,age,value,source", *rows]))
    return path


def test_the_uns_structure_is_on_the_totals_of_its_later_revision_with_their_limits(un):
    found = people_of("BLZ", un, None, YEARS)
    assert found.population.people.sum(axis=(1, 2)) == pytest.approx([50_000, 50_000])
    assert found.limits[:, 0] == pytest.approx([40_000, 70_000], rel=0.01)
    assert found.adults == pytest.approx([50_000 * 10 / 21] * 2)
    assert found.assumptions == (MEDIUM, BETWEEN, SPREAD)
    assert [rule_in(each.output, "en") for each in found.lacking] == [
        "own cohort projection",
        DEATHS,
    ]


def test_a_national_population_stands_in_with_the_uns_limits_around_it(un, office):
    found = people_of("BLZ", un, office, YEARS)
    assert found.population.years.tolist() == [2025]
    assert found.limits[:, 0] == pytest.approx([480, 840], rel=0.01)
    assert AROUND in found.assumptions
    assert found.assumptions[0].en == "Population: Census."


def test_a_national_population_alone_has_no_limits_and_says_so(office):
    found = people_of("XCA", None, office, YEARS)
    assert (found.draws, found.limits, found.adults) == (None, None, None)
    assert [rule_in(each.output, "en") for each in found.lacking] == [
        "population by draws",
        "own cohort projection",
    ]
    with pytest.raises(BadInput, match="covers 2025 to 2025"):
        people_of("XCA", None, office, YEARS + 10)


def test_without_any_file_there_is_no_population():
    with pytest.raises(BadInput, match="the UN's files, a national file, or both"):
        people_of("BLZ", None, None, YEARS)
