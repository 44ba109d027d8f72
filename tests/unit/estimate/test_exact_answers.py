"""Indicators from whole-number sums, whoever added them up."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.estimate import Exactly, Kernel
from cauce.estimate import exact_answers as module
from cauce.estimate.answers import Answers, Question
from cauce.estimate.sweep import Sweep
from cauce.model.errors import BadInput
from cauce.model.indicator import Indicator
from cauce.model.text import Text

WORD = Text("x", "x")


def indicator(name: str, estimator: str) -> Indicator:
    return Indicator(name, WORD, WORD, estimator, "", "", "", "", 1, 1, "")  # type: ignore[arg-type]


def asked(design, score, exactly: Exactly | None, monkeypatch: pytest.MonkeyPatch) -> Answers:
    monkeypatch.setattr(module, "MOST_SCORES", 1)
    sweep = Sweep(design([0, 0, 0, 0], [0, 0, 1, 2], [1.5, 2, 1, 3]))
    answers = Answers(sweep, [np.array([0, 1, 1, 0], dtype=np.int32)], [2], exactly)
    dims = frozenset({(), (0,)})
    pay = score([1.25, 2, 5, 7], "mean")
    answers.ask(
        [
            Question(indicator("PAY", "mean"), pay, dims),
            Question(indicator("SUM", "total"), score([1.25, 2, 5, 7], "total"), dims),
        ]
    )
    return answers


def test_answers_are_those_of_the_kernel(design, score, monkeypatch) -> None:
    exactly = Exactly(Kernel())
    ours = asked(design, score, exactly, monkeypatch)
    theirs = asked(design, score, None, monkeypatch)
    for key, estimates in theirs.found.items():
        for name in ("value", "se", "n", "cases"):
            got = getattr(ours.found[key], name)
            np.testing.assert_allclose(got, getattr(estimates, name), 1e-12)
    assert [len(one) for one in exactly.sha256s] == [64, 64]


def test_designs_whose_errors_need_more_than_sums_by_psu_are_refused(design, score) -> None:
    plain = design([0, 0, 0, 0], [0, 0, 1, 2])
    rows = Sweep(plain).rows
    with pytest.raises(BadInput, match="more than sums by PSU"):
        Exactly(Kernel()).run(replace(rows, stages=(rows,)), 0, [], [score([1] * 4)])
