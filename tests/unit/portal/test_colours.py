"""The colours of the pages, by day and by night: words and marks stand out from their ground."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[3] / "src" / "cauce"
SHEETS = {name: SOURCE / name / "static" for name in ("portal", "office")}
WORDS = (
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "soft"),
    ("quiet", "paper"),
    ("quiet", "card"),
    ("water", "paper"),
    ("water", "card"),
    ("water", "soft"),
    ("paper", "water"),
    ("stone", "paper"),
    ("stone", "card"),
    ("deep-ink", "deep"),
    ("warn-ink", "warn"),
)
OFFICE = (("good-ink", "good"), ("bad-ink", "bad"), ("bad-ink", "card"), ("warn-ink", "card"))
DRAWN = ("bar", "s1", "s2", "s3", "s4", "s5", "c4", "c5", "stone")
MARKS = tuple((mark, "paper") for mark in DRAWN)
EDGES = (("quiet", "card"), ("quiet", "paper"))


def colours(text: str, night: bool) -> dict[str, tuple[float, float, float]]:
    """What each name of a style sheet stands for, from 0 to 1."""
    dark = re.findall(r"prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", text, re.S)
    light = re.findall(r"^:root \{(.*?)\}", text, re.S | re.M)
    parts = [*light, *(dark if night else [])]
    found = re.findall(r"--([\w-]+): #([0-9a-f]{6})", " ".join(parts))
    return {name: tuple(int(x[i : i + 2], 16) / 255 for i in (0, 2, 4)) for name, x in found}  # type: ignore[misc] # three


def luminance(colour: tuple[float, float, float]) -> float:
    """Source: WCAG 2.2, relative luminance."""
    r, g, b = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("site", SHEETS)
def test_words_stand_out_four_and_a_half_times_and_marks_three_times(
    site: str, night: bool
) -> None:
    """WCAG 1.4.3 and 1.4.11, also in drawings, where axe cannot tell what is behind a word."""
    text = "".join(path.read_text("utf-8") for path in SHEETS[site].glob("*.css"))
    named = colours(text, night)
    words = (*WORDS, *(OFFICE if site == "office" else ()))
    marks = (*MARKS, *EDGES) if site == "portal" else (("edge", "card"), ("edge", "paper"))
    asked = [*((pair, 4.5) for pair in words), *((pair, 3.0) for pair in marks)]
    faint = {
        pair: round(contrast(named[pair[0]], named[pair[1]]), 2)
        for pair, least in asked
        if contrast(named[pair[0]], named[pair[1]]) < least
    }
    assert not faint


def test_black_on_white_is_21() -> None:
    assert contrast((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)) == pytest.approx(21)
