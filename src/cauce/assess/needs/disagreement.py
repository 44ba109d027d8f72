"""How far apart those who answered are."""

from collections.abc import Sequence
from itertools import combinations

from cauce.model.score import Disagreement


def disagreement(
    values: Sequence[float], lowest: float, highest: float, disputed_from: float
) -> Disagreement | None:
    """How many levels apart two institutions drawn at random are; None of fewer than two.

    The mean of the absolute differences over all pairs. It is in levels of the scale, needs no
    mean, and cannot be hidden by one: 0, 0, 4, 4 and 2, 2, 2, 2 have the same mean and differ by
    2.67 and 0 levels. Against its greatest value – half of them at either end – it becomes a share
    from 0 to 1. It takes the steps of the scale as equally wide, as the mean beside it does.

    Source: Gini (1912), Variabilità e mutabilità, mean difference; greatest value by counting the
    pairs with one at either end, floor(n/2) · ceil(n/2) of n(n−1)/2.
    """
    n = len(values)
    if n < 2:
        return None
    pairs = n * (n - 1) / 2
    levels = sum(abs(a - b) for a, b in combinations(values, 2)) / pairs
    most = (highest - lowest) * (n // 2) * ((n + 1) // 2) / pairs
    share = levels / most
    return Disagreement(levels, share, share >= disputed_from)
