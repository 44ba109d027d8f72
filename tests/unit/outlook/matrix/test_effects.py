"""A change is the sum of what industries and what their staffing bring; experts are shown apart."""

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.outlook.matrix import effects, shift_effect, shift_log

BASE = np.array([[80.0, 20.0], [10.0, 90.0]])


def test_growth_of_a_sector_alone_is_all_industry():
    """Sector 1 grows by a tenth with its staffing as it was: 8 and 2 more."""
    found = effects(BASE, BASE * [[1.1], [1.0]])

    assert found.industry == pytest.approx([8, 2])
    assert found.staffing == pytest.approx([0, 0])


def test_another_staffing_alone_is_all_staffing():
    found = effects(BASE, np.array([[70.0, 30.0], [10.0, 90.0]]))

    assert found.industry == pytest.approx([0, 0])
    assert found.staffing == pytest.approx([-10, 10])


def test_the_two_add_up_exactly_in_every_draw():
    ahead = np.random.default_rng(1).gamma(5, 10, (20, 3, 2, 2))

    found = effects(BASE, ahead)

    assert found.industry.shape == (20, 3, 2)
    assert found.industry + found.staffing == pytest.approx(ahead.sum(axis=-2) - BASE.sum(axis=0))


def test_what_a_new_sector_brings_is_staffing():
    found = effects(np.array([[0.0, 0.0], [10.0, 90.0]]), np.array([[5.0, 5.0], [10.0, 90.0]]))

    assert found.industry == pytest.approx([0, 0])
    assert found.staffing == pytest.approx([5, 5])


SHARE = np.array([[0.6, 0.3, 0.1], [0.2, 0.2, 0.6]])
CODES = (("A", "B"), ("1", "2", "3"))
NAMES = ("ECO", "OCU")


def lever(points: dict[int, float], **more: object) -> Lever:
    given: dict[str, object] = {"kind": "staffing", "change": "add", "unit": "points"}
    given |= {"target": {"ECO": "A", "OCU": "3"}} | more
    return Lever(amounts=points, source=Text("a panel", "un panel"), **given)  # type: ignore[arg-type]  # a word of the test


def moved(*levers: Lever, share: np.ndarray = SHARE) -> np.ndarray:
    sectors = np.array([[1000.0, 500.0]] * 3)
    return shift_effect(levers, NAMES, share, CODES, (2026, 2028, 2031), 2026, sectors)


def test_points_move_in_a_straight_line_and_others_give_them_up_in_proportion():
    """1.5 points in 2031; 0.6 in 2028: 6 of 1,000, taken 2 to 1 from the other two."""
    found = moved(lever({2031: 1.5}))

    assert found == pytest.approx(np.array([[0, 0, 0], [-4, -2, 6], [-10, -5, 15]]))


def test_a_shift_stays_after_its_last_year():
    assert moved(lever({2028: 0.4}))[:, 2] == pytest.approx([0, 4, 4])


def test_shifts_are_logged_with_who_says_so():
    said = shift_log([lever({2031: 1.5, 2028: -0.5})])

    assert (
        said[0].en
        == "Expert shift of staffing, ECO A, OCU 3: 2028: -0.5, 2031: +1.5 points (a panel)."
    )
    assert "un panel" in said[0].es


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lever({2031: 2.1}), "2 in 5 years is the most"),
        (lever({2031: 2.0, 2032: 1.0}), "moves 1 points a year"),
        (lever({2026: 1.0}), "needs years after 2026"),
        (lever({}), "needs years after 2026"),
        (lever({2031: 1.0}, kind="sector"), "adds points, and this lever does not"),
        (lever({2031: 1.0}, unit="percent"), "adds points"),
        (lever({2031: 1.0}, target={"ECO": "A"}), "names one ECO and one OCU"),
        (lever({2031: 1.0}, target={"ECO": "A", "OCU": "9"}), "no such cell"),
        (lever({2031: 1.0}, target={"ECO": "Z", "OCU": "1"}), "no such cell"),
    ],
)
def test_a_shift_that_may_not_be_is_refused(wrong: Lever, words: str):
    with pytest.raises(BadInput, match=words):
        moved(wrong)


def test_a_shift_takes_no_more_people_than_there_are():
    share = np.array([[0.6, 0.39, 0.01], SHARE[1]])

    with pytest.raises(BadInput, match="leave 1 cells with fewer people than nobody"):
        moved(lever({2031: -1.5}), share=share)
    with pytest.raises(BadInput, match="no other occupation"):
        moved(lever({2031: -1.5}), share=np.array([[0.0, 0.0, 1.0], SHARE[1]]))
