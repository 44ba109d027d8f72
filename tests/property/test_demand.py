"""What holds of matrices, crosswalks and projects whatever they are made of."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.model.history import History
from cauce.model.project import Phase, Project, Range
from cauce.model.text import Text
from cauce.outlook.crosswalk import crosswalk, shorten, walk
from cauce.outlook.matrix import effects, rake
from cauce.outlook.projects import project_draws

QUICK = settings(max_examples=20, deadline=None)


@QUICK
@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(2, 8))
def test_raking_meets_margins_keeps_zeros_and_does_not_care_about_the_seeds_scale(
    chance: int, s: int, o: int
) -> None:
    rng = np.random.default_rng(chance)
    seed = rng.gamma(1, 1, (s, o)) * (rng.random((s, o)) < 0.8)
    seed[:, 0] += 0.1
    seed[0] += 0.1
    reachable = seed * rng.lognormal(0, 0.3, (5, s, 1)) * rng.lognormal(0, 0.3, (5, 1, o))
    rows, columns = reachable.sum(axis=-1), reachable.sum(axis=-2)
    names = (tuple(map(str, range(s))), tuple(map(str, range(o))))

    found = rake(seed, rows, columns, names)

    assert found.sum(axis=-1) == pytest.approx(rows, rel=1e-6)
    assert found.sum(axis=-2) == pytest.approx(columns, rel=1e-6)
    assert (found[:, seed == 0] == 0).all()
    assert rake(7 * seed, rows, columns, names) == pytest.approx(found, rel=1e-6)


@QUICK
@given(st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 8))
def test_industry_and_staffing_are_the_whole_change(chance: int, s: int, o: int) -> None:
    rng = np.random.default_rng(chance)
    base, ahead = rng.gamma(1, 10, (s, o)), rng.gamma(1, 10, (3, 4, s, o))

    found = effects(base, ahead)

    assert found.industry + found.staffing == pytest.approx(ahead.sum(axis=-2) - base.sum(axis=0))


PAIRS = st.dictionaries(
    st.tuples(st.sampled_from(["11", "12", "21", "31"]), st.sampled_from(["1a", "1b", "2a", "3c"])),
    st.none(),
    min_size=1,
)


@QUICK
@given(PAIRS, st.integers(0, 1000))
def test_a_crosswalk_loses_nobody(pairs: dict[tuple[str, str], None], chance: int) -> None:
    found = crosswalk([(old, new, None) for old, new in pairs])
    people = np.random.default_rng(chance).gamma(2, 100, (2, len(found.old)))
    past = History(
        ("OCU",), tuple((code,) for code in found.old), np.array([2010.0, 2012.0]), people,
        people / 10, np.full(people.shape, 9, np.int32), ("88", "88"),
    )  # fmt: skip

    walked = walk(past, "OCU", found, "88", "08").history

    assert np.nansum(walked.value, axis=1) == pytest.approx(people.sum(axis=1))
    assert shorten(found, 1).weight.sum(axis=1) == pytest.approx(1)


@QUICK
@given(st.floats(2020, 2030), st.floats(0.1, 5), st.floats(0, 3), st.integers(0, 1000))
def test_all_the_work_of_a_project_is_done_once(
    starts: float, lasts: float, late: float, seed: int
) -> None:
    phases = (Phase(0, lasts, 0.4, {"a": 1.0}), Phase(lasts, 2.0, 0.6, {"a": 0.5, "b": 0.5}))
    project = Project(
        "p", Text("p", "p"), starts, Range(0, late / 2, late), Range(10, 10, 10), "USD",
        Range(3, 3, 3), phases, Text("s", "s"),
    )  # fmt: skip
    years = range(2020, 2050)

    drawn = project_draws([project], ("a", "b"), years, seed, 5)

    assert drawn.sum(axis=(2, 3)) == pytest.approx(30)
    assert project_draws([project], ("b", "a"), years, seed=7, draws=1).sum() == pytest.approx(30)
