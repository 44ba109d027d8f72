"""Every kind of mark looks like something, in a file and on a page."""

from importlib.resources import files
from itertools import pairwise

from cauce.publish.charts import DAY, NIGHT
from cauce.publish.charts.look import LOOKS, look


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_words_and_marks_stand_out_from_the_paper_by_day_and_by_night() -> None:
    for palette in (DAY, NIGHT):
        for name in ("ink", "quiet"):
            assert contrast(palette[name], palette["paper"]) >= 4.5, name
        for name in ("water", "stone", "bar", "s1", "s2", "s3", "s4", "s5"):
            assert contrast(palette[name], palette["paper"]) >= 3, name


def test_shades_of_a_map_run_from_near_the_paper_away_from_it() -> None:
    for palette in (DAY, NIGHT):
        found = [contrast(palette[f"c{i}"], palette["paper"]) for i in range(1, 6)]
        assert found == sorted(found)
        assert all(b / a > 1.2 for a, b in pairwise(found))


def test_the_style_sheet_of_the_portal_knows_every_kind_and_colour() -> None:
    sheet = files("cauce.portal").joinpath("static", "cauce.css").read_text("utf-8")
    for kind in LOOKS:
        assert f".{kind}" in sheet or kind in ("heading", "value"), kind
    for palette in (DAY, NIGHT):
        for name in ("bar", "s1", "s2", "s3", "s4", "s5", "c1", "c2", "c3", "c4", "c5"):
            assert f"--{name}: {palette[name]};" in sheet, name


def test_a_second_word_changes_the_first() -> None:
    assert look("bar weak").dash
    assert look("bar weak").fill == "paper"
    assert look("course s2 forecast").dash == "5 4"
