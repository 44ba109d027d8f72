"""Laws of charts: axes and classes hold their numbers, and no word breaks a page or a file."""

from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import fromstring

from cauce.publish.charts import (
    Drawing,
    Flow,
    Point,
    Rest,
    Series,
    Terms,
    bars,
    choropleth,
    dots,
    embed,
    flows,
    line,
    scale,
    svg,
)
from cauce.publish.charts.classes import bounds, class_of
from cauce.publish.charts.rows import cut

VALUES = st.floats(-1e9, 1e9).map(lambda x: 0.0 if abs(x) < 1e-9 else x)
WORDS = st.text(st.characters(), max_size=60) | st.sampled_from(
    [
        '<script>alert("x")</script>',
        "]]>&amp;",
        "'\"><svg onload=x>",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 😀",
        "\x00\x1b\ud800\uffff",
    ]
)


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9))
def test_a_scale_holds_its_numbers_between_few_round_ticks(low: float, width: float) -> None:
    found = scale(low, low + width)
    slack = 1e-6 * max(1.0, abs(low), width)
    assert found.ticks[0] <= low + slack
    assert found.ticks[-1] >= low + width - slack
    assert 2 <= len(found.ticks) <= 9
    assert 0 <= found.share(low) <= found.share(low + width) <= 1


@given(st.lists(VALUES, min_size=1, max_size=60), st.integers(1, 5))
def test_every_value_is_in_one_class_and_equal_values_in_the_same(
    values: list[float], most: int
) -> None:
    limits = bounds(values, most)
    assert limits[0] == min(values)
    assert limits[-1] == max(values)
    assert list(limits[1:-1]) == sorted(set(limits[1:-1]))
    assert 1 <= len(limits) - 1 <= most
    for value in values:
        k = class_of(value, limits)
        assert limits[k] <= value
        assert value < limits[k + 1] or k == len(limits) - 2


@given(WORDS, WORDS, WORDS)
def test_no_word_breaks_a_page_or_a_file(title: str, name: str, why: str) -> None:
    points = [Point(name, 5.0, 4.0, 6.0, shown=why, said=why), Point(name, None, why=why)]
    course = [Series(name, (Point(name, 1.0, at=2020.0), Point(why, None, why=why, at=2021.0)))]
    rest = Rest(lambda n: f"{n} {why}", str)
    drawings = [
        dots(title, why, points, str),
        bars(title, why, points, str, width=320),
        line(title, why, course * 2, str, unit=why, broken=name),
        flows(title, why, [Flow(name, why, 3.0, shown=why), Flow(why, name, 2.0)], rest),
        choropleth(title, why, {"CRI": points[0]}, str, Terms(why, name, name, why)),
    ]
    for drawn in drawings:
        assert drawn is not None
        for text in (embed(drawn), svg(drawn, [why])):
            tags = {element.tag.split("}")[-1] for element in fromstring(text.encode()).iter()}
            assert tags <= {"svg", "g", "title", "desc", "style", "text", *SHAPES}


SHAPES = ("line", "rect", "circle", "path")


@given(st.text(max_size=300), st.integers(1, 40), st.integers(1, 4))
def test_cut_words_fit_their_lines(text: str, letters: int, lines: int) -> None:
    found = cut(text, letters, lines)
    assert 1 <= len(found) <= lines
    assert all(len(each) <= letters for each in found)


@given(st.lists(st.tuples(VALUES, st.floats(0, 1e6)), min_size=1, max_size=12), st.booleans())
def test_every_mark_of_a_course_stands_inside_its_drawing(
    told: list[tuple[float, float]], shared: bool
) -> None:
    points = tuple(
        Point(str(2000 + i), value, value - wide, value + wide, at=2000.0 + i)
        for i, (value, wide) in enumerate(told)
    )
    drawn = line("t", "", [Series("", points)], str, axis=scale(-2e9, 2e9) if shared else None)
    assert drawn is not None
    for x, y in places(drawn):
        assert -1 <= x <= drawn.width + 1
        assert -1 <= y <= drawn.height + 1


def places(drawn: Drawing) -> list[tuple[float, float]]:
    found = []
    for mark in drawn.marks:
        told = vars(mark)
        found += [point for ring in told.get("rings", ()) for point in ring]
        found += [(told["x"], told["y"])] if "x" in told else []
        found += [(told["x1"], told["y1"]), (told["x2"], told["y2"])] if "x1" in told else []
    return found
