"""A file in batches gives the bits a file in memory gives, whatever the sample."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cauce.estimate import (
    compare,
    estimate,
    estimate_stream,
    exact_sum,
    influences,
    rows,
    strata_of,
    stream_cells,
    walk,
)
from cauce.estimate.layout import lay_out
from cauce.estimate.stream_draw import draw_of
from cauce.estimate.stream_quantiles import quantiles
from cauce.estimate.stream_walk import Course
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.design import Design
from cauce.model.errors import BadInput, LonelyPsu, MethodFailed
from cauce.model.indicator import Indicator
from cauce.model.missing import Missing
from cauce.model.pair import Pair
from cauce.model.sample import Sample, Score
from cauce.model.stream import Batch, DrawnStrata, Strata, Stream
from cauce.model.text import Text

WORD = Text("x", "x")
ORDERS = (0.01, 0.25, 0.5, 0.99)
GROUP = 3
METHOD = Method("", "", "", "", "", "")
PAIR = Pair("P", WORD, "A", "a0", "a1")


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks, pilots and blocks as small as the samples, so that they are cut as large ones are."""
    monkeypatch.setattr(rows, "CHUNK", 4)
    monkeypatch.setattr(rows, "PILOT_STEP", 2)
    monkeypatch.setattr(walk, "FEW_ROWS", 20)


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    psus = np.array(draw(st.lists(st.integers(1, 4), min_size=1, max_size=6)))
    policy = draw(st.sampled_from(["certainty", "adjust", "average", "collapse"]))
    if policy == "collapse":
        psus[0] += 1
    psu = np.repeat(np.arange(psus.sum()), random.integers(1, 5, psus.sum()))
    stratum = np.repeat(np.arange(len(psus)), psus)[psu]
    n = len(psu)
    size = psus[stratum] + random.integers(1, 9, len(psus))[stratum]
    population = size.astype(float) if draw(st.booleans()) else None
    design = Design(
        stratum,
        psu,
        random.integers(0, 5, n) * random.uniform(0.1, 9, n) + (np.arange(n) == 0),
        population,
        policy,
        stratum_labels=tuple(f"h{at}" for at in range(len(psus))),
        unit=draw(st.sampled_from(["row", "psu"])),
    )
    return Sample("2020", design, columns(random, n), scores(draw, random, n))


def columns(random: Any, n: int) -> dict[str, Any]:
    return {
        "A": random.choice([0, 1, Missing.NOT_STATED, Missing.NOT_APPLICABLE], n).astype(np.int32),
        "B": random.integers(0, 3, n).astype(np.int32),
    }


def scores(draw: st.DrawFn, random: Any, n: int) -> tuple[Score, ...]:
    inside = random.random(n) < draw(st.sampled_from([0.0, 0.3, 1.0]))
    lost = ~inside & (random.random(n) < draw(st.sampled_from([0.0, 0.5])))
    # Amounts far apart in the two codes of A make cells that are far from their pilot.
    y = np.where(inside, random.normal(draw(st.sampled_from([0.0, 1e7])), 1, n), 0.0)
    y = np.where(inside & (random.random(n) < 0.3), 1e-3, y)
    flag = np.where(inside, (random.random(n) < 0.5) * 1.0, 0.0)
    x = np.where(inside, random.uniform(1, 2, n), 0.0)
    missing = int(lost.sum()), lost if lost.any() else None
    return (
        Score("PEOPLE", inside, flag, None, missing[0], False, "total", missing[1]),
        Score("RATE", inside, flag, None, 0, False, "rate"),
        Score("MEAN", inside, y, None, missing[0], True, "mean", missing[1]),
        Score("RATIO", inside, flag, x, 0, True, "ratio"),
        Score("SUM", inside, y, None, 0, True, "total"),
    )


def dimension(name: str, *codes: str) -> Dimension:
    return Dimension(name, WORD, tuple(Code(code, WORD) for code in codes), name)


def flows(sample: Sample) -> list[Dataflow]:
    asked = {score.indicator: indicator(score) for score in sample.scores}
    a = dimension("A", "_T", "a0", "a1", "_U", "_Z")
    b = dimension("B", "_T", "b0", "b1", "b2", "_U", "_Z")
    return [flow("ONE", asked, [a, b]), flow("TWO", dict(list(asked.items())[:3]), [b])]


def indicator(score: Score) -> Indicator:
    name = score.indicator
    return Indicator(name, WORD, WORD, score.estimator, "", "", "", "", 1, 1, "")


def flow(name: str, asked: dict[str, Indicator], own: list[Dimension]) -> Dataflow:
    before = [dimension("FREQ", "A"), dimension("REF_AREA", "X"), dimension("INDICATOR", *asked)]
    after = [dimension("TIME_PERIOD", "2020")]
    pairs = (PAIR,) if own and own[0].id == "A" else ()
    return Dataflow(
        id=name,
        version="1.0",
        name=WORD,
        source=Source("s", "XAA", WORD, WORD, "", "", invented=True),
        method=METHOD,
        indicators=tuple(asked.values()),
        dimensions=(*before, *own, *after),
        pairs=pairs,
    )


def streamed(sample: Sample, batch: int) -> Stream:
    design = sample.design
    first = np.unique(design.stratum, return_index=True)[1]
    pairs = np.unique(np.stack([design.stratum, design.psu]), axis=1)
    size = np.full(len(first), np.inf)
    if design.population_psus is not None:
        size = design.population_psus[first]
    people, psus = np.bincount(design.stratum), np.bincount(pairs[0])
    drawn = Strata(design.stratum_labels, people, psus, size, design.single_psu, design.unit)

    def batches() -> Iterator[Batch]:
        for at in range(0, len(design.weight), batch):
            here = slice(at, at + batch)
            yield Batch(
                design.stratum[here],
                design.psu[here],
                design.weight[here],
                np.arange(len(design.weight))[here],
                {name: codes[here] for name, codes in sample.columns.items()},
                tuple(part(score, here) for score in sample.scores),
            )

    def weights() -> Iterator[Any]:
        yield from (one.weight for one in batches())

    return Stream(sample.period, drawn, batches, weights)


def part(score: Score, here: slice) -> Score:
    lost = None if score.missing_rows is None else score.missing_rows[here]
    return Score(
        score.indicator,
        score.inside[here],
        score.numerator[here],
        None if score.denominator is None else score.denominator[here],
        0,
        score.magnitude,
        score.estimator,
        lost if lost is not None and lost.any() else None,
    )


def same(one: object, other: object) -> None:
    """Every array of two tables is the same to the last bit."""
    for name in type(one).__dataclass_fields__:  # type: ignore[attr-defined]
        ours, theirs = getattr(one, name), getattr(other, name)
        if isinstance(ours, np.ndarray):
            np.testing.assert_array_equal(ours, theirs, err_msg=name, strict=True)
        else:
            assert ours == theirs, name


MANY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@MANY
@given(samples(), st.sampled_from([8, 16, 400]))
def test_a_stream_gives_the_bits_of_memory(sample: Sample, batch: int) -> None:
    asked = flows(sample)
    cells = estimate(sample, asked)
    found = estimate_stream(streamed(sample, batch), asked, GROUP, ORDERS)
    for ours, theirs in zip(found.cells, cells, strict=True):
        same(ours, theirs)
    for ours, theirs in zip(found.comparisons, compare(sample, asked, [PAIR], cells), strict=True):
        same(ours, theirs)


@MANY
@given(samples())
def test_a_stream_knows_of_its_wave_what_memory_knows(sample: Sample) -> None:
    weight = sample.design.weight
    facts = estimate_stream(streamed(sample, 8), flows(sample), GROUP, ORDERS).facts
    assert facts.influences == influences(sample.design, sample.scores, GROUP)
    assert facts.weighted == exact_sum(weight)
    assert [value for _, value in facts.quantiles] == np.quantile(weight, ORDERS).tolist()
    assert (facts.rows, facts.psus) == (len(weight), len(np.unique(sample.design.psu)))


NUMBERS = st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=50)


@given(NUMBERS, st.randoms())
def test_an_exact_sum_does_not_care_about_order(numbers: list[float], random: Any) -> None:
    mixed = numbers.copy()
    random.shuffle(mixed)
    assert exact_sum(np.array(numbers)) == exact_sum(np.array(mixed))


@given(st.lists(st.fractions(-1000, 1000), min_size=1, max_size=50))
def test_an_exact_sum_is_the_sum_rounded_once(fractions: list[Any]) -> None:
    numbers = [float(one) for one in fractions]
    assert exact_sum(np.array(numbers)) == float(sum(map(Fraction, numbers)))


@given(
    st.lists(st.floats(0, 1e9), min_size=1, max_size=60),
    st.lists(st.floats(0, 1), min_size=1, max_size=4),
)
def test_quantiles_read_four_times_are_those_of_sorted_numbers(
    numbers: list[float], orders: list[float]
) -> None:
    whole = np.array(numbers)
    found = quantiles(lambda: iter((whole[:7], whole[7:])), len(whole), orders)
    assert found == np.quantile(whole, orders).tolist()


def small(policy: str = "certainty", unit: str = "row", far: bool = False) -> Sample:
    """Forty people in four strata of PSUs; with amounts far apart in the two codes of A, or not."""
    random = np.random.default_rng(5)
    psu = np.arange(40) // 4
    stratum = np.array([0, 0, 0, 1, 2, 2, 2, 3, 3, 3])[psu]
    labels = ("a", "b", "c", "d")
    design = Design(stratum, psu, np.full(40, 1.5), None, policy, labels, unit=unit)  # type: ignore[arg-type]
    own = columns(random, 40)
    inside, x = random.random(40) < 0.8, random.uniform(1, 2, 40)
    y = np.where(inside, random.normal(5, 1, 40) + (own["A"] == 0) * (1e9 if far else 0), 0.0)
    flag = np.where(inside, random.random(40) < 0.5, 0.0)
    lost = ~inside & (np.arange(40) > 20)
    asked = (
        Score("PEOPLE", inside, flag, None, int(lost.sum()), False, "total", lost),
        Score("RATE", inside, flag, None, 0, False, "rate"),
        Score("MEAN", inside, y, None, 0, True, "mean"),
        Score("RATIO", inside, flag, np.where(inside, x, 0.0), 0, True, "ratio"),
        Score("SUM", inside, y, None, 0, True, "total"),
    )
    return Sample("2020", design, own, asked)


@pytest.mark.usefixtures("uncompiled")
@pytest.mark.parametrize(
    ("policy", "unit", "far"),
    [("average", "row", False), ("adjust", "psu", False), ("collapse", "row", True)],
)
@pytest.mark.parametrize("dense", [True, False])
def test_every_step_of_a_stream_is_that_of_memory(
    monkeypatch: pytest.MonkeyPatch, policy: str, unit: str, far: bool, dense: bool
) -> None:
    if not dense:
        monkeypatch.setattr(stream_cells, "DENSE_CELLS", 3)
    sample = small(policy, unit, far)
    asked = flows(sample)
    cells = estimate(sample, asked)
    found = estimate_stream(streamed(sample, 16), asked, GROUP, ORDERS)
    for ours, theirs in zip(found.cells, cells, strict=True):
        same(ours, theirs)
    for ours, theirs in zip(found.comparisons, compare(sample, asked, [PAIR], cells), strict=True):
        same(ours, theirs)
    assert found.facts.influences == influences(sample.design, sample.scores, GROUP)


def test_a_stream_without_dimensions_or_amounts_has_one_cell() -> None:
    sample = small()
    asked = {s.indicator: indicator(s) for s in sample.scores[:2]}
    only = flow("ALL", asked, [])
    plain = Sample("2020", sample.design, {}, sample.scores[:2])
    found = estimate_stream(streamed(plain, 16), [only], GROUP, ORDERS)
    same(found.cells[0], estimate(plain, [only])[0])
    assert found.facts.influences == () == found.comparisons


def test_amounts_that_are_not_compared_are_left_out_of_all_the_same() -> None:
    sample = small()
    asked = flow("ALL", {"SUM": indicator(sample.scores[4])}, [])
    found = estimate_stream(streamed(sample, 16), [asked], GROUP, ORDERS)
    assert found.facts.influences == influences(sample.design, sample.scores, GROUP)
    assert not found.comparisons


def test_what_needs_everyone_at_once_is_refused_by_name() -> None:
    sample = small()
    bent = {"MEDIAN": indicator(replace(sample.scores[2], indicator="MEDIAN", estimator="gini"))}
    with pytest.raises(MethodFailed, match=r"1 indicators .*MEDIAN \(gini\).*--stream never"):
        estimate_stream(streamed(sample, 16), [flow("X", bent, [])], GROUP, ORDERS)


def test_a_count_that_is_an_amount_is_refused_with_how_many() -> None:
    sample = small()
    wrong = replace(sample.scores[1], numerator=sample.scores[2].numerator)
    scored = Sample("2020", sample.design, sample.columns, (wrong,))
    asked = flow("X", {"RATE": indicator(wrong)}, [])
    with pytest.raises(BadInput, match="RATE counts respondents"):
        estimate_stream(streamed(scored, 16), [asked], GROUP, ORDERS)


def test_a_stratum_with_a_single_psu_is_refused_by_its_name() -> None:
    with pytest.raises(LonelyPsu, match=r"1 of 4 strata have a single PSU.*: b\."):
        draw_of(streamed(small("refuse"), 16).strata)


def test_strata_that_would_join_across_a_sure_one_are_refused() -> None:
    drawn = Strata(
        ("a", "b", "c", "d"),
        np.full(4, 2),
        np.array([1, 1, 2, 2]),
        np.array([9.0, 1.0, 9.0, 9.0]),
        "collapse",
    )
    with pytest.raises(MethodFailed, match=r"1 strata with a single PSU .*--stream never"):
        draw_of(drawn)


def test_a_walk_without_its_end_has_found_nothing() -> None:
    course = Course(lay_out([], [()], []), (), (), {})
    with pytest.raises(ValueError, match="not come to its end"):
        _ = course.found


def drawn_strata(**more: Any) -> DrawnStrata:
    told: dict[str, Any] = {
        "labels": (1.0, 2.0),
        "rows": np.array([3, 4]),
        "psus": np.array([2, 2]),
        "least": np.array([0.5, 0.25]),
        "most": np.array([0.5, 0.25]),
        "no_fpc": 0,
        "missing": 0,
        "infinite": 0,
        "negative": 0,
        "positive": 7,
        "psu_labels": 4,
        "shared": 0,
    }
    return DrawnStrata(**told | more)


def test_strata_are_told_by_their_labels_and_rates_become_counts() -> None:
    found = strata_of(drawn_strata())
    assert found.labels == ("1", "2")
    assert found.population.tolist() == [4.0, 8.0]
    assert np.isinf(strata_of(drawn_strata(least=None, most=None)).population).all()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"missing": 2}, "2 of 7 weights are missing"),
        ({"infinite": 1}, "1 of 7 weights are infinite"),
        ({"negative": 3}, "3 of 7 weights are negative"),
        ({"positive": 0}, "All 7 weights are 0"),
        ({"rows": np.zeros(2, dtype=int)}, "no respondents"),
        ({"shared": 1}, "1 of 4 PSU labels occur in more than one stratum"),
        ({"no_fpc": 2}, "2 of 7 values of the fpc are missing"),
        ({"most": np.array([0.5, 0.3])}, "differs within 1 strata, such as 2"),
        ({"least": np.array([1.0, 2.0]), "most": np.array([1.0, 2.0])}, "more PSUs in the sample"),
    ],
)
def test_what_is_wrong_with_strata_is_said_as_of_rows(more: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        strata_of(drawn_strata(**more))


def test_a_sum_beyond_all_numbers_is_infinite() -> None:
    assert exact_sum(np.full(3, 1.7e308)) == np.inf
    assert exact_sum(np.full(3, -1.7e308)) == -np.inf
    assert exact_sum(np.array([1e308, 1e308, -1e308])) == 1e308
