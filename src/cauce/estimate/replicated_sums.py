"""Sums of every cell under every replicate, whichever way the replicates came about."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cauce.estimate import replicated_kernel, sorted_kernel
from cauce.estimate.replicated_kernel import People
from cauce.estimate.replicated_made import Drawn, LeftOut, Strata, drawn, left_out
from cauce.estimate.replicated_weights import scaled
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.design import Design
from cauce.model.errors import MethodFailed

MOST_AT_ONCE = 2**22
"""So many sums are held at a time."""

NOBODY: People = np.zeros((0, 0), dtype=np.int32)


@dataclass(frozen=True)
class Replicas:
    """The replicates of a design: given columns, or how they are made of its PSUs.

    `columns` has shape (n, replicates), or none of them where they are made; `combined` says
    whether the survey's weight is in them. The
    variance is `scale` times the sum of `rscales` times squares about the mean of the replicates,
    or about the estimate itself if `mse`. Of a `jackknife` each replicate leaves out little.
    """

    columns: Floats
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
        one, other = (np.ascontiguousarray(each[:, used]) for each in (one, other))
        if not self.mse:
            one = one - one.mean(axis=1, keepdims=True)
            other = other - other.mean(axis=1, keepdims=True)
        # No library of matrices: its sums depend on the machine.
        found: Floats = self.scale * (one * other * self.rscales[used]).sum(axis=1)
        return found


def replicas_of(design: Design, strata: Strata, staged: bool) -> Replicas | None:
    """The replicates of a design; None if its errors are linearised.

    Args:
        staged: further stages of the draw add to the error.

    Raises:
        MethodFailed: replicates are to be made of a draw whose further stages add to the error, or
            would say too little.
        BadInput: what is declared of them does not hold together.
    """
    if design.replication is None:
        return None
    said = design.replication.declared
    if design.replication.weights is not None:
        given = design.replication.weights
        scale, rscales = scaled(said, given.shape[1])
        jackknife = said.kind in ("jk1", "jk2", "jkn")
        return Replicas(given, said.combined, None, scale, rscales, said.mse, jackknife)
    if staged:
        raise MethodFailed(
            "Replicates are made here by leaving PSUs out or drawing them again, and what stages "
            "within PSUs add to the error would be lost. Leave [design.replicates] away, so that "
            "every stage is counted by linearisation, or give the office's own replicate weights."
        )
    made = left_out(strata) if said.made == "jkn" else drawn(strata, said)
    own = made, made.scale, made.rscales, said.mse
    return Replicas(np.empty((0, 0)), False, *own, isinstance(made, LeftOut))


@dataclass(frozen=True)
class InCells:
    """The respondents of one grouping, to be summed up in its cells.

    `whole`, of shape (variables, cells), are the sums under the survey's own weights. Of given
    columns `places` are rows by cell and `starts` where in them a cell begins. Of made replicates
    `cell`, `units`, `sums` and `people` are what each PSU brings to each cell
    (`replicated_kernel.gather`), PSU by PSU, and of a jackknife
    `places` are those by cell.
    """

    replicas: Replicas
    places: Ints
    starts: Ints
    y: Floats
    whole: Floats
    cell: Codes
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
        starts = self.starts[at : last + 1]
        if isinstance(made, LeftOut):
            here = self.places[starts[0] : starts[-1]]
            own = made.stratum, made.begin, made.column, made.grown
            replicated_kernel.sum_left_out(
                starts - starts[0], self.units[here], self.sums[here], *own, out
            )
            return out

        def part(borders: tuple[int, int]) -> None:
            if isinstance(made, Drawn):
                own = self.cell, self.units, self.sums, made.steady, made.moving, made.counts
                replicated_kernel.sum_drawn(*own, at, *borders, out)
            else:
                columns = self.replicas.columns
                replicated_kernel.sum_rows(self.places, starts, self.y, columns, *borders, out)

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
    y = np.empty((len(weight), len(variables)))
    for at, variable in enumerate(variables):
        y[:, at] = variable
    if replicas.made is None:
        everyone = np.ones(len(weight), dtype=np.bool_)
        places, starts = sorted_kernel.by_cell(order, cell, everyone, cells)
        whole = np.stack([summed(cell, weight * one, cells) for one in y.T])
        if not replicas.combined:
            y *= weight[:, None]
        return InCells(replicas, places, starts, y, whole, cell, order, y, NOBODY)
    some = np.zeros((len(weight), len(domains)), dtype=np.bool_)
    for at, domain in enumerate(domains):
        some[:, at] = domain
    own, units, sums, people = _gathered(order, psu, (cell, cells, weight, y, some))
    whole = np.stack([summed(own, one, cells) for one in sums.T])
    places, starts = units, np.zeros(cells + 1, dtype=np.int64)
    if isinstance(replicas.made, LeftOut):
        everything = np.ones(len(own), dtype=np.bool_)
        places, starts = sorted_kernel.by_cell(np.arange(len(own)), own, everything, cells)
    return InCells(replicas, places, starts, y, whole, own, units, sums, people)


def _gathered(
    order: Ints, psu: Ints, rows: tuple[Codes, int, Floats, Floats, NDArray[np.bool_]]
) -> tuple[Codes, Ints, Floats, People]:
    """What the PSUs bring to each cell, gathered by two threads, one after the other's PSUs."""
    half = psu[order[len(order) // 2]]
    middle = len(order) // 2 - int((psu[order[: len(order) // 2]] == half).sum())

    def part(here: Ints) -> tuple[Codes, Ints, Floats, People]:
        found: tuple[Codes, Ints, Floats, People] = replicated_kernel.gather(here, psu, *rows)
        return found

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(part, (order[:middle], order[middle:]))
    return (
        np.concatenate([one[0], other[0]]),
        np.concatenate([one[1], other[1]]),
        np.concatenate([one[2], other[2]]),
        np.concatenate([one[3], other[3]]),
    )


def summed(cell: Codes, y: Floats, cells: int) -> Floats:
    """The sum of y in each cell, shape (cells,)."""
    return np.asarray(np.bincount(cell, y, cells), dtype=np.float64)
