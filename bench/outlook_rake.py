"""What a thousand draws of ten countries cost: filter, draws, raking and effects. Prints JSON.

    python bench/outlook_rake.py [--countries N] [--draws N]

Invented countries with 21 sectors, 43 occupations, ten waves and a tenth of the cells of their
matrix empty; ten years ahead. `cpu_seconds` is by part, of all countries; `worst_margin` is the
largest relative miss of a margin in any draw.
"""

import argparse
import json
from collections import Counter
from time import process_time

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.history import History
from cauce.outlook.matrix import effects, rake
from cauce.outlook.shares import ShareDraws, ShareForecast, draw_shares, forecast_shares

SECTORS, OCCUPATIONS, WAVES, N = 21, 43, 10, 12_000
AHEAD = np.arange(1.0, 11.0)
NAMES = tuple(tuple(map(str, range(size))) for size in (SECTORS, OCCUPATIONS))


def history(share: Floats, rng: np.random.Generator) -> History:
    """Ten waves of a survey of shares that wander by 3 % a year."""
    moved = share * np.exp(np.cumsum(rng.normal(0, 0.03, (WAVES, len(share))), axis=0))
    found = np.array([rng.multinomial(N, one / one.sum()) / N for one in moved])
    se = np.sqrt(found * (1 - found) / N)
    return History(
        ("CELL",), tuple((str(one),) for one in range(len(share))), np.arange(float(WAVES)),
        found * 1e6, se * 1e6, (found * N).astype(np.int32), ("",) * WAVES,
    )  # fmt: skip


def drawn(past: History, country: int, draws: int, cost: Counter[str]) -> ShareDraws:
    begin = process_time()
    total = History(
        ("CELL",), (("_T",),), past.years, np.full((WAVES, 1), 1e6), np.full((WAVES, 1), 1e4),
        np.full((WAVES, 1), N, np.int32), past.standards,
    )  # fmt: skip
    found = forecast_shares(past, AHEAD, totals=total)
    assert isinstance(found, ShareForecast)
    between = process_time()
    made = draw_shares(found, tuple(cell[0] for cell in past.cells), 7, draws, where=str(country))
    cost["filter"] += between - begin
    cost["draws"] += process_time() - between
    return made


def country(number: int, draws: int, cost: Counter[str]) -> float:
    """Cost of one country, added up by part; the worst margin of its draws."""
    rng = np.random.default_rng(number)
    seed = (
        rng.dirichlet(np.full(OCCUPATIONS, 0.5), SECTORS)
        * rng.dirichlet(np.full(SECTORS, 2))[:, None]
    )
    seed = np.where(rng.random(seed.shape) < 0.1, 0.0, seed + 1e-4)
    seed /= seed.sum()
    rows = drawn(history(seed.sum(axis=1), rng), number, draws, cost).value
    columns = drawn(history(seed.sum(axis=0), rng), number, draws, cost).value
    begin = process_time()
    matrices = rake(seed, rows, columns, (NAMES[0], NAMES[1]))
    between = process_time()
    effects(seed * 1e6, matrices)
    cost["raking"] += between - begin
    cost["effects"] += process_time() - between
    missed = np.abs(matrices.sum(axis=-1) - rows) / rows, np.abs(matrices.sum(axis=-2) - columns)
    return float(max(missed[0].max(), (missed[1] / columns).max()))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--countries", type=int, default=10)
    asked.add_argument("--draws", type=int, default=1_000)
    given = asked.parse_args()
    cost: Counter[str] = Counter()
    worst = max(country(one, given.draws, cost) for one in range(given.countries))
    seconds = {part: round(spent, 2) for part, spent in cost.items()}
    whole = round(sum(cost.values()), 2)
    print(json.dumps({"cpu_seconds": {**seconds, "all": whole}, "worst_margin": worst}))


if __name__ == "__main__":
    main()
