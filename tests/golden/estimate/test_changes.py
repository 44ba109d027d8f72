"""Differences of quantiles, Gini, low pay, shares and gaps equal R's (make_changes.R)."""

import csv
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cauce.estimate import change, compare, design_from_labels, pooled
from cauce.model.codelist import Code
from cauce.model.comparison import Comparisons
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.pair import Pair
from cauce.model.sample import Sample, Score
from cauce.model.text import Text

HERE = Path(__file__).parent
EXPECTED: list[dict[str, Any]] = json.loads((HERE / "changes.json").read_text())["rows"]
GROUPS, SEXES, CODES = ["a", "b", "c", "d"], ["F", "M"], ["0", "1", "2", "3"]
WORD = Text("x", "x")


def indicator(name: str, estimator: str, **more: Any) -> Indicator:
    return Indicator(name, WORD, WORD, estimator, "", "", "", "", 1, 1, "", **more)  # type: ignore[arg-type]  # a word of the test


INDICATORS = (
    indicator("q50", "quantile", p=(0.5,)),
    indicator("d9d1", "quantile_ratio", p=(0.9, 0.1)),
    indicator("gini", "gini"),
    indicator("low", "low", p=(0.5,), fraction=0.9),
    indicator("gap", "relative_gap"),
    indicator("share", "share", within="OCC"),
)


def dimension(name: str, *codes: str) -> Dimension:
    return Dimension(name, WORD, tuple(Code(code, WORD) for code in codes), f"CL_{name}")


OWN = [dimension(n, "_T", *c, "_U", "_Z") for n, c in (("GROUP", GROUPS), ("SEX", SEXES))]
OCC = dimension("OCC", "_T", *CODES, "_U", "_Z")


def flow(*own: Dimension) -> Dataflow:
    names = [one.id for one in INDICATORS]
    fixed = (
        dimension("FREQ", "A"),
        dimension("REF_AREA", "X"),
        dimension("INDICATOR", *names),
    )
    dimensions = (*fixed, *own, dimension("TIME_PERIOD", "1", "2", "3"))
    source, method = Source("S", "X", WORD, WORD, "", "", True), Method("", "", "", "", "", "")
    return Dataflow("F", "1.0", WORD, dimensions, INDICATORS, source, method)


WAVES, PAIRED = flow(OWN[0], OCC), flow(*OWN, OCC)


def year(waves: str, fpc: bool) -> Sample:
    """Two waves pooled; 4 and 5 are waves 2 and 1 with the pay of changes_years.csv."""
    if waves == "12":
        return pooled([sample("1", fpc), sample("2", fpc)], "1")
    with (HERE / "changes_years.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    quarters = []
    for wave, like in (("4", "2"), ("5", "1")):
        pay = np.array([row["pay"] for row in rows if row["wave"] == wave], dtype=float)
        old = sample(like, fpc)
        scores = tuple(
            score if score.indicator == "share" else replace(score, numerator=pay)
            for score in old.scores
        )
        quarters.append(replace(old, period=wave, scores=scores))
    return pooled(quarters, "2")


def sample(wave: str, fpc: bool) -> Sample:
    with (HERE / "waves.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["wave"] == wave]

    def of(name: str) -> np.ndarray:
        return np.array([row[name] for row in rows])

    y, weight, size = (of(name).astype(float) for name in ("y", "weight", "total_psus"))
    pay, men, everyone = 200 + 5 * y, of("sex") == "M", np.ones(len(rows), dtype=np.bool_)
    scores = [Score(one.id, everyone, pay, None, 0, True, one.estimator) for one in INDICATORS[:4]]
    scores += [
        Score("gap", everyone, pay, None, 0, True, "relative_gap", None, men, ~men),
        Score("share", everyone, np.ones(len(rows)), None, 0, False, "share"),
    ]
    labels = of("stratum"), of("psu")
    return Sample(
        period=wave,
        design=design_from_labels(*labels, weight, size if fpc else None, "stratum", "certainty"),
        columns={
            "GROUP": np.searchsorted(GROUPS, of("group")).astype(np.int32),
            "SEX": np.searchsorted(SEXES, of("sex")).astype(np.int32),
            "OCC": (np.floor(y) % 4).astype(np.int32),
        },
        scores=tuple(scores),
    )


@cache
def found(kind: str, fpc: bool) -> Comparisons:
    if kind == "years":
        return change(year("12", fpc), year("45", fpc), [WAVES])[0]
    if kind in ("same", "some"):
        return change(sample("1", fpc), sample("2" if kind == "same" else "3", fpc), [WAVES])[0]
    pair = Pair("P", WORD, "SEX", "M", "F")
    if kind == "codes":
        pair = Pair("P", WORD, "OCC", "0", "2")
    return compare(sample("1", fpc), [PAIRED], [pair])[0]


def place(of: Comparisons, row: dict[str, Any]) -> int:
    """Where the comparison a row of R is about stands."""
    name = row["statistic"]
    code = int(name[-1]) + 1 if name[:-1] == "share" else 0
    group = 0 if row["group"] == "all" else GROUPS.index(row["group"]) + 1
    indicator = [one.id for one in INDICATORS].index("share" if name[:5] == "share" else name)
    wanted = {2: indicator, 3: group, of.key.shape[1] - 2: code}
    mine = np.all([of.key[:, at] == value for at, value in wanted.items()], axis=0)
    if of.key.shape[1] == 7:
        mine &= of.key[:, 4] == 0
    (at,) = np.flatnonzero(mine)
    return int(at)


def test_changes_and_pairs_of_every_kind_were_asked() -> None:
    kinds = {(row["kind"], row["statistic"]) for row in EXPECTED}
    assert len(kinds) == 27
    assert len(EXPECTED) == 162


@pytest.mark.parametrize("fpc", [False, True])
@pytest.mark.parametrize("kind", ["same", "some", "sexes", "codes", "years"])
def test_differences_of_what_is_no_ratio_are_those_of_r(kind: str, fpc: bool) -> None:
    for row in (row for row in EXPECTED if row["kind"] == kind and row["fpc"] == fpc):
        of = found(kind, fpc)
        at = place(of, row)
        assert of.difference[at] == pytest.approx(row["value"], rel=1e-9, abs=1e-12), row
        # Shares of two years whose people are the same did not change: an error of last digits.
        assert of.se[at] == pytest.approx(row["se"], rel=1e-8, abs=2e-9), row


# Of groups of some forty people the bootstrap of the first decile is no witness.
AGAIN = [
    row
    for row in EXPECTED
    if row["again"] not in (None, "NA") and (row["statistic"] != "d9d1" or row["group"] == "all")
]


@pytest.mark.parametrize("row", AGAIN, ids=lambda row: f"{row['statistic']} {row['group']}")
def test_replicates_of_both_waves_find_about_the_same_error(row: dict[str, Any]) -> None:
    """The bootstrap takes the PSUs of both waves together: another way to their covariance."""
    of = found("same", False)
    assert 0.6 < of.se[place(of, row)] / row["again"] < 1.6
