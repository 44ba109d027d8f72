"""Demand by sector and occupation: draws of both, raked together and taken apart."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.projected import NotProducible
from cauce.model.text import Text
from cauce.outlook.matrix.effects import Effects, effects
from cauce.outlook.matrix.rake import MarginsUnmet, rake
from cauce.outlook.matrix.staffing import OUTPUT, Staffing


@dataclass(frozen=True)
class Demand:
    """People by sector and occupation: at the base, shape (s, o), and in the draws, (d, h, s, o).

    `effects` take the change of each occupation apart, shapes (d, h, o). Their means add up to the
    mean change, as medians would not.
    """

    base: Floats
    ahead: Floats
    effects: Effects


def demand(
    found: Staffing,
    base: tuple[Floats, Floats],
    sectors: Floats,
    occupations: Floats,
) -> Demand | NotProducible:
    """The matrices of all draws, with the margins of the draws, or why there are none.

    Sectors are scaled in each draw to the people that occupations add up to: what is published is
    by occupation, and sectors say how it divides.

    Args:
        found: who works in each sector now.
        base: people in the last wave by sector, (s,), and by occupation, (o,), as the filter has
            them, in the order of the staffing.
        sectors: draws, shape (d, h, s); occupations: draws, shape (d, h, o).

    Source: domain page outlook, section 4.5.
    """
    margins = (*base, sectors, occupations)
    if not all(np.isfinite(numbers).all() for numbers in margins):
        return NotProducible(OUTPUT, NOT_FORECAST)
    total = occupations.sum(axis=-1, keepdims=True)
    rows = sectors * total / sectors.sum(axis=-1, keepdims=True)
    now = base[0] * base[1].sum() / base[0].sum()
    names = found.sectors, found.occupations
    try:
        start = rake(found.share * now[:, None], now, base[1], names)
        ahead = rake(start, rows, occupations, names)
    except MarginsUnmet as unmet:
        return NotProducible(OUTPUT, unmet.because)
    return Demand(start, ahead, effects(start, ahead))


NOT_FORECAST = Text(
    "Some sector or occupation cannot be forecast: a matrix needs them all.",
    "Algún sector u ocupación no se puede proyectar: una matriz los necesita todos.",
)
