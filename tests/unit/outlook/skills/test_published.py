import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.skill_links import SkillLinks
from cauce.outlook.skills import demanded_as_published

LINKS = SkillLinks(
    ("2", "7"),
    ("calculate", "weld"),
    ("calculate loads", "weld steel"),
    np.array([0, 1, 1]),
    np.array([0, 0, 1]),
    np.array([1.0, 0.5, 1.0]),
    "links.csv",
)
CODES = ("2", "7", "9")
VALUE, LOW, HIGH = np.array([10.0, 40, 50]), np.array([0.0, 30, 20]), np.array([30.0, 60, 90])


def test_numbers_and_ends_of_intervals_are_added_by_their_links():
    """calculate: 10 + 20, from 0 + 15 to 30 + 30; weld: as the openings of 7."""
    found = demanded_as_published(VALUE, LOW, HIGH, CODES, LINKS)

    assert found.skills == ("weld", "calculate")
    assert found.value.tolist() == pytest.approx([40, 30])
    assert found.low.tolist() == pytest.approx([30, 15])
    assert found.high.tolist() == pytest.approx([60, 60])
    assert found.linked == pytest.approx(0.5)


def test_openings_that_are_not_published_ask_for_nothing():
    gone = np.array([np.nan, 40, 50])
    found = demanded_as_published(gone, gone, gone, CODES, LINKS)

    assert dict(zip(found.skills, found.value, strict=True)) == {"weld": 40, "calculate": 20}


@pytest.mark.parametrize(
    ("value", "low", "high", "word"),
    [
        (VALUE * np.nan, LOW, HIGH, "No openings are published"),
        (VALUE, LOW * np.nan, HIGH, "no interval"),
        (VALUE, LOW, HIGH - 60, "does not hold"),
    ],
)
def test_openings_without_an_interval_around_them_are_refused(value, low, high, word):
    with pytest.raises(BadInput, match=word):
        demanded_as_published(value, low, high, CODES, LINKS)
