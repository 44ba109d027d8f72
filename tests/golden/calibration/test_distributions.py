"""Quantiles, Gini, low pay, gaps and shares after calibration equal R's (make_distributions.R)."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cauce.estimate import design_from_labels
from cauce.estimate.answers import Answers, Question
from cauce.estimate.calibration.targets import Target
from cauce.estimate.calibration.weights import calibrate
from cauce.estimate.cube import Estimates
from cauce.estimate.sweep import Sweep
from cauce.model.calibration import Distance
from cauce.model.indicator import Indicator
from cauce.model.sample import Score
from cauce.model.text import Text

HERE = Path(__file__).parent
EXPECTED: dict[str, Any] = json.loads((HERE / "distributions.json").read_text())
GROUPS = ["a", "b", "c", "d"]


def column(name: str) -> np.ndarray:
    with (HERE / "distributions.csv").open(newline="") as file:
        found = [row[name] for row in csv.DictReader(file)]
    if name in ("stratum", "psu", "group", "sex", "edu"):
        return np.array(found)
    return np.array([float(value or "nan") for value in found])


def indicator(name: str, estimator: str, **more: Any) -> Indicator:
    word = Text(name, name)
    return Indicator(name, word, word, estimator, "", "", "", "", 1, 1, "", **more)  # type: ignore[arg-type]


INDICATORS = [
    *(indicator(f"q{p}", "quantile", p=(p / 100,)) for p in (10, 50, 90)),
    indicator("gini", "gini"),
    indicator("d9d1", "quantile_ratio", p=(0.9, 0.1)),
    indicator("low", "low", p=(0.5,), fraction=2 / 3),
    *(indicator(name, name) for name in ("difference", "relative_gap", "quotient")),
    indicator("rate_difference", "difference"),
    indicator("factor_gap", "factor_gap"),
    indicator("dissimilarity", "dissimilarity"),
    indicator("share", "share", within="OCC"),
    indicator("bill", "share", within="OCC"),
]


def score_of(name: str, estimator: str) -> Score:
    answered = ~np.isnan(column("pay"))
    pay, men = np.nan_to_num(column("pay")), column("sex") == "M"
    one = np.ones(len(pay))
    if name == "rate_difference":
        force = answered & (column("l") == 1)
        return Score(name, force, column("u"), None, 0, False, "difference", None, men, ~men)
    people = name in ("dissimilarity", "share")
    found = Score(name, answered, one if people else pay, None, 0, not people, estimator)  # type: ignore[arg-type]
    more: dict[str, Any] = {}
    if estimator in ("difference", "relative_gap", "quotient", "factor_gap", "dissimilarity"):
        more = {"first": men, "second": ~men}
    if estimator == "factor_gap":
        more["factors"] = (column("edu").astype(np.int32),)
    if estimator == "dissimilarity":
        more["across"] = column("occ").astype(np.int32)
    return Score(**(vars(found) | more))


@pytest.fixture(scope="module")
def answers() -> Answers:
    design = design_from_labels(column("stratum"), column("psu"), column("weight"), None, "stratum")
    both = np.char.add(column("edu"), column("sex"))
    totals: dict[str, float] = EXPECTED["totals"]
    codes = np.searchsorted(sorted(totals), both)
    everyone = np.zeros(len(both), dtype=np.int64)
    targets = [
        Target("edu by sex", codes, tuple(totals), np.array(list(totals.values()))),
        Target("l", everyone, ("",), np.array([EXPECTED["force"]]), column("l")),
    ]
    raked = calibrate(design, targets, Distance("raking")).design
    groups = np.searchsorted(GROUPS, column("group")).astype(np.int32)
    found = Answers(Sweep(raked), [groups, column("occ").astype(np.int32)], [4, 6])
    found.ask([question(one) for one in INDICATORS])
    return found


def question(one: Indicator) -> Question:
    dims = frozenset({(1,), (0, 1)} if one.within else {(), (0,)})
    within, known = (1, 4) if one.within else (-1, 0)
    return Question(one, score_of(one.id, one.estimator), dims, within, known)


def place(answers: Answers, row: dict[str, Any]) -> tuple[Estimates, int]:
    """The estimates a row of R is about, and which of them."""
    name, group = row["statistic"], row["group"]
    at = 0 if group == "all" else GROUPS.index(group)
    if name[:-1] in ("share", "bill"):
        dims = (1,) if group == "all" else (0, 1)
        cell = int(name[-1]) if group == "all" else at * 6 + int(name[-1])
        found = np.flatnonzero(answers.grouping(dims).ids == cell)
        return answers.found[name[:-1], dims], int(found[0]) if len(found) else -1
    return answers.found[name, () if group == "all" else (0,)], at


@pytest.mark.parametrize(
    "row", EXPECTED["rows"], ids=lambda row: f"{row['statistic']} {row['group']}"
)
def test_values_errors_and_intervals_are_those_of_r(answers: Answers, row: dict[str, Any]) -> None:
    found, at = place(answers, row)
    if at < 0:
        assert row["value"] == 0
        return
    # R maximises the likelihood of a difference by search: that has half the digits, and fewer
    # where it is flat. What is linearised there by steps has fewer, too.
    exact = 1e-4 if row["statistic"] == "dissimilarity" else 1e-10
    by_steps = 1e-6 if row["statistic"] in ("dissimilarity", "factor_gap") else 1e-9
    assert found.value[at] == pytest.approx(row["value"], rel=exact, abs=1e-12)
    if row["se"] is None:
        assert np.isnan(found.se[at])
        return
    if row["se"] == 0 and row["statistic"][0] in "qd":
        return  # a single amount, or none: told in test_amounts.py
    assert found.se[at] == pytest.approx(row["se"], rel=by_steps, abs=1e-12)
    for name, ours in (("n", found.n), ("df", found.df)):
        if row[name] not in (None, "NA"):
            assert ours[at] == row[name]
    if row["low"] not in (None, "NA"):
        assert found.ci_low[at] == pytest.approx(row["low"], rel=1e-8)
        assert found.ci_high[at] == pytest.approx(row["high"], rel=1e-8)
