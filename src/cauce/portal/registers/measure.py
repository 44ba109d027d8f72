"""How much a page shows, so that none is over 30 kB: long records are told more briefly."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_BYTES = 30_000
"""Of HTML, before compression: a page opens on a telephone with a poor connection."""


@dataclass(frozen=True)
class Measure:
    """At most so many characters of a title, a cell and a note; rows of a table, of one that has
    a page of its own, and of a sheet; lines of all lists of a page; choices of a field.
    """

    title: int
    cell: int
    note: int
    rows: int
    all_rows: int
    sheet: int
    lines: int
    choices: int


MEASURES = (
    Measure(160, 160, 3_000, 12, 60, 10, 60, 60),
    Measure(100, 60, 1_200, 8, 40, 8, 40, 40),
    Measure(64, 32, 400, 4, 25, 5, 24, 25),
    Measure(40, 20, 120, 2, 12, 3, 12, 12),
    Measure(24, 12, 48, 1, 5, 1, 1, 4),
)
"""Tried in turn until a page fits; files have everything whole."""


def shared(counts: Sequence[int], room: int) -> list[int]:
    """How many of each list are shown if there is room for so many lines: one at least.

    Short lists are shown whole, and the long ones share what is left.
    """
    found = [min(count, 1) for count in counts]
    while sum(found) < room and found != list(counts):
        for place, count in enumerate(counts):
            if found[place] < count and sum(found) < room:
                found[place] += 1
    return found
