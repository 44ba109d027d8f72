"""What would change a class: one assumption at a time, in the range that somebody stands for."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.codelist import Code, Codelist
from cauce.model.dataflow import Source
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.model.text import Text
from cauce.outlook.gaps import Frame, Gaps, classify, gap, post
from cauce.outlook.scenarios import Assumed, changes_table, what_would_change
from cauce.pipeline.packs import read_dictionary

T = Text("invented", "inventado")
POSTS = (post("21"), post("83"))
EMPLOYED = np.full(2, 1000.0)


def assumed(id, side, people, low=1.0, high=1.0):
    return Assumed(id, T, side, np.tile(np.array(people, dtype=float), (10, 1)), low, high, T)


# Engineers: 200 openings, 140 graduates, 6 % short over 5 years. Drivers: 0 %.
PARTS = (
    assumed("growth", "openings", [150, 0]),
    assumed("exits", "openings", [50, 100], 0.9, 1.1),
    assumed("graduates", "supply", [140, 100], 0.5, 1.5),
)


def test_the_nearest_value_that_flips_a_class_is_found():
    """140 x 1.075 = 150.5, the first twentieth of +50 % by which 50 of 1,000 are not exceeded."""
    flips = what_would_change(POSTS, PARTS, EMPLOYED, 5)
    own = [one for one in flips if one.post == POSTS[0]]

    assert [(one.assumption, one.before, one.after) for one in own] == [
        ("graduates", "SHORTAGE", "NO_CONCLUSION")
    ]
    assert own[0].factor == pytest.approx(1.075)
    assert (own[0].low, own[0].high) == (0.5, 1.5)


def test_both_ends_of_a_range_may_flip_a_class():
    """Drivers: 5 % of 1,000 are 50 of 100 graduates, beyond both ends; 60 would do."""
    wider = (*PARTS[:2], replace(PARTS[2], low=0.4, high=1.6))

    own = [one for one in what_would_change(POSTS, wider, EMPLOYED, 5) if one.post == POSTS[1]]

    assert {(one.after, round(one.factor, 2)) for one in own} == {
        ("SHORTAGE", 0.49), ("SURPLUS", 1.51),
    }  # fmt: skip


def test_what_nobody_stands_for_is_not_varied():
    assert {one.assumption for one in what_would_change(POSTS, PARTS, EMPLOYED, 5)} == {"graduates"}


@pytest.mark.parametrize("range_", [(1.1, 1.2), (0.5, 0.9), (-0.1, 1.0)])
def test_a_range_that_does_not_hold_the_present_value_is_refused(range_):
    low, high = range_
    with pytest.raises(BadInput, match="that hold 1"):
        what_would_change(POSTS, (replace(PARTS[0], low=low, high=high),), EMPLOYED, 5)


def test_an_assumption_that_stands_twice_and_none_at_all_are_refused():
    with pytest.raises(BadInput, match="stands twice"):
        what_would_change(POSTS, (PARTS[0], PARTS[0]), EMPLOYED, 5)
    with pytest.raises(BadInput, match="Nothing is assumed"):
        what_would_change(POSTS, (), EMPLOYED, 5)


def test_the_changes_are_a_table_with_the_range_as_their_interval(request):
    dictionary = read_dictionary(request.config.rootpath / "packs" / "region")[0]
    own = Codelist("CL_OUTLOOK_ASSUMPTION", T, (Code("graduates", T),))
    frame = Frame("XAA_OUTLOOK", (Code("XAA", T),), Code("base", T),
                  Source("XAA_OUTLOOK", "XAA", T, T, "Open", "", True),
                  {**dictionary.codelists, own.id: own}, dictionary.indicators)  # fmt: skip
    found = gap(np.full((10, 5, 2), 60.0), np.zeros((10, 5, 2)), EMPLOYED)
    gaps = Gaps("XAA", POSTS, 2025, found, classify(found.relative), np.array([0.1, 0.5]))
    wider = (*PARTS[:2], replace(PARTS[2], low=0.4, high=1.6))

    told = changes_table(what_would_change(POSTS, wider, EMPLOYED, 5), wider, gaps, 5, frame)

    # The drivers' base year is unfit to publish.
    assert np.isfinite(told.value).sum() == 1
    at = int(np.flatnonzero(np.isfinite(told.value))[0])
    assert (told.low[at], told.high[at]) == (40, 160)
    assert told.dataflow.id == "XAA_OUTLOOK_BASE_CHANGES"
    assert isinstance(changes_table((), wider, gaps, 5, frame), NotProducible)
