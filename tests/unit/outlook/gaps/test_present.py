"""Shortage today and shortage ahead stand beside each other."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.shortage import PresentShortage, Sign
from cauce.model.text import Text
from cauce.outlook.gaps import classify, now_and_ahead, post

T = Text("invented", "inventado")
POSTS = tuple(map(post, ("21", "22", "71", "83", "93")))
# Shortage, surplus, surplus, no conclusion, shortage.
CLASSES = classify(np.array([[[0.2, -0.2, -0.2, 0.0, 0.2]]]))


def today(occupation, verdict, available=4):
    signs = tuple(Sign(f"S{n}", 1.0, 2.0, 0.1, n < available) for n in range(5))
    return PresentShortage(occupation, signs, verdict, T)


def test_each_post_stands_in_one_corner_or_is_not_told():
    present = [today("21", "SHORTAGE"), today("22", "SHORTAGE"), today("71", "NO_SHORTAGE"),
               today("83", "SHORTAGE"), today("93", "NO_SHORTAGE")]  # fmt: skip

    views = now_and_ahead(POSTS, present, CLASSES, 1)

    assert [view.quadrant for view in views] == [
        "NOW_AND_AHEAD", "NOW_ONLY", "NEITHER", "NOT_TOLD", "AHEAD_ONLY",
    ]  # fmt: skip


def test_three_indicators_are_no_verdict_and_neither_is_silence():
    [few, silent, *_] = now_and_ahead(POSTS, [today("21", "SHORTAGE", 3)], CLASSES, 1)

    assert (few.now, few.signs, few.quadrant) == ("NO_VERDICT", 3, "NOT_TOLD")
    assert (silent.now, silent.signs) == ("NO_VERDICT", 0)


def test_two_verdicts_of_one_occupation_and_a_year_too_far_are_refused():
    with pytest.raises(BadInput, match="two verdicts"):
        now_and_ahead(POSTS, [today("21", "SHORTAGE")] * 2, CLASSES, 1)
    with pytest.raises(BadInput, match="horizon of 1"):
        now_and_ahead(POSTS, [], CLASSES, 2)
