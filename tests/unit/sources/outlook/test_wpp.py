"""The UN's files as they are, and a file that is another one than its name says."""

from pathlib import Path

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.outlook.people import project
from cauce.sources.outlook.wpp import (
    AGES,
    DEATH_AGES,
    MOTHERS,
    un_migration,
    un_period_migration,
    un_population,
    un_schedules,
    un_totals,
)

REAL = Path(__file__).parents[4].parent / "shared" / "data" / "projections"


def lines(head: str, rows: list[str]) -> str:
    return "\n".join([head.replace(" ", "\t"), *(row.replace(" ", "\t") for row in rows)]) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An invented country under Belize's code: 1,000 people of each age and sex, then 2,000."""
    for sex in "FM":
        for name, years in ((f"pop{sex}", "2015 2020"), (f"pop{sex}projMed", "2025 2030")):
            rows = [f"{code} X {age} 1 2" for code in ("900", "84") for age in AGES]
            text = lines(f"country_code name age {years}", rows)
            (tmp_path / f"WPP2019_{name}.txt").write_text(text)
    for name, numbers in (
        ("popproj80l", "38 70"),
        ("popprojMed", "42 84"),
        ("popproj80u", "46 99"),
    ):
        text = lines("country_code country 2024 2025", [f"84 X {numbers}"])
        (tmp_path / f"WPP2024_{name}.txt").write_text(text)
    text = lines("country_code country 2022 2023 last.observed", ["84 X -0.5 0.25 2023"])
    (tmp_path / "WPP2024_migration.txt").write_text(text)
    return tmp_path


@pytest.fixture
def scheduled(folder: Path) -> Path:
    """The same with schedules: 0.01 of everybody die a year, women have 1.4 children."""
    head = "country_code name age 2020-2025 2025-2030"
    for sex in "FM":
        rows = [f"84 X {age} 0.01 0.01" for age in DEATH_AGES]
        (folder / f"WPP2019_mx{sex}.txt").write_text(lines(head, rows))
    rows = [f"84 X {age} 14.2857 14.2857" for age in AGES[MOTHERS]]
    (folder / "WPP2019_percentASFR.txt").write_text(lines(head, rows))
    for name, columns in (
        ("tfr", "2015-2020 last.observed"), ("tfrprojMed", "2020-2025 2025-2030"),
        ("sexRatio", "2020-2025 2025-2030"),
    ):  # fmt: skip
        values = "1.05 1.05" if name == "sexRatio" else "1.4 1.4"
        text = lines(f"country_code name {columns}", [f"84 X {values}"])
        (folder / f"WPP2019_{name}.txt").write_text(text)
    return folder


def test_people_by_age_and_sex_are_counted_and_not_in_thousands(folder):
    found = un_population(folder, "BLZ")
    assert found.years.tolist() == [2015, 2020, 2025, 2030]
    assert found.people.shape == (4, 2, 21)
    assert found.people[:, 0, 0].tolist() == [1000, 2000, 1000, 2000]


def test_totals_are_of_the_middle_of_a_year_with_limits_and_migration_has_its_years(folder):
    found = un_totals(folder, "BLZ")
    assert found.years.tolist() == [2025]
    assert (found.low[0], found.middle[0], found.high[0]) == (54000, 63000, 72500)
    years, migrants = un_migration(folder, "BLZ")
    assert years.tolist() == [2022, 2023]
    assert migrants.tolist() == [-500, 250]


def test_without_the_files_of_schedules_the_comparison_says_which_it_waits_for(folder):
    found = un_schedules(folder, "BLZ", 2020, np.zeros((1, 2, 21)))
    assert isinstance(found, NotProducible)
    assert "WPP2019_mxF.txt" in found.because.en
    assert "wpp2019 de R" in found.because.es


def test_schedules_of_the_medium_variant_project(scheduled):
    found = un_schedules(scheduled, "BLZ", 2020, np.zeros((2, 2, 21)))
    assert not isinstance(found, NotProducible)
    assert found[0].fertility[3] == pytest.approx(1.4 / 7 / 5, rel=1e-5)
    assert found[1].boys == 1.05
    assert len(project(un_population(scheduled, "BLZ").people[1], found)) == 2
    with pytest.raises(BadInput, match="no column 2030-2035"):
        un_schedules(scheduled, "BLZ", 2030, np.zeros((1, 2, 21)))


def test_migration_of_the_medium_variant_is_of_all_ages_together(scheduled):
    text = lines("country_code name 2020-2025 2025-2030", ["84 X -1.5 2"])
    (scheduled / "WPP2019_migration.txt").write_text(text)
    assert un_period_migration(scheduled, "BLZ", 2020, 2).tolist() == [-1500, 2000]
    with pytest.raises(BadInput, match="no column 2030-2035"):
        un_period_migration(scheduled, "BLZ", 2020, 3)


def test_fertility_of_years_before_the_file_is_asked_for_by_name(scheduled):
    with pytest.raises(BadInput, match="has no column 2015-2020"):
        un_schedules(scheduled, "BLZ", 2015, np.zeros((1, 2, 21)))
    text = (scheduled / "WPP2019_tfrprojMed.txt").read_text().replace("2020-2025", "2000-2005")
    (scheduled / "WPP2019_tfrprojMed.txt").write_text(text)
    with pytest.raises(BadInput, match="lack 2020-2025"):
        un_schedules(scheduled, "BLZ", 2020, np.zeros((1, 2, 21)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("country_code", "LocID", "another header than the UN's: LocID"),
        ("age", "band", "another header"),
        ("\t2015", "\tyear", "another header"),
        ("84\tX\t5-9\t1\t2\n", "", "lacks the ages 5-9"),
        ("84\tX\t5-9\t1\t2", "84\tX\t0-4\t1\t2", "an age of BLZ twice"),
        ("84\tX\t5-9\t1\t2", "84\tX\t5-9\t1", "1 rows have more or fewer values"),
        ("84\tX\t5-9\t1\t2", "84\tX\t5-9\tone\t2", "a value that is no number"),
        ("84\tX\t5-9\t1\t2", "84\tX\t5-9\t-1\t2", "1 numbers are below 0"),
        ("84\tX\t5-9\t1\t2", "84\tX\t5-9\tNA\t2", "lacks 1 numbers"),
        ("84\tX", "85\tX", "no rows of BLZ"),
        ("2015", "2016", "not of the same years"),
    ],
)
def test_a_file_that_is_another_one_is_refused_by_name(folder, old, new, message):
    path = folder / "WPP2019_popF.txt"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(BadInput, match=message):
        un_population(folder, "BLZ")


def test_a_missing_file_an_unknown_country_or_other_bytes_are_refused(folder):
    with pytest.raises(BadInput, match="XYZ is no country"):
        un_population(folder, "XYZ")
    (folder / "WPP2024_popproj80l.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not a UTF-8 table"):
        un_totals(folder, "BLZ")
    (folder / "WPP2024_popproj80l.txt").write_text("")
    with pytest.raises(BadInput, match="header than the UN's: nothing"):
        un_totals(folder, "BLZ")
    text = lines("country_code country 2024 2026", ["84 X 38 70"])
    (folder / "WPP2024_popproj80l.txt").write_text(text)
    with pytest.raises(BadInput, match="limits are not of the same years"):
        un_totals(folder, "BLZ")
    for name in ("popproj80l", "popprojMed", "popproj80u"):
        (folder / f"WPP2024_{name}.txt").write_text(text)
    with pytest.raises(BadInput, match="the middle of a year lacks an end"):
        un_totals(folder, "BLZ")
    (folder / "WPP2024_popproj80l.txt").unlink()
    with pytest.raises(BadInput, match=r"has no WPP2024_popproj80l.txt"):
        un_totals(folder, "BLZ")


@pytest.mark.skipif(not REAL.is_dir(), reason="the UN's files are not on this machine")
def test_costa_rica_of_the_real_files_is_what_the_un_published():
    """5,094,114 people in 2020 (revision of 2019) and 5,152,950 in 2025 (of 2024), on 1 July."""
    population, totals = un_population(REAL, "CRI"), un_totals(REAL, "CRI")
    at = population.years.tolist().index(2020)
    assert population.people[at].sum() == pytest.approx(5_094_114, abs=10)
    assert (totals.years[0], totals.middle[0]) == pytest.approx((2025, 5_152_950), abs=1)
    assert ((totals.low < totals.middle) & (totals.middle < totals.high)).all()
    assert isinstance(un_schedules(REAL, "CRI", 2020, np.zeros((3, 2, 21))), NotProducible)
    years, migrants = un_migration(REAL, "CRI")
    assert (years[-1], len(migrants)) == (2023, 74)
