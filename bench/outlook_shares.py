"""How far each method's shares are from the truth of the invented country, in years to come.

    python bench/outlook_shares.py [--samples N]

The truth of 2014 to 2025 (packs/demo/truth.csv) is surveyed every year by a simple random sample of
so many workers; from each year on, every method forecasts one, three and five years from what the
surveys said, and its shares are compared with the true ones: dissimilarity, ½ Σ |p̂ − p|, in points,
the mean over years and samples. `five` has the last five waves, `all` every wave since 2014. The
methods see no truth. Shares of a real country turn, too: `walk` are worlds of 39 groups without any
trend, whose shares stay, or wander by 3 or 6 % a year. `interval` is how many of the filter's 80 %
intervals, before calibration, held the true share. The aim: five years ahead, the filter at least
2 % nearer than the mean share of three years.
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.forecast import Forecast, Method
from cauce.model.history import History
from cauce.outlook.shares import NAIVE, ShareForecast, filtered, forecast_shares

TRUTH = Path(__file__).parents[1] / "packs" / "demo" / "truth.csv"
BREAKDOWNS, SAMPLES = ("OCU", "ECO", "ISCO4"), (4_000, 12_000, 40_000)
AHEAD = np.array([1.0, 3.0, 5.0])
STEPS = (0.0, 0.03, 0.06)
FEWEST, AIM, Z80 = 5, 0.98, 1.2815515655446004
METHODS: dict[str, Method] = {"filter": filtered, **NAIVE}
Errors = dict[str, dict[int, list[float]]]


def truth(breakdown: str) -> tuple[Floats, Floats]:
    """Years (w,) and true employment by cell, shape (w, c)."""
    by_cell: dict[str, dict[int, float]] = defaultdict(dict)
    with TRUTH.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            others = set(row) - {"TIME_PERIOD", "INDICATOR", "OBS_VALUE", breakdown}
            if row["INDICATOR"] == "EMP_TEMP" and all(row[one] == "_T" for one in others):
                by_cell[row[breakdown]][int(row["TIME_PERIOD"])] = float(row["OBS_VALUE"])
    by_cell.pop("_T")
    years = sorted(set().union(*by_cell.values()))
    people = [[cell.get(year, 0.0) for cell in by_cell.values()] for year in years]
    return np.array(years, dtype=float), np.array(people)


def surveyed(years: Floats, people: Floats, n: int, rng: np.random.Generator) -> History:
    """What surveys of n workers a year say, with their errors."""
    total = people.sum(axis=1, keepdims=True)
    found = np.array([rng.multinomial(n, row) for row in people / total])
    share = found / n
    return History(
        ("CELL",), tuple((str(one),) for one in range(people.shape[1])), years, share * total,
        np.sqrt(share * (1 - share) / n) * total, found.astype(np.int32), ("",) * len(years),
    )  # fmt: skip


def since(history: History, first: int, last: int) -> History:
    waves = slice(first, last + 1)
    return History(
        history.dimensions, history.cells, history.years[waves], history.value[waves],
        history.se[waves], history.n[waves], history.standards[waves],
    )  # fmt: skip


def measure(past: History, at: int, true: Floats, errors: Errors, held: Errors) -> None:
    """Put the error of every method at every horizon that the truth reaches beside the others."""
    for name, method in METHODS.items():
        found = method(past, AHEAD)
        assert isinstance(found, Forecast), found
        share = found.value / found.value.sum(axis=1, keepdims=True)
        for place, years in enumerate(AHEAD.astype(int).tolist()):
            if at + years < len(true):
                apart = 50 * np.abs(share[place] - true[at + years]).sum()
                errors[name][years].append(float(apart))
    found_shares = forecast_shares(past, AHEAD)
    assert isinstance(found_shares, ShareForecast)
    for place, years in enumerate(AHEAD.astype(int).tolist()):
        if at + years < len(true):
            z = np.log(true[at + years]) - found_shares.log_share[place]
            inside = np.abs(z) <= Z80 * np.sqrt(found_shares.variance[place])
            held["filter"][years].append(float(inside.mean()))


def walk(step: float, sample: int) -> tuple[Floats, Floats]:
    """Years and employment of a world without trends, whose shares wander by so much a year."""
    rng = np.random.default_rng([sample, 39])
    share = rng.dirichlet(np.full(39, 1.5))
    moved = share * np.exp(np.cumsum(rng.normal(0, step, (12, 39)), axis=0))
    return np.arange(2014.0, 2026.0), 1e6 * moved / moved.sum(axis=1, keepdims=True)


def of(
    world: str, worlds: Iterable[tuple[Floats, Floats]], n: int, window: str
) -> dict[str, object]:
    """One line of the table: every method's mean dissimilarity at each horizon."""
    errors: Errors = defaultdict(lambda: defaultdict(list))
    held: Errors = defaultdict(lambda: defaultdict(list))
    cells = 0
    for sample, (years, people) in enumerate(worlds):
        true, cells = people / people.sum(axis=1, keepdims=True), people.shape[1]
        history = surveyed(years, people, n, np.random.default_rng([sample, n]))
        for at in range(FEWEST - 1, len(years) - 1):
            first = 0 if window == "all" else at - FEWEST + 1
            measure(since(history, first, at), at, true, errors, held)
    means = {
        name: {str(h): round(float(np.mean(found)), 2) for h, found in by_year.items()}
        for name, by_year in errors.items()
    }
    ratio = np.mean(errors["filter"][5]) / np.mean(errors["mean_share"][5])
    return {
        "world": world,
        "cells": cells,
        "n": n,
        "waves": window,
        "dissimilarity": means,
        "interval": {str(h): round(float(np.mean(x)), 2) for h, x in held["filter"].items()},
        "filter_to_mean_share_at_5": round(float(ratio), 3),
        "aim_reached": bool(ratio <= AIM),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--samples", type=int, default=20, help="surveys drawn of each year")
    samples = asked.parse_args().samples
    worlds: dict[str, list[tuple[Floats, Floats]]] = {
        breakdown: [truth(breakdown)] * samples for breakdown in BREAKDOWNS
    }
    worlds |= {f"walk {step}": [walk(step, one) for one in range(samples)] for step in STEPS}
    for (world, drawn), n, window in product(worlds.items(), SAMPLES, ("five", "all")):
        print(json.dumps(of(world, drawn, n, window)), flush=True)


if __name__ == "__main__":
    main()
