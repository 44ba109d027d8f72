"""The ways samples are drawn in the region: every estimator equals R's survey (make.R)."""

import json
from typing import Any

import numpy as np
import pytest
from tests.golden.designs.drawn import GROUPS, HERE, PEOPLE, design, number, text

from cauce.estimate.answers import Answers, Question
from cauce.estimate.cube import Estimates
from cauce.estimate.sweep import Sweep
from cauce.model.design import SinglePsu
from cauce.model.errors import LonelyPsu
from cauce.model.indicator import Indicator
from cauce.model.sample import Score
from cauce.model.text import Text

EXPECTED: list[dict[str, Any]] = json.loads((HERE / "expected.json").read_text())["rows"]
POLICY: dict[str, SinglePsu] = {
    "fail": "refuse",
    "adjust": "adjust",
    "average": "average",
    "certainty": "certainty",
}
# Of a stage after the first R averages within a unit, if that has several strata; we do not.
REFUSED = [("pnad", "fail"), ("pnad", "average")]
MADE = list(dict.fromkeys((r["design"], r["policy"]) for r in EXPECTED))
ALL = np.ones(PEOPLE, dtype=np.bool_)
WORD = Text("x", "x")


def score(name: str) -> Score:
    x, y, men = number("x"), number("y"), text("sex") == "M"
    return {
        "total": Score("total", ALL, x, None, 0, True, "total"),
        "mean": Score("mean", ALL, y, None, 0, True, "mean"),
        "ratio": Score("ratio", ALL, y, x, 0, True, "ratio"),
        "rate": Score("rate", number("l") == 1, number("u"), None, 0, False, "rate"),
        "rank": Score("rank", ALL, y, None, 0, True, "quantile"),
        "share": Score("share", ALL, x, None, 0, True, "share"),
        "difference": Score("difference", ALL, y, None, 0, True, "difference", None, men, ~men),
    }[name]


def indicator(name: str, estimator: str) -> Indicator:
    more: dict[str, Any] = {"p": (0.5,)} if name == "rank" else {}
    more |= {"within": "SEX"} if name == "share" else {}
    return Indicator(name, WORD, WORD, estimator, "", "", "", "", 1, 1, "", **more)  # type: ignore[arg-type]


def answers(name: str, policy: str) -> Answers:
    """All estimates of a design; the ranks of medians are kept as the quantiles' own."""
    codes = [np.searchsorted(GROUPS, text("group")), text("sex") == "M"]
    made = Answers(
        Sweep(design(name, POLICY[policy])), [own.astype(np.int32) for own in codes], [4, 4]
    )
    names = ("total", "mean", "ratio", "rate", "share", "difference")
    dims = {"share": frozenset({(1,), (0, 1)})}
    made.ask(
        [
            Question(
                indicator(one, score(one).estimator),
                score(one),
                dims.get(one, frozenset({(), (0,)})),
                1,
                2,
            )
            for one in names
        ]
    )
    return made


def place(made: Answers, row: dict[str, Any]) -> tuple[Estimates, int]:
    """The estimates a row of R is about, and which of them."""
    everyone = row["group"] == "all"
    at = 0 if everyone else GROUPS.index(row["group"])
    if row["statistic"] != "share":
        return made.found[row["statistic"], () if everyone else (0,)], at
    dims = (1,) if everyone else (0, 1)
    found = np.flatnonzero(made.grouping(dims).ids == at * 4 + 1)
    return made.found["share", dims], int(found[0])


@pytest.mark.parametrize(("name", "policy"), [own for own in MADE if own not in REFUSED])
def test_every_design_of_the_region_equals_r(name: str, policy: str) -> None:
    made = answers(name, policy)
    asked = [r for r in EXPECTED if (r["design"], r["policy"]) == (name, policy)]
    for row in (r for r in asked if r["statistic"] != "rank"):
        found, at = place(made, row)
        told = f"{row['statistic']} of {row['group']}"
        assert found.value[at] == pytest.approx(row["value"], rel=1e-11), told
        if row["statistic"] == "rate" and row["value"] in (0, 1):
            continue
        assert found.se[at] == pytest.approx(row["se"], rel=1e-9, abs=1e-12), told
        assert found.df[at] == row["df"] or row["statistic"] == "difference", told


@pytest.mark.parametrize(("name", "policy"), [own for own in MADE if own not in REFUSED])
def test_the_order_of_a_median_has_the_error_r_gives_it(name: str, policy: str) -> None:
    sweep = Sweep(design(name, POLICY[policy]))
    codes = [np.searchsorted(GROUPS, text("group")).astype(np.int32)]
    made = Answers(sweep, codes, [4])
    asked = [r for r in EXPECTED if (r["design"], r["policy"]) == (name, policy)]
    for row in (r for r in asked if r["statistic"] == "rank"):
        dims = () if row["group"] == "all" else (0,)
        at = 0 if row["group"] == "all" else GROUPS.index(row["group"])
        grouping = made.grouping(dims)
        question = Question(indicator("rank", "quantile"), score("rank"), frozenset({dims}))
        median = made.in_order(question, dims).quantiles(0.5)
        below = (score("rank").numerator <= median[grouping.cell]).astype(np.float64)
        rank = Score("rank", ALL, below, None, 0, False, "rate")
        found = sweep.run([grouping], [rank])[0][0]
        assert found.value[at] == pytest.approx(row["value"], rel=1e-11)
        assert found.se[at] == pytest.approx(row["se"], rel=1e-9, abs=1e-12)


def test_a_census_has_no_error_anywhere() -> None:
    made = answers("census", "fail")
    for found in made.found.values():
        assert not np.nan_to_num(found.se).any()


@pytest.mark.parametrize(("name", "policy"), REFUSED)
def test_a_half_with_a_single_dwelling_is_refused_unless_a_policy_settles_it(
    name: str, policy: str
) -> None:
    with pytest.raises(LonelyPsu, match=r"1 of 36 strata of stage 2 .* have a single unit"):
        Sweep(design(name, POLICY[policy]))


def test_joined_with_the_next_half_it_has_an_error() -> None:
    """R has no equal: the half stands beside another one of its stratum."""
    (total,) = Sweep(design("pnad", "collapse")).run(
        [Answers(Sweep(design("pps", "certainty")), [], []).grouping(())], [score("total")]
    )[0]
    sure = next(
        r
        for r in EXPECTED
        if (r["design"], r["policy"], r["statistic"], r["group"])
        == ("pnad", "certainty", "total", "all")
    )
    assert total.value[0] == pytest.approx(sure["value"], rel=1e-11)
    assert 0.9 < total.se[0] / sure["se"] < 1.1
