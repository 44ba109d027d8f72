"""Whether there are people for what a scenario asks."""

from collections.abc import Sequence

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.projected import NotProducible
from cauce.model.text import Text


def lacking(
    output: str, asked: Floats, there: Floats, years: Sequence[int]
) -> NotProducible | None:
    """Why an output cannot be: in the middle of the draws, more people are asked for than exist.

    Args:
        asked: people whom the scenario needs, shape (d, h).
        there: people whom there can be, as of working age or in the labour force, (d, h) or (h,).

    A number that is missing on either side proves nothing and is left to whoever lacks it.
    """
    need, have = (np.median(np.atleast_2d(numbers), axis=0) for numbers in (asked, there))
    below = need < 0
    if below.any():
        year = years[int(below.argmax())]
        return NotProducible(
            output,
            Text(
                f"The scenario leaves fewer people than nobody in {year}.",
                f"El escenario deja menos personas que ninguna en {year}.",
            ),
        )
    over = need > have
    if not over.any():
        return None
    at = int(over.argmax())
    return NotProducible(
        output,
        Text(
            f"The scenario asks for {_thousands(need[at])} people in {years[at]}, and there are "
            f"{_thousands(have[at])}.",
            f"El escenario pide {_thousands(need[at], ' ')} personas en {years[at]}, y hay "
            f"{_thousands(have[at], ' ')}.",
        ),
    )


def _thousands(people: float, mark: str = ",") -> str:
    return f"{people:,.0f}".replace(",", mark)
