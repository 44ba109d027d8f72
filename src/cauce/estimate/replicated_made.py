"""Replicates that are made here, from strata and PSUs: the jackknife and the rescaled bootstrap.

Source: Wolter (2007), Introduction to Variance Estimation, 2nd edition, section 4.5 (jackknife that
leaves one PSU of a stratum out); Rao & Wu (1988), JASA 83, and Rao, Wu & Yue (1992), Some recent
work on resampling methods for complex surveys, Survey Methodology 18 (bootstrap of n - 1 PSUs).
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cauce.estimate import replicated_kernel
from cauce.estimate.replicated_kernel import Counts
from cauce.estimate.single_psu import AVERAGE, UNCENTRED
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.errors import BadInput, MethodFailed
from cauce.model.replication import Replicates

MOST_AT_ONCE = 2**15
FEWEST = 2


@dataclass(frozen=True)
class Strata:
    """The PSUs of each stratum, and what is done with one that has a single PSU.

    `stratum` is of each PSU. Of each stratum `many` are its PSUs, `size` those of the population
    (infinite if not known) and `lonely` whether it has a single one that was not sure to be drawn.
    """

    stratum: Ints
    many: Ints
    size: Floats
    lonely: Flags
    policy: int

    @property
    def order(self) -> Ints:
        """PSUs by stratum."""
        return np.argsort(self.stratum, kind="stable")


@dataclass(frozen=True)
class LeftOut:
    """The jackknife: replicate columns by stratum from `begin`, of each PSU `column` (-1: none).

    `whole` are the PSUs of a stratum whose columns say nothing new once all of them are there.
    """

    stratum: Ints
    begin: Ints
    column: Ints
    grown: float
    whole: Ints
    scale: float
    rscales: Floats


@dataclass(frozen=True)
class Drawn:
    """The bootstrap: the factor of a PSU is `steady` + `moving` x how often it was drawn.

    `counts` has shape (PSUs, replicates); `whole` as of `LeftOut`.
    """

    stratum: Ints
    steady: Floats
    moving: Floats
    counts: Counts
    whole: Ints
    scale: float
    rscales: Floats


def left_out(strata: Strata) -> LeftOut:
    """One replicate a PSU, without it: n / (n - 1) of the others of its stratum stand in.

    rscales are (1 - n / N) (n - 1) / n. A stratum of one PSU has no replicate, but under `adjust`:
    then its replicate leaves it out and all others grow by H / (H - 1), H strata, with the rscale
    (H - 1) / H. Under `average` all is scaled by PSUs over those that have a replicate. Like
    `as.svrepdesign(type = "JKn")` of R survey 4.x.

    Raises:
        MethodFailed: no stratum has two PSUs that were not all sure to be drawn.
    """
    n, strata_count = strata.many, len(strata.many)
    adjusted = strata.lonely & (strata.policy == UNCENTRED)
    columns = np.where(n > 1, n, adjusted.astype(np.int64))
    begin = np.concatenate([[0], np.cumsum(columns)])
    fraction = 1 - n / strata.size
    factor = np.where(n > 1, fraction * (n - 1) / n, 0.0)
    if strata_count > 1:
        factor = np.where(adjusted, fraction * (strata_count - 1) / strata_count, factor)
    rscales = np.repeat(factor, columns)
    if not (rscales > 0).any():
        raise MethodFailed(
            "The jackknife leaves one PSU of a stratum out, and no stratum has two PSUs of more "
            "in the population: there is no replicate."
        )
    order = strata.order
    place = np.arange(len(order)) - np.repeat(np.cumsum(n) - n, n)
    column = np.empty(len(order), dtype=np.int64)
    column[order] = np.where(np.repeat(columns, n) > 0, np.repeat(begin[:-1], n) + place, -1)
    averaged = strata.policy == AVERAGE and strata.lonely.any()
    return LeftOut(
        stratum=strata.stratum,
        begin=begin,
        column=column,
        grown=strata_count / max(strata_count - 1, 1),
        whole=np.where(adjusted, 0, n),
        scale=len(order) / int(begin[-1]) if averaged else 1.0,
        rscales=rscales,
    )


def drawn(strata: Strata, said: Replicates) -> Drawn:
    """Bootstrap replicates: n - 1 of the n PSUs of each stratum are drawn with replacement.

    The factor of a PSU that was drawn m times is 1 + √(1 - n/N) [n / (n - 1) m - 1], never below 0.
    Without a known N that is n / (n - 1) m, as `as.svrepdesign(type = "subbootstrap")` of R survey
    has it; the scale is 1 / (R - 1).

    Raises:
        BadInput: fewer than two replicates, or a stratum of one PSU that is to count as others do.
    """
    if said.count < FEWEST:
        raise BadInput(
            f"A bootstrap of {said.count:,} replicates says nothing: declare a count of 2 or more; "
            "200 or more is usual."
        )
    if strata.policy in (UNCENTRED, AVERAGE) and strata.lonely.any():
        raise BadInput(
            f"{int(strata.lonely.sum()):,} strata have a single PSU, and a bootstrap cannot draw "
            'from one: say single_psu = "collapse" or "certainty", or make replicates as "jkn".'
        )
    n = strata.many
    root = np.sqrt(np.maximum(1 - n / strata.size, 0.0))
    root = np.where(n > 1, root, 0.0)
    return Drawn(
        stratum=strata.stratum,
        steady=(1 - root)[strata.stratum],
        moving=(root * n / np.maximum(n - 1, 1))[strata.stratum],
        counts=_counts(strata, said),
        whole=n,
        scale=1 / (said.count - 1),
        rscales=np.ones(said.count),
    )


def _counts(strata: Strata, said: Replicates) -> Counts:
    """How often each PSU is drawn in each replicate, shape (PSUs, replicates).

    Two threads draw half of the replicates each.
    """
    counts: Counts = np.zeros((len(strata.stratum), said.count), dtype=np.float32)
    n, order = strata.many, strata.order
    begin, many = np.repeat(np.cumsum(n) - n, n - 1), np.repeat(n, n - 1)
    half = said.count // 2
    step = max(MOST_AT_ONCE // said.count, 1)

    def part(borders: tuple[int, int]) -> None:
        first, last = borders
        own = counts[:, first:last]
        replicate = np.arange(first, last, dtype=np.uint64)
        for at in range(0, len(many), step):
            here = slice(at, at + step)
            draw = np.arange(at, at + len(many[here]), dtype=np.uint64) * np.uint64(said.count)
            unit = uniforms(said.seed, draw[:, None] + replicate)
            replicated_kernel.count_drawn(order, begin[here], many[here], unit, own)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(part, ((0, half), (half, said.count))))
    return counts


def uniforms(seed: int, place: NDArray[np.uint64]) -> Floats:
    """Numbers from 0 to below 1, the same on every machine: a hash of the seed and their places.

    Source: Steele, Lea & Flood (2014), Fast splittable pseudorandom number generators, OOPSLA
    (splitmix64).
    """
    x = np.uint64(seed) + (place + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    found: Floats = (x >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return found
