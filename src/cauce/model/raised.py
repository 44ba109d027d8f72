"""How far the weights of a wave were raised, in a few numbers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Raised:
    """How the weights of a wave became those of its figures.

    Of non-response: how many were to answer, how many did, and the range of the factors of cells;
    0 where the pack has none. Of calibration: the method, the names of margins and their sources,
    how many totals these hold, and the range of the factors (g-weights); "" and 0 where there is
    none.
    """

    asked: int = 0
    answered: int = 0
    silence: tuple[float, float] = (1.0, 1.0)
    method: str = ""
    margins: tuple[tuple[str, str], ...] = ()
    totals: int = 0
    factors: tuple[float, float] = (1.0, 1.0)
