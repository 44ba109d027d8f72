"""The US Bureau of Labor Statistics' projections, and plain rules, against its later base years.

    python bench/backtest_bls.py FOLDER

FOLDER holds the four vintages by occupation (`BLS_EP_occupation_*`: base years 2016, 2019, 2020
and 2024; target years 2026, 2029, 2030 and 2034), which are no part of Cauce. Prints JSON.

No target year has come yet. A projection is read at a later base year on the straight line of
logarithms between its base and its target year, which is how it must be going if it is to come
true; BLS publishes no path. Only occupations whose SOC code is in both vintages are compared: 2019
brought the SOC of 2018, so that a code that stayed may still have changed what it means, and codes
that were merged or split are left out, with their workers. 2020, the base year of the pandemic, is
reported apart. Numbers are BLS's own estimates; they come without errors, so that there is neither
coverage nor a noise floor. Damped drift and the filter need a history: there are two base years
before 2020, three before 2024, and the filter asks for three.
"""

import csv
import json
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from openpyxl import load_workbook

from cauce.model.arrays import Floats
from cauce.model.forecast import Forecast, Method
from cauce.model.history import History
from cauce.outlook.shares import NAIVE, filtered

FILES = {
    2016: ("BLS_EP_occupation_2016_26.xlsx", "Table 1.2", 1, 3, 4),
    2019: ("BLS_EP_occupation_2019_29.xlsx", "Table 1.2", 1, 3, 4),
    2020: ("BLS_EP_occupation_2020_30.csv", "", 1, 2, 3),
    2024: ("BLS_EP_occupation_2024_34.xlsx", "Table 1.2", 1, 3, 4),
}
"""File, sheet, and the columns of the code, the base year's and the target year's thousands."""
YEARS_AHEAD = 10
PAIRS = ((2016, 2019), (2016, 2024), (2019, 2024), (2016, 2020), (2019, 2020), (2020, 2024))
PANDEMIC = 2020
TRUSTED = ("no_change", "constant_share", "mean_share", "drift", "damped_drift")


@dataclass(frozen=True)
class Vintage:
    """Thousands of workers by detailed occupation: in the base year and as projected."""

    base: dict[str, float]
    projected: dict[str, float]


def main(folder: Path) -> None:
    vintages = {year: _read(folder, year) for year in FILES}
    told = {
        "occupations": {year: len(one.base) for year, one in vintages.items()},
        "without_the_pandemic": [
            _compare(vintages, *pair) for pair in PAIRS if PANDEMIC not in pair
        ],
        "with_2020_as_base_or_outcome": [
            _compare(vintages, *pair) for pair in PAIRS if PANDEMIC in pair
        ],
    }
    print(json.dumps(told, indent=1))


def _read(folder: Path, year: int) -> Vintage:
    file, sheet, code, base, target = FILES[year]
    rows = _csv(folder / file) if file.endswith(".csv") else _sheet(folder / file, sheet)
    found = [(row[code].strip('="'), row[base], row[target]) for row in rows]
    numbers = [(soc, _number(now), _number(then)) for soc, now, then in found]
    return Vintage({soc: now for soc, now, _ in numbers}, {soc: then for soc, _, then in numbers})


def _csv(path: Path) -> list[list[str]]:
    """The file of 2020–30 has detailed occupations alone, and footnotes without a code."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file) if len(row) > 3 and _detailed(row[1].strip('="'))]


def _sheet(path: Path, sheet: str) -> list[list]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = load_workbook(path, read_only=True, data_only=True)[sheet].iter_rows(
            values_only=True
        )
        return [list(row) for row in rows if row[2] == "Line item" and _detailed(row[1])]


def _detailed(code: object) -> bool:
    return isinstance(code, str) and len(code) == 7 and code[2] == "-"


def _number(value: object) -> float:
    return float(str(value).replace(",", ""))


def _compare(vintages: dict[int, Vintage], origin: int, outcome: int) -> dict:
    known = [year for year in vintages if year <= origin]
    first, then = vintages[origin], vintages[outcome]
    same = sorted(set(first.base) & set(then.base))
    with_past = sorted(set(same).intersection(*(vintages[year].base for year in known)))
    ahead = outcome - origin
    told = {
        "origin": origin,
        "outcome": outcome,
        "years": ahead,
        "occupations_with_the_same_code": len(same),
        "left_out": {
            "codes_of_the_origin": len(first.base) - len(same),
            "share_of_its_workers_pct": _left(first.base, same),
            "codes_of_the_outcome": len(then.base) - len(same),
            "share_of_their_workers_pct": _left(then.base, same),
        },
        "everything_grows_pct": round(100 * _grow(first, then, same), 1),
    }
    told["scores_on_the_same_codes"] = _scores(vintages, [origin], same, then, ahead, origin)
    if len(known) > 1:
        told["codes_in_all_base_years_so_far"] = len(with_past)
        told["scores_with_a_history"] = _scores(vintages, known, with_past, then, ahead, origin)
    return told


def _left(numbers: dict[str, float], kept: list[str]) -> float:
    return abs(round(100 * (1 - sum(numbers[soc] for soc in kept) / sum(numbers.values())), 1))


def _grow(first: Vintage, then: Vintage, codes: list[str]) -> float:
    return float(np.mean([then.base[soc] > first.base[soc] for soc in codes]))


def _scores(
    vintages: dict[int, Vintage], known: list[int], codes: list[str], then: Vintage, ahead: int,
    origin: int,
) -> dict:  # fmt: skip
    value = np.array([[vintages[year].base[soc] for soc in codes] for year in known])
    start, came = value[-1], np.array([then.base[soc] for soc in codes])
    target = np.array([vintages[origin].projected[soc] for soc in codes])
    said = {"BLS": start * (target / start) ** (ahead / YEARS_AHEAD), "no_change": start}
    if len(known) > 1:
        history = _history(known, codes, value)
        for name, method in _methods(len(known)).items():
            found = method(history, np.array([float(ahead)]))
            if isinstance(found, Forecast):
                said[name] = found.value[0]
    # A total that is known: how good the shares alone are, as if somebody else forecast the total.
    said["constant_share_of_the_true_total"] = start * came.sum() / start.sum()
    return {name: _score(each, came, start) for name, each in said.items()}


def _methods(waves: int) -> dict[str, Method]:
    rules = {name: NAIVE[name] for name in TRUSTED if name != "no_change"}
    return {**rules, "filter": filtered} if waves > 2 else rules


def _history(known: list[int], codes: list[str], value: Floats) -> History:
    """BLS gives no errors: respondents stand for them, one a thousand workers at least."""
    count = np.maximum(value * 10, 1).astype(np.int32)
    return History(
        ("SOC",), tuple((soc,) for soc in codes), np.array(known, float), value,
        np.full(value.shape, np.nan), count, ("SOC",) * len(known),
    )  # fmt: skip


def _score(said: Floats, came: Floats, start: Floats) -> dict[str, float]:
    growth, truth = np.sign(said - start), np.sign(came - start)
    ahead = np.sign(said / start - said.sum() / start.sum())
    faster = np.sign(came / start - came.sum() / start.sum())
    shares = np.abs(said / said.sum() - came / came.sum()).sum() / 2
    told = np.abs(said / start - said.sum() / start.sum()) > 1e-9
    pct = {
        "wape": np.abs(said - came).sum() / came.sum(),
        "dissimilarity": shares,
        "mdape": np.median(np.abs(said / came - 1)),
        "total_growth_said": said.sum() / start.sum() - 1,
        "total_growth_came": came.sum() / start.sum() - 1,
        "direction": (growth == truth).mean(),
        "faster_than_average": (ahead == faster)[told].mean() if told.any() else np.nan,
    }
    return {f"{name}_pct": _round(number) for name, number in pct.items()}


def _round(fraction: float) -> float | None:
    return round(100 * float(fraction), 2) if np.isfinite(fraction) else None


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
