"""Workers of a project are its money times its labour, when its phases are done."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.project import Phase, Project, Range
from cauce.model.text import Text
from cauce.outlook.enough import lacking
from cauce.outlook.projects import assumptions, project_draws

SURE = Range(0, 0, 0)
BRIDGE = Project(
    id="bridge",
    name=Text("A bridge", "Un puente"),
    starts=2027.0,
    delay=SURE,
    millions=Range(100, 100, 100),
    currency="USD",
    labour=Range(8, 8, 8),
    phases=(
        Phase(begins=0, lasts=1, work=0.25, mix={"71": 0.8, "21": 0.2}),
        Phase(begins=1, lasts=2, work=0.75, mix={"71": 0.5, "83": 0.5}),
    ),
    source=Text("invented", "inventado"),
)
OCCUPATIONS, YEARS = ("21", "71", "83"), (2026, 2027, 2028, 2029, 2030)


def likely(projects, occupations, years):
    """Of projects without a range every draw is the same, shape (p, h, o)."""
    return project_draws(projects, occupations, years, seed=7, draws=1)[:, 0]


def test_money_times_labour_is_done_in_phases_by_who_does_them():
    """800 worker-years: 200 in 2027, 300 in each of 2028 and 2029."""
    found = likely([BRIDGE], OCCUPATIONS, YEARS)[0]

    assert found.tolist() == [[0, 0, 0], [40, 160, 0], [0, 150, 150], [0, 150, 150], [0, 0, 0]]


def test_a_start_in_the_middle_of_a_year_is_half_a_year_of_work():
    found = likely([replace(BRIDGE, starts=2027.5)], OCCUPATIONS, YEARS)[0].sum(axis=1)

    assert found == pytest.approx([0, 100, 250, 300, 150])


def test_a_delay_moves_the_work_and_loses_none_of_it():
    late = replace(BRIDGE, delay=Range(1, 1, 1))

    assert likely([late], OCCUPATIONS, YEARS)[0].sum(axis=1).tolist() == [0, 0, 200, 300, 300]


def test_projects_that_overlap_add_up():
    found = likely([BRIDGE, replace(BRIDGE, id="road", starts=2028.0)], OCCUPATIONS, YEARS)

    assert found.sum(axis=(0, 2)).tolist() == [0, 200, 500, 600, 300]


def test_draws_lie_within_their_ranges_around_the_mean_of_the_triangle():
    """Money 50 to 150 around 100, labour 4 to 12 around 6: means 100 and 22/3."""
    unsure = replace(BRIDGE, millions=Range(50, 100, 150), labour=Range(4, 6, 12))

    found = project_draws([unsure], OCCUPATIONS, YEARS, seed=7, draws=20_000)[0].sum(axis=(1, 2))

    assert found.min() >= 200
    assert found.max() <= 1800
    assert found.mean() == pytest.approx(100 * 22 / 3, rel=0.01)


def test_a_sure_project_is_drawn_as_it_is():
    found = project_draws([BRIDGE], OCCUPATIONS, YEARS, seed=7, draws=3)

    assert found == pytest.approx(
        np.broadcast_to(likely([BRIDGE], OCCUPATIONS, YEARS)[:, None], found.shape)
    )


def test_a_scenario_that_moves_one_project_moves_no_other():
    unsure = replace(BRIDGE, delay=Range(0, 1, 3))
    road = replace(unsure, id="road")

    both = project_draws([unsure, road], OCCUPATIONS, YEARS, 7, 10)
    moved = project_draws([replace(unsure, starts=2028.0), road], OCCUPATIONS, YEARS, 7, 10)

    assert moved[1] == pytest.approx(both[1])
    assert not np.array_equal(both[0], both[1])


def test_no_project_needs_nobody():
    assert project_draws([], OCCUPATIONS, YEARS, 7, 10).sum() == 0
    assert assumptions([]) == ()


def test_each_project_is_said_with_who_says_so():
    said = assumptions([replace(BRIDGE, millions=Range(80, 100, 150))])

    assert said[0].en == (
        "A bridge: 80/100/150 million USD, 8/8/8 workers a million and year, from 2027, "
        "0/0/0 years late (invented)."
    )
    assert len(said) == 1


def phase(**more: Any) -> tuple[Phase, ...]:
    return (replace(BRIDGE.phases[0], work=1.0, **more),)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"millions": Range(100, 50, 150)}, "bridge: money has a least, a likeliest and a most"),
        ({"labour": Range(-1, 5, 6)}, "bridge: labour"),
        ({"delay": Range(0, 1, float("inf"))}, "bridge: delay"),
        ({"phases": BRIDGE.phases[:1]}, "work of its phases does not add up"),
        ({"phases": phase(lasts=0.0)}, "bridge, phase 1: begins and works from 0 up"),
        ({"phases": phase(begins=-1.0)}, "bridge, phase 1: begins and works"),
        ({"phases": phase(mix={"71": 0.5})}, "mix of occupations does not add up"),
        ({"phases": phase(mix={"71": 1.5, "21": -0.5})}, "mix of occupations"),
        ({"phases": phase(mix={"99": 1.0})}, "needs 99, which the outlook does not have"),
    ],
)
def test_a_project_that_is_none_is_refused_by_name(wrong: dict[str, Any], words: str):
    with pytest.raises(BadInput, match=words):
        project_draws([replace(BRIDGE, **wrong)], OCCUPATIONS, YEARS, 7, 2)
    with pytest.raises(BadInput, match=words):
        likely([replace(BRIDGE, **wrong)], OCCUPATIONS, YEARS)


def test_more_people_than_there_are_cannot_be_asked_for():
    asked = np.array([[900.0, 12_000.0], [1_000.0, 13_000.0], [1_100.0, 14_000.0]])

    found = lacking("demand", asked, np.array([5_000.0, 9_000.0]), (2027, 2028))

    assert found is not None
    assert found.output == "demand"
    assert found.because.en == ("The scenario asks for 13,000 people in 2028, and there are 9,000.")
    assert found.because.es == "El escenario pide 13 000 personas en 2028, y hay 9 000."


def test_what_there_are_people_for_is_not_refused():
    assert lacking("demand", np.ones((3, 2)), np.full((3, 2), 2.0), (2027, 2028)) is None
    assert lacking("demand", np.ones((3, 1)), np.array([np.nan]), (2027,)) is None


def test_fewer_than_nobody_cannot_be_left():
    found = lacking("demand", np.array([[5.0, -5.0]]), np.array([9.0, 9.0]), (2027, 2028))

    assert found is not None
    assert "fewer people than nobody in 2028" in found.because.en
