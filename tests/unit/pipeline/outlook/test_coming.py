"""Published people come to an occupation as unsure as they were published."""

from types import SimpleNamespace

import numpy as np
import pytest

from cauce.model.history import History
from cauce.outlook.people import NOBODY_STUDIES
from cauce.pipeline.outlook.coming import supply_of, supposed

DRAWS, HORIZON = 400, 2
LEVEL = SimpleNamespace(
    cells=("7", "9"), employed=np.ones((DRAWS, HORIZON, 2)), base=np.array([1000.0, 500.0])
)
NO_LEVERS = {kind: np.ones((HORIZON, 2)) for kind in ("graduates", "returns")}
FRICTION = {"friction": SimpleNamespace(values={"": 0.0})}


def told(name: str, cells: list[tuple[str, ...]], value: list[float], se: list[float]):
    numbers = np.array([value]), np.array([se])
    dimensions = tuple("XY"[: len(cells[0])])
    years, n = np.array([2025.0]), np.full((1, len(cells)), 100, dtype=np.int32)
    history = History(dimensions, tuple(cells), years, *numbers, n, ("",))
    return SimpleNamespace(history=history, wanted=SimpleNamespace(name=name))


def test_the_idle_have_the_error_of_the_table_and_the_assumption_about_students():
    idle = told("idle", [("9",), ("7",)], [50.0, 200.0], [5.0, 20.0])
    found = supply_of(LEVEL, {"idle": idle}, FRICTION, NO_LEVERS, 1)
    assert found.total.shape == (DRAWS, HORIZON, 2)
    assert found.total.mean(axis=0)[0] == pytest.approx([200, 50], rel=0.02)
    assert found.total.std(axis=0)[1] == pytest.approx([20, 5], rel=0.15)
    assert supposed(found, {"idle": idle}) == (NOBODY_STUDIES,)


def test_a_number_without_its_error_is_not_known_and_an_occupation_without_one_neither():
    idle = told("idle", [("7",)], [200.0], [np.nan])
    found = supply_of(LEVEL, {"idle": idle}, FRICTION, NO_LEVERS, 1)
    assert np.isnan(found.total).all()


def test_migrants_below_their_qualification_are_drawn_and_stand_where_they_could_work():
    """100 with secondary education (level 2) in elementary work could be craft workers (7)."""
    cells = [("INT", "L1"), ("INT", "L2"), ("BAS", "L1")]
    skills = told("skills", cells, [100.0, 900.0, 0.0], [10.0, 30.0, np.nan])
    found = supply_of(LEVEL, {"skills": skills}, {}, NO_LEVERS, 1)
    assert found.total.mean(axis=0)[1] == pytest.approx([100, 0], rel=0.02)
    assert found.total[:, 0, 0].std() == pytest.approx(10, rel=0.15)
    assert supposed(found, {"skills": skills}) == ()


def test_what_somebody_states_has_no_error_and_the_outlook_says_so():
    stated = {name: SimpleNamespace(values={"": value}) for name, value in
              (("graduates", 100.0), ("activity", 0.8), ("friction", 0.0))}  # fmt: skip
    alone = supply_of(LEVEL, {}, stated, NO_LEVERS, 1)
    assert np.ptp(alone.total, axis=0).max() == 0
    assert "both ends of its interval" in supposed(alone, {})[0].en
    idle = told("idle", [("9",), ("7",)], [50.0, 200.0], [5.0, 20.0])
    some = supposed(supply_of(LEVEL, {"idle": idle}, stated, NO_LEVERS, 1), {"idle": idle})
    assert some[0] == NOBODY_STUDIES
    assert "adds nothing to the interval" in some[1].en
