"""Pictures as SVG: what is drawn where, and what is said to those who cannot see them."""

from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import _Element as Element
from lxml.etree import fromstring

from cauce.portal.chart import Mark, common_scale, course, dots, runs, shortened, strip
from cauce.portal.figures import Figure
from cauce.portal.scale import scale
from cauce.portal.words import words

EN = words("en")
SVG = "{http://www.w3.org/2000/svg}"


def known(value: float, weak: bool = False) -> Figure:
    low, high = value - 1, value + 1
    flags = ("weak",) if weak else ()
    return Figure(
        f"{value}", "percent", "", f"{low} – {high}", "9", flags, "", value, low, high, weak
    )


def withheld() -> Figure:
    return Figure("", "percent", "", "", "", ("few",), "withheld: few", None, None, None, False)


def drawn(svg: str) -> Element:
    return fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def classes(picture: Element, tag: str) -> list[str]:
    return [element.get("class", "") for element in picture.iter(f"{SVG}{tag}")]


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9))
def test_a_scale_holds_its_numbers_between_few_round_ticks(low: float, width: float) -> None:
    found = scale(low, low + width)
    slack = 1e-6 * max(1.0, abs(low), width)
    assert found.ticks[0] <= low + slack
    assert found.ticks[-1] >= low + width - slack
    assert 2 <= len(found.ticks) <= 9
    assert 0 <= found.share(low) <= found.share(low + width) <= 1


def test_ticks_by_hand() -> None:
    assert scale(0, 11.2).ticks == (0, 2.5, 5, 7.5, 10, 12.5)


def test_dots_have_a_title_a_description_and_an_interval_each() -> None:
    marks = [Mark("Men", known(5)), Mark("Women", known(7, weak=True)), Mark("All", withheld())]
    picture = drawn(dots("Rate", "Two estimates", marks, EN))
    assert picture.get("role") == "img"
    assert picture.findtext(f"{SVG}title") == "Rate"
    assert picture.findtext(f"{SVG}desc") == "Two estimates"
    assert classes(picture, "line").count("span") == 2
    assert classes(picture, "circle") == ["dot", "dot weak"]
    assert "withheld: few" in [text.text for text in picture.iter(f"{SVG}text")]


def test_words_of_data_are_escaped() -> None:
    svg = dots('<b>"Rate"', "&", [Mark("<script>", known(5))], EN)
    assert "<script>" not in svg
    assert "<b>" not in svg


def test_nothing_is_drawn_of_withheld_numbers_alone() -> None:
    assert dots("Rate", "", [Mark("All", withheld())], EN) == ""
    assert common_scale([withheld()]) is None
    assert strip(withheld(), common_scale([known(3)])) == ""


def test_a_strip_is_for_the_eye_only() -> None:
    assert 'aria-hidden="true"' in strip(known(3), common_scale([known(3)]))


def test_a_line_is_broken_where_a_period_is_withheld() -> None:
    marks = [
        Mark(str(2020 + i), f) for i, f in enumerate([known(1), known(2), withheld(), known(3)])
    ]
    assert [[i for i, _ in run] for run in runs(marks)] == [[0, 1], [3]]
    picture = drawn(course("Rate", marks, scale(0, 4), EN))
    assert classes(picture, "polyline") == ["line", "line"]
    assert "2022: withheld: few" in (picture.findtext(f"{SVG}desc") or "")


def test_an_estimate_without_interval_is_a_dot_alone() -> None:
    bare = Figure("3", "percent", "", "", "", (), "", 3.0, None, None, False)
    picture = drawn(course("Rate", [Mark("2020", bare), Mark("2021", bare)], scale(0, 4), EN))
    assert "post" not in classes(picture, "line")
    assert "span" not in dots("Rate", "", [Mark("All", bare)], EN)


def test_a_long_label_fits_a_telephone() -> None:
    assert shortened("x" * 40) == "x" * 40
    assert len(shortened("word " * 30)) <= 40
