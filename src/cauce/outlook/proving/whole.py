"""A whole and its parts: the past of a region, and how far its own forecast is from its countries'.

Forecasts of the countries are published and stay: what is reconciled is the whole, which is their
sum. That is what `reconcile` gives where the parts are known and the whole is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.history import History
from cauce.model.projected import NotProducible
from cauce.model.text import Text

FEWEST_WAVES = 3
"""A level and its slope take two waves; the third says how far off they are."""
LOW, HIGH = 10.0, 90.0


@dataclass(frozen=True)
class Apart:
    """The own forecast of a whole beside the sum of its parts, year by year, each shape (h, c).

    `off` is how far the own number lies above the sum, as a part of it; `within` whether the sum is
    in the own interval of 80 %; `wider` how many times as wide that is as the interval of the sum.
    """

    off: Floats
    within: Floats
    wider: Floats


def past_of(output: str, parts: Sequence[History]) -> History | NotProducible:
    """What the parts add up to in the waves that all of them have in one classification.

    Surveys of two countries are drawn apart: the variance of the sum is the sum of theirs. A cell
    that is withheld in one of them is not known of the whole; one that a part never had is left
    out.
    """
    first = parts[0]
    cells = tuple(cell for cell in first.cells if all(cell in one.cells for one in parts))
    waves = [_waves(one) for one in parts]
    years = [each for each in waves[0] if all(each in other for other in waves)]
    if len(years) < FEWEST_WAVES:
        return NotProducible(output, _too_few(len(years)))
    picked = [
        np.ix_([own[each] for each in years], [one.cells.index(cell) for cell in cells])
        for one, own in zip(parts, waves, strict=True)
    ]
    value, variance, n = (
        np.sum([numbers[at] for numbers, at in zip(every, picked, strict=True)], axis=0)
        for every in (
            [one.value for one in parts],
            [one.se**2 for one in parts],
            [one.n.astype(float) for one in parts],
        )
    )
    return History(
        dimensions=first.dimensions,
        cells=cells,
        years=np.array([year for year, _ in years]),
        value=value,
        se=np.sqrt(variance),
        n=np.where(np.isfinite(value), n, -1).astype(np.int32),
        standards=tuple(standard for _, standard in years),
        complete=all(one.complete and set(one.cells) == set(cells) for one in parts),
    )


def _waves(one: History) -> dict[tuple[float, str], int]:
    return {each: at for at, each in enumerate(zip(one.years.tolist(), one.standards, strict=True))}


def _too_few(count: int) -> Text:
    had = "none" if count == 0 else str(count)
    return Text(
        f"Its countries have {had} of the {FEWEST_WAVES} waves of the same year and classification "
        "that a forecast of their sum would need.",
        f"Sus países tienen {'ninguna' if count == 0 else count} de las {FEWEST_WAVES} rondas del "
        "mismo año y clasificación que necesitaría un pronóstico de su suma.",
    )


def apart(own: Floats, whole: Floats) -> Apart:
    """How far draws of the own forecast are from those of the sum, both (d, h, c)."""
    low, middle, high = np.percentile(own, (LOW, 50.0, HIGH), axis=0)
    bottom, summed, top = np.percentile(whole, (LOW, 50.0, HIGH), axis=0)
    return Apart(
        middle / summed - 1,
        np.where(np.isfinite(middle), (low <= summed) & (summed <= high), np.nan),
        (high - low) / (top - bottom),
    )
