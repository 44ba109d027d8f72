"""Displacement by disaster that others reported: the workbook of IDMC's database (GIDD).

The licence of that file is not ours to give on (CC BY-NC): figures are shown beside ours with their
source, and the file is never bundled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.sources.books.book import Cell
from cauce.sources.books.reading import read_book

ISO, YEAR, EVENT, RAW = "ISO3", "Year", "Event Name", "Disaster Internal Displacements (Raw)"
COLUMNS = (ISO, YEAR, EVENT, RAW)


@dataclass(frozen=True)
class Displacement:
    """Movements that one line of the file reports of one country and event."""

    country: str
    year: int
    event: str
    movements: float


def read_displacement(path: Path) -> tuple[Displacement, ...]:
    """All lines that have a number. Raises BadInput if the columns are not there."""
    for grid in read_book(path).grids:
        rows = [grid.rows[number] for number in sorted(grid.rows)]
        for at, row in enumerate(rows):
            heads = {str(cell).strip(): column for column, cell in row.items()}
            if set(COLUMNS) <= set(heads):
                return tuple(_lines(rows[at + 1 :], heads))
    raise BadInput(f"{path.name} has no sheet with the columns {', '.join(COLUMNS)}.")


def _lines(rows: Sequence[Mapping[int, Cell]], heads: dict[str, int]) -> list[Displacement]:
    found = []
    for row in rows:
        told = [row.get(heads[name]) for name in COLUMNS]
        country, year, event, movements = told
        if isinstance(movements, int | float) and isinstance(year, int | float):
            found.append(
                Displacement(str(country), int(year), str(event).strip(), float(movements))
            )
    return found


def displacement_of(
    lines: Sequence[Displacement], country: str, year: int, names: Sequence[str]
) -> dict[str, tuple[float, int]]:
    """Movements of a country by event whose name holds one of some words, and of how many lines.

    Lines of one event are added. Events are movements: somebody displaced by both is in both, so
    their sum may count a person twice.
    """
    found: dict[str, tuple[float, int]] = {}
    for name in names:
        own = [
            one.movements
            for one in lines
            if one.country == country and one.year == year and name.casefold() in _words(one.event)
        ]
        if own:
            found[name] = (sum(own), len(own))
    return found


def _words(event: str) -> list[str]:
    return event.casefold().replace("-", " ").replace(":", " ").split()
