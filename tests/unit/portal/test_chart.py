"""Figures as charts of a page: drawn for two widths, told to who cannot see them."""

from lxml.etree import _Element as Element
from lxml.etree import fromstring

from cauce.portal.chart import Mark, axis_number, common_scale, fitted, point, strip
from cauce.portal.figures import Figure
from cauce.portal.words import Words, words
from cauce.publish.charts import dots as draw_dots

EN = words("en")


def known(value: float, weak: bool = False) -> Figure:
    low, high = value - 1, value + 1
    flags = ("weak",) if weak else ()
    return Figure(
        f"{value}", "percent", "", f"{low} – {high}", "9", flags, "", value, low, high, weak
    )


def withheld(flag: str = "few") -> Figure:
    return Figure("", "percent", "", "", "", (flag,), "withheld: few", None, None, None, False)


def dots(title: str, description: str, marks: list[Mark], told: Words) -> str:
    points = [point(mark) for mark in marks]
    number = axis_number(points, told)
    return fitted(lambda wide: draw_dots(title, description, points, number, width=wide))[0]


def drawn(svg: str) -> Element:
    return fromstring(f"<page>{svg}</page>")


def kinds(picture: Element, tag: str) -> list[str]:
    """The kind of each mark of a sort, from the group it is in."""
    return [
        each.getparent().get("class", "")  # type: ignore[union-attr]
        for each in picture.iter(tag)
    ]


def test_dots_are_drawn_for_two_widths_with_a_title_and_an_interval_each() -> None:
    marks = [Mark("Men", known(5)), Mark("Women", known(7, weak=True)), Mark("All", withheld())]
    pictures = drawn(dots("Rate", "Two estimates", marks, EN))
    assert [each.get("class") for each in pictures] == [
        "chart elastic narrow",
        "chart elastic wide",
    ]
    for picture in pictures:
        assert picture.get("role") == "img"
        assert picture.findtext("title") == "Rate"
        assert picture.findtext("desc") == "Two estimates"
        assert kinds(picture, "line").count("span") == 2
        assert kinds(picture, "circle") == ["dot", "dot weak"]
        assert "withheld: few" in [text.text for text in picture.iter("text")]


def test_nothing_is_drawn_of_withheld_numbers_alone() -> None:
    assert dots("Rate", "", [Mark("All", withheld())], EN) == ""
    assert common_scale([withheld()]) is None
    assert strip(withheld(), common_scale([known(3)])) == ""


def test_a_strip_is_for_the_eye_only() -> None:
    found = strip(known(3), common_scale([known(3)]))
    assert 'aria-hidden="true"' in found
    assert "<title>" not in found


def test_an_estimate_without_interval_is_a_dot_alone() -> None:
    bare = Figure("3", "percent", "", "", "", (), "", 3.0, None, None, False)
    assert "span" not in dots("Rate", "", [Mark("All", bare)], EN)


def test_where_nobody_was_there_nothing_is_withheld() -> None:
    assert point(Mark("All", withheld())).withheld
    assert not point(Mark("All", withheld("impossible"))).withheld


def test_large_numbers_of_an_axis_are_short_in_both_languages() -> None:
    large = Figure("", "persons", "", "", "", (), "", 2_500_000.0, None, None, False)
    said = {text.text for text in drawn(dots("N", "", [Mark("All", large)], EN)).iter("text")}
    assert "2.5M" in said
    said = {t.text for t in drawn(dots("N", "", [Mark("All", large)], words("es"))).iter("text")}
    assert "2,5 M" in {str(text).replace("\u00a0", " ") for text in said}
