"""Moments that contradict themselves are told apart from those that may be true."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.federated import at, flow_of, made, survey_of

from cauce.model.errors import BadInput
from cauce.model.moments import SUMS, Moments, Sent
from cauce.model.observation import ConfStatus, ObsStatus
from cauce.protect import check_received


@pytest.fixture(scope="module")
def sent() -> Sent:
    return made(survey_of(), flow_of()).sent


def told(sent: Sent, **parts: Any) -> Sent:
    """With other observations in its first table."""
    flow = sent.flows[0]
    return replace(sent, flows=(replace(flow, observations=replace(flow.observations, **parts)),))


def put(column: np.ndarray, row: int, value: Any) -> np.ndarray:
    found = column.copy()
    found[row] = value
    return found


def summed(sent: Sent, row: int, name: str, value: float) -> Sent:
    flow = sent.flows[0]
    sums = flow.sums.copy()
    sums[row, SUMS.index(name)] = value
    return replace(sent, flows=(replace(flow, sums=sums),))


def test_what_was_made_here_holds(sent: Sent) -> None:
    check_received(sent, "x.moments")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("n", -2, "a count below 0"),
        ("cases", 10_000, "more cases than respondents"),
        ("psus", 10_000, "more PSUs than respondents"),
        ("strata", 400, "more strata than PSUs"),
        ("df", 999, "degrees of freedom other than PSUs less strata"),
        ("n", 2, "fewer than 3 respondents"),
        ("cases", 1, "fewer than 3 respondents"),
        ("psus", 2, "moments of fewer than 5 PSUs"),
        ("value", 5.0, "beside a number that is told"),
        ("se", np.inf, "an infinite number"),
        ("se", -1.0, "a negative error"),
    ],
)
def test_a_number_that_cannot_be_is_named(sent: Sent, name: str, value: float, says: str) -> None:
    flow = sent.flows[0]
    row = at(flow, INDICATOR="RATE")
    said = flow.observations
    bad = told(sent, **{name: put(getattr(said, name), row, value)})
    with pytest.raises(BadInput, match=says):
        check_received(bad, "x.moments")


@pytest.mark.parametrize(
    ("indicator", "part", "value", "says"),
    [
        ("RATE", "zz", -1e9, "a negative square or variance"),
        ("PAY", "yy", -1e12, "a negative square or variance"),
        ("RATE", "zz", np.nan, "lacking, infinite or not asked for"),
        ("RATE", "zz", np.inf, "lacking, infinite or not asked for"),
        ("POP", "xx", 1.0, "lacking, infinite or not asked for"),
        ("RATE", "zb", 1e12, "a covariance larger than its variances allow"),
        ("RATE", "y", 1e9, "a proportion that is none"),
        ("COST", "y", -1.0, "a proportion that is none"),
        ("GINI", "y", 1.0, "moments beside a number that is told"),
        ("POP", "y", 1.0, "totals are not the sum of their parts"),
    ],
)
def test_moments_that_cannot_be_are_named(
    sent: Sent, indicator: str, part: str, value: float, says: str
) -> None:
    row = at(sent.flows[0], INDICATOR=indicator)
    with pytest.raises(BadInput, match=says):
        check_received(summed(sent, row, part, value), "x.moments")


def with_own(flow: Moments, row: int) -> dict[str, Moments]:
    gini = at(flow, INDICATOR="GINI")
    return {
        "moments though their estimator has none": replace(
            flow, linear=put(flow.linear, gini, True)
        ),
        "a mark of proportions that is wrong": replace(
            flow, proportion=put(flow.proportion, row, False)
        ),
        "more strata of a single PSU than strata": replace(flow, alone=put(flow.alone, row, 500)),
        "a sum of weights that is not above 0": replace(
            flow, weighted=put(flow.weighted, row, 0.0)
        ),
    }


@pytest.mark.parametrize("at_place", range(4))
def test_marks_that_cannot_be_are_named(sent: Sent, at_place: int) -> None:
    says, bad = list(with_own(sent.flows[0], at(sent.flows[0], INDICATOR="RATE")).items())[at_place]
    with pytest.raises(BadInput, match=says):
        check_received(replace(sent, flows=(bad,)), "x.moments")


def status(sent: Sent, row: int, **words: Any) -> Sent:
    said = sent.flows[0].observations
    columns = {}
    for name, value in words.items():
        own = list(getattr(said, name))
        own[row] = value
        columns[name] = tuple(own)
    return told(sent, **columns)


def test_a_number_beside_a_status_that_hides_it_is_named(sent: Sent) -> None:
    row = at(sent.flows[0], INDICATOR="RATE")
    hidden = status(sent, row, conf_status=ConfStatus.CONFIDENTIAL, obs_status=ObsStatus.SUPPRESSED)
    with pytest.raises(BadInput) as found:
        check_received(hidden, "x.moments")
    assert "a number where their status says there is none" in str(found.value)
    assert "counts where they are withheld" in str(found.value)


def test_a_status_without_its_number_is_named(sent: Sent) -> None:
    flow = sent.flows[0]
    row = at(flow, INDICATOR="GINI")
    bad = told(sent, value=put(flow.observations.value, row, np.nan))
    with pytest.raises(BadInput, match="no number where their status says there is one"):
        check_received(bad, "x.moments")


def test_moments_beside_noise_are_named(sent: Sent) -> None:
    flow = sent.flows[0].dataflow
    noisy = replace(flow, method=replace(flow.method, protection="noise || ruido"))
    with pytest.raises(BadInput, match="moments though counts are told with noise"):
        check_received(told(sent, dataflow=noisy), "x.moments")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda s: replace(s, minimum=0), "a minimum of 0, which is none"),
        (lambda s: replace(s, flows=s.flows * 2), "has a table twice: XAA_LFS_WORK"),
        (
            lambda s: told(
                s, key=put(s.flows[0].observations.key, 1, s.flows[0].observations.key[0])
            ),
            "1 keys stand there twice",
        ),
        (
            lambda s: told(
                s,
                dataflow=replace(
                    s.flows[0].dataflow, method=replace(s.flows[0].dataflow.method, single_psu="so")
                ),
            ),
            "strata of a single PSU is not said",
        ),
    ],
)
def test_what_is_wrong_with_a_whole_file_is_named(
    sent: Sent, change: Callable[[Sent], Sent], says: str
) -> None:
    with pytest.raises(BadInput, match=says) as found:
        check_received(change(sent), "x.moments")
    assert "Nothing is published" in str(found.value)
    assert "x.moments" in str(found.value)
