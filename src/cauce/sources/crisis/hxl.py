"""Rounds of displacement tracking: a sheet with a row of HXL hashtags under its headers.

HXL: the Humanitarian Exchange Language, standard 1.1 (hxlstandard.org): a hashtag such as #adm1 and
attributes such as +code; their order does not matter. Headers are the producer's own and are not
read. Components of the Displacement Tracking Matrix: domain page registers, section 7.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from cauce.model.errors import BadInput
from cauce.sources.books.book import Cell, Grid
from cauce.sources.books.reading import read_book

Component = Literal["MOB", "FLM", "REG", "SUR"]
COUNTED = ("#affected", "#population", "#inneed", "#reached", "#targeted", "#beneficiary")
PERSON_TAGS = ("#contact", "#respondee", "#respondent", "#person")
PERSON_ATTRIBUTES = frozenset({"name", "id", "phone", "email", "birth", "dob"})
SEARCHED = 25
"""Rows in which the hashtags may stand."""


@dataclass(frozen=True)
class Tag:
    """A hashtag with its attributes."""

    name: str
    attributes: frozenset[str]


@dataclass(frozen=True)
class RoundLine:
    """What one line counts: -1 where it does not say."""

    area_code: str
    area_name: str
    day: str
    individuals: float
    households: float


@dataclass(frozen=True)
class Round:
    """One round: its lines by site or area, its file's hash, and the hashtags nobody used."""

    component: Component
    lines: tuple[RoundLine, ...]
    sha256: str
    unused: tuple[str, ...]


def read_round(path: Path, component: Component) -> Round:
    """The lines of a round.

    Raises:
        BadInput: no row of hashtags; no first-level area or nothing counted; a column that is about
            one person, in any component: registration comes in as counts or not at all.
    """
    book = read_book(path)
    for grid in book.grids:
        at, tags = _tags(grid)
        if tags:
            _refuse_people(path.name, tags, component)
            used = _columns(path.name, tags)
            lines = tuple(_lines(path.name, grid, at, used))
            if not lines:
                raise BadInput(f"{path.name} has no line under its hashtags.")
            unused = [_told(tag) for column, tag in tags.items() if column not in used.values()]
            return Round(component, lines, book.sha256, tuple(dict.fromkeys(unused)))
    raise BadInput(
        f"{path.name} has no row of HXL hashtags such as #adm1+code and #affected+ind among its "
        f"first {SEARCHED} rows. Ask the producer for the tagged edition, or add the row."
    )


def _tags(grid: Grid) -> tuple[int, dict[int, Tag]]:
    """The row of hashtags and the tag of each column; none if there is no such row."""
    for number in sorted(grid.rows)[:SEARCHED]:
        cells = grid.rows[number]
        tagged = {c: v for c, v in cells.items() if isinstance(v, str) and v.strip()[:1] == "#"}
        if len(tagged) >= 2 and 2 * len(tagged) >= len(cells):
            return number, {column: _tag(str(text)) for column, text in tagged.items()}
    return 0, {}


def _tag(text: str) -> Tag:
    first, *rest = text.lower().replace(" ", "").split("+")
    return Tag(first, frozenset(rest))


def _told(tag: Tag) -> str:
    return "+".join((tag.name, *sorted(tag.attributes)))


def _refuse_people(file: str, tags: Mapping[int, Tag], component: Component) -> None:
    """A name, a document or a telephone is of one person, whatever else the file holds."""
    bad = [
        _told(tag)
        for tag in tags.values()
        if tag.name in PERSON_TAGS or (tag.name in COUNTED and tag.attributes & PERSON_ATTRIBUTES)
    ]
    counted = any(tag.name in COUNTED for tag in tags.values())
    if bad or (component == "REG" and not counted):
        told = f"its columns {', '.join(bad)} are about one person" if bad else "it counts nobody"
        raise BadInput(
            f"{file} is refused: {told}. Records of people are never taken in here; ask the "
            "producer for counts by area."
        )


def _columns(file: str, tags: Mapping[int, Tag]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, tag in tags.items():
        for use in _uses(tag):
            found.setdefault(use, column)
    if "code" not in found and "name" not in found:
        raise BadInput(f"{file} has no first-level area: no hashtag #adm1+code or #adm1+name.")
    if "individuals" not in found and "households" not in found:
        raise BadInput(f"{file} counts nobody: no hashtag #affected+ind or #affected+hh.")
    return found


def _uses(tag: Tag) -> list[str]:
    """What a column is used for. Counts of men, women or an age alone are no total."""
    if tag.name == "#adm1":
        return ["code" if tag.attributes & {"code", "pcode"} else "name"]
    if tag.name == "#date":
        return ["day"]
    if tag.name not in COUNTED or tag.attributes & {"f", "m", "children", "adults", "elderly"}:
        return []
    if tag.attributes & {"hh", "hhs", "households"}:
        return ["households"]
    return (
        ["individuals"]
        if not tag.attributes or tag.attributes & {"ind", "i", "idps", "num"}
        else []
    )


def _lines(file: str, grid: Grid, at: int, used: Mapping[str, int]) -> list[RoundLine]:
    found = []
    for number in sorted(n for n in grid.rows if n > at):
        row = grid.rows[number]
        code, name, day = (_text(row.get(used.get(use, -1))) for use in ("code", "name", "day"))
        if not code and not name:
            if any(row.get(used.get(use, -1)) not in (None, "") for use in ("individuals",)):
                raise BadInput(f"{file}, row {number}: it counts people and names no area.")
            continue
        counts = [
            _count(row.get(used.get(use, -1)), f"{file}, row {number}")
            for use in ("individuals", "households")
        ]
        found.append(RoundLine(code or name, name or code, day, counts[0], counts[1]))
    return found


def _text(cell: Cell | None) -> str:
    return (
        "" if cell is None else (cell.isoformat() if isinstance(cell, date) else str(cell).strip())
    )


def _count(cell: Cell | None, place: str) -> float:
    """A number of people, -1 where there is none; an empty cell is not 0."""
    if cell is None or cell == "":
        return -1.0
    try:
        number = float(str(cell).replace(",", ""))
    except ValueError as error:
        raise BadInput(f"{place}: {str(cell)[:20]!r} is no number of people.") from error
    if not number >= 0:
        raise BadInput(f"{place}: a number of people is negative.")
    return number


def areas_of(lines: Sequence[RoundLine]) -> dict[str, str]:
    """The first-level areas of some lines, by code, in their order."""
    return {line.area_code: line.area_name for line in lines}
