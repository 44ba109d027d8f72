"""How each kind of mark looks: its colours by day and by night, and what tells it without colour.

The colours keep apart for every kind of colour vision (they differ in lightness too) and stand out
from the paper by 3 to 1, words by 4.5 to 1. `portal/static/cauce.css` says the same for pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

DAY: Mapping[str, str] = {
    "paper": "#fffdf7", "ink": "#16282c", "quiet": "#506066", "line": "#dcd3c0",
    "water": "#0b5563", "stone": "#a2411a", "soft": "#cde3e3", "bar": "#3f8f98",
    "s1": "#0b5563", "s2": "#c05621", "s3": "#7556a8", "s4": "#7d6b00", "s5": "#16282c",
    "c1": "#dceae6", "c2": "#a3cfcc", "c3": "#62a6ab", "c4": "#2a7683", "c5": "#083c47",
    "none": "none",
}  # fmt: skip
NIGHT: Mapping[str, str] = {
    "paper": "#152024", "ink": "#ece6d8", "quiet": "#a9b5b6", "line": "#2f3f44",
    "water": "#84ccd4", "stone": "#f2a47d", "soft": "#1f4850", "bar": "#4f9ea8",
    "s1": "#84ccd4", "s2": "#f2a47d", "s3": "#c3aee8", "s4": "#d6c75a", "s5": "#ece6d8",
    "c1": "#1b353b", "c2": "#2a5c65", "c3": "#4a8d97", "c4": "#84ccd4", "c5": "#daf5f3",
    "none": "none",
}  # fmt: skip


@dataclass(frozen=True)
class Ink:
    """How a mark is drawn; colours are names of `DAY` and `NIGHT`, "" leaves what holds already.

    `dash` is the lengths of strokes and gaps. Of words `size` is in units and `bold` their weight.
    """

    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dash: str = ""
    opacity: float = 0.0
    size: float = 0.0
    bold: bool = False


LOOKS: Mapping[str, Ink] = {
    # lines
    "axis": Ink(stroke="quiet", width=1.0),
    "grid": Ink(stroke="line", width=1.0),
    "zero": Ink(stroke="quiet", width=1.5),
    "break": Ink(stroke="quiet", width=1.5, dash="2 4"),
    "span": Ink(stroke="water", width=4.0, opacity=0.5),
    "whisker": Ink(stroke="ink", width=1.5),
    "post": Ink(stroke="water", width=2.0, opacity=0.45),
    "hatch": Ink(stroke="quiet", width=1.0),
    # areas and courses
    "band": Ink(fill="soft", opacity=0.85),
    "course": Ink(fill="none", stroke="water", width=2.5),
    "gap": Ink(fill="line", opacity=0.55),
    "bar": Ink(fill="bar", stroke="bar", width=1.0),
    "node": Ink(fill="water"),
    "flow": Ink(fill="bar", opacity=0.55),
    "place": Ink(fill="paper", stroke="quiet", width=0.6),
    "frame": Ink(fill="none", stroke="quiet", width=0.8),
    # points
    "dot": Ink(fill="stone", stroke="paper", width=1.5),
    # words
    "name": Ink(fill="ink", size=13.5, bold=True),
    "value": Ink(fill="ink", size=13.5),
    "key": Ink(fill="ink", size=13.0, bold=True),
    "none": Ink(fill="quiet", size=13.0),
    "tick": Ink(fill="quiet", size=12.5),
    "heading": Ink(fill="ink", size=17.0, bold=True),
    # what a second word adds to the first
    "weak": Ink(fill="paper", stroke="stone", width=2.5),
    "forecast": Ink(dash="5 4"),
    "ahead": Ink(opacity=0.45),
    "open": Ink(dash="10 5"),
    "rest": Ink(fill="quiet", stroke="quiet"),
    "absent": Ink(fill="none", dash="1.5 2"),
    "withheld": Ink(fill="none"),
    "s1": Ink(stroke="s1"),
    "s2": Ink(stroke="s2", dash="9 4"),
    "s3": Ink(stroke="s3", dash="2 3"),
    "s4": Ink(stroke="s4", dash="10 3 2 3"),
    "s5": Ink(stroke="s5", dash="5 3", width=1.5),
    "c1": Ink(fill="c1"), "c2": Ink(fill="c2"), "c3": Ink(fill="c3"),
    "c4": Ink(fill="c4"), "c5": Ink(fill="c5"),
}  # fmt: skip
PAIRS: Mapping[str, Ink] = {
    # Where the second word means another thing on this mark than on others.
    "bar weak": Ink(fill="paper", stroke="bar", width=1.5, dash="4 3"),
    "flow weak": Ink(fill="paper", stroke="bar", width=1.2, dash="4 3", opacity=1.0),
    "band s1": Ink(fill="s1", opacity=0.16), "band s2": Ink(fill="s2", opacity=0.16),
    "band s3": Ink(fill="s3", opacity=0.16), "band s4": Ink(fill="s4", opacity=0.16),
    "band s5": Ink(fill="s5", opacity=0.16),
    "post s1": Ink(stroke="s1"), "post s2": Ink(stroke="s2"), "post s3": Ink(stroke="s3"),
    "post s4": Ink(stroke="s4"), "post s5": Ink(stroke="s5"),
    "dot s1": Ink(fill="s1"), "dot s2": Ink(fill="s2"), "dot s3": Ink(fill="s3"),
    "dot s4": Ink(fill="s4"), "dot s5": Ink(fill="s5"),
}  # fmt: skip


@cache
def look(kind: str) -> Ink:
    """How a kind of mark looks: that of its first word, changed by each that follows."""
    first, *others = kind.split()
    found = LOOKS[first]
    for word in others:
        found = _changed(found, PAIRS.get(f"{first} {word}", LOOKS[word]))
    return found


def _changed(before: Ink, change: Ink) -> Ink:
    said = {name: value for name, value in vars(change).items() if value}
    return replace(before, **said)
