"""One walk over the respondents, block by block, and what it brings back."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from cauce.estimate import kernel
from cauce.estimate.layout import Layout
from cauce.estimate.rows import Brought, Rows, taken
from cauce.model.arrays import Floats, Ints
from cauce.model.errors import MethodFailed

# The rows are cut into so many blocks at stratum borders, by their own number and not by that of
# the threads, and the blocks are added in order: no bit depends on the machine's processors.
BLOCKS, FEW_BLOCKS, FEW_ROWS = 4, 2, 250_000
MOST_ROWS = 2**25


@dataclass(frozen=True)
class Found:
    """What every cell keeps of every lane, shape (blocks of lanes, cells, slots x LANES).

    `beyond` counts for each lane the respondents whose numerator does not lie within the
    denominator.
    """

    kept: Floats
    beyond: Ints
    extras: Ints

    def of(self, lane: int, slot: int) -> Floats:
        """One slot of one lane, shape (cells,)."""
        return self.kept[lane // kernel.LANES, :, slot * kernel.LANES + lane % kernel.LANES]

    def column(self, lane: int, extra: int) -> Floats | None:
        """What only some lanes have, shape (cells,); None if it is none of them."""
        column = self.extras[lane, extra]
        return None if column < 0 else self.kept[lane // kernel.LANES, :, column]


def walk_all(
    layout: Layout,
    rows: Rows,
    lanes: Sequence[Brought],
    pilots: Sequence[float],
    centre: Floats,
    threads: int | None,
) -> Found:
    """Walk all blocks of rows and add what they found, in order.

    `lanes` are what the respondents bring to each; the `pilots` of each are what is taken from
    every numerator, times its denominator; `centre`, of shape (cells, lanes), is what is still to
    be taken from the sums of PSUs.

    Raises:
        MethodFailed: a stratum has more respondents than can be counted.
    """
    borders = rows.borders(blocks_of(len(rows.weight)))
    refuse_uncountable(borders)

    def block(number: int) -> Found:
        return walk(layout, rows, lanes, pilots, centre, borders[number], borders[number + 1])

    with ThreadPoolExecutor(threads or 2) as pool:
        first, *others = pool.map(block, range(len(borders) - 1))
        for other in others:
            np.add(first.kept, other.kept, out=first.kept)
            np.add(first.beyond, other.beyond, out=first.beyond)
    return first


def blocks_of(rows: int) -> int:
    """How many blocks so many rows are cut into; of very many, into so small ones as are counted.

    Of what lies between two borders at most kernel.CASE can be counted, and strata are not even.
    """
    most = FEW_BLOCKS if rows < FEW_ROWS else BLOCKS
    return max(most, -(-rows // MOST_ROWS))


def refuse_uncountable(borders: Sequence[int]) -> None:
    """Raises MethodFailed if a stratum has more respondents than can be counted."""
    if max(np.diff(borders)) >= kernel.CASE:
        raise MethodFailed(
            f"A stratum has {max(np.diff(borders)):,} or nearly as many respondents. Above "
            f"{kernel.CASE:,.0f} they cannot be counted: divide it into several strata."
        )


def walk(
    layout: Layout,
    rows: Rows,
    lanes: Sequence[Brought],
    pilots: Sequence[float],
    centre: Floats,
    start: int,
    stop: int,
) -> Found:
    """Walk the rows from `start` to `stop` of their order, once."""
    way = set_out(layout, centre)
    walk_on(layout, rows, lanes, pilots, way, start, stop)
    return arrive(layout, rows, way)


@dataclass(frozen=True)
class Way:
    """A walk under way: what cells keep, which stratum and PSU they saw last, and what is beyond.

    `seen` has the shape (blocks of lanes, cells, 2).
    """

    kept: Floats
    seen: kernel.Places
    beyond: Ints


def set_out(layout: Layout, centre: Floats) -> Way:
    """A walk before its first row."""
    kept = empty_cells(layout, centre)
    seen = np.zeros((*kept.shape[:2], 2), dtype=np.uint32)
    seen[:, :, kernel.PSU] = kernel.NO_PSU
    return Way(kept, seen, np.zeros(len(layout.lanes), dtype=np.int64))


def walk_on(
    layout: Layout,
    rows: Rows,
    lanes: Sequence[Brought],
    pilots: Sequence[float],
    way: Way,
    start: int,
    stop: int,
) -> None:
    """Go on through the rows from `start` to `stop` of their order."""
    factors = (rows.inner, rows.outer, rows.alone, kernel.LANES)
    brought = np.empty((0, 0, 0))
    for here in rows.chunks(start, stop):
        psu = taken(rows.psu, here, np.uint32)
        if brought.shape[1] != len(psu):  # only at the first and the last rows
            brought = np.zeros((layout.blocks, len(psu), layout.width))
        for at, (lane, pilot) in enumerate(zip(lanes, pilots, strict=True)):
            block, side = divmod(at, kernel.LANES)
            into, extras = brought[block], layout.extras[at]
            way.beyond[at] += rows.bring(lane, here, pilot, side, extras, into)
        kernel.add_everywhere(
            taken(rows.stratum, here, np.uint32),
            psu,
            rows.codes(here),
            layout.group_start,
            layout.group_dims,
            layout.strides,
            layout.offsets,
            *factors,
            brought,
            way.seen,
            way.kept,
        )


def arrive(layout: Layout, rows: Rows, way: Way) -> Found:
    """Close what the walk left open."""
    factors = (rows.inner, rows.outer, rows.alone, kernel.LANES)
    kernel.close_all(*factors, way.seen, way.kept)
    return Found(way.kept, way.beyond, layout.extras)


def empty_cells(layout: Layout, centre: Floats) -> Floats:
    """What cells keep before the first row, shape (blocks of lanes, cells, slots x LANES)."""
    kept = np.zeros((layout.blocks, layout.cells, kernel.SLOTS * kernel.LANES))
    for at, lane in enumerate(layout.lanes):
        block, side = divmod(at, kernel.LANES)
        kept[block, :, kernel.CENTRE * kernel.LANES + side] = centre[:, at]
        kept[block, :, kernel.COMPLEMENT * kernel.LANES + side] = lane.complement
    return kept
