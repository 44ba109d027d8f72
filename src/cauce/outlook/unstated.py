"""Those who did not state their occupation or industry: spread if few, a cell of their own else."""

from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.history import History
from cauce.model.text import Text

MOST = 0.05
"""Share of a wave from which on the unstated are a cell of their own (outlook, section 4.2)."""


@dataclass(frozen=True)
class Spread:
    """A history without its unstated cell, or with it, and in words which and why."""

    history: History
    said: Text


def spread_unstated(
    history: History, code: str, most: float = MOST, totals: Floats | None = None
) -> Spread:
    """The unstated given to the other cells in proportion, if they are under 5 % of every wave.

    One rule for all waves: a cell that came and went would be a break of our own making. The errors
    of the others grow with them.

    Args:
        totals: what was published of all together in each wave, shape (w,), NaN where nothing was;
            without it the sum of the cells, which is not known in a wave that withholds one.

    Raises:
        BadInput: the history has more than one dimension: spread within each, one at a time.

    Source: domain page outlook, section 4.2.
    """
    if len(history.dimensions) != 1:
        raise BadInput("The unstated are spread over the cells of one dimension.")
    codes = [cell[0] for cell in history.cells]
    if code not in codes:
        return Spread(history, Text("Everybody's code is stated.", "Todos los códigos constan."))
    at = codes.index(code)
    there = np.asarray(np.isfinite(history.value).any(axis=1))
    whole = history.value.sum(axis=1) if totals is None else totals
    share = history.value[there, at] / whole[there]
    if not history.complete or np.isnan(share).any():
        return Spread(history, UNKNOWN)
    if (share >= most).any():
        return Spread(history, _own(float(share.max()), most))
    rest = np.delete(np.arange(len(codes)), at)
    factor = np.ones((len(there), 1))
    factor[there, 0] = 1 / (1 - share)
    spread = replace(
        history,
        cells=tuple(history.cells[one] for one in rest),
        value=history.value[:, rest] * factor,
        se=history.se[:, rest] * factor,
        n=history.n[:, rest],
    )
    return Spread(spread, _spread(float(share.max())))


UNKNOWN = Text(
    "The unstated stay a cell of their own: in some wave their share is not known.",
    "Los no declarados quedan como celda propia: en alguna ronda no se conoce su proporción.",
)


def _own(share: float, most: float) -> Text:
    return Text(
        f"The unstated stay a cell of their own: they are up to {share:.1%} of a wave, and from "
        f"{most:.0%} on they are not spread.",
        f"Los no declarados quedan como celda propia: llegan al {share * 100:.1f} % de una ronda "
        f"y desde el {most * 100:.0f} % no se reparten.",
    )


def _spread(share: float) -> Text:
    return Text(
        f"The unstated, at most {share:.1%} of a wave, are spread over the others in proportion.",
        f"Los no declarados, a lo sumo el {share * 100:.1f} % de una ronda, se reparten entre los "
        "demás en proporción.",
    )
