"""What is odd about people or tables gives one message or a cell that says it knows nothing."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.estimate import compare, design_from_labels, estimate
from cauce.estimate.grouping import group
from cauce.model.codelist import Code
from cauce.model.dataflow import Dimension
from cauce.model.errors import BadInput, LonelyPsu
from cauce.model.pair import Pair
from cauce.model.sample import Sample, Score
from cauce.model.text import Text

from .test_tables import SEX, flow, indicator

WORD = Text("x", "x")
DOMAINS = {"first": "SEX = 'M'", "second": "SEX = 'F'"}


def wide(codes: int, name: str = "WIDE") -> Dimension:
    ids = ["_T", *map(str, range(codes)), "_U", "_Z"]
    return Dimension(name, WORD, tuple(Code(code, WORD) for code in ids), f"CL_{name}")


def named(estimator: str, **more):
    return replace(indicator(estimator.upper(), estimator, 1), **more)


ALL = [
    named("total"),
    named("mean"),
    named("quantile", p=(0.5,)),
    named("quantile_ratio", p=(0.9, 0.1)),
    named("gini"),
    named("low", p=(0.5,), fraction=2 / 3),
    named("difference", **DOMAINS),
    named("relative_gap", **DOMAINS),
    named("quotient", **DOMAINS),
    named("factor_gap", **DOMAINS, factors=("EDU",)),
    named("dissimilarity", **DOMAINS, across="OCU"),
    named("share", within="WIDE"),
]


def sample(pay: np.ndarray, inside: np.ndarray | None = None, psus: int = 30) -> Sample:
    """People of 3 strata, in any of the 10,000 codes; every second is a man."""
    n = len(pay)
    psu = np.arange(n) % psus
    who = np.ones(n, dtype=np.bool_) if inside is None else inside
    men = np.arange(n) % 2 == 0
    more = {
        "difference": {"first": men, "second": ~men},
        "factor_gap": {"factors": ((np.arange(n) // 2 % 3).astype(np.int32),)},
        "dissimilarity": {"across": (np.arange(n) // 2 % 4).astype(np.int32)},
    }
    scores = []
    for one in ALL:
        people = one.estimator in ("dissimilarity", "share")
        y = np.ones(n) if people else pay
        score = Score(one.id, who, y, None, 0, not people, one.estimator)
        if one.first:
            score = replace(score, **(more["difference"] | more.get(one.estimator, {})))
        scores.append(score)
    return Sample(
        "2020",
        design_from_labels(psu % 3, psu, np.ones(n)),
        {"WIDE": (np.arange(n) * 37 % 10_000).astype(np.int32), "SEX": (~men).astype(np.int32)},
        tuple(scores),
    )


def test_ten_thousand_codes_cost_no_more_than_the_people_in_them() -> None:
    """Two classifiers of 10,000 codes have 100 million cells; 300 people are in 300."""
    people = sample(np.arange(300.0) + 1)
    other = replace(people, columns=people.columns | {"MORE": people.columns["WIDE"]})
    (cells,) = estimate(other, [flow("F", [wide(10_000), wide(10_000, "MORE")], ALL)])
    both = (cells.key[:, 3] > 0) & (cells.key[:, 4] > 0)
    assert (both & (cells.key[:, 2] == 0)).sum() == 300
    assert (cells.n[both & (cells.key[:, 2] == 0)] == 1).all()


def test_codes_that_cannot_be_numbered_are_refused() -> None:
    codes = [np.zeros(2, dtype=np.int32)] * 5
    with pytest.raises(BadInput, match="Crossing 5 dimensions of up to 10,000 codes"):
        group(codes, [10_000] * 5, (0, 1, 2, 3, 4), 2)


@pytest.mark.parametrize(
    "pay",
    [np.zeros(60), np.full(60, -5.0), np.full(60, 700.0), np.r_[np.zeros(59), 1.0]],
    ids=["all zero", "all negative", "all the same", "one paid"],
)
def test_odd_amounts_give_a_value_or_none_and_never_a_wrong_error(pay: np.ndarray) -> None:
    (cells,) = estimate(sample(pay), [flow("F", [wide(10_000)], ALL)])
    whole = {one.id: row for row, one in enumerate(ALL[:-1])}
    se = {name: cells.se[row] for name, row in whole.items()}
    value = {name: cells.value[row] for name, row in whole.items()}
    if len(set(pay.tolist())) == 1:
        names = ("GINI", "QUANTILE", "QUANTILE_RATIO", "DIFFERENCE", "RELATIVE_GAP", "FACTOR_GAP")
        assert np.isnan([se[name] for name in names]).all()
    if pay.sum() <= 0:
        assert np.isnan([value["GINI"], value["LOW"], value["QUANTILE_RATIO"]]).all()
        assert np.isnan([cells.ci_low[whole["LOW"]], se["LOW"]]).all()
    assert (np.isfinite(cells.se) <= np.isfinite(cells.value)).all()


def test_a_domain_with_no_one_is_a_cell_without_a_value() -> None:
    nobody = np.zeros(60, dtype=np.bool_)
    plain = [one for one in ALL if one.estimator != "share"]
    (cells,) = estimate(sample(np.ones(60), nobody), [flow("F", [wide(10_000)], plain)])
    assert len(cells.value) == len(plain)
    assert np.isnan(cells.value).all()
    assert np.isnan(cells.se).all()
    assert (cells.n == 0).all()


def test_a_stratum_with_one_psu_is_named_whatever_is_estimated() -> None:
    people = sample(np.arange(60.0), psus=4)
    for one in ALL:
        with pytest.raises(LonelyPsu, match="2 of 3 strata have a single PSU"):
            estimate(people, [flow("F", [wide(10_000)], [one])])
    with pytest.raises(LonelyPsu):
        compare(people, [flow("F", [SEX], [ALL[0]])], [Pair("S", WORD, "SEX", "M", "F")])


def test_comparisons_know_the_largest_contributor_of_either_domain() -> None:
    """Of the men one has 91 of 120, of the women one 2 of 60."""
    pay = np.ones(60)
    pay[0] = 91
    (cells,) = estimate(sample(pay), [flow("F", [], [named("difference", **DOMAINS)])])
    assert cells.largest[0].tolist() == pytest.approx([91 / 120, 1 / 30])


def test_whoever_did_not_say_a_code_is_missing_from_its_distribution() -> None:
    people = sample(np.ones(60))
    lost = np.arange(60) < 6
    codes = np.where(np.arange(60) % 10 == 9, -1, np.arange(60) % 3).astype(np.int32)
    scores = tuple(replace(s, inside=~lost, missing=6, missing_rows=lost) for s in people.scores)
    told = replace(people, scores=scores, columns={"WIDE": codes})
    (cells,) = estimate(told, [flow("F", [wide(3)], [named("share", within="WIDE")])])
    assert cells.key[:, 3].tolist() == [1, 2, 3]
    assert cells.value.sum() == pytest.approx(1)
    assert set(cells.n.tolist()) == {48}
    assert set(cells.missing.tolist()) == {12}


def test_a_ratio_can_be_compared_too() -> None:
    people, men = sample(np.arange(60.0) + 1), np.arange(60) % 2 == 0
    everyone, pay = np.ones(60, dtype=np.bool_), np.arange(60.0) + 1
    plain = Score("RATIO", everyone, pay, np.full(60, 2.0), 0, True, "ratio")
    gap = replace(plain, indicator="GAP", estimator="difference", first=men, second=~men)
    both = replace(people, scores=(plain, gap))
    ratio, difference = named("ratio"), replace(named("difference", **DOMAINS), id="GAP")
    (cells,) = estimate(both, [flow("F", [], [ratio, difference])])
    sexes = Pair("S", WORD, "SEX", "M", "F")
    (found,) = compare(both, [flow("F", [SEX], [ratio])], [sexes])
    assert cells.value[1] == found.difference[0] == pytest.approx(-0.5)
    assert found.se[0] == pytest.approx(cells.se[1])
