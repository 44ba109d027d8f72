"""The truth of the invented country, as counted and as committed."""

import csv
from pathlib import Path

import numpy as np
import pytest

from cauce.sources.invented import stratum_population, truth
from cauce.sources.invented.__main__ import main
from cauce.sources.invented.country import FIRST_YEAR, LAST_YEAR
from cauce.sources.invented.truth import DIMENSIONS, facts_of

TRUTH = Path(__file__).parents[4] / "packs" / "demo" / "truth.csv"
Facts = dict[tuple[str, ...], float]


@pytest.fixture(scope="module")
def committed() -> Facts:
    with TRUTH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["TIME_PERIOD", "INDICATOR", *DIMENSIONS, "OBS_VALUE"]
    return {tuple(row[:-1]): float(row[-1]) for row in rows[1:]}


def of(facts: Facts, year: int, indicator: str, **codes: str) -> float:
    return facts[(str(year), indicator, *(codes.get(name, "_T") for name in DIMENSIONS))]


def test_working_age_is_employed_unemployed_and_outside(committed: Facts) -> None:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for sex in ("_T", "M", "F"):
            parts = ("EMP_TEMP", "UNE_TUNE", "EIP_TEIP")
            total = sum(of(committed, year, name, SEX=sex) for name in parts)
            assert total == of(committed, year, "POP_XWAP", SEX=sex)


def test_the_labour_force_is_employed_and_unemployed(committed: Facts) -> None:
    force = of(committed, 2020, "EMP_TEMP") + of(committed, 2020, "UNE_TUNE")
    assert force == of(committed, 2020, "EAP_TEAP")


def test_men_and_women_are_everybody(committed: Facts) -> None:
    both = of(committed, 2025, "POP", SEX="M") + of(committed, 2025, "POP", SEX="F")
    assert both == of(committed, 2025, "POP")


def test_a_rate_is_its_parts(committed: Facts) -> None:
    rate = of(committed, 2023, "UNE_TUNE") / of(committed, 2023, "EAP_TEAP") * 100
    assert rate == pytest.approx(of(committed, 2023, "UNE_DEAP"), rel=1e-8)


def test_the_unit_groups_add_up_to_the_major_groups(committed: Facts) -> None:
    units = [
        value
        for key, value in committed.items()
        if key[:2] == ("2025", "EMP_TEMP") and key[-1].startswith("5")
    ]
    assert sum(units) == of(committed, 2025, "EMP_TEMP", OCU="5")


def test_occupations_drift_over_the_years(committed: Facts) -> None:
    def share(year: int, group: str) -> float:
        return of(committed, year, "EMP_TEMP", OCU=group) / of(committed, year, "EMP_TEMP")

    assert share(2025, "6") < 0.75 * share(2014, "6")
    assert share(2025, "5") > 1.08 * share(2014, "5")


def test_2020_was_a_shock_and_informality_grew(committed: Facts) -> None:
    rates = [of(committed, year, "UNE_DEAP") for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    assert int(np.argmax(rates)) == 2020 - FIRST_YEAR
    assert of(committed, 2025, "EMP_NIFL_RT") > of(committed, 2014, "EMP_NIFL_RT") + 2


def test_migrants_work_more_and_more_often_informally(committed: Facts) -> None:
    for name in ("EAP_DWAP", "EMP_NIFL_RT"):
        assert of(committed, 2025, name, CBR_XCA="XNA") > of(committed, 2025, name, CBR_XCA="XCA")


def test_what_is_committed_is_what_the_generator_counts(committed: Facts) -> None:
    """The last year, to the nine digits that are written."""
    for fact in truth([LAST_YEAR]):
        if not np.isnan(fact.value):
            key = (str(fact.year), fact.indicator, *fact.codes)
            assert committed[key] == pytest.approx(fact.value, rel=1e-8)


def test_a_fact_by_hand(village) -> None:
    facts = {(fact.indicator, fact.codes): fact.value for fact in facts_of(2025, [village])}
    women = village.people.sex == 1
    codes = ("F", *("_T" for _ in DIMENSIONS[1:]))
    assert facts["EMP_TEMP", codes] == (village.activity.employed & women).sum()


def test_the_truth_is_a_sum_over_strata() -> None:
    one, other = (stratum_population(2020, stratum) for stratum in (1, 2))
    everyone = ("POP", tuple("_T" for _ in DIMENSIONS))

    def people(parts) -> float:
        return next(f.value for f in facts_of(2020, parts) if (f.indicator, f.codes) == everyone)

    assert people([one, other]) == people([one]) + people([other])


def test_the_command_says_what_it_understands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "truth FILE" in capsys.readouterr().err


def test_the_command_writes_the_waves(tmp_path: Path) -> None:
    assert main(["waves", str(tmp_path / "new")]) == 0
    assert len(list((tmp_path / "new").iterdir())) == 5
