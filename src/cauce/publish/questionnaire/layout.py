"""Where the figures of a table stand on its sheet."""

from dataclasses import dataclass

from cauce.model.reply import Shape, Sheet, TableShape


@dataclass(frozen=True)
class Layout:
    """The codes down and across a table, and the row, counted from 0, its codes stand in."""

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[str, ...], ...]
    codes: int


def layout_of(sheet: Sheet, table: TableShape, shape: Shape) -> Layout:
    """Rows as their first figures come, columns as their axes list their codes."""
    split = len(table.rows)
    places = [(one.codes[:split], one.codes[split:]) for one in sheet.figures]
    remarked = [(note.codes, ()) for note in sheet.notes]
    rows = tuple(dict.fromkeys(row for row, _ in (*places, *remarked)))
    orders = [[code.id for code in shape.axes[axis].codes] for axis in table.columns]

    def place(column: tuple[str, ...]) -> list[int]:
        pairs = zip(column, orders, strict=True)
        return [order.index(code) if code in order else len(order) for code, order in pairs]

    columns = tuple(sorted(dict.fromkeys(column for _, column in places), key=place))
    return Layout(rows, columns, 6 + len(table.columns))


def cells_of(sheet: Sheet, shape: Shape) -> dict[tuple[str, ...], tuple[int, int]]:
    """Row and column, counted from 0, of the value of each figure."""
    table = shape.tables[sheet.table]
    layout = layout_of(sheet, table, shape)
    down = {codes: layout.codes + 1 + at for at, codes in enumerate(layout.rows)}
    across = {codes: 3 + 2 * at for at, codes in enumerate(layout.columns)}
    split = len(table.rows)
    return {
        one.codes: (down[one.codes[:split]], across[one.codes[split:]]) for one in sheet.figures
    }
