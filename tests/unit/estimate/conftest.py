"""Small samples, and the kernels in their uncompiled form."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cauce.estimate import (
    Estimates,
    compared_kernel,
    covariance_kernel,
    cube,
    design_from_labels,
    kernel,
    regression_kernel,
    replicated_kernel,
    replicated_ranks,
    replicated_sorted,
    sorted_kernel,
    sparse_kernel,
    stream,
    stream_cells,
    stream_kernel,
    stream_largest,
    student,
)
from cauce.estimate.answers import Answers, Question
from cauce.estimate.calibration import collapse_kernel
from cauce.estimate.sweep import Sweep
from cauce.model.design import Design, SinglePsu
from cauce.model.indicator import Estimator, Indicator
from cauce.model.sample import Score
from cauce.model.text import Text

KERNELS = (
    "bring",
    "close_psu",
    "close_stratum",
    "add_rows",
    "add_everywhere",
    "close_all",
    "weighted_sums",
    "two_largest",
    "within_cells",
)
MORE_KERNELS = {
    sorted_kernel: ("by_cell", "running", "quantiles", "share_below", "neighbours", "gini"),
    compared_kernel: ("domain_sums", "gap_influence"),
    sparse_kernel: ("lengths", "gathered", "projected", "products", "by_cell"),
    collapse_kernel: ("people", "numbered", "swept"),
    regression_kernel: ("close_psu", "close_stratum", "with_margins", "taken_off", "by_row"),
    replicated_kernel: (
        "sum_rows",
        "gather",
        "sum_drawn",
        "leave_out",
        "sum_left_out",
        "psus_and_whole",
        "count_drawn",
    ),
    replicated_sorted: ("gini", "quantiles", "share_below"),
    replicated_ranks: ("independent", "regular"),
    covariance_kernel: ("add_sums", "close_psu", "close_stratum", "add_moments", "close_all"),
    stream_kernel: (
        "numbers_of",
        "place_codes",
        "keep_rows",
        "keep_psus",
        "enter",
        "enter_all",
    ),
}


@pytest.fixture
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernels as plain Python, so that coverage sees them."""
    for name in KERNELS:
        monkeypatch.setattr(kernel, name, getattr(kernel, name).py_func)
    monkeypatch.setattr("cauce.estimate.largest.two_largest", kernel.two_largest)
    for name in ("incomplete_beta", "upper_tail", "quantile_975"):
        monkeypatch.setattr(student, name, getattr(student, name).py_func)
    monkeypatch.setattr(stream_cells, "numbers_of", stream_kernel.numbers_of.py_func)
    monkeypatch.setattr(stream, "place_codes", stream_kernel.place_codes.py_func)
    for name in ("enter_all", "keep_psus", "keep_rows"):
        monkeypatch.setattr(stream_largest, name, getattr(stream_kernel, name).py_func)
    for module, names in MORE_KERNELS.items():
        for name in names:
            monkeypatch.setattr(module, name, getattr(module, name).py_func)


@pytest.fixture
def total():
    """The total of y: value, standard error and degrees of freedom."""

    def make(strata, psus, weights, y, policy="refuse", fpc=None, scope="survey", inside=None):
        y = np.array(y, dtype=float)
        design = design_from_labels(
            np.array(list(strata)),
            np.array(list(psus)),
            np.array(weights, dtype=float),
            None if fpc is None else np.array(fpc, dtype=float),
            scope,
            policy,
        )
        domain = np.ones(len(y), dtype=bool) if inside is None else np.array(inside, dtype=bool)
        score = Score("y", domain, y, None, 0, True, "total")
        (found,) = cube(design, [], [], [()], [score])
        return found.value[0, 0], found.se[0, 0], found.df[0, 0]

    return make


def design_of(
    stratum: Sequence[int],
    psu: Sequence[int],
    weight: Sequence[float] | None = None,
    size: Sequence[float] | None = None,
    policy: SinglePsu = "refuse",
) -> Design:
    return Design(
        np.array(stratum),
        np.array(psu),
        np.ones(len(psu)) if weight is None else np.array(weight, dtype=np.float64),
        None if size is None else np.array(size, dtype=np.float64),
        policy,
    )


def score_of(
    y: Sequence[float],
    estimator: Estimator = "total",
    x: Sequence[float] | None = None,
    inside: Sequence[int] | None = None,
    missing: Sequence[int] | None = None,
) -> Score:
    return Score(
        "I",
        np.ones(len(y), dtype=np.bool_) if inside is None else np.array(inside, dtype=np.bool_),
        np.array(y, dtype=np.float64),
        None if x is None else np.array(x, dtype=np.float64),
        0,
        estimator != "rate",
        estimator,
        None if missing is None else np.array(missing, dtype=np.bool_),
    )


WORD = Text("x", "x")


def indicator_of(estimator: str, **more: Any) -> Indicator:
    return Indicator("I", WORD, WORD, estimator, "", "", "", "", 1, 1, "", **more)


@pytest.fixture
def ask(uncompiled: None) -> Callable[..., Estimates]:
    """The estimates of one indicator, by two groups or of everyone; each person is a PSU.

    `within` are codes of which the first two are known; the third is unknown.
    """

    def run(
        estimator: str,
        y: Sequence[float],
        groups: Sequence[int] = (),
        weight: Sequence[float] = (),
        policy: str = "refuse",
        strata: Sequence[int] = (),
        amount: bool = True,
        within: Sequence[int] = (),
        inside: Sequence[int] = (),
        **more: Any,
    ) -> Estimates:
        score_of = {k: more.pop(k) for k in ("first", "second", "across", "factors") if k in more}
        n = len(y)
        design = design_from_labels(
            np.array(strata or [0] * n),
            np.arange(n),
            np.array(weight or [1.0] * n),
            None,
            "survey",
            policy,  # type: ignore[arg-type]
        )
        who = np.array(inside or [1] * n, dtype=np.bool_)
        factors = tuple(np.array(codes, dtype=np.int32) for codes in score_of.pop("factors", ()))
        arrays = {name: np.array(own) for name, own in score_of.items()}
        plain = Score("I", who, np.array(y, dtype=float), None, 0, amount, estimator)
        score = replace(plain, factors=factors, **arrays)
        dims: tuple[int, ...] = (0,) if groups else ()
        codes = [np.array(own or [0] * n, dtype=np.int32) for own in (groups, within)]
        answers = Answers(Sweep(design), codes, [2, 4])
        if within:
            dims = (*dims, 1)
            more |= {"within": "W"}
        known = 3 if more.get("of_all") else 2
        question = Question(indicator_of(estimator, **more), score, frozenset({dims}), 1, known)
        answers.ask([question])
        return answers.found["I", dims]

    return run


@pytest.fixture
def design() -> Callable[..., Design]:
    return design_of


@pytest.fixture
def score() -> Callable[..., Score]:
    return score_of


@pytest.fixture
def everyone() -> Callable[[Design, Score], Estimates]:
    """One score, the grand total only: every array of the answer has one element."""

    def run(design: Design, score: Score) -> Estimates:
        return cube(design, [], [], [()], [score])[0]

    return run


@pytest.fixture
def indicator() -> Callable[..., Indicator]:
    return indicator_of
