"""The pictures of a table: its figures side by side, and each over time."""

from dataclasses import dataclass

from cauce.model.observation import Observations
from cauce.portal.asked import INDICATOR, Asked, matching
from cauce.portal.chart import Mark, common_scale, course, dots
from cauce.portal.figures import dots_reading, figure
from cauce.portal.words import Words
from cauce.store.keys import own_dimensions

MOST_DOTS, MOST_COURSES = 24, 6


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
    reading = dots_reading(observations.dataflow, weak, words)
    return Picture(title, svg, reading) if svg else None


def courses(
    observations: Observations, rows: list[int], asked: Asked, words: Words
) -> tuple[Picture, ...]:
    """The first lines of a table over all periods, on one scale; none with a single period."""
    flow = observations.dataflow
    own = own_dimensions(flow)
    series = list(dict.fromkeys(tuple(observations.key[row, :-1].tolist()) for row in rows))
    found = []
    for positions in series[:MOST_COURSES]:
        lines = matching(observations, (*positions, None))
        marks = [
            Mark(
                flow.dimensions[-1].codes[int(observations.key[row, -1])].id,
                figure(observations, row, words),
            )
            for row in lines
        ]
        if sum(mark.figure.raw is not None for mark in marks) > 1:
            dims = tuple(j for j in own if asked.positions[j] is None)
            label = _label(observations, lines[0], dims, words) or words("total")
            found.append((label, marks))
    axis = common_scale((m.figure for _, marks in found for m in marks), from_zero=False)
    if axis is None:
        return ()
    reading = words("course_reads")
    return tuple(
        Picture(label, course(label, marks, axis, words), reading) for label, marks in found
    )


def _label(observations: Observations, row: int, dims: tuple[int, ...], words: Words) -> str:
    position = observations.key[row].tolist()
    names = observations.dataflow.dimensions
    return " · ".join(words.of(names[j].codes[position[j]].name) for j in dims)
