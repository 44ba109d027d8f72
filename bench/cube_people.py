"""The people the cube is made of: six classifiers, strata, PSUs and four statistics."""

from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa

from cauce.model.design import Design
from cauce.model.sample import Score

SIZES = (2, 8, 12, 20, 24, 38)
CODES = [f"c{i}" for i in range(len(SIZES))]
PAIRS = list(combinations(range(len(SIZES)), 2))
STRATA, PEOPLE_IN_PSU = 200, 50


def people(count: int, in_psu: int = PEOPLE_IN_PSU) -> pa.Table:
    """Invented people sorted by stratum and PSU."""
    random = np.random.default_rng(1)
    psu = np.arange(count) // in_psu
    psus = int(psu[-1]) + 1
    active = random.random(count) < 0.65
    employed = active & (random.random(count) < 0.9)
    columns = {
        "stratum": (psu * STRATA // psus).astype(np.int32),
        "psu": psu.astype(np.int32),
        "weight": random.uniform(50, 400, count),
        "active": active,
        "employed": employed,
        "informal": employed & (random.random(count) < 0.45),
        "wage": np.where(employed, random.lognormal(6, 0.7, count), 0.0),
    }
    for name, size in zip(CODES, SIZES, strict=True):
        columns[name] = random.integers(0, size, count).astype(np.int32)
    return pa.table(columns)


def arrays(table: pa.Table) -> tuple[Design, list[Any], list[Score]]:
    """The table as the estimator takes it."""

    def column(name: str) -> Any:
        return table.column(name).combine_chunks().to_numpy(zero_copy_only=False)

    active, employed = column("active"), column("employed")
    everyone = np.ones(len(table), dtype=np.bool_)
    at_work, informal = employed.astype(np.float64), column("informal").astype(np.float64)
    design = Design(
        column("stratum").astype(np.int64), column("psu").astype(np.int64), column("weight")
    )
    scores = [
        Score("employed", everyone, at_work, None, 0, False, "total"),
        Score("unemployment", active, 1.0 - at_work, None, 0, False, "rate"),
        Score("informality", employed, informal, None, 0, False, "rate"),
        Score("wage", employed, column("wage"), None, 0, True, "mean"),
    ]
    return design, [column(name) for name in CODES], scores
