"""How the counts of different indicators depend on each other, found in the counts themselves."""

from fractions import Fraction
from math import lcm

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.protect.span import Vector


def express(counts: Ints) -> list[tuple[Vector, int]]:
    """Each column, times a whole number, as a whole-number combination of independent columns.

    A relation that holds in every row, such as "labour force = employed + unemployed" or "both
    rates rest on the same respondents", is one a reader may know and use.

    Args:
        counts: shape (rows, columns); of dependent columns the first are kept as independent.

    Returns:
        For every column {independent column: factor}, and what the column is multiplied by; a
        column of zeros has no factors.
    """
    rows = np.unique(counts, axis=0)
    table: dict[int, list[Fraction]] = {}
    while True:
        pivots = sorted(table)
        matrix = [table[pivot] for pivot in pivots]
        factors = [
            lcm(*(row[column].denominator for row in matrix)) for column in range(rows.shape[1])
        ]
        whole = [
            [int(entry * factor) for entry, factor in zip(row, factors, strict=True)]
            for row in matrix
        ]
        unexplained = np.nonzero(unlike(rows, pivots, factors, whole))[0]
        if not len(unexplained):
            return [
                (
                    {
                        pivot: row[column]
                        for pivot, row in zip(pivots, whole, strict=True)
                        if row[column]
                    },
                    factors[column],
                )
                for column in range(rows.shape[1])
            ]
        add(table, [Fraction(int(value)) for value in rows[unexplained[0]]])


def unlike(rows: Ints, pivots: list[int], factors: list[int], whole: list[list[int]]) -> Flags:
    """Which rows are not what the relations found so far say of them."""
    largest = max((abs(entry) for row in [factors, *whole] for entry in row), default=0)
    fits = largest * int(np.abs(rows).max(initial=0)) * (len(pivots) + 1) < 2**62
    kind = np.int64 if fits else object
    known = rows[:, pivots].astype(kind) @ np.array(whole, dtype=kind).reshape(-1, rows.shape[1])
    differs: Flags = (rows.astype(kind) * np.array(factors, dtype=kind) != known).any(axis=1)
    return differs


def add(table: dict[int, list[Fraction]], row: list[Fraction]) -> None:
    """Enter a row into a reduced table, keyed by the first column it is not zero in."""
    for pivot, known in table.items():
        row = [entry - row[pivot] * other for entry, other in zip(row, known, strict=True)]
    pivot = next(column for column, entry in enumerate(row) if entry)
    row = [entry / row[pivot] for entry in row]
    for key, known in table.items():
        factor = known[pivot]
        table[key] = [entry - factor * other for entry, other in zip(known, row, strict=True)]
    table[pivot] = row
