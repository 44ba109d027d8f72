"""Whole numbers for weights and amounts: so many decimals, and whether anything is lost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.estimate.layout import Measure
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.errors import BadInput

MOST_DECIMALS = 15
"""More decimals than this a floating number does not hold beside a digit before the point."""
MOST_DIGITS = 15
"""Whole numbers up to so many digits are exact as floating numbers, and so is their product."""
SUM_DIGITS = 38
"""The digits of the sums that engines add up without loss: DECIMAL(38), HUGEINT."""
LARGEST_LOSS = 1e-6
"""A number that a scale would change by more than this part of itself is not rounded."""


@dataclass(frozen=True)
class Looked:
    """What an engine says of a column, without a person's value.

    `digits` are those of the largest amount before the point, `huge` counts amounts of more than
    MOST_DIGITS of them. `inexact` counts, for 0 to MOST_DECIMALS decimals, whose number has more;
    `loss` is the largest part of itself that a number would lose.
    """

    digits: int
    huge: int
    inexact: tuple[int, ...]
    loss: tuple[float, ...]


@dataclass(frozen=True)
class Scale:
    """Amounts are whole numbers of 1/10**decimals; `rounded` had more, and lost at most `loss`."""

    decimals: int
    digits: int
    rounded: int = 0
    loss: float = 0.0


@dataclass(frozen=True)
class Scales:
    """The scales of the weights, and of the numerator and the denominator of each measure."""

    weight: Scale
    y: tuple[Scale, ...]
    x: tuple[Scale, ...]


ONES = Scale(0, 1)
"""The scale of what is 0 or 1."""


def look(column: Floats, inside: Flags) -> Looked:
    """What is said of a column of those inside; what loses nothing is asked for no more decimals.

    The engines are asked the same in `harmonise.cube_sql`.
    """
    own = column[inside]
    size = np.abs(own)
    huge = size >= 10.0**MOST_DIGITS
    largest = int(np.ceil(size[~huge]).max(initial=0.0))
    inexact, loss = [], []
    for decimals in range(MOST_DECIMALS + 1):
        fits = size < 10.0 ** (MOST_DIGITS - decimals)
        kept = scaled_floats(np.where(fits, own, 0.0), decimals) / 10.0**decimals
        wrong = ~fits | (kept != own)
        inexact.append(int(wrong.sum()))
        with np.errstate(divide="ignore", invalid="ignore"):
            lost = np.where(fits & (own != 0), np.abs(kept - own) / size, 0.0)
        loss.append(float(lost.max(initial=0.0)))
        if not inexact[-1]:
            break
    more = (0,) * (MOST_DECIMALS + 1 - len(inexact))
    return Looked(len(str(largest)), int(huge.sum()), (*inexact, *more), (*loss, *more))


def scaled_floats(column: Floats, decimals: int) -> Floats:
    """Amounts in units of 1/10**decimals; halves go up, on every engine."""
    found: Floats = np.floor(column * 10.0**decimals + 0.5)
    return found


def scaled(column: Floats, inside: Flags, scale: Scale) -> Ints:
    """The whole numbers of those inside, 0 for the others."""
    own = np.where(inside, column, 0.0)
    return scaled_floats(own, scale.decimals).astype(np.int64)


def scale_of(looked: Looked, what: str, most: int = MOST_DIGITS) -> Scale:
    """The fewest decimals that lose nothing; else as many as `most` digits hold, and what is lost.

    Raises:
        BadInput: the amounts are too large, or would lose more than LARGEST_LOSS of themselves.
    """
    if looked.huge:
        raise BadInput(
            f"{looked.huge:,} values of {what} have more than {MOST_DIGITS} digits before the "
            "point: they cannot be added up exactly. Use a larger unit, or --engine local."
        )
    room = min(most - looked.digits, MOST_DECIMALS)
    if room < 0:
        raise BadInput(
            f"{what} has {looked.digits} digits before the point: its sums would have more than "
            f"{SUM_DIGITS} digits and overflow. Use a larger unit, or --engine local."
        )
    for decimals in range(room + 1):
        if not looked.inexact[decimals]:
            return Scale(decimals, looked.digits + decimals)
    if looked.loss[room] > LARGEST_LOSS:
        raise BadInput(
            f"{looked.inexact[room]:,} values of {what} have more than the {room} decimals that "
            f"can be added up exactly, and would lose up to {looked.loss[room]:.2g} of themselves. "
            "Round them in the file, or use --engine local."
        )
    return Scale(room, looked.digits + room, looked.inexact[room], looked.loss[room])


def scales_of(
    measures: Sequence[Measure],
    rows: int,
    weight: Looked,
    y: Sequence[Looked | None],
    x: Sequence[Looked | None],
) -> Scales:
    """The scales of all columns, such that no sum of so many rows overflows; None is 0 or 1.

    Raises:
        BadInput: as `scale_of`.
    """
    w = scale_of(weight, "the weight")
    left = SUM_DIGITS - w.digits - len(str(rows))
    ys, xs = [], []
    for measure, above, below in zip(measures, y, x, strict=True):
        # The squares of y and of x, and their product, are weighted and added up too.
        most = min(left // 2, MOST_DIGITS)
        name = measure.indicator
        ys.append(ONES if above is None else scale_of(above, f"the numerator of {name}", most))
        xs.append(ONES if below is None else scale_of(below, f"the denominator of {name}", most))
    return Scales(w, tuple(ys), tuple(xs))
