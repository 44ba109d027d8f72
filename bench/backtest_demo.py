"""Back-test on the invented country, whose truth of twelve years is known; prints JSON.

    python bench/backtest_demo.py [SAMPLES] [design|WORKERS …]

For surveys of several sizes (people at random, design effect 1.5) and for the survey's own design
(`design`: 28,000 workers, three in four PSUs shared by neighbouring waves): dissimilarity of the
model, the plain rules and what the gate publishes, and coverage of intervals of 50 and 80 %, at
each level and horizon, against the truth. Every gate and every inflation is decided at the origin,
from waves up to it. `numbers` are of workers and not of shares: then the year 2020, when every
sixth worker was out of work, is missed by everybody; it is shown with and without it, and without
means that 2020 and 2021 are neither judged nor learnt from. All cells of an origin share the error
of one total: `coverage_80_se` is the standard error of the coverage with origins drawn anew, as if
each were independent of the next and truths were many; there is one truth, so it says too little.
"""

import json
import sys
from collections import defaultdict
from dataclasses import replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.forecast import Forecast, Method
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.outlook.proving import (
    LEAST,
    Trials,
    as_known,
    champion,
    coverages,
    floors,
    inflation,
    trials,
)
from cauce.outlook.proving.calibration import log_error
from cauce.outlook.shares import NAIVE, SETTINGS, filtered, forecast_shares
from invented_country import LEVELS, Both, sized, surveyed, true

HORIZONS = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
RULES = ("no_change", "mean_share", "constant_share", "drift", "damped_drift", "level_trend")
MODEL, FALLBACK = "filter", "mean_share"
SHOCK = (2020.0, 2021.0)
Z80 = 1.2815515655446004
KINDS = ("shares", "numbers", "numbers_without_2020_21")


def of_shares(history: History, horizons: Floats) -> Forecast | NotProducible:
    """The filter's shares with the error of shares, and not of what they are shares of."""
    found = forecast_shares(history, horizons)
    if isinstance(found, NotProducible):
        return found
    return Forecast(horizons, np.exp(found.log_share), found.variance)


def without(history: History, horizons: Floats) -> Forecast | NotProducible:
    """The filter's numbers, with nothing learnt from the years of the pandemic."""
    settings = replace(SETTINGS, leave_out=tuple(int(year) for year in SHOCK))
    found = forecast_shares(history, horizons, settings)
    return found if isinstance(found, NotProducible) else found.forecast()


def main(samples: int, sizes: list[str]) -> None:
    told = {size: of_size(size, samples, KINDS) for size in sizes}
    print(json.dumps({"samples": samples, "origins": "2016 to 2024", "sizes": told}, indent=1))


def of_size(size: str, samples: int, kinds: tuple[str, ...]) -> dict:
    """By kind of number, level and horizon, the mean scores over samples of one size."""
    truth = true()
    seen: dict = {kind: [] for kind in kinds}
    for number in range(samples):
        drawn = surveyed(number) if size == "design" else _sized(int(size), number)
        for level in LEVELS:
            for kind in kinds:
                seen[kind].append((level, _kind(kind, drawn[level], truth[level])))
    return {kind: _told(walks) for kind, walks in seen.items()}


def _sized(workers: int, number: int) -> dict[str, Both]:
    return sized(np.random.default_rng([workers, number]), workers)


def _kind(kind: str, drawn: Both, truth: Both) -> dict[float, dict]:
    if kind == "shares":
        return _walk(drawn.shares, truth.shares, {MODEL: of_shares})
    if kind == "numbers_without_2020_21":
        return _walk(drawn.numbers, truth.numbers, {MODEL: without}, SHOCK)
    return _walk(drawn.numbers, truth.numbers, {MODEL: filtered})


def _walk(
    history: History, truth: History, model: dict[str, Method],
    leave_out: tuple[float, ...] = (),
) -> dict[float, dict]:  # fmt: skip
    """By horizon, what an office would have published at each origin, beside the truth."""
    methods = {**model, **{name: NAIVE[name] for name in RULES}}
    seen = trials(as_known(history), history, methods, HORIZONS, leave_out)
    real = trials(as_known(history), truth, methods, HORIZONS, leave_out)
    found: dict = {}
    for at, horizon in enumerate(HORIZONS):
        there = np.isfinite(real.observed[:, at]).any(axis=1)
        chosen, factor = [], []
        for year in seen.origins:
            past = seen.until(year)
            chosen.append(champion(past, at, MODEL, FALLBACK).method)
            factor.append(inflation([past], MODEL, LEAST).factor[at])
        found[float(horizon)] = _scores(real, at, there, chosen, np.array(factor), seen)
    return found


def _scores(
    real: Trials, at: int, there: Floats, chosen: list[str], factor: Floats, seen: Trials
) -> dict:
    apart = {name: _apart(real, name, at)[there].mean() for name in real.value}
    gated = [_apart(real, name, at)[o] for o, name in enumerate(chosen) if there[o]]
    raw, own = (coverages(real, MODEL, each, at) for each in (1.0, factor))
    return {
        "apart": {**apart, "gate": float(np.mean(gated))},
        "model_published": float(np.mean([chosen[o] == MODEL for o in np.flatnonzero(there)])),
        "inflation": float(factor[there].mean()),
        "raw_80": raw[1].achieved,
        "coverage_50": own[0].achieved,
        "coverage_80": own[1].achieved,
        "coverage_80_se": _error_of_coverage(real, at, factor),
        "width_80": own[1].width,
        "floor": floors(seen, at)[1],
        "origins": int(there.sum()),
    }


def _error_of_coverage(real: Trials, at: int, factor: Floats) -> float:
    """Standard error of the coverage of 80 %, from how it differs between origins."""
    error = log_error(real, MODEL)[:, at]
    spread = real.variance[MODEL][:, at] * factor[:, None]
    told = np.isfinite(error) & (spread > 0)
    inside = (np.abs(error) <= Z80 * np.sqrt(np.where(told, spread, 1.0))) & told
    there = told.any(axis=1)
    by_origin = inside[there].sum(axis=1) / told[there].sum(axis=1)
    return float(by_origin.std(ddof=1) / np.sqrt(len(by_origin))) if len(by_origin) > 1 else np.nan


def _apart(real: Trials, name: str, at: int) -> Floats:
    """Dissimilarity of what a method said and the truth, by origin."""
    said, came = real.value[name][:, at], real.observed[:, at]
    common = np.isfinite(said) & np.isfinite(came)
    said, came = np.where(common, said, 0), np.where(common, came, 0)
    with np.errstate(invalid="ignore"):
        shares = [each / each.sum(axis=1, keepdims=True) for each in (said, came)]
    return np.abs(shares[0] - shares[1]).sum(axis=1) / 2


def _told(walks: list[tuple[str, dict[float, dict]]]) -> dict:
    by_level: dict = defaultdict(lambda: defaultdict(list))
    for level, walk in walks:
        for horizon, scores in walk.items():
            by_level[level][f"h={horizon:g}"].append(scores)
    return {
        level: {horizon: _mean(each) for horizon, each in found.items()}
        for level, found in by_level.items()
    }


def _mean(each: list[dict]) -> dict:
    apart = {
        name: round(100 * float(np.mean([one["apart"][name] for one in each])), 2)
        for name in each[0]["apart"]
    }
    rest = {
        name: round(float(np.mean([one[name] for one in each])), 3)
        for name in each[0] if name != "apart"
    }  # fmt: skip
    gain = {
        f"{name}_over_mean_share": round(apart[name] / apart[FALLBACK], 3)
        for name in (MODEL, "gate")
    }
    return {"dissimilarity_pct": apart, **gain, **rest}


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 4,
        sys.argv[2:] or ["1500", "4000", "12000", "40000", "design"],
    )
