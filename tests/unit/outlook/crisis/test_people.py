"""Exposure, loss, displacement, rebuilding and pressure, with a pencil."""

import numpy as np
import pytest

from cauce.model.crisis import Grid, Harm, Presence, Triple
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.crisis import (
    Rebuilding,
    Workforce,
    by_houses,
    by_steps,
    damage_of_wind,
    errors_of,
    exposed,
    fitted,
    hit,
    income_lost,
    interval,
    lasting,
    months_present,
    needed_workers,
    pressure_class,
    rebuilding_lever,
    reported_part,
    share_of_land,
    share_of_people,
    stopped,
    stopped_over_time,
    summed,
    triangular,
    undercounted,
    workdays_lost,
)

SAID = Text("a source", "una fuente")
NAN = float("nan")


def sure(number: float) -> Triple:
    return Triple(number, number, number, SAID)


def work(value, se=0.0, groups=("NAT", "FRG")) -> Workforce:
    size = len(value)
    return Workforce(
        area=np.zeros(size, np.int32),
        sectors=("AGR",) * size,
        groups=tuple(groups[:size]),
        value=np.array(value, dtype=float),
        se=np.full(size, float(se)),
    )


def grid(people) -> Grid:
    return Grid(
        ("A", "B", "C"),
        np.zeros(4),
        np.zeros(4),
        np.array([1.0, 3.0, 2.0, 2.0]),
        np.array([0, 0, 1, 1], np.int32),
        np.array(people, dtype=float),
    )


def test_two_storms_over_one_point_reach_it_once():
    reached = hit(np.array([[40.0, 0.0, 20.0, 0.0], [40.0, 20.0, 0.0, 0.0]]))

    assert reached.astype(int).tolist() == [[1, 0, 0, 0], [1, 0, 0, 0], [1, 1, 1, 0]]
    assert share_of_land(grid([1, 1, 1, 1]), reached)[2, :2].tolist() == [1.0, 0.5]


def test_land_and_people_are_different_parts_of_an_area():
    reached = hit(np.array([[40.0, 0.0, 0.0, 0.0]]))
    of_land, of_people = (
        share(grid([9, 1, 1, NAN]), reached) for share in (share_of_land, share_of_people)
    )

    assert of_land[0, 0] == 0.25
    assert of_people[0, 0] == pytest.approx(0.9)
    assert np.isnan(of_people[0, 1]), "people of one point were not counted"
    assert np.isnan(of_land[0, 2]), "an area without land"


def test_reported_people_are_never_more_than_live_there():
    part = reported_part(np.array([50.0, 300.0, 5.0]), np.array([200.0, 200.0, 0.0]))

    assert part[:, :2].tolist() == [[0.25, 1.0]] * 3
    assert np.isnan(part[:, 2]).all()


def test_a_triangle_without_width_is_its_number_and_one_with_an_unknown_corner_is_unknown():
    found = triangular(
        np.array([2.0, NAN, 0.0]), np.array([2.0, 1, 1]), np.array([2.0, 2, 2]), np.array(0.5)
    )

    assert found[0] == 2
    assert np.isnan(found[1])
    assert found[2] == 1


def test_exposed_workers_are_part_times_workers_times_presence():
    """100 workers, a quarter of the area, three times the mean in the month: 75."""
    present = np.ones((12, 1))
    present[10] = 3
    share = np.full((3, 1), 0.25)

    found = exposed(work([100.0]), share, present, seed=1, draws=5)

    assert found[:, 10, 0].tolist() == [75.0] * 5
    assert found[:, 0, 0].tolist() == [25.0] * 5


def test_nobody_is_exposed_where_nothing_passed_even_if_nobody_knows_who_works_there():
    found = exposed(work([NAN, NAN]), np.array([[0, 0.1]] * 3), np.ones((12, 2)), 1, 3)

    assert (found[:, :, 0] == 0).all()
    assert np.isnan(found[:, :, 1]).all()


def test_a_season_nobody_knows_stays_unknown_and_an_areas_own_calendar_comes_first():
    calendar = (
        Presence("_T", "AGR", "_T", (1.0,) * 12, SAID),
        Presence("A", "AGR", "FRG", (2.0,) * 12, SAID),
    )
    seasonal = frozenset({"AGR"})

    assert np.isnan(months_present(work([1, 1]), ("A",), (), seasonal)).all()
    assert months_present(work([1, 1]), ("A",), (), frozenset()).tolist() == [[1, 1]] * 12
    assert months_present(work([1, 1]), ("A",), calendar, seasonal)[0].tolist() == [1, 2]
    country = Workforce(np.array([-1], np.int32), ("AGR",), ("FRG",), np.ones(1), np.ones(1))
    assert months_present(country, ("A",), calendar, seasonal)[0].tolist() == [1]


def test_undercounting_is_off_without_a_range_and_of_migrants_alone():
    workers = np.ones((2, 12, 2))
    migrants = frozenset({"FRG"})

    assert undercounted(workers, work([1, 1]), migrants, None, 1) is workers
    more = undercounted(workers, work([1, 1]), migrants, sure(1.5), 1)
    assert more[0, 0].tolist() == [1.0, 1.5]


def test_work_that_stopped_comes_back_by_half_lives_by_hand():
    """tau 2: after two months 1/e is left; a month loses the integral of it."""
    harms = (Harm("AGR", sure(0.5), sure(2.0)),)
    hurt = stopped(np.full((1, 12, 1), 100.0), work([100]), harms, 1)[:, 0]
    tau = lasting(work([100]), harms, 1, 1)
    still = stopped_over_time(hurt, tau, 3)[0, :, 0]
    days = workdays_lost(hurt, tau, 3, 20)[0, :, 0]

    assert still.tolist() == pytest.approx([50, 50 * np.exp(-0.5), 50 * np.exp(-1)])
    assert days[0] == pytest.approx(50 * 2 * (1 - np.exp(-0.5)) * 20)
    assert income_lost(days[None, :, None], np.array([200.0]), 20)[0, 0, 0] == days[0] * 10


def test_work_that_is_back_at_once_loses_no_day_and_a_sector_without_a_source_is_unknown():
    now = np.zeros((1, 1))

    assert stopped_over_time(np.ones((1, 1)), now, 2)[0, :, 0].tolist() == [1, 0]
    assert workdays_lost(np.ones((1, 1)), now, 2, 20)[0, :, 0].tolist() == [0, 0]
    assert np.isnan(stopped(np.ones((1, 12, 1)), work([1]), (), 1)).all()


def test_a_total_that_lacks_a_part_is_unknown():
    draws = np.array([[1.0, 2.0, NAN]])

    found = summed(draws, [np.array([0, 1]), np.array([0, 1, 2])])
    assert found[0, 0] == 3
    assert np.isnan(found[0, 1])
    assert summed(draws, []).shape == (1, 0)


def test_people_leave_from_thirty_fifty_five_or_seventy_per_cent_of_damage():
    damage = np.array([0.75, 0.6, 0.4, 0.0])

    assert by_steps(grid([10, 10, 10, 10]), damage)[:, :2].tolist() == [[10, 0], [20, 0], [20, 10]]
    assert damage_of_wind(np.array([20.0, 74.7])).tolist() == pytest.approx([0, 0.5])


def test_houses_times_people_in_them_are_displaced():
    assert by_houses(sure(100), sure(4), 1, 3).tolist() == [400] * 3


def test_rebuilding_by_hand_and_as_a_lever():
    """2 m of damage, half of it rebuilt, 10 worker-years a million: 10, in two years 6 and 4."""
    rules = Rebuilding(sure(2e6), sure(0.5), sure(10), (0.6, 0.4))
    needed = needed_workers(rules, 1, 4)
    lever = rebuilding_lever(needed, 2026, {"ECO": "CON"}, SAID)

    assert needed[0].tolist() == pytest.approx([6, 4])
    assert (lever.kind, lever.change, lever.amounts) == ("crisis", "add", {2026: 6.0, 2027: 4.0})
    with pytest.raises(BadInput, match=r"add up to 0\.9"):
        needed_workers(Rebuilding(sure(1), sure(1), sure(1), (0.5, 0.4)), 1, 1)


def test_pressure_is_a_class_and_unknown_is_none_of_them():
    classes = pressure_class(
        np.array([0.0, 0.5, 1.0, NAN]), np.full(4, 0.2), np.ones((12, 4)), (0.05, 0.15, 0.3)
    )

    assert classes[0].tolist() == [0, 1, 2, -1]


def test_the_interval_holds_eighty_per_cent_of_the_draws():
    found = interval(np.arange(101.0)[:, None])

    assert (found.low[0], found.central[0], found.high[0]) == (10, 50, 90)


def test_origins_are_fitted_to_the_three_tables_of_two():
    """The middle: each table of two comes back, and a withheld area has what is left."""
    by_sector = np.array([[30.0, 70.0], [60.0, 40.0]])
    by_group = np.array([[90.0, 10.0], [70.0, 30.0]])
    whole = np.array([[75.0, 15.0], [85.0, 25.0]])
    cube = fitted(by_sector, by_group, whole)

    assert cube.sum(axis=2) == pytest.approx(by_sector)
    assert cube.sum(axis=1) == pytest.approx(by_group, rel=1e-3)
    withheld = fitted(by_sector, np.array([[90.0, 10.0], [NAN, NAN]]), whole)
    assert withheld.sum(axis=2) == pytest.approx(by_sector)
    assert withheld[0].sum(axis=0) == pytest.approx([90, 10], rel=1e-3)


def test_what_is_not_published_stays_unknown_in_the_fit():
    by_sector = np.array([[30.0, NAN], [60.0, 40.0]])
    ones = np.ones((2, 2))

    assert np.isnan(fitted(by_sector, ones, ones)[0, 1]).all()
    assert np.isnan(fitted(by_sector, ones, np.full((2, 2), NAN))).all()
    with pytest.raises(BadInput, match="same codes"):
        fitted(by_sector, ones, np.ones((3, 2)))
    with pytest.raises(BadInput, match="negative"):
        fitted(by_sector, -ones, ones)


def test_a_fit_that_does_not_meet_exactly_stops_and_keeps_the_first_table():
    by_sector = np.array([[10.0, 0.0], [0.0, 10.0]])
    found = fitted(by_sector, np.array([[9.0, 1], [9, 1]]), np.array([[1.0, 9], [1, 9]]))

    assert found.sum(axis=2) == pytest.approx(by_sector)


def test_a_small_part_is_known_less_well_than_its_whole():
    """A quarter of 100 with an error of 8: the root of a quarter of it, 4."""
    cube = np.array([[[25.0, 75.0]], [[0.0, 0.0]], [[NAN, NAN]]])

    assert errors_of(cube, np.array([[8.0], [8.0], [NAN]]))[:, 0, 0].tolist() == [4, 0, 0]
