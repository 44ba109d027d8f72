"""What cells tell of a whole group together: all of it, nothing of it, or all but a few."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.model.errors import BadInput
from cauce.protect.table import Table

Place = tuple[int, int, tuple[int, ...]]
"""A cell by its block, its indicator and its domain."""


def tells_all(table: Table, indicators: Sequence[str]) -> Flags:
    """Cells of the indicators named of which none or all have the attribute: 0 % or 100 %.

    Source: group disclosure, Hundepool et al. (2012), Statistical Disclosure Control, section 5.2.
    """
    names = np.array([one.id for one in table.cells.dataflow.indicators])
    asked = np.isin(names, list(indicators))[table.indicator] & ~table.amount
    cells = table.cells
    found: Flags = asked & (cells.n > 0) & ((cells.cases == 0) | (cells.cases == cells.n))
    return found


def holds_all(table: Table, dimensions: Sequence[str]) -> Flags:
    """Cells in which everybody of the total over one of the dimensions is.

    Raises:
        BadInput: a dimension adds up to no total, so that nobody knows who all are.
    """
    columns = [adding(table, name) for name in dimensions]

    def whole(domain: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
        return (without(domain, [column]) for column in columns if domain[column] >= 0)

    n = table.cells.n
    return beside(table, whole, lambda cell, total: bool(n[cell] == n[total] > 0))


def leaves_few(table: Table, minimum: int) -> Flags:
    """Cells whose whole, over one dimension or more, is larger by 1 to minimum - 1 people.

    Source: k-disclosure, the differences of published cells, as in the R package GaussSuppression
        (KDisclosurePrimary).
    """
    counts = [(table.cells.n, table.cells.n >= 0), (table.cells.cases, ~table.amount)]

    def whole(domain: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
        own = [column for column, code in enumerate(domain) if code >= 0]
        chosen = (some for size in range(1, len(own) + 1) for some in combinations(own, size))
        return (without(domain, columns) for columns in chosen)

    def few(cell: int, total: int) -> bool:
        return any(asked[cell] and 0 < of[total] - of[cell] < minimum for of, asked in counts)

    return beside(table, whole, few)


def beside(
    table: Table,
    wholes: Callable[[tuple[int, ...]], Iterable[tuple[int, ...]]],
    tells: Callable[[int, int], bool],
) -> Flags:
    """The cells that tell something beside one of their wholes, which are there, too."""
    at = {place: cell for cell, place in enumerate(places(table))}
    return np.array(
        [
            any(
                tells(cell, at[block, indicator, whole])
                for whole in wholes(domain)
                if (block, indicator, whole) in at
            )
            for (block, indicator, domain), cell in at.items()
        ],
        dtype=np.bool_,
    )


def places(table: Table) -> list[Place]:
    domain: Ints = table.domain
    rows = zip(table.block.tolist(), table.indicator.tolist(), domain.tolist(), strict=True)
    return [(block, indicator, tuple(codes)) for block, indicator, codes in rows]


def without(domain: tuple[int, ...], columns: Sequence[int]) -> tuple[int, ...]:
    """The domain with the total of some dimensions."""
    return tuple(-1 if column in columns else code for column, code in enumerate(domain))


def adding(table: Table, name: str) -> int:
    """The place of a dimension among those that add up."""
    flow = table.cells.dataflow
    adds = [one.id for one in flow.dimensions if one.additive]
    if name not in adds:
        raise BadInput(
            f"{flow.id}: groups name {name}, which is no dimension with a total there. Name one "
            f"of: {', '.join(adds) or 'none'}."
        )
    return adds.index(name)
