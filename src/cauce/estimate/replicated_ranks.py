"""Degrees of freedom of replicates in a domain: the rank of the replicate weights there, less 1.

As `degf` of a subset of a `svrepdesign` in R survey 4.x. Of given columns the rank is found in a
few of the rows; that the others bring nothing new is seen from one vector all of these are
perpendicular to.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cauce.estimate import replicated_kernel
from cauce.estimate.replicated_made import Drawn
from cauce.estimate.replicated_sums import InCells
from cauce.model.arrays import Flags, Floats, Ints

TOLERANCE = 1e-5
"""A column of which so little is new depends on the others, as R's `qr` has it."""
MORE = 8
AT_ONCE = 8192
THREADS = 2
SURE = 1e-3
"""A pivot of so much is no rounding: no column depends on the others."""


def degrees(found: InCells, weight: Floats, domains: tuple[Flags, ...]) -> Ints:
    """The degrees of freedom of every cell in every domain, shape (cells, domains)."""
    made = found.replicas.made
    if made is not None:
        own = found.units, found.people, made.stratum, made.whole
        here = replicated_kernel.psus_and_whole(found.cell, len(found.starts) - 1, *own)
        # Each PSU brings a direction, but the last one of a stratum whose others are all there.
        rank = here[..., 0] - np.maximum(here[..., 1] - 1, 0)
        if isinstance(made, Drawn):
            rank = np.minimum(rank, found.replicas.count)
        return np.maximum(rank - 1, 0)
    given, cells = found.replicas.columns, len(found.starts) - 1
    df = np.zeros((cells, len(domains)), dtype=np.int64)

    def cell(c: int) -> None:
        rows = found.places[found.starts[c] : found.starts[c + 1]]
        for d, domain in enumerate(domains):
            counted = rows[domain[rows] & (weight[rows] != 0)]
            df[c, d] = max(rank_of(given, counted) - 1, 0)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(cell, range(cells)))
    return df


def rank_of(weights: Floats, rows: Ints) -> int:
    """The rank of some rows of weights."""
    most = weights.shape[1] + MORE
    chosen = rows if len(rows) <= most else rows[np.arange(most) * len(rows) // most]
    if len(chosen) == 0:
        return 0
    while True:
        part = weights[chosen]
        rank = _rank(part)
        if rank == weights.shape[1] or len(chosen) == len(rows):
            return rank
        new = _new(weights, rows, part, rank)
        if len(new) == 0:
            return rank
        chosen = np.concatenate([chosen, new[: weights.shape[1]]])


def _rank(part: Floats) -> int:
    """The rank of a small matrix: fast if no column depends on the others, else one by one."""
    size = np.sqrt((part**2).sum(axis=0))
    unit = part[:, size > 0] / size[size > 0]
    if regular(np.ascontiguousarray(unit, dtype=np.float32), SURE):
        return int(unit.shape[1])
    return int(independent(np.ascontiguousarray(unit.T), TOLERANCE))


def _new(weights: Floats, rows: Ints, part: Floats, rank: int) -> Ints:
    """Rows that are not made of those of a part, whose rank is known."""
    _, _, directions = np.linalg.svd(part)
    beyond = directions[rank:]
    vector = np.cos(np.arange(1.0, len(beyond) + 1)) @ beyond
    length = np.sqrt((vector**2).sum())
    found = []
    for at in range(0, len(rows), AT_ONCE):
        here = rows[at : at + AT_ONCE]
        own = weights[here]
        size = np.sqrt((own**2).sum(axis=1)) * length
        found.append(here[np.abs(own @ vector) > TOLERANCE * size])
    return np.concatenate(found)


@njit(nogil=True, cache=True, error_model="numpy")
def independent(columns: Floats, tolerance: float) -> int:
    """How many unit columns, shape (columns, rows), are not made of those before them.

    Gram and Schmidt's way, twice over for the last digits; overwrites what it is given.
    """
    kept = 0
    for j in range(len(columns)):
        own = columns[j].copy()
        for _ in range(2):
            for k in range(kept):
                along = (own * columns[k]).sum()
                own -= along * columns[k]
        size = np.sqrt((own * own).sum())
        if size > tolerance:
            columns[kept] = own / size
            kept += 1
    return kept


@njit(nogil=True, cache=True, error_model="numpy")
def regular(rows: NDArray[np.float32], least: float) -> bool:
    """Whether columns are independent for sure: elimination finds a pivot of `least` in each.

    Overwrites what it is given, of shape (rows, columns); half the digits are enough to be sure.
    """
    count, width = rows.shape
    if count < width:
        return False
    for j in range(width):
        best = j
        for i in range(j, count):
            if abs(rows[i, j]) > abs(rows[best, j]):
                best = i
        if abs(rows[best, j]) < least:
            return False
        pivot = rows[best, j:].copy()
        rows[best, j:] = rows[j, j:]
        for i in range(j + 1, count):
            factor = rows[i, j] / pivot[0]
            own = rows[i, j:]
            for k in range(len(pivot)):
                own[k] -= factor * pivot[k]
    return True
