"""Waits equal R's `survival`, person by person still waiting."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from cauce.assess.mobility.waits import wait
from cauce.model.mobility import Passage

CASES = json.loads((Path(__file__).parent / "waits.json").read_text("utf-8"))
START = date(2026, 1, 1)


@pytest.mark.parametrize("case", CASES, ids=lambda one: f"{len(one['days'])} people")
def test_the_median_and_its_interval_are_those_of_r(case) -> None:
    ends = [START + timedelta(days=length) for length in case["days"]]
    passages = [
        Passage(START, end if done else None, None if done else end)
        for end, done in zip(ends, case["done"], strict=True)
    ]
    found = wait("PERMIT", passages, date(2030, 1, 1))

    assert [found.median, found.low, found.high] == [
        case[name][0] for name in ("median", "low", "high")
    ]
    assert (found.done, found.waiting) == (sum(case["done"]), case["done"].count(0))
