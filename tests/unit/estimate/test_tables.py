"""The cells of a dataflow: keys, margins, missing reasons, units."""

import numpy as np
import pytest

from cauce.estimate import design_from_labels, estimate
from cauce.estimate.tables import positions
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.missing import Missing
from cauce.model.sample import Sample, Score
from cauce.model.text import Text


def text(word: str) -> Text:
    return Text(word, word)


def dimension(name: str, *codes: str) -> Dimension:
    return Dimension(name, text(name), tuple(Code(c, text(c)) for c in codes), f"CL_{name}")


def indicator(name: str, estimator: str, scale: float) -> Indicator:
    return Indicator(
        name,
        text(name),
        text(name),
        estimator,
        "TRUE",
        "1",
        "",
        "U",
        scale,
        0,
        "",  # type: ignore[arg-type]
    )


def flow(name: str, own: list[Dimension], indicators: list[Indicator]) -> Dataflow:
    fixed = [dimension("FREQ", "A"), dimension("REF_AREA", "XAA")]
    fixed.append(dimension("INDICATOR", *(i.id for i in indicators)))
    source = Source("S", "XAA", text("s"), text("p"), "l", "c", True)
    method = Method("Taylor", "refuse", "survey", "none", "ilo", "1")
    every = (*fixed, *own, dimension("TIME_PERIOD", "2019", "2020"))
    return Dataflow(name, "1.0", text(name), every, tuple(indicators), source, method)


SEX = dimension("SEX", "_T", "M", "F", "_U", "_Z")
ZONE = dimension("ZONE", "_T", "A", "B", "_U", "_Z")
RATE, PAY = indicator("RATE", "rate", 100), indicator("PAY", "mean", 1)


@pytest.fixture
def sample() -> Sample:
    sex = np.array([0, 1, 0, 1, Missing.REFUSED, Missing.NOT_APPLICABLE], dtype=np.int32)
    zone = np.array([0, 0, 0, 0, 0, 0], dtype=np.int32)
    inside = np.array([1, 1, 1, 1, 1, 0], dtype=bool)
    lost = ~inside
    return Sample(
        period="2020",
        design=design_from_labels(np.zeros(6), np.arange(6), np.ones(6)),
        columns={"SEX": sex, "ZONE": zone},
        scores=(
            Score("RATE", inside, np.array([1.0, 0, 1, 0, 1, 0]), None, 1, False, "rate", lost),
            Score("PAY", inside, np.array([9.0, 1, 3, 2, 5, 0]), None, 1, True, "mean", lost),
            Score("OTHER", inside, np.zeros(6), None, 0, False, "total"),
        ),
    )


def rows(cells) -> dict[tuple[str, ...], int]:
    dims = cells.dataflow.dimensions
    return {
        tuple(dims[j].codes[p].id for j, p in enumerate(key)): row
        for row, key in enumerate(cells.key.tolist())
    }


def test_every_margin_and_class_has_its_key(sample: Sample) -> None:
    (cells,) = estimate(sample, [flow("ONE", [SEX], [RATE, PAY])])
    at = rows(cells)
    assert set(at) == {
        ("A", "XAA", i, s, "2020") for i in ("RATE", "PAY") for s in ("_T", "M", "F", "_U", "_Z")
    }
    assert cells.value[at["A", "XAA", "RATE", "_T", "2020"]] == pytest.approx(60)
    assert cells.value[at["A", "XAA", "RATE", "M", "2020"]] == 100
    assert cells.missing[at["A", "XAA", "RATE", "_Z", "2020"]] == 1
    assert np.isnan(cells.value[at["A", "XAA", "RATE", "_Z", "2020"]])


def test_a_total_is_the_sum_of_its_classes(sample: Sample) -> None:
    (cells,) = estimate(sample, [flow("ONE", [SEX], [PAY])])
    at = rows(cells)
    parts = [cells.n[at["A", "XAA", "PAY", s, "2020"]] for s in ("M", "F", "_U", "_Z")]
    assert sum(parts) == cells.n[at["A", "XAA", "PAY", "_T", "2020"]] == 5


def test_classes_with_nobody_in_them_are_left_out(sample: Sample) -> None:
    (cells,) = estimate(sample, [flow("ONE", [ZONE], [RATE])])
    assert {key[3] for key in rows(cells)} == {"_T", "A"}


def test_amounts_know_their_largest_contributors(sample: Sample) -> None:
    (cells,) = estimate(sample, [flow("ONE", [SEX], [RATE, PAY])])
    at = rows(cells)
    assert cells.largest[at["A", "XAA", "PAY", "M", "2020"]].tolist() == [0.75, 0.25]
    assert cells.largest[at["A", "XAA", "PAY", "_T", "2020"]].tolist() == [0.45, 0.25]
    assert np.isnan(cells.largest[at["A", "XAA", "RATE", "M", "2020"]]).all()


def test_tables_share_one_pass_and_keep_their_own_dimensions(sample: Sample) -> None:
    two = flow("TWO", [ZONE, SEX], [PAY])
    again = flow("THREE", [SEX], [PAY])
    one, both, third = estimate(sample, [flow("ONE", [], [RATE]), two, again])
    assert third.largest[rows(third)["A", "XAA", "PAY", "M", "2020"]].tolist() == [0.75, 0.25]
    assert len(one.value) == 1
    assert ("A", "XAA", "PAY", "A", "M", "2020") in rows(both)
    assert both.value[rows(both)["A", "XAA", "PAY", "_T", "F", "2020"]] == 1.5


def test_reasons_take_the_last_two_places() -> None:
    column = np.array([0, 1, -1, -2, -3, -4], dtype=np.int32)
    assert positions(column, 4).tolist() == [0, 1, 2, 2, 2, 3]


def test_values_are_in_the_unit_of_the_indicator_and_cvs_are_not(sample: Sample) -> None:
    (cells,) = estimate(sample, [flow("ONE", [], [RATE])])
    assert cells.cv[0] == pytest.approx(cells.se[0] / 60, rel=1e-15)
    assert 0 < cells.ci_low[0] < 60 < cells.ci_high[0] < 100


def test_only_the_grand_total_stays_when_nobody_is_inside(sample: Sample) -> None:
    nobody = Score("PAY", np.zeros(6, dtype=bool), np.zeros(6), None, 0, True, "mean")
    empty = Sample("2020", sample.design, sample.columns, (nobody,))
    (cells,) = estimate(empty, [flow("ONE", [SEX], [PAY])])
    assert cells.key.tolist() == [[0, 0, 0, 0, 1]]
    assert np.isnan(cells.value[0])
    assert np.isnan(cells.largest[0]).all()
