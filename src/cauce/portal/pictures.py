"""The picture of a table: its figures side by side."""

from dataclasses import dataclass

from cauce.model.observation import Observations
from cauce.portal.asked import INDICATOR, Asked
from cauce.portal.chart import Mark, dots
from cauce.portal.figures import figure
from cauce.portal.words import Words

MOST_DOTS = 24


@dataclass(frozen=True)
class Picture:
    """An SVG of ours, its title and what is to be known to read it."""

    title: str
    svg: str
    reading: str


def overview(
    observations: Observations, rows: list[int], asked: Asked, words: Words
) -> Picture | None:
    """The lines of a table as dots with intervals; None if there are too many or no numbers."""
    if len(rows) > MOST_DOTS:
        return None
    dims = asked.opened(observations.dataflow)
    marks = [
        Mark(_label(observations, row, dims, words), figure(observations, row, words))
        for row in rows
    ]
    title = words.of(observations.dataflow.indicators[asked.positions[INDICATOR] or 0].name)
    svg = dots(title, words("dots_say", count=len(marks)), marks, words)
    weak = any(mark.figure.weak for mark in marks)
    reading = words("dots_read_weak") if weak else words("dots_read")
    return Picture(title, svg, reading) if svg else None


def _label(observations: Observations, row: int, dims: tuple[int, ...], words: Words) -> str:
    position = observations.key[row].tolist()
    names = observations.dataflow.dimensions
    return " · ".join(words.of(names[j].codes[position[j]].name) for j in dims)
