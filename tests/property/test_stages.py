"""Laws of draws in several stages: true whatever the sample."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.estimate.multistage import variance

from cauce.estimate import Estimates, cube, design_of, walk
from cauce.model.arrays import Floats, Ints
from cauce.model.drawn import Drawn, DrawnStage
from cauce.model.sample import Score


@dataclass(frozen=True)
class People:
    """Stratum, PSU, dwelling, and how many PSUs, dwellings of a PSU and people of it there are."""

    stratum: Ints
    psu: Ints
    ssu: Ints
    n1: Floats
    n2: Floats
    n3: Floats
    weight: Floats
    y: Floats

    def taken(self, rows: Ints) -> "People":
        return People(**{name: column[rows] for name, column in vars(self).items()})


@st.composite
def samples(draw: st.DrawFn) -> People:
    """Up to four strata of two to four PSUs, of two to four dwellings of two or three people."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    psus = np.array(draw(st.lists(st.integers(2, 4), min_size=1, max_size=4)))
    dwellings = random.integers(2, 5, psus.sum())
    people = random.integers(2, 4, dwellings.sum())
    ssu = np.repeat(np.arange(dwellings.sum()), people)
    psu = np.repeat(np.arange(psus.sum()), dwellings)[ssu]
    stratum = np.repeat(np.arange(len(psus)), psus)[psu]
    rows = len(ssu)
    whole = draw(st.booleans())  # then some strata and some PSUs are drawn whole
    more = random.integers(0 if whole else 1, 5, (3, rows))
    return People(
        stratum,
        psu,
        ssu,
        (psus + more[0, : len(psus)])[stratum].astype(float),
        (dwellings + more[1, : len(dwellings)])[psu].astype(float),
        (people + more[2, : len(people)])[ssu].astype(float),
        random.uniform(0.5, 9, rows),
        random.normal(draw(st.sampled_from([0.0, 50.0])), 1, rows),
    )


def estimates(people: People, stages: int, estimator: str = "total") -> Estimates:
    each = np.arange(len(people.y))
    further = (DrawnStage(people.ssu, None, people.n2), DrawnStage(each, None, people.n3))
    design = design_of(
        Drawn(people.stratum, people.psu, people.weight, people.n1, stages=further[: stages - 1])
    )
    everyone = np.ones(len(people.y), dtype=np.bool_)
    score = Score("y", everyone, people.y, None, 0, True, estimator)  # type: ignore[arg-type]
    return cube(design, [], [], [()], [score])[0]


def error(people: People, stages: int, estimator: str = "total") -> float:
    return float(estimates(people, stages, estimator).se[0, 0])


def close(value: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


@given(samples())
def test_three_stages_are_the_recursion_of_the_books(people: People) -> None:
    each = np.arange(len(people.y))
    levels = [
        (people.stratum, people.psu, people.n1),
        (people.psu, people.ssu, people.n2),
        (people.ssu, each, people.n3),
    ]
    z = people.weight * people.y
    for stages in (1, 2, 3):
        assert error(people, stages) == close(variance(z, levels[:stages]) ** 0.5)


@given(samples())
def test_a_stage_drawn_whole_is_as_if_it_were_not(people: People) -> None:
    sampled = np.array([len(np.unique(people.ssu[people.psu == c])) for c in people.psu])
    whole = replace(people, n2=sampled.astype(float))
    assert error(whole, 2) == error(people, 1)
    assert error(whole, 2, "mean") == error(people, 1, "mean")


@given(samples())
def test_a_stage_never_makes_an_error_smaller(people: People) -> None:
    for estimator in ("total", "mean"):
        one, two, three = (error(people, stages, estimator) for stages in (1, 2, 3))
        assert one <= two * (1 + 1e-9)
        assert two <= three * (1 + 1e-9)


@given(samples(), st.integers(0, 2**32 - 1))
def test_the_order_of_rows_does_not_matter(people: People, seed: int) -> None:
    mixed = people.taken(np.random.default_rng(seed).permutation(len(people.y)))
    for estimator in ("total", "mean"):
        assert error(mixed, 3, estimator) == close(error(people, 3, estimator))


@given(samples(), st.floats(0, 1))
def test_where_a_file_is_split_does_not_matter(people: People, where: float) -> None:
    """The later part first: PSUs and dwellings may lie in both parts."""
    cut = int(where * len(people.y))
    rows = np.arange(len(people.y))
    parts = people.taken(np.concatenate([rows[cut:], rows[:cut]]))
    assert error(parts, 3) == close(error(people, 3))


@given(samples())
def test_into_how_many_blocks_the_walk_is_cut_does_not_matter(people: People) -> None:
    two = error(people, 3, "mean")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "FEW_BLOCKS", 7)
        assert error(people, 3, "mean") == close(two)


@given(samples())
def test_the_scale_of_a_label_does_not_matter(people: People) -> None:
    again = replace(people, ssu=people.ssu * 3 + 1, psu=people.psu + 100)
    assert error(again, 3) == error(people, 3)
