"""How far two coders agree who coded the same answers without seeing each other's codes.

Source: Cohen (1960), A Coefficient of Agreement for Nominal Scales, Educational and Psychological
Measurement 20(1); its error in large samples: Fleiss, Cohen & Everitt (1969), Large Sample Standard
Errors of Kappa and Weighted Kappa, Psychological Bulletin 72(5), equation 13.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtri

from cauce.model.arrays import Floats

FEWEST = 30
"""Pairs from which on kappa is said: below, its error in large samples says nothing."""


@dataclass(frozen=True)
class Agreement:
    """Of `n` pairs, the share that agree and kappa with its interval; nan with `why` if not said.

    `level` is that of the interval, as 0.95.
    """

    n: int
    agreed: float
    kappa: float
    se: float
    low: float
    high: float
    why: Literal["", "too few", "one code only"] = ""


def agreement(one: Sequence[str], other: Sequence[str], level: float = 0.95) -> Agreement:
    """Agreement and kappa of two coders, answer by answer.

    Raises:
        ValueError: not as many codes of the one as of the other.
    """
    pairs = list(zip(one, other, strict=True))
    n = len(pairs)
    agreed = sum(a == b for a, b in pairs) / n if n else float("nan")
    if n < FEWEST:
        return _unsaid(n, agreed, "too few")
    table = _table(pairs)
    chance = float(table.sum(axis=1) @ table.sum(axis=0))
    if len(table) == 1:
        return _unsaid(n, agreed, "one code only")
    kappa = (agreed - chance) / (1 - chance)
    se = _error(table, agreed, chance, n)
    wide = float(ndtri(0.5 + level / 2)) * se
    return Agreement(n, agreed, kappa, se, max(-1.0, kappa - wide), min(1.0, kappa + wide))


def in_or_out(codes: Sequence[str], group: str) -> list[str]:
    """Codes as whether they begin with a group: kappa of these is that of the group alone."""
    return ["in" if code.startswith(group) else "out" for code in codes]


def _unsaid(n: int, agreed: float, why: Literal["too few", "one code only"]) -> Agreement:
    nan = float("nan")
    return Agreement(n, agreed, nan, nan, nan, nan, why)


def _table(pairs: Sequence[tuple[str, str]]) -> Floats:
    """Shares of pairs, shape (codes, codes)."""
    codes = sorted({code for pair in pairs for code in pair})
    place = {code: number for number, code in enumerate(codes)}
    table = np.zeros((len(codes), len(codes)))
    for one, other in pairs:
        table[place[one], place[other]] += 1 / len(pairs)
    return table


def _error(table: Floats, agreed: float, chance: float, n: int) -> float:
    """The standard error of kappa, Fleiss, Cohen & Everitt (1969), equation 13."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    # margin[i, j]: the column margin of category i and the row margin of category j.
    margin = columns[:, None] + rows[None, :]
    same = np.diag(table) @ ((1 - chance) - np.diag(margin) * (1 - agreed)) ** 2
    apart = table * margin**2
    other = (1 - agreed) ** 2 * (apart.sum() - np.trace(apart))
    rest = (agreed * chance - 2 * chance + agreed) ** 2
    variance = max(0.0, float(same + other - rest)) / (n * (1 - chance) ** 4)
    return float(variance**0.5)
