"""What a vintage adds, revises and drops, observation by observation."""

from dataclasses import replace

import numpy as np
from tests.unit.portal.conftest import figures_of, flow_of

from cauce.model.observation import ObsStatus
from cauce.store.changes import changes


def test_what_says_the_same_has_no_changes() -> None:
    one = figures_of(flow_of(["2024", "2025"]))
    found = changes(one, one)
    assert (found.fresh.tolist(), found.gone.tolist()) == ([], [])


def test_revised_added_and_dropped_observations_are_told_apart() -> None:
    """2025 is dropped, 2026 is added, and of 2024 one value and one status are revised."""
    old, new = figures_of(flow_of(["2024", "2025"])), figures_of(flow_of(["2024", "2026"]))
    new = replace(new, value=old.value.copy(), obs_status=(ObsStatus.BREAK, *new.obs_status[1:]))
    new.value[2] += 1
    found = changes(old, new)
    assert found.fresh.tolist() == [0, 1, 2, 3, 5, 7, 9, 11]
    assert found.gone.tolist() == [1, 3, 5, 7, 9, 11]


def test_a_number_that_stays_withheld_is_no_change() -> None:
    one = figures_of(flow_of(["2025"]))
    one.value[0] = np.nan
    assert changes(one, one).fresh.tolist() == []


def test_codes_are_compared_by_their_names_and_not_by_their_places() -> None:
    old, new = figures_of(flow_of(["2024", "2025"])), figures_of(flow_of(["2025", "2024"]))
    new = replace(new, value=old.value.reshape(-1, 2)[:, ::-1].reshape(-1))
    ci = {name: new.value + by for name, by in (("ci_low", -5), ("ci_high", 5))}
    counts = {
        name: getattr(old, name).reshape(-1, 2)[:, ::-1].reshape(-1)
        for name in ("df", "n", "cases", "psus", "strata")
    }
    assert changes(old, replace(new, **ci, **counts)).fresh.tolist() == []


def test_where_the_dimensions_are_others_all_is_fresh() -> None:
    old = figures_of(flow_of(["2024"]))
    other = replace(
        old.dataflow,
        dimensions=tuple(replace(d, id=f"{d.id}_2") for d in old.dataflow.dimensions),
    )
    found = changes(old, replace(old, dataflow=other))
    assert (len(found.fresh), len(found.gone)) == (6, 0)


def test_more_dimensions_than_one_number_can_tell_are_compared_all_the_same(monkeypatch) -> None:
    monkeypatch.setattr("cauce.store.changes.MOST_PLACES", 1)
    old, new = figures_of(flow_of(["2024"])), figures_of(flow_of(["2024"]))
    new.value[4] += 1
    found = changes(old, new)
    assert (found.fresh.tolist(), found.gone.tolist()) == ([4], [])


def test_what_another_agency_says_beside_a_number_counts_too() -> None:
    one = replace(figures_of(flow_of(["2024"])), theirs=(("a",) * 6, ("b",) * 6))
    other = replace(one, theirs=(("a",) * 6, ("b", "b", "c", "b", "b", "b")))
    assert changes(one, other).fresh.tolist() == [2]
    assert changes(one, replace(one, theirs=(("a",) * 6,))).fresh.tolist() == [0, 1, 2, 3, 4, 5]
