"""The invented country's occupations and industries as a survey of some size would have them.

Three levels: ISCO-08 of 1 and 2 digits, and broad industry. `surveyed` draws the survey's own
design, with the PSUs that its waves share, and estimates errors from its PSUs; `sized` draws
people at random, with a design effect, for any number of respondents. Both bring the numbers and
the shares of each level, and so does `true`, without an error.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.history import History
from cauce.sources.invented import draw, live
from cauce.sources.invented.country import SEED, YEARS
from cauce.sources.invented.known import CODES, classes

TRUTH = Path(__file__).parents[1] / "packs" / "demo" / "truth.csv"
UNITS = CODES["ISCO4"]
LEVELS = {
    "ISCO 1": tuple(dict.fromkeys(unit[:1] for unit in UNITS)),
    "ISCO 2": tuple(dict.fromkeys(unit[:2] for unit in UNITS)),
    "industry": CODES["ECO"],
}
DEFF, CV_OF_TOTAL = 1.5, 0.012
"""Design effect of shares; coefficient of variation of total employment with 12,000 workers."""


@dataclass(frozen=True)
class Both:
    """A level as numbers of workers and as shares of all of them."""

    numbers: History
    shares: History


def true() -> dict[str, Both]:
    """What a census would have counted, by level."""
    found = {name: np.zeros((len(YEARS), len(codes))) for name, codes in LEVELS.items()}
    for year, dimension, code, value in _facts():
        at = YEARS.index(year)
        if dimension == "ECO":
            found["industry"][at, LEVELS["industry"].index(code)] += value
        else:
            for digits in (1, 2):
                level = f"ISCO {digits}"
                found[level][at, LEVELS[level].index(code[:digits])] += value
    return {name: _both(name, value, 0 * value, 0 * value, value) for name, value in found.items()}


def _facts() -> Iterator[tuple[int, str, str, float]]:
    with TRUTH.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            told = {name for name in row if name.isupper() and row[name] not in ("_T", "")}
            told -= {"TIME_PERIOD", "INDICATOR", "OBS_VALUE"}
            if row["INDICATOR"] == "EMP_TEMP" and told in ({"ISCO4"}, {"ECO"}):
                dimension = told.pop()
                yield int(row["TIME_PERIOD"]), dimension, row[dimension], float(row["OBS_VALUE"])


def sized(rng: np.random.Generator, workers: int, deff: float = DEFF) -> dict[str, Both]:
    """One survey a year of so many workers, drawn at random with a design effect, by level."""
    effective, off = workers / deff, CV_OF_TOTAL * np.sqrt(12_000 / workers)
    missed = np.exp(rng.normal(0, off, len(YEARS)))
    found = {}
    for name, truth in true().items():
        drawn = rng.multinomial(round(effective), truth.shares.value) / round(effective)
        value = drawn * (truth.numbers.value.sum(axis=1) * missed)[:, None]
        own = np.sqrt(drawn * (1 - drawn) / effective)
        with np.errstate(divide="ignore", invalid="ignore"):
            se = value * np.sqrt((own / drawn) ** 2 + off**2)
        found[name] = _both(name, value, se, own, drawn * workers)
    return found


@dataclass(frozen=True)
class _Wave:
    unit: Ints
    industry: Ints
    weight: Floats
    stratum: Ints
    psu: Ints


def surveyed(number: int) -> dict[str, Both]:
    """One draw of the survey's own design through all years, by level; some three seconds."""
    waves = [_wave(year, number) for year in YEARS]
    found = {}
    for name, codes in LEVELS.items():
        numbers = [_estimated(wave, _cell(name, wave), len(codes)) for wave in waves]
        found[name] = _both(name, *(np.stack(part) for part in zip(*numbers, strict=True)))
    return found


def _wave(year: int, number: int) -> _Wave:
    drawn = draw(SEED, year, f"draw {number}")
    people = live(SEED, year, drawn.where)
    own, home = classes(people), people.people.dwelling
    stratum, psu, _ = drawn.where
    work = own["ISCO4"] < len(UNITS)
    named = (own["ISCO4"], own["ECO"], drawn.weight[home], stratum[home], psu[home])
    return _Wave(*(part[work] for part in named))


def _cell(level: str, wave: _Wave) -> Ints:
    if level == "industry":
        return wave.industry
    codes, digits = LEVELS[level], int(level[-1])
    return np.array([codes.index(unit[:digits]) for unit in UNITS])[wave.unit]


def _estimated(wave: _Wave, cell: Ints, cells: int) -> tuple[Floats, Floats, Floats, Ints]:
    """Numbers, their errors and those of shares from PSU totals within strata, respondents."""
    names, at = np.unique(wave.stratum * 1000 + wave.psu, return_inverse=True)
    totals = np.zeros((len(names), cells))
    np.add.at(totals, (at, cell), wave.weight)
    number = totals.sum(axis=0)
    linear = totals - number / number.sum() * totals.sum(axis=1, keepdims=True)
    errors = [np.sqrt(_variance(each, names // 1000)) for each in (totals, linear / number.sum())]
    return number, *errors, np.bincount(cell, minlength=cells)


def _variance(totals: Floats, stratum: Ints) -> Floats:
    """Of the sum of PSU totals, with replacement within strata."""
    count = np.bincount(stratum)[:, None]
    mean, between = np.zeros((2, len(count), totals.shape[1]))
    np.add.at(mean, stratum, totals)
    np.add.at(between, stratum, (totals - (mean / count)[stratum]) ** 2)
    return (count / (count - 1) * between).sum(axis=0)


def _both(level: str, value: Floats, se: Floats, share_se: Floats, n: Floats | Ints) -> Both:
    share = value / value.sum(axis=1, keepdims=True)
    return Both(_history(level, value, se, n), _history(level, share, share_se, n))


def _history(level: str, value: Floats, se: Floats, n: Floats | Ints) -> History:
    error = np.where(value > 0, se, np.nan)
    count: Codes = np.rint(n).astype(np.int32)
    codes = tuple((code,) for code in LEVELS[level])
    return History(("CELL",), codes, np.array(YEARS, float), value, error, count,
                   ("08",) * len(YEARS))  # fmt: skip
