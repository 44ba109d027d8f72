"""Sub-major groups add up to the major group above them, in every draw and as published."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.outlook.proving import coherence
from cauce.pipeline.outlook.agreeing import agreed, shown, tied
from cauce.pipeline.outlook.demand import level
from cauce.pipeline.outlook.histories import read_history
from cauce.store import Reader


@pytest.fixture(scope="module")
def levels(pack, store):
    snapshot = Reader(store).snapshot()
    return tuple(level(read_history(snapshot, pack.wanted[name]), pack)
                 for name in ("occupation", "groups"))  # fmt: skip


def under(fine, group: str) -> list[int]:
    return [at for at, cell in enumerate(fine.cells) if cell[0] == group]


def test_draws_add_up_and_major_groups_stay_as_past_errors_ask_for(levels) -> None:
    fine, groups = levels
    before = fine.employed.sum(axis=-1) / groups.employed.sum(axis=-1) - 1
    assert np.abs(before).max() > 0.01
    moved, said = agreed(fine, groups)
    tie = tied(moved, groups)
    assert coherence(tie.wide(groups.employed, moved.employed), tie.of) < 1e-9
    assert "So in 2 of 2 groups" in said.en


def test_what_is_published_adds_up_as_well(levels) -> None:
    fine, groups = levels
    moved, _ = agreed(fine, groups)
    value, above = shown(moved, groups), np.median(groups.employed, axis=0)
    for at, group in enumerate(groups.cells):
        assert value[:, under(fine, group)].sum(axis=1) == pytest.approx(above[:, at], rel=1e-9)


def test_a_group_with_a_withheld_part_is_left_alone(levels) -> None:
    fine, groups = levels
    lost = fine.employed.copy()
    lost[:, :, fine.cells.index("72")] = np.nan
    moved, said = agreed(replace(fine, employed=lost), groups)
    assert np.array_equal(moved.employed[..., under(fine, "7")], lost[..., under(fine, "7")],
                          equal_nan=True)  # fmt: skip
    assert "So in 1 of 2 groups" in said.en


def test_levels_that_nothing_ties_are_the_very_same(levels) -> None:
    fine, groups = levels
    apart = replace(groups, cells=("A", "B"))
    alone = replace(fine, read=replace(fine.read, dimensions=groups.read.dimensions), cells=("7",),
                    employed=np.full((2, 3, 1), np.nan))  # fmt: skip
    assert agreed(alone, apart) == (alone, None)
    assert np.isnan(shown(alone, apart)).all()
