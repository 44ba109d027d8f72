"""A drawing on paper: the same places, upside down, in the colours of the day."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from cauce.publish.charts.drawing import Box, Dot, Drawing, Label, Line, Shape
from cauce.publish.charts.paper import height_of, put
from cauce.publish.fonts import letters

MARKS = (
    Line(0, 0, 100, 0, "grid"),
    Box(10, 10, 20, 5, "bar weak", "told"),
    Dot(50, 20, 4, "dot s1"),
    Shape((((0, 0), (10, 10), (20, 0)),), "course s2"),
    Shape((((0, 0), (10, 10), (20, 0)), ((2, 1), (3, 2), (4, 1))), "band", closed=True),
    Label(100, 40, "Año → 350 854", "value", "end"),
    Label(50, 40, "name", "name", "middle"),
)
DRAWING = Drawing(100, 50, "Title", "Words.", MARKS)


def printed(*marks) -> bytes:
    letters()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(200, 100), invariant=1, pageCompression=0)
    put(Drawing(100, 50, "Title", "Words.", marks), canvas, 0, 100, 200)
    canvas.save()
    return target.getvalue()


def test_a_drawing_takes_the_height_that_its_width_asks_for() -> None:
    assert height_of(DRAWING, 200) == 100


@pytest.mark.parametrize(
    ("mark", "operators"),
    [
        (MARKS[0], b"n 0 100 m 200 100 l S"),
        (MARKS[1], b"n 20 70 40 10 re B"),
        (MARKS[3], b"0 100 m 20 80 l 40 100 l"),
    ],
)
def test_every_mark_stands_where_the_drawing_says(mark, operators) -> None:
    assert operators in printed(mark)


def test_an_area_with_a_hole_is_filled_by_the_even_odd_rule() -> None:
    assert b"f*" in printed(MARKS[4])


def test_words_are_text_and_not_pictures_of_it() -> None:
    assert printed(MARKS[5]).count(b" Tj") == 1


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert printed(*MARKS) == printed(*MARKS)
