"""Sums of every cell under every replicate, whichever way the replicates came about."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from cauce.estimate import replicated_kernel, sorted_kernel
from cauce.estimate.further import further
from cauce.estimate.replicated_kernel import People
from cauce.estimate.replicated_made import Drawn, LeftOut, Strata, drawn, left_out
from cauce.estimate.replicated_weights import scaled
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.design import Design
from cauce.model.errors import MethodFailed

MOST_AT_ONCE = 2**22
"""So many sums are held at a time."""


@dataclass(frozen=True)
class Replicas:
    """The replicates of a design: given columns, or how they are made of its PSUs.

    `given` has shape (n, replicates); `combined` says whether the survey's weight is in it. The
    variance is `scale` times the sum of `rscales` times squares about the mean of the replicates,
    or about the estimate itself if `mse`. Of a `jackknife` each replicate leaves out little.
    """

    given: Floats | None
    combined: bool
    made: LeftOut | Drawn | None
    scale: float
    rscales: Floats
    mse: bool
    jackknife: bool

    @property
    def count(self) -> int:
        return len(self.rscales)

    def variance(self, d: Floats) -> Floats:
        """From how far each replicate lies from the estimate, shape (cells, replicates)."""
        return self.covariance(d, d)

    def covariance(self, one: Floats, other: Floats) -> Floats:
        """As `variance`, of two estimates by cell. A replicate without an estimate is not known.

        R's survey leaves such a replicate out, and its error becomes too small.
        """
        used = self.rscales > 0
        one, other = one[:, used], other[:, used]
        if not self.mse:
            one = one - one.mean(axis=1, keepdims=True)
            other = other - other.mean(axis=1, keepdims=True)
        found: Floats = self.scale * ((one * other) @ self.rscales[used])
        return found


def replicas_of(design: Design, strata: Strata) -> Replicas | None:
    """The replicates of a design; None if its errors are linearised.

    Raises:
        MethodFailed: replicates are to be made of a draw whose further stages add to the error.
    """
    if design.replication is None:
        return None
    said = design.replication.declared
    if design.replication.weights is not None:
        given = design.replication.weights
        scale, rscales = scaled(said, given.shape[1])
        jackknife = said.kind in ("jk1", "jk2", "jkn")
        return Replicas(given, said.combined, None, scale, rscales, said.mse, jackknife)
    if any(True for _ in further(design)):
        raise MethodFailed(
            "Replicates are made here by leaving PSUs out or drawing them again, and what stages "
            "within PSUs add to the error would be lost. Leave [design.replicates] away, so that "
            "every stage is counted by linearisation, or give the office's own replicate weights."
        )
    made = left_out(strata) if said.made == "jkn" else drawn(strata, said)
    own = made, made.scale, made.rscales, said.mse
    return Replicas(None, False, *own, isinstance(made, LeftOut))


@dataclass(frozen=True)
class InCells:
    """The respondents by cell of one grouping, those of a PSU together.

    Of made replicates `ends`, `units`, `sums` and `people` are what the PSUs of each cell bring
    (`replicated_kernel.gather`).
    """

    replicas: Replicas
    places: Ints
    starts: Ints
    y: Floats
    ends: Ints
    units: Ints
    sums: Floats
    people: People

    def blocks(self, threads: int | None = None) -> Iterator[tuple[int, int, Floats]]:
        """Cells from, to, and their sums under each replicate, (cells, variables, replicates)."""
        each = max(self.y.shape[1] * self.replicas.count, 1)
        step = max(MOST_AT_ONCE // each, 1)
        cells = len(self.starts) - 1
        for at in range(0, cells, step):
            last = min(at + step, cells)
            yield at, last, self._sums(at, last, threads)

    def _sums(self, at: int, last: int, threads: int | None) -> Floats:
        made, count = self.replicas.made, self.replicas.count
        out = np.empty((last - at, self.y.shape[1], count))
        starts, ends = self.starts[at : last + 1], self.ends[at : last + 1]
        if isinstance(made, LeftOut):
            own = made.stratum, made.begin, made.column, made.grown
            replicated_kernel.sum_left_out(ends, self.units, self.sums, *own, out)
            return out

        def part(borders: tuple[int, int]) -> None:
            given = self.replicas.given
            if isinstance(made, Drawn):
                own = made.steady, made.moving, made.counts
                replicated_kernel.sum_drawn(ends, self.units, self.sums, *own, *borders, out)
            elif given is not None:
                replicated_kernel.sum_rows(self.places, starts, self.y, given, *borders, out)

        half = count // 2
        with ThreadPoolExecutor(threads or 2) as pool:
            list(pool.map(part, ((0, half), (half, count))))
        return out


def in_cells(
    replicas: Replicas,
    order: Ints,
    psu: Ints,
    weight: Floats,
    cell: Codes,
    cells: int,
    variables: Sequence[Floats],
    domains: Sequence[Flags],
) -> InCells:
    """The respondents by cell, with what is to be summed up and who counts as somebody.

    Args:
        order: the rows by stratum and PSU.
        variables: what is summed up, without weights, each of shape (n,).
        domains: who counts in each domain, each of shape (n,).
    """
    everyone = np.ones(len(weight), dtype=np.bool_)
    places, starts = sorted_kernel.by_cell(order, cell, everyone, cells)
    y = np.empty((len(weight), len(variables)))
    for at, variable in enumerate(variables):
        y[:, at] = variable
    nothing: Ints = np.zeros(cells + 1, dtype=np.int64)
    nobody: People = np.zeros((0, 0), dtype=np.int32)
    found = InCells(replicas, places, starts, y, nothing, nothing, y, nobody)
    if replicas.made is None:
        if not replicas.combined:
            y *= weight[:, None]
        return found
    some = np.zeros((len(weight), len(domains)), dtype=np.bool_)
    for at, domain in enumerate(domains):
        some[:, at] = domain
    ends, units, sums, people = replicated_kernel.gather(places, starts, psu, weight, y, some)
    return replace(found, ends=ends, units=units, sums=sums, people=people)
