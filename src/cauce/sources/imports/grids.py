"""From the cells of a sheet to lines: a table, a matrix, or blocks under headers over rows."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from cauce.model.errors import BadInput
from cauce.model.imported import BLOCK, COLUMNS, PERIOD, ROWS, Lines, Raw, Shape
from cauce.sources.books.book import Broken, Cell, Grid
from cauce.sources.books.shape import letters

Row = Mapping[int, Cell]
Found = list[tuple[dict[str, str], Raw, int, int]]
"""The words of a number, the number, its row and its column, counted from 1."""


def unexpected(headers: list[str], shape: Shape) -> None:
    """Raises BadInput if a table has other columns than its pack declares."""
    declared = {*shape.columns, *shape.ignored}
    new = [name for name in headers if name not in declared]
    gone = sorted(declared - set(headers))
    twice = sorted({name for name in headers if headers.count(name) > 1})
    said = [
        f"{what}: {', '.join(names)[:300]}"
        for what, names in (("new", new), ("missing", gone), ("twice", twice))
        if names
    ]
    if said:
        raise BadInput(
            f"other columns than the pack declares ({'; '.join(said)}). Look what the producer "
            "changed, and say it in [shape]."
        )


def table_lines(grid: Grid, shape: Shape) -> Lines:
    """One line per row below the header."""
    head = grid.rows.get(shape.header, {})
    headers = {column: _text(cell, shape.header, column) for column, cell in head.items()}
    unexpected(list(headers.values()), shape)
    at = {name: column for column, name in headers.items()}
    words = [name for name in shape.columns if name != shape.value]
    found: Found = []
    below = 0
    for number, row in _body(grid, shape):
        if row is None:
            below += 1
            continue
        _inside(row, headers, number)
        said = {name: _text(row.get(at[name]), number, at[name]) for name in words}
        column = at[shape.value]
        found.append((said, _raw(row.get(column), number, column), number, column + 1))
    return _lines(found, words, grid.name, below)


def matrix_lines(grid: Grid, shape: Shape) -> Lines:
    """One line per cell: rows by the word in the first column, columns by that in the header."""
    head = {
        column: _text(cell, shape.header, column)
        for column, cell in grid.rows.get(shape.header, {}).items()
    }
    corner = head.pop(0, "").strip()
    if corner != shape.corner or not head:
        raise BadInput(
            f"row {shape.header} does not begin with {shape.corner!r} but with {corner[:60]!r}: "
            "the matrix stands elsewhere, or was turned."
        )
    found: Found = []
    below = 0
    for number, row in _body(grid, shape):
        if row is None:
            below += 1
            continue
        _inside(row, {0: ROWS, **head}, number)
        name = _text(row.get(0), number, 0)
        found += [
            ({ROWS: name, COLUMNS: word}, _raw(row.get(at), number, at), number, at + 1)
            for at, word in head.items()
        ]
    return _lines(found, [ROWS, COLUMNS], grid.name, below)


def blocks_lines(grid: Grid, shape: Shape) -> Lines:
    """One line per cell of blocks that stand side by side, each with a column per period."""
    head, names = grid.rows.get(shape.header, {}), grid.rows.get(shape.block_row, {})
    first = min(names, default=0)
    left = {at: _text(cell, shape.header, at) for at, cell in head.items() if at < first}
    unexpected(list(left.values()), shape)
    blocks = dict(_blocks(head, names, first, shape))
    found: Found = []
    below = 0
    at = {name: column for column, name in left.items()}
    for number, row in _body(grid, shape):
        if row is None:
            below += 1
            continue
        own = {name: _text(row.get(at[name]), number, at[name]) for name in shape.columns}
        _inside(row, {0: "", **left, **dict.fromkeys(blocks, "")}, number)
        for column, (block, period) in blocks.items():
            said = {**own, BLOCK: block, PERIOD: period}
            found.append((said, _raw(row.get(column), number, column), number, column + 1))
    return _lines(found, [*shape.columns, BLOCK, PERIOD], grid.name, below)


def _blocks(
    head: Row, names: Row, first: int, shape: Shape
) -> Iterator[tuple[int, tuple[str, str]]]:
    """The block and the period of every column: a block reaches to where the next one begins."""
    block = ""
    for column in range(first, max(head, default=-1) + 1):
        if column in names:
            block = _text(names[column], shape.block_row, column)
        yield column, (block, _text(head.get(column), shape.header, column))


def _body(grid: Grid, shape: Shape) -> Iterator[tuple[int, Row | None]]:
    """The rows below the header by number; None for those that are notes at the foot."""
    foot = False
    for number in sorted(grid.rows):
        row = grid.rows[number]
        if number <= shape.header:
            continue
        first = row.get(0)
        foot = foot or (isinstance(first, str) and first.startswith(shape.foot or ("\0",)))
        yield number, None if foot else row


def _inside(row: Row, headers: Mapping[int, str], number: int) -> None:
    """Raises BadInput if something stands under no header."""
    if outside := sorted(set(row) - set(headers)):
        raise BadInput(f"cell {letters(outside[0])}{number} stands under no header.")


def _text(cell: Cell | None, row: int, column: int) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, Broken):
        raise BadInput(f"cell {letters(column)}{row} shows an error or was never computed.")
    return "" if cell is None else str(cell).strip()


def _raw(cell: Cell | None, row: int, column: int) -> Raw:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    return _text(cell, row, column) or None


def _lines(found: Found, words: Iterable[str], sheet: str, below: int) -> Lines:
    if not found:
        raise BadInput(f"sheet {sheet} has no line below its header.")
    return Lines(
        {name: tuple(said[name] for said, _, _, _ in found) for name in words},
        tuple(value for _, value, _, _ in found),
        np.array([row for _, _, row, _ in found], dtype=np.int64),
        np.array([column for _, _, _, column in found], dtype=np.int64),
        sheet,
        below,
    )
