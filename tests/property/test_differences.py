"""Comparisons add no number of a cell: whatever is withheld, they say nothing of it."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.estimate import compare, design_from_labels, estimate
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.pack import MinRespondents, Rules
from cauce.model.pair import Pair
from cauce.model.sample import Sample, Score
from cauce.model.terms import Terms
from cauce.model.text import Text
from cauce.protect import protect

T = Text("x", "x")
PAIRS = (Pair("ONE", T, "D0", "0", "1"), Pair("OTHER", T, "D1", "1", "0"))
TERMS = Terms("S", "1", Rules("ilo", (MinRespondents(date(2000, 1, 1), 4, "x"),), 1, 90.0, "x"))


def dimension(name: str, codes: str, additive: bool = False) -> Dimension:
    found = tuple(Code(code, T) for code in codes.split())
    return Dimension(name, T, found, "", additive)


FLOW = Dataflow(
    "F",
    "1.0",
    T,
    (
        dimension("FREQ", "A"),
        dimension("REF_AREA", "XAA"),
        dimension("INDICATOR", "POP RATE"),
        dimension("D0", "_T 0 1 _U _Z", True),
        dimension("D1", "_T 0 1 _U _Z", True),
        dimension("TIME_PERIOD", "2020"),
    ),
    (
        Indicator("POP", T, T, "total", "TRUE", "1", "", "PERSONS", 1, 0, ""),
        Indicator("RATE", T, T, "rate", "TRUE", "X", "", "PT", 100, 1, ""),
    ),
    Source("S", "XAA", T, T, "", "", True),
    Method("TAYLOR", "certainty", "survey", "none", "ilo", ""),
)
PERSON = st.tuples(st.integers(0, 1), st.integers(0, 1), st.booleans(), st.integers(0, 9))


def sample_of(people: list[tuple[int, int, bool, int]]) -> Sample:
    columns = np.array(people, dtype=np.int32)
    count = len(people)
    everyone = np.ones(count, dtype=np.bool_)
    return Sample(
        "2020",
        design_from_labels(
            columns[:, 3] // 5, columns[:, 3], np.full(count, 9.0), None, "survey", "certainty"
        ),
        {"D0": columns[:, 0], "D1": columns[:, 1]},
        (
            Score("POP", everyone, np.ones(count), None, 0, False, "total"),
            Score("RATE", everyone, columns[:, 2].astype(float), None, 0, False, "rate"),
        ),
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(PERSON, min_size=8, max_size=120))
def test_a_comparison_is_of_two_published_numbers_and_is_their_difference(people) -> None:
    sample = sample_of(people)
    cells = estimate(sample, [FLOW])
    release = protect(cells, TERMS, comparisons=compare(sample, [FLOW], PAIRS, cells))
    [flow] = release.flows
    shown = {
        tuple(key): value
        for key, value in zip(flow.key.tolist(), flow.value.tolist(), strict=True)
        if np.isfinite(value)
    }
    for found in release.differences:
        other = found.key.copy()
        other[np.arange(len(other)), found.across] = found.second
        for one, two, difference in zip(
            found.key.tolist(), other.tolist(), found.difference.tolist(), strict=True
        ):
            assert abs(shown[tuple(one)] - shown[tuple(two)] - difference) < 1e-9
