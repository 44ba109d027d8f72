"""Lines and columns: where each row of a view stands in the table, and in which order."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Codes, Ints
from cauce.portal.explorer.found import Found, measured, ordered
from cauce.portal.explorer.view import Sort

LINES, CELLS, FEWEST = 25, 36, 3
MANY_HEADS = 4
"""From so many names a line on, fewer lines stand on a page."""
MOST_COLUMNS = 12


@dataclass(frozen=True)
class Layout:
    """The table of a view: l lines, k columns.

    `heads` are the dimensions that tell the lines apart and `lines` the codes of each, of shape
    (l, len(heads)). `columns` are the codes of the dimension that is spread, empty for a list.
    `grid` holds rows of the observations, of shape (l, k), -1 where there is no observation; a list
    has one column.
    """

    heads: tuple[int, ...]
    lines: Codes
    spread: int | None
    columns: Ints
    grid: Ints

    @property
    def page(self) -> int:
        """How many lines a page holds: a page stays light whatever is asked."""
        if self.spread is None:
            return LINES * 3 // len(self.heads) if len(self.heads) >= MANY_HEADS else LINES
        return max(FEWEST, CELLS // max(1, min(len(self.columns), MOST_COLUMNS)))


def layout_of(found: Found) -> Layout:
    """The table of a view, sorted; every line is in it, whatever the page."""
    view, key = found.view, found.observations.key[found.rows]
    heads = [j for j in found.differing() if j != view.columns]
    if view.rows in heads:
        heads.remove(view.rows)
        heads.insert(0, view.rows)
    line, lines = _lines(found, key, heads)
    if view.columns is None:
        laid = Layout(tuple(heads), lines[line], None, np.empty(0, np.int64), found.rows[:, None])
        order = np.lexsort(laid.lines.T[::-1]) if heads else np.arange(len(line))
        return _sorted(_reordered(laid, order), found)
    spread = key[:, view.columns].astype(np.int64)
    columns, column = np.unique(spread, return_inverse=True)
    grid = np.full((len(lines), len(columns)), -1, dtype=np.int64)
    grid[line, column] = found.rows
    return _sorted(Layout(tuple(heads), lines, view.columns, columns, grid), found)


def _lines(found: Found, key: Codes, heads: list[int]) -> tuple[Ints, Codes]:
    """Of every row the line it stands in, and the codes of every line in their order."""
    if not heads:
        return np.zeros(len(key), dtype=np.int64), np.empty((min(len(key), 1), 0), dtype=np.int32)
    sizes = tuple(len(found.dimensions[j].codes) for j in heads)
    together = np.ravel_multi_index(tuple(key[:, j] for j in heads), sizes)
    distinct, line = np.unique(together, return_inverse=True)
    codes = np.stack(np.unravel_index(distinct, sizes), axis=1)
    return line.reshape(-1), codes.astype(np.int32)


def _sorted(laid: Layout, found: Found) -> Layout:
    """The lines in the order the reader asks for; what is withheld comes last."""
    sort = found.view.sort
    if sort is None:
        return laid
    ids = [dimension.id for dimension in found.dimensions]
    if sort.by in ids:
        j = ids.index(sort.by)
        if j not in laid.heads:
            return laid
        codes = laid.lines[:, laid.heads.index(j)].astype(np.float64)
        return _reordered(laid, ordered(codes, sort.descending))
    place = _place(laid, found, sort)
    if place is None:
        return laid
    values = measured(found.observations, laid.grid[:, place], sort.by)
    return _reordered(laid, ordered(values, sort.descending))


def _place(laid: Layout, found: Found, sort: Sort) -> int | None:
    """The column a measure is sorted in; the first if none is named, None if it is not there."""
    if laid.spread is None or not sort.at:
        return 0 if laid.grid.shape[1] else None
    codes = found.dimensions[laid.spread].codes
    named = [codes[at].id for at in laid.columns.tolist()]
    return named.index(sort.at) if sort.at in named else None


def _reordered(laid: Layout, order: Ints) -> Layout:
    return Layout(laid.heads, laid.lines[order], laid.spread, laid.columns, laid.grid[order])
