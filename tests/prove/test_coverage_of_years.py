"""Over 200 draws, the 95 % intervals of a change between two pooled years cover the truth.

Four waves of the invented country stand for quarters: the first two are one year, the last two the
next. PSUs rotate, so that some were in one wave of a year, some in both, and some in both years.
What is true is counted on all people of the waves put together.
"""

from dataclasses import replace

import numpy as np
import pytest

from cauce.estimate import change, pooled
from cauce.sources.invented.country import SEED

from .drawn import Country, country_of
from .test_coverage_of_distributions import (
    BENT,
    CASES,
    DIMENSIONS,
    DRAWS,
    ESTIMATORS,
    FEWEST_DF,
    KNOWN,
    PLAIN,
    Tallies,
    drawn,
    flow,
    linear,
    report,
    rows_of,
    truths,
    value_of,
)

pytestmark = pytest.mark.prove

WAVES = (2022, 2023, 2024, 2025)
ASKED = tuple(one for one in BENT if one.id in ("D50%", "D9/D1", "Gini", "low pay"))
INDICATORS = (*PLAIN, *ASKED)
TABLE = flow(("REGION_XCA",), INDICATORS)


def test_intervals_of_a_change_between_two_years_cover_the_truth() -> None:
    countries = [country_of(year, DIMENSIONS, KNOWN) for year in WAVES]
    truth = true_changes(countries)
    tallies: Tallies = {}
    for number in range(DRAWS):
        chance = np.random.default_rng((SEED, number))
        waves = [drawn(c, y, number, chance) for c, y in zip(countries, WAVES, strict=True)]
        before, after = pooled(waves[:2], "2024"), pooled(waves[2:], "2025")
        (table,) = change(before, after, [TABLE])
        names = [one.id for one in INDICATORS]
        for key, low, high, n, df in rows_of(table, names, ("ci_low", "ci_high", "n", "df")):
            if df >= FEWEST_DF:
                own = tallies.setdefault(key[0], {}).setdefault(key, [])
                own.append((low <= truth[key] <= high, n))
    shares = report(tallies)
    assert len(shares) == len(INDICATORS)
    assert 0.93 <= np.mean(list(shares.values())) <= 0.97
    assert all(0.92 <= share <= 0.985 for share in shares.values()), shares


def true_changes(countries: list[Country]) -> dict[tuple[str, str, int], float]:
    """Of every region and indicator, what is true of the later two waves less the earlier two."""
    years = [together(countries[:2]), together(countries[2:])]
    was, now = (dict(truths(year)) for year in years)
    found = {
        (case.indicator.id, "REGION_XCA", at): now[case.indicator.id, "REGION_XCA", at]
        - was[case.indicator.id, "REGION_XCA", at]
        for case in CASES
        if case.indicator in ASKED
        for at in range(1 + len(TABLE.dimensions[3].codes) - 3)
    }
    for name in ESTIMATORS:
        for at in range(1 + len(TABLE.dimensions[3].codes) - 3):
            values = []
            for year in years:
                region = year.classes["REGION_XCA"]
                here = region == at - 1 if at else np.ones(len(region), dtype=np.bool_)
                values.append(value_of(name, linear(year, name, here) / 2))
            found[name, "REGION_XCA", at] = values[1] - values[0]
    return found


def together(waves: list[Country]) -> Country:
    """The people of two waves as one country."""
    first = waves[0]
    return replace(
        first,
        classes={n: np.concatenate([w.classes[n] for w in waves]) for n in first.classes},
        scores={
            n: replace(
                score,
                inside=np.concatenate([w.scores[n].inside for w in waves]),
                numerator=np.concatenate([w.scores[n].numerator for w in waves]),
            )
            for n, score in first.scores.items()
        },
    )
