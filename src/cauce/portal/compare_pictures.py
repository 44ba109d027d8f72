"""A comparison drawn: the two numbers on one axis, and their difference against zero."""

from collections.abc import Iterator, Sequence

from cauce.portal.chart import Mark, axis_number, fitted, point
from cauce.portal.figures import Figure
from cauce.portal.pictures import Picture
from cauce.portal.words import Words
from cauce.publish.charts import Point, dots


def compared_pictures(
    indicator: str,
    sides: Sequence[tuple[str, Figure | None]],
    difference: Point,
    words: Words,
) -> tuple[Picture, ...]:
    """Two pictures, as the two axes have nothing in common but the unit.

    Args:
        indicator: what the numbers are of.
        sides: the numbers that are compared, each with its name.
        difference: the first less the second, with its interval.
    """
    points = [point(Mark(name, told)) for name, told in sides if told is not None]
    difference_of = words("compared_difference")
    return (
        *_drawn(indicator, words("compared_say"), points, "compared_read", words),
        *_drawn(difference_of, difference.told, [difference], "difference_read", words),
    )


def _drawn(
    title: str, said: str, points: Sequence[Point], reading: str, words: Words
) -> Iterator[Picture]:
    number = axis_number(points, words)
    svg, drawing = fitted(lambda wide: dots(title, said, points, number, width=wide))
    if drawing is not None:
        yield Picture(title, svg, words(reading), drawing)
