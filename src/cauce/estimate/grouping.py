"""The cells of one crossing of classifiers, only those somebody is in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Codes, Ints
from cauce.model.errors import BadInput

# Beyond this, cells cannot be numbered; a table of so many is a mistake.
MOST_CELLS = 2**62
# Up to so many cells a respondent, looking at all of them is faster than sorting.
DENSE = 4


@dataclass(frozen=True)
class Grouping:
    """The cell of every respondent in one crossing of classifiers.

    `cell`, of shape (n,), counts from 0 and leaves no cell out; `ids`, of shape (cells,) and
    rising, are the cells' mixed-radix numbers, first classifier slowest.
    """

    dims: tuple[int, ...]
    cell: Codes
    ids: Ints

    @property
    def size(self) -> int:
        return len(self.ids)


def group(
    classifiers: Sequence[Codes], sizes: Sequence[int], dims: tuple[int, ...], count: int
) -> Grouping:
    """Cross some classifiers of so many respondents; without one everybody is in one cell.

    Memory goes with the respondents, however many codes there are.

    Raises:
        BadInput: the codes crossed are too many to be numbered.
    """
    most = crossed(sizes, dims)
    number = np.zeros(count, dtype=np.int64)
    for dim in dims:
        number = number * sizes[dim] + classifiers[dim]
    if most <= DENSE * len(number):
        ids = np.flatnonzero(np.bincount(number, minlength=most))
        place = np.zeros(most, dtype=np.int32)
        place[ids] = np.arange(len(ids))
        return Grouping(dims, place[number], ids)
    ids, cell = np.unique(number, return_inverse=True)
    return Grouping(dims, cell.astype(np.int32), ids)


def crossed(sizes: Sequence[int], dims: tuple[int, ...]) -> int:
    """How many cells a crossing has, occupied or not. Raises BadInput if they are too many."""
    most = 1
    for dim in dims:
        most *= sizes[dim]
    if most > MOST_CELLS:
        raise BadInput(
            f"Crossing {len(dims)} dimensions of up to {max(sizes[d] for d in dims):,} codes gives "
            "more cells than can be numbered. Take a dimension out of the table."
        )
    return most


def refine(grouping: Grouping, codes: Sequence[Codes]) -> tuple[Grouping, Ints]:
    """The cells of a grouping crossed with more codes, and which cell each of them is part of.

    Whoever lacks a code counts with the first: they must not be inside.
    """
    more = [np.maximum(column, 0).astype(np.int32) for column in codes]
    sizes = [grouping.size, *(int(column.max(initial=0)) + 1 for column in more)]
    fine = group([grouping.cell, *more], sizes, tuple(range(len(sizes))), len(grouping.cell))
    return fine, fine.ids // int(np.prod(sizes[1:], dtype=np.int64))


def parent_of(fine: Grouping, whole: Grouping) -> Ints:
    """Which cell of a grouping each cell of a finer one is part of, shape (fine cells,)."""
    parent = np.zeros(fine.size, dtype=np.int64)
    parent[fine.cell] = whole.cell
    return parent
