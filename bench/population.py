"""Own cohorts beside the UN's medium variant of 2019, and draws beside its limits of 2024.

    python bench/population.py ../shared/data/projections [FOLDER_WITH_SCHEDULES] [AREA …]

The UN's population alone does not tell the fertility and mortality behind it. Where the files of
the R package wpp2019 (mxF, mxM, percentASFR, tfr, tfrprojMed, sexRatio, migration; renamed
WPP2019_….txt) lie with the population's in a second folder, fertility and mortality are the medium
variant's own, period by period; migration is its total on the profile by age that 2015–2020 leaves
over, since no file has it by age: that profile is the one thing that can differ. Without them, what
2015–2020 implies is held: that is a projection of our own, and its differences are no errors.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.projected import NotProducible
from cauce.outlook.people import (
    Population,
    Schedules,
    on_totals,
    population_draws,
    project,
    totals_in,
    yearly,
)
from cauce.pipeline.outlook.beside_un import in_year, periods_of
from cauce.sources.outlook.wpp import un_population, un_totals

YEARS = (2025, 2030, 2035)
ADULT, OLD = slice(3, 13), 12


def main(folder: Path, schedules: Path | None, areas: list[str]) -> None:
    for area in areas:
        population = un_population(schedules or folder, area)
        print(f"\n{area}: own cohorts from 2020 less the UN's medium variant of 2019, %")
        periods = periods_of(schedules or folder, area, population)
        if isinstance(periods, NotProducible):
            print(f"  not produced: {periods.output}. {periods.because.en}")
            print("  instead, what 2015-2020 implies is held (no test of the medium variant):")
            periods = [_held(in_year(population, 2015), in_year(population, 2020))] * 3
        _compare(population, periods)
        _spread(folder, area, population)


def _held(before: Floats, after: Floats) -> Schedules:
    """What five years imply: below 60 what a cohort lost or won has moved, from 60 on it has died.

    Births are those who live at the end, of mothers of 15 to 49 alike.
    """
    reaching = np.column_stack([after[:, 0], before[:, :-1]])
    reaching[:, -1] += before[:, -1]
    survival = np.minimum(1, after / reaching)
    survival[:, :OLD] = 1
    mothers = np.zeros(before.shape[1])
    mothers[3:10] = 0.06
    boys = float(after[1, 0] / after[0, 0])
    start = Schedules(survival, mothers, boys, np.zeros_like(before))
    for _ in range(20):
        (step,) = project(before, [start])
        moved = start.migrants + after - step.end
        moved[:, 0] = 0
        moved[:, OLD:] = 0
        mothers = mothers * after[:, 0].sum() / step.births.sum()
        start = replace(start, fertility=mothers, migrants=moved)
    return start


def _compare(population: Population, periods: list[Schedules]) -> None:
    began = time.perf_counter()
    steps = project(in_year(population, 2020), periods)
    took = time.perf_counter() - began
    print("        total   0-4   15-64   each age and sex (mean, weighed)")
    for year, step in zip(YEARS, steps, strict=True):
        wanted = in_year(population, year)

        def apart(of: slice, own: Floats = step.end, un: Floats = wanted) -> float:
            return 100 * float(own[:, of].sum() / un[:, of].sum() - 1)

        each = 100 * np.abs(step.end - wanted).sum() / wanted.sum()
        print(
            f"  {year} {apart(slice(None)):+6.2f} {apart(slice(0, 1)):+6.2f} "
            f"{apart(ADULT):+6.2f} {each:7.2f}"
        )
    print(f"  three periods in {1000 * took:.1f} ms")


def _spread(folder: Path, area: str, population: Population) -> None:
    totals = un_totals(folder, area)
    years = np.arange(2026.0, 2036.0)
    found = on_totals(yearly(population, years), totals)
    began = time.perf_counter()
    drawn = population_draws(found, totals, 1000, 1).sum(axis=2)
    took = time.perf_counter() - began
    limits = totals_in(totals, years)
    ends = np.quantile(drawn, [0.1, 0.5, 0.9], axis=0)
    off = 100 * np.abs(ends / np.array([limits.low, limits.middle, limits.high]) - 1).max()
    old = 100 * (in_year(population, 2035).sum() / totals_in(totals, years[-1:]).middle[0] - 1)
    print(f"  1,000 draws of ten years in {1000 * took:.0f} ms: their 10, 50 and 90 % are at most")
    print(
        f"  {off:.3f} % from the UN's limits of 2024. The total of 2035 was {old:+.1f} % in 2019."
    )


if __name__ == "__main__":
    folders = [Path(each) for each in sys.argv[1:] if Path(each).is_dir()]
    asked = [each for each in sys.argv[1:] if not Path(each).is_dir()]
    main(folders[0], folders[1] if len(folders) > 1 else None, asked or ["CRI", "GUY"])
