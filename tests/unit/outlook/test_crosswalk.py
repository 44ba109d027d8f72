"""Numbers of one classification in the codes of another, with what nobody knows told as error."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.history import History
from cauce.outlook.crosswalk import EQUAL_PARTS, crosswalk, shorten, walk
from cauce.outlook.shares import ShareForecast, forecast_shares

NAN = float("nan")
SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "classifications"
ILO = SHARED / "crosstable_isco08_isco88.csv"
KNOWN = crosswalk([("1", "a", 0.25), ("1", "b", 0.75), ("2", "b", 1.0)], {"1": 99})
ASSUMED = crosswalk([("1", "a", None), ("1", "b", None), ("2", "b", None)])


def history(
    value: list[list[float]], standards: tuple[str, ...], cells: str = "12ab", se: float = 0.0
) -> History:
    numbers = np.array(value, dtype=float)
    return History(
        ("OCU",),
        tuple((code,) for code in cells),
        np.arange(2010.0, 2010 + len(value)),
        numbers,
        np.where(np.isfinite(numbers), se, NAN),
        np.where(np.isfinite(numbers), 40, -1).astype(np.int32),
        standards,
    )


OLD = [100.0, 50.0, NAN, NAN]
NEW = [NAN, NAN, 30.0, 120.0]
FLIP = history([OLD, NEW, OLD], ("88", "08", "88"), se=10.0)


def test_an_old_code_goes_to_the_new_ones_by_its_parts():
    """100 × ¼ = 25; 100 × ¾ + 50 = 125."""
    walked = walk(FLIP, "OCU", KNOWN, "88", "08").history

    assert walked.cells == (("a",), ("b",))
    assert walked.value.tolist() == [[25, 125], [30, 120], [25, 125]]
    assert walked.n.tolist() == [[10, 70], [40, 40], [10, 70]]


def test_a_series_that_goes_back_is_converted_where_it_was_and_says_so():
    assert walk(FLIP, "OCU", KNOWN, "88", "08").history.standards == ("88>08", "08", "88>08")


def test_the_error_has_what_the_sample_and_what_the_parts_add():
    """Sampling: 10² × ¼² and 10² × (¾² + 1). Parts: 100² × ¼ × ¾ / (99 + 1) = 4.33²."""
    walked = walk(FLIP, "OCU", KNOWN, "88", "08")

    assert walked.by_crosswalk[:, 0] == pytest.approx([18.75**0.5, 0, 18.75**0.5])
    assert walked.history.se[0] == pytest.approx([(6.25 + 18.75) ** 0.5, (156.25 + 18.75) ** 0.5])


def test_equal_parts_are_an_assumption_and_very_unsure():
    """A flat Dirichlet of two: a half each, with variance ½ × ½ / 3."""
    walked = walk(FLIP, "OCU", ASSUMED, "88", "08")

    assert ASSUMED.assumed
    assert not KNOWN.assumed
    assert "split equally" in EQUAL_PARTS.en
    assert walked.history.value[0].tolist() == [50, 100]
    assert walked.by_crosswalk[0, 0] == pytest.approx((100**2 / 12) ** 0.5)


def test_nothing_is_lost_on_the_way():
    walked = walk(FLIP, "OCU", ASSUMED, "88", "08").history

    assert walked.value.sum(axis=1).tolist() == [150, 150, 150]


def test_a_code_without_a_row_is_refused_by_name():
    with pytest.raises(BadInput, match="no row for 3, 9: add where"):
        walk(history([[1, 2, 3, 4]] * 2, ("88", "88"), "1239"), "OCU", KNOWN, "88", "08")


def test_what_a_withheld_code_feeds_is_withheld():
    past = history([[NAN, 50.0, NAN, NAN], OLD, NEW], ("88", "88", "08"))

    walked = walk(past, "OCU", KNOWN, "88", "08").history

    assert np.isnan(walked.value[0]).all()
    assert np.isnan(walked.se[0]).all()
    assert walked.n[0].tolist() == [-1, -1]


def test_a_code_that_no_old_wave_has_feeds_nothing():
    past = history([[NAN, 50.0, NAN, NAN], NEW], ("88", "08"))

    walked = walk(past, "OCU", KNOWN, "88", "08").history

    assert walked.value[0, 1] == 50
    assert np.isnan(walked.value[0, 0])


def test_an_error_or_a_count_that_is_missing_stays_missing():
    past = replace(FLIP, se=np.full((3, 4), NAN), n=np.full((3, 4), -1, np.int32))

    walked = walk(past, "OCU", KNOWN, "88", "08").history

    assert np.isnan(walked.se).all()
    assert (walked.n == -1).all()
    assert walked.value[0].tolist() == [25, 125]


def test_other_dimensions_stay_as_they_are():
    past = replace(
        history([[100.0, 200.0, NAN, NAN]], ("88",)),
        dimensions=("SEX", "OCU"),
        cells=(("F", "1"), ("M", "1"), ("F", "a"), ("M", "a")),
    )

    walked = walk(past, "OCU", KNOWN, "88", "08").history

    assert walked.cells == (("F", "a"), ("M", "a"), ("F", "b"), ("M", "b"))
    assert walked.value.tolist() == [[25, 50, 75, 150]]


def test_codes_that_both_classifications_have_stay_in_place():
    same = crosswalk([("1", "1", 0.9), ("1", "2", 0.1), ("2", "2", None)])
    past = history([[100.0, 50.0], [90.0, 60.0]], ("88", "08"), "12")

    walked = walk(past, "OCU", same, "88", "08").history

    assert walked.cells == (("1",), ("2",))
    assert walked.value.tolist() == [[90, 60], [90, 60]]


def test_what_is_to_be_walked_has_to_be_there():
    with pytest.raises(BadInput, match="no dimension ISCO"):
        walk(FLIP, "ISCO", KNOWN, "88", "08")
    with pytest.raises(BadInput, match="coded by 68"):
        walk(FLIP, "OCU", KNOWN, "68", "08")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("1", "a", None), ("1", "a", None)], "has 1 to a twice"),
        ([("1", "a", 0.5), ("1", "b", None)], "some of the new codes of 1 a weight, not all"),
        ([("1", "a", -0.5), ("1", "b", 1.5)], "negative weight for 1"),
        ([("1", "a", 0.5), ("1", "b", 0.4)], "of 1 add up to 0.9 and not to 1"),
        ([("1", "a", NAN), ("1", "b", 0.4)], "of 1 add up to nan"),
    ],
)
def test_a_crosswalk_that_is_none_is_refused(rows: list[tuple[str, str, float | None]], words: str):
    with pytest.raises(BadInput, match=words):
        crosswalk(rows)


LONG = crosswalk([("11", "a1", None), ("12", "a2", 0.5), ("12", "b1", 0.5), ("21", "b1", None)])


def test_a_shorter_crosswalk_weighs_long_codes_by_their_size():
    """Of major group 1, 30 are 11 and 10 are 12: (30 + 5) / 40 go to a."""
    weighed = shorten(LONG, 1, {"11": 30, "12": 10, "21": 5})

    assert weighed.old == ("1", "2")
    assert weighed.new == ("a", "b")
    assert weighed.weight == pytest.approx(np.array([[0.875, 0.125], [0, 1]]))
    assert not weighed.assumed
    assert shorten(LONG, 1).weight[0] == pytest.approx([0.75, 0.25])
    assert shorten(LONG, 1).assumed


def test_sizes_have_to_be_known_and_positive():
    with pytest.raises(BadInput, match="1 old codes of the crosswalk have no size"):
        shorten(LONG, 1, {"11": 30, "12": 10})
    with pytest.raises(BadInput, match="size of 0"):
        shorten(LONG, 1, {"11": 30, "12": 10, "21": 0})


@pytest.mark.skipif(not ILO.is_file(), reason="needs the ILO's correspondence table")
def test_the_ilos_table_carries_everybody_over():
    """389 unit groups of ISCO-88; every one keeps all its people."""
    with ILO.open(encoding="utf-8", errors="replace") as file:
        rows = {(row["ISCO-88 code"], row["ISCO 08 Code"]) for row in csv.DictReader(file)}

    found = crosswalk([(old, new, None) for old, new in sorted(rows)])

    assert len(found.old) == 389
    assert found.weight.sum(axis=1) == pytest.approx(1)
    major = shorten(found, 1)
    assert major.weight.sum(axis=1) == pytest.approx(1)
    assert major.weight[major.old.index("6"), major.new.index("6")] > 0.8


def test_a_converted_series_that_flips_is_forecast_from_its_own_levels():
    """Half of the jump between the classifications is a mistake of the parts, and no trend."""
    waves = [OLD, OLD, NEW, OLD]
    walked = walk(history(waves, ("88", "88", "08", "88"), se=2.0), "OCU", ASSUMED, "88", "08")

    found = forecast_shares(walked.history, np.array([1.0, 5.0]))

    assert isinstance(found, ShareForecast)
    assert found.forecast().value[-1] == pytest.approx([50, 100])
