"""The published algorithm once more, as it is written down, and nothing of Cauce in it.

Langsrud (2024), Secondary cell suppression by Gaussian elimination: columns of publishable cells
over rows of innermost ones, in whole numbers. Each candidate, most wanted first, is a combination
of what is published already (published), proportional to what is left of a primary cell
(suppressed), or eliminated from all columns after it (published).
"""

from itertools import product
from math import gcd


def pattern(shape, counts, minimum):
    """P primary, S secondary, F published: one letter a cell, code 0 the total of a dimension."""
    inner = list(product(*(range(1, size + 1) for size in shape)))
    cells = list(product(*(range(size + 1) for size in shape)))
    inside = [
        [int(all(c in (0, i) for c, i in zip(cell, one, strict=True))) for one in inner]
        for cell in cells
    ]
    total = [sum(x * n for x, n in zip(column, counts, strict=True)) for column in inside]
    primary = [at for at, n in enumerate(total) if 1 <= n < minimum]
    order = sorted(
        set(range(len(cells))) - set(primary),
        key=lambda at: (
            sum(code > 0 for code in cells[at]),
            serves(cells[at], [cells[one] for one in primary]),
            -total[at],
            at,
        ),
    )
    hidden = suppressed([inside[at] for at in order], [inside[at] for at in primary])
    letters = ["P" if at in primary else "F" for at in range(len(cells))]
    for at in hidden:
        letters[order[at]] = "S"
    return "".join(letters)


def serves(cell, primary):
    """In how many sums with a primary cell it stands, those with one alone counted twice."""
    lines = [
        sum(one[:d] + one[d + 1 :] == cell[:d] + cell[d + 1 :] for one in primary)
        for d in range(len(cell))
    ]
    return sum((count > 0) + (count == 1) for count in lines)


def suppressed(candidates, primary):
    """The positions of the candidates that are not published."""
    left, guarded = [list(one) for one in candidates], [list(one) for one in primary]
    hidden = []
    for at, column in enumerate(left):
        if not any(column):
            continue
        if any(proportional(column, one) for one in guarded):
            hidden.append(at)
            continue
        row = next(r for r, entry in enumerate(column) if entry)
        for other in [*left[at + 1 :], *guarded]:
            if other[row]:
                eliminate(other, column, row)
    return hidden


def proportional(one, other):
    """Whether two columns are multiples of each other; `one` is not empty."""
    row = next(r for r, entry in enumerate(one) if entry)
    return any(other) and all(
        a * other[row] == b * one[row] for a, b in zip(one, other, strict=True)
    )


def eliminate(target, column, row):
    """Make a row of the target zero with a multiple of the column, divided by what is common."""
    a, b = column[row], target[row]
    target[:] = [a * t - b * c for t, c in zip(target, column, strict=True)]
    common = gcd(*target)
    if common > 1:
        target[:] = [t // common for t in target]
