import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.skill_links import SkillLinks
from cauce.outlook.skills import demanded

LINKS = SkillLinks(
    ("214", "711"),
    ("calculate", "weld"),
    ("calculate loads", "weld steel"),
    np.array([0, 1, 1]),
    np.array([0, 0, 1]),
    np.array([1.0, 0.5, 1.0]),
    "links.csv",
)
OPENINGS = np.array([[10.0, 40, 50], [12, 44, 44]])
CODES = ("214", "711", "999")


def test_openings_ask_for_skills_by_their_links():
    """calculate: 10 + 20 and 12 + 22; weld: 40 and 44; half of all openings have links, or 56 %."""
    found = demanded(OPENINGS, CODES, LINKS)

    assert found.skills == ("weld", "calculate")
    assert found.names[0] == "weld steel"
    assert found.value.tolist() == [42, 32]
    assert found.low.tolist() == pytest.approx([40.4, 30.4])
    assert found.high.tolist() == pytest.approx([43.6, 33.6])
    assert found.linked == pytest.approx(0.53)


def test_what_is_not_producible_asks_for_nothing():
    found = demanded(np.array([[np.nan, 40.0, 0]]), CODES, LINKS)
    assert dict(zip(found.skills, found.value, strict=True)) == {"weld": 40, "calculate": 20}


def test_a_scenario_without_openings_asks_for_nothing():
    found = demanded(np.zeros((2, 3)), CODES, LINKS)
    assert found.value.tolist() == [0, 0]
    assert found.linked == 0


@pytest.mark.parametrize(
    ("openings", "codes", "word"),
    [
        (OPENINGS, ("214", "711"), "shape"),
        (OPENINGS[0], CODES, "shape"),
        (OPENINGS, ("214", "214", "711"), "twice"),
        (-OPENINGS, CODES, "negative"),
        (OPENINGS, ("1", "2", "3"), "same level"),
    ],
)
def test_openings_that_do_not_fit_are_refused(openings, codes, word):
    with pytest.raises(BadInput, match=word):
        demanded(openings, codes, LINKS)
