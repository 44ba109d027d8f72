"""Every estimator under every kind of replicate weights equals R's survey (make.R)."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cauce.estimate import design_of
from cauce.estimate.answers import Answers, Question
from cauce.estimate.sweep import Sweep
from cauce.model.drawn import Drawn
from cauce.model.indicator import Indicator
from cauce.model.replication import Replicates, Replication
from cauce.model.sample import Score
from cauce.model.text import Text

HERE = Path(__file__).parent
FOUND: dict[str, Any] = json.loads((HERE / "expected.json").read_text())
EXPECTED: list[dict[str, Any]] = FOUND["rows"]
GROUPS = ["a", "b", "c", "d"]
COLUMNS = {"brr": 8, "fay": 8, "jk": 21, "jkn": 21, "boot": 24, "sdr": 20, "free": 10, "made": 30}
GIVEN = {
    "brr": ("brr", Replicates("brr")),
    "fay": ("fay", Replicates("fay", rho=0.3)),
    "jk1": ("jk", Replicates("jk1")),
    "jk2": ("brr", Replicates("jk2")),
    "jkn": ("jkn", Replicates("jkn", rscales=tuple(FOUND["rscales"]))),
    "bootstrap": ("boot", Replicates("bootstrap")),
    "sdr": ("sdr", Replicates("sdr")),
    "other": (
        "free",
        Replicates("other", scale=FOUND["free"]["scale"], rscales=tuple(FOUND["free"]["rscales"])),
    ),
}
JACKKNIVES = ("jk1", "jk2", "jkn", "made_jkn", "made_jkn_fpc")
UNSMOOTH = ("d9d1", "low")


@cache
def rows() -> list[dict[str, str]]:
    found = []
    for name in ("sample.csv", "made.csv"):
        with (HERE / name).open(newline="") as file:
            found.append(list(csv.DictReader(file)))
    return [one | other for one, other in zip(*found, strict=True)]


def text(name: str) -> np.ndarray:
    return np.array([row[name] for row in rows()])


def column(name: str) -> np.ndarray:
    return np.array([float(row[name] or "nan") for row in rows()])


def drawn(name: str, mse: bool) -> Drawn:
    stratum, psu, fpc, policy = text("stratum"), text("psu"), None, "refuse"
    if name in GIVEN:
        prefix, said = GIVEN[name]
        names = [f"{prefix}{at}" for at in range(1, COLUMNS[prefix] + 1)]
        weights = np.stack([column(each) for each in names], axis=1)
        found = Replication(Replicates(**(vars(said) | {"mse": mse})), weights)
        stratum, psu = np.zeros(len(stratum)), np.arange(len(stratum))  # not asked for
    elif name.startswith(("made_jkn", "lonely")):
        found = Replication(Replicates(made="jkn", mse=mse))
    else:
        found = Replication(Replicates(made="bootstrap", count=30, seed=20261127, mse=mse))
    if name.endswith("fpc"):
        fpc = column("total")
    if name.startswith("lonely"):
        policy = name.removeprefix("lonely_")
        psu = np.where(np.isin(stratum, ["S03", "S06"]), "P01", psu)
    return Drawn(stratum, psu, column("weight"), fpc, "stratum", policy, replicates=found)


def indicator(name: str, estimator: str, **more: Any) -> Indicator:
    word = Text(name, name)
    return Indicator(name, word, word, estimator, "", "", "", "", 1, 1, "", **more)  # type: ignore[arg-type]


LINEAR = [
    indicator("total", "total"),
    indicator("people", "total"),
    indicator("mean", "mean"),
    indicator("rate", "rate"),
    indicator("ratio", "ratio"),
]
BENT = [
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
    everyone = np.ones(len(answered), dtype=np.bool_)
    pay, men = np.where(answered, column("pay"), 0.0), text("sex") == "M"
    one = np.ones(len(pay))
    match name:
        case "people":
            return Score(name, everyone, one, None, 0, False, "total")
        case "rate":
            return Score(name, column("l") == 1, column("u"), None, 0, False, "rate")
        case "ratio":
            return Score(
                name, answered, pay, np.where(answered, column("edu"), 0.0), 0, True, "ratio"
            )
    if name == "rate_difference":
        force = answered & (column("l") == 1)
        return Score(name, force, column("u"), None, 0, False, "difference", None, men, ~men)
    people = name in ("dissimilarity", "share")
    found = Score(name, answered, one if people else pay, None, 0, not people, estimator)  # type: ignore[arg-type]
    compared = {"first": men, "second": ~men}
    if estimator in ("difference", "relative_gap", "quotient"):
        return Score(**(vars(found) | compared))
    if estimator == "factor_gap":
        return Score(**(vars(found) | compared | {"factors": (column("edu").astype(np.int32),)}))
    if estimator == "dissimilarity":
        return Score(**(vars(found) | compared | {"across": column("occ").astype(np.int32)}))
    return found


@cache
def answers(name: str, mse: bool) -> Answers:
    codes = np.searchsorted(GROUPS, text("group")).astype(np.int32)
    occ = column("occ").astype(np.int32)
    found = Answers(Sweep(design_of(drawn(name, mse))), [codes, occ], [4, 6])
    bent = [own for own in BENT if name not in JACKKNIVES or own.id not in UNSMOOTH]
    found.ask(
        [
            Question(
                own,
                score_of(own.id, own.estimator),
                frozenset({(1,), (0, 1)} if own.within else {(), (0,)}),
                1 if own.within else -1,
                4 if own.within else 0,
            )
            for own in (*LINEAR, *(() if name.startswith("lonely") else bent))
        ]
    )
    return found


def of(row: dict[str, Any]) -> dict[str, float]:
    found, name = answers(row["design"], row["mse"]), row["statistic"]
    dims: tuple[int, ...] = () if row["group"] == "all" else (0,)
    cell = 0 if not dims else GROUPS.index(row["group"])
    if name[:-1] in ("share", "bill"):
        name, cell = name[:-1], cell * 6 * len(dims) + int(name[-1])
        dims = (*dims, 1)
    estimates = found.found[name, dims]
    cell = int(np.flatnonzero(found.grouping(dims).ids == cell)[0])
    return {n: float(own[cell]) for n, own in vars(estimates).items() if own.ndim == 1}


def told(row: dict[str, Any], name: str) -> bool:
    return isinstance(row[name], int | float)


NAMES = {own.id for own in LINEAR}


@pytest.mark.parametrize(
    "row",
    [row for row in EXPECTED if row["statistic"] in NAMES],
    ids=lambda row: "-".join(str(row[key]) for key in ("design", "mse", "statistic", "group")),
)
def test_a_linear_estimate_equals_survey(row: dict[str, Any]) -> None:
    found = of(row)
    assert found["value"] == pytest.approx(row["value"], rel=1e-9)
    assert found["se"] == pytest.approx(row["se"], rel=1e-9, abs=1e-12)
    assert (found["df"], found["n"]) == (row["df"], row["n"])
    if told(row, "deff") and found["value"] > 0 and found["se"] > 1e-9:
        assert found["deff"] == pytest.approx(row["deff"], rel=1e-9)
    if row["df"] > 0 and told(row, "low") and found["se"] > 1e-9:
        assert (found["ci_low"], found["ci_high"]) == pytest.approx(
            (row["low"], row["high"]), rel=1e-9
        )


MADE_AGAIN = [
    row
    for row in EXPECTED
    if row["statistic"] not in NAMES
    and not row["statistic"].startswith("cov_")
    and not (row["statistic"] in UNSMOOTH and row["design"] in JACKKNIVES)
    and not (row["value"] == 0 and row["se"] == 0)
]


@pytest.mark.parametrize(
    "row",
    MADE_AGAIN,
    ids=lambda row: "-".join(str(row[key]) for key in ("design", "mse", "statistic", "group")),
)
def test_an_estimate_made_again_by_each_replicate_equals_survey(row: dict[str, Any]) -> None:
    found = of(row)
    # R maximises the likelihood of a difference by search: that has half the digits.
    exact = 1e-5 if row["statistic"] == "dissimilarity" else 1e-9
    assert found["value"] == pytest.approx(row["value"], rel=exact, abs=1e-12)
    assert found["se"] == pytest.approx(row["se"], rel=1e-9, abs=1e-12)
    if told(row, "df"):
        assert (found["df"], found["n"]) == (row["df"], row["n"])
        assert (found["ci_low"], found["ci_high"]) == pytest.approx(
            (row["low"], row["high"]), rel=1e-9
        )
