"""A table of numbers most of which are 0."""

from dataclasses import dataclass

from cauce.model.arrays import Floats, Ints


@dataclass(frozen=True)
class Sparse:
    """k rows of `width` numbers: row i has `values` in `columns` from `starts[i]` on; others are 0.

    `starts` has shape (k + 1,), `columns` and `values` have that of the numbers that are kept.
    """

    starts: Ints
    columns: Ints
    values: Floats
    width: int
