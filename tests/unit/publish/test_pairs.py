"""Two groups in one drawing: where their marks stand, and what is said of them."""

import pytest

from cauce.publish.charts import Point
from cauce.publish.charts.drawing import Dot, Drawing, Label, Line, Shape
from cauce.publish.charts.pairs import Both, pairs

GROUPS = ("Born here", "Born there")


def both(first: float | None, second: float | None, weak: bool = False) -> Both:
    bounds = (None, None) if second is None else (second - 2, second + 2)
    return Both(
        "Informality",
        Point("Informality", first, shown=str(first)),
        Point("Informality", second, *bounds, weak=weak, why="withheld"),
    )


def drawn(*found: Both, width: float = 720) -> Drawing:
    drawing = pairs("Title", "All in words.", GROUPS, found, str, width=width)
    assert drawing is not None
    return drawing


def marks(drawing: Drawing, kind: type, name: str = "") -> list:
    return [m for m in drawing.marks if isinstance(m, kind) and m.kind.startswith(name)]


def test_the_first_group_has_dots_and_the_second_diamonds_on_one_scale() -> None:
    drawing = drawn(both(30, 30))
    _, dot = marks(drawing, Dot)
    _, diamond = marks(drawing, Shape)
    across = [x for x, _ in diamond.rings[0]]
    assert dot.x == pytest.approx((min(across) + max(across)) / 2)
    assert dot.y < min(y for _, y in diamond.rings[0]) + 6


def test_a_group_without_a_number_has_the_reason_and_the_other_keeps_its_mark() -> None:
    drawing = drawn(both(30, None))
    assert [label.text for label in marks(drawing, Label, "none")] == ["withheld"]
    assert len(marks(drawing, Dot)) == 2
    assert len(marks(drawing, Shape)) == 1


def test_an_interval_is_a_line_only_where_it_is_known() -> None:
    assert [m.kind for m in marks(drawn(both(30, 31)), Line, "post")] == ["post s2"]


def test_a_weak_number_looks_weak() -> None:
    assert marks(drawn(both(30, 31, weak=True)), Shape)[-1].kind == "dot s2 weak"


def test_the_key_stands_in_one_line_where_it_is_wide_and_in_two_where_it_is_narrow() -> None:
    for width, lines in ((720, 1), (320, 2)):
        keys = marks(drawn(both(30, 31), width=width), Label, "key")
        assert [key.text for key in keys] == list(GROUPS)
        assert len({key.y for key in keys}) == lines


def test_without_any_number_there_is_no_drawing() -> None:
    assert pairs("Title", "", GROUPS, [both(None, None)], str) is None
