"""What was published of some cells over the years: all that the outlook starts from."""

from dataclasses import dataclass

from cauce.model.arrays import Codes, Floats


@dataclass(frozen=True)
class History:
    """Published numbers of c cells in w waves, with their errors; no person and no cell behind.

    `years` has shape (w,), ascending and with gaps of any length; `value`, `se` and `n` have shape
    (w, c). A number that was withheld, or a wave that lacks the cell, is NaN (n: -1) and never 0.
    `cells` are the codes of each cell in the order of `dimensions`; `standards` says by which
    classification each wave was coded, "" if nobody told. `complete` says that the cells of a wave
    add up to its total when none is withheld, so that shares can be taken.
    """

    dimensions: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    years: Floats
    value: Floats
    se: Floats
    n: Codes
    standards: tuple[str, ...]
    complete: bool = True
