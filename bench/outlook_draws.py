"""What 1,000 draws × 10 countries × 10 years cost the processor, reconciled and raked.

    python bench/outlook_draws.py [DRAWS [COUNTRIES]]

Ten invented countries of ten sizes, each surveyed for twelve years: occupations of 1 and 2 digits
as a survey of 12,000 workers would have them of the demo country, 21 sections of industry made up.
Every level is forecast and drawn by itself; then all draws are reconciled over region → country ×
all → 1 → 2 digits, no number below 0; then each country's matrix of 21 sections × occupations is
raked to both margins in every draw and year. Prints JSON: CPU seconds of each step, and how far
sums are from what they sum.
"""

import json
import sys
import time
from dataclasses import replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.history import History
from cauce.outlook.matrix import rake
from cauce.outlook.proving import Hierarchy, coherence, hierarchy, reconcile
from cauce.outlook.shares import draw_shares, forecast_shares
from invented_country import LEVELS, sized

YEARS = np.arange(1.0, 11.0)
SEED, SECTIONS = 20261127, tuple("ABCDEFGHIJKLMNOPQRSTU")
MAJOR, TWO = LEVELS["ISCO 1"], LEVELS["ISCO 2"]


def main(draws: int, countries: int) -> None:
    rng = np.random.default_rng(SEED)
    surveys = [_scaled(sized(rng, 12_000), 0.5 + at) for at in range(countries)]
    industries = [_sections(rng, one["ISCO 1"]) for one in surveys]
    clock, told = time.process_time, {}
    start = clock()
    base = _drawn(surveys, draws)
    sections = [_draws(one, f"sections {at}", draws) for at, one in enumerate(industries)]
    told["draws"] = clock() - start
    start, of = clock(), _hierarchy(countries)
    found = reconcile(base, base.var(axis=0), of)
    told["reconcile"] = clock() - start
    start = clock()
    missed = max(_raked(found, sections, at, countries) for at in range(countries))
    told["rake"] = clock() - start
    print(
        json.dumps(
            {
                "draws": draws,
                "countries": countries,
                "years": len(YEARS),
                "numbers": list(of.sums.shape),
                "cells_of_a_matrix": [len(SECTIONS), len(TWO)],
                "cpu_seconds": {name: round(each, 2) for name, each in told.items()},
                "cpu_seconds_in_all": round(sum(told.values()), 2),
                "apart_before": coherence(base, of),
                "apart_after": coherence(found, of),
                "draws_below_0_before_reconciling": int((base < 0).any(axis=2).sum()),
                "largest_relative_miss_of_a_margin": missed,
            },
            indent=1,
        )
    )


def _scaled(levels: dict, by: float) -> dict[str, History]:
    return {
        name: replace(one.numbers, value=by * one.numbers.value, se=by * one.numbers.se)
        for name, one in levels.items()
    }


def _sections(rng: np.random.Generator, like: History) -> History:
    """21 sections that drift, with errors of 5 %, adding up to what the occupations do."""
    share = rng.dirichlet(np.full(len(SECTIONS), 2.0)) + 0.01
    moved = 0.02 * rng.normal(size=(len(like.years), len(SECTIONS))).cumsum(axis=0)
    value = share * np.exp(moved)
    value *= like.value.sum(axis=1, keepdims=True) / value.sum(axis=1, keepdims=True)
    cells = tuple((one,) for one in SECTIONS)
    count = np.full(value.shape, 500, dtype=np.int32)
    return replace(like, cells=cells, value=value, se=0.05 * value, n=count)


def _draws(history: History, name: str, draws: int) -> Floats:
    """Of numbers, shape (d, h, c)."""
    found = forecast_shares(history, YEARS)
    names = tuple(f"{name} {code}" for (code,) in history.cells)
    return draw_shares(found, names, SEED, draws).value


def _drawn(surveys: list[dict[str, History]], draws: int) -> Floats:
    """Draws of each level by itself, in the order of `_hierarchy`: the region, then countries."""
    parts = [_levels(_sum(surveys), "region", draws)]
    parts += [_levels(one, f"country {at}", draws) for at, one in enumerate(surveys)]
    return np.concatenate(parts, axis=2)


def _levels(of: dict[str, History], name: str, draws: int) -> Floats:
    major, two = (_draws(of[level], f"{name} {level}", draws) for level in ("ISCO 1", "ISCO 2"))
    return np.concatenate([major.sum(axis=2, keepdims=True), major, two], axis=2)


def _sum(surveys: list[dict[str, History]]) -> dict[str, History]:
    """The region as one country: numbers add up, and so do variances."""
    found = {}
    for level in ("ISCO 1", "ISCO 2"):
        value = sum(one[level].value for one in surveys)
        error = np.sqrt(sum(np.nan_to_num(one[level].se) ** 2 for one in surveys))
        count = sum(one[level].n for one in surveys)
        found[level] = replace(
            surveys[0][level], value=value, se=np.where(value > 0, error, np.nan), n=count
        )
    return found


def _hierarchy(countries: int) -> Hierarchy:
    occupations = [-1, *[0] * len(MAJOR), *(1 + MAJOR.index(code[0]) for code in TWO)]
    return hierarchy([-1, *[0] * countries], occupations)


def _raked(found: Floats, sections: list[Floats], at: int, countries: int) -> float:
    """Both margins of one country's matrices, met in every draw; the largest miss."""
    width = found.shape[2] // (countries + 1)
    columns = found[:, :, (at + 1) * width + 1 + len(MAJOR) : (at + 2) * width]
    rows = sections[at] * (columns.sum(axis=2) / sections[at].sum(axis=2))[:, :, None]
    rng = np.random.default_rng(at)
    seed = rng.dirichlet(columns.mean(axis=(0, 1)) / columns.mean(), len(SECTIONS)) + 1e-4
    matrix = rake(seed, rows, columns, (SECTIONS, TWO))
    total = rows.sum(axis=2)[:, :, None]
    return float(
        max(
            (np.abs(matrix.sum(axis=3) - rows) / total).max(),
            (np.abs(matrix.sum(axis=2) - columns) / total).max(),
        )
    )


if __name__ == "__main__":
    main(*(int(one) for one in (*sys.argv[1:], *("1000", "10")[len(sys.argv) - 1 :])))
