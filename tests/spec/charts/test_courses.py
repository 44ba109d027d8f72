"""What a line joins and what it tells of the rest, case by case: see README.md beside."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from cauce.publish.charts import Point, Series, line
from cauce.publish.charts.drawing import Box, Dot, Line
from cauce.publish.charts.line import runs

CASES = list(
    csv.DictReader((Path(__file__).parent / "courses.csv").read_text("utf-8").splitlines())
)


def points(text: str) -> Iterator[Point]:
    for part in text.split("; "):
        period, said = part.split()
        year, _, quarter = period.partition("-Q")
        at = int(year) + (int(quarter) - 1) / 4 if quarter else int(year)
        if said == "-":
            yield Point(period, None, why="withheld: too few", withheld=True, at=at)
        else:
            value = float(said.rstrip("b"))
            low, high = value - 1, value + 1
            yield Point(period, value, low, high, at=at, broken=said.endswith("b"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_line_joins_only_what_may_be_compared(case: dict[str, str]) -> None:
    course = tuple(points(case["periods"]))
    joined = [[f"{point.value:g}" for point in run] for run in runs(course)]
    assert joined == [part.split() for part in case["joined"].split(" | ")]

    drawn = line("Rate", "", [Series("", course)], str, broken="break")
    assert drawn is not None
    gaps = [mark for mark in drawn.marks if isinstance(mark, Box) and mark.kind == "gap"]
    breaks = [mark for mark in drawn.marks if isinstance(mark, Line) and mark.kind == "break"]
    dots = [mark for mark in drawn.marks if isinstance(mark, Dot)]
    assert len(gaps) == int(case["shaded"])
    assert all("withheld: too few" in gap.told for gap in gaps)
    assert len(breaks) == int(case["across"])
    assert len(dots) == sum(point.value is not None for point in course)
