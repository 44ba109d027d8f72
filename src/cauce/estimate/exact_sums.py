"""Whole-number sums by PSU and cell: what every engine brings back, and its hash."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.estimate import exact_kernel, kernel
from cauce.estimate.exact_kernel import Limbs
from cauce.estimate.exact_scales import Scales, scaled
from cauce.estimate.layout import Layout, Measure
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.sample import Score

COUNTS = ("n", "cases", "missing")
"""Respondents inside, those of them whose numerator is not 0, and those who did not answer."""
NOTHING: Ints = np.empty(0, dtype=np.int64)


def parts_of(measure: Measure) -> tuple[str, ...]:
    """The sums of a measure: of w, w y, w x, and of their squares and products where they say more.

    Where everybody counts as 0 or 1, a square is the self; without a denominator x is 1.
    """
    if measure.binary:
        return ("w", "y")
    return ("w", "y", "yy", *(("x", "yx", "xx") if measure.over else ()))


FACTORS = {"w": "", "y": "y", "x": "x", "yy": "yy", "yx": "yx", "xx": "xx"}
"""What the weight is multiplied with in each sum."""


@dataclass(frozen=True)
class PsuSums:
    """One row for each PSU with somebody in a cell, by cell, stratum and PSU.

    `cell` is that of the layout and `psu` the design's number; `counts` has the shape (rows,
    measures, 3), and `sums` holds for each measure the parts it has, each of shape (rows, 2).
    """

    cell: Ints
    psu: Ints
    counts: Ints
    sums: tuple[dict[str, Limbs], ...]

    def in_order(self, stratum: Ints) -> "PsuSums":
        """The same by cell, stratum and PSU, without rows that say nothing.

        Args:
            stratum: of each PSU.
        """
        says: Flags = np.asarray(self.counts.any(axis=(1, 2)))
        for own in self.sums:
            for limbs in own.values():
                says |= limbs.any(axis=1)
        order = np.lexsort((self.psu, stratum[self.psu], self.cell))
        order = order[says[order]]
        return PsuSums(
            self.cell[order],
            self.psu[order],
            self.counts[order],
            tuple({name: limbs[order] for name, limbs in own.items()} for own in self.sums),
        )

    def sha256(self, scales: Scales) -> str:
        """The hash of sums in order and of their scales: equal if and only if every integer is."""
        digest = hashlib.sha256(repr(scales).encode())
        for array in (self.cell, self.psu, self.counts):
            digest.update(np.ascontiguousarray(array, dtype="<i8").tobytes())
        for own in self.sums:
            for name, limbs in own.items():
                digest.update(name.encode())
                digest.update(np.ascontiguousarray(limbs, dtype="<u8").tobytes())
        return digest.hexdigest()


def together(parts: Sequence[PsuSums]) -> PsuSums:
    """The rows of several, such as those of each grouping."""
    first = parts[0]
    return PsuSums(
        np.concatenate([part.cell for part in parts]),
        np.concatenate([part.psu for part in parts]),
        np.concatenate([part.counts for part in parts]),
        tuple(
            {name: np.concatenate([part.sums[s][name] for part in parts]) for name in own}
            for s, own in enumerate(first.sums)
        ),
    )


@dataclass(frozen=True)
class Whole:
    """The respondents in whole numbers: weights, and what each brings to each measure."""

    psu: Ints
    weight: Ints
    heavy: Flags
    inside: tuple[Flags, ...]
    lost: tuple[Flags | None, ...]
    y: tuple[Ints, ...]
    x: tuple[Ints, ...]


def whole(psu: Ints, weight: Floats, scores: Sequence[Score], scales: Scales) -> Whole:
    """Weights and scores as whole numbers of their scales."""
    heavy = weight != 0
    return Whole(
        psu=psu,
        weight=scaled(weight, heavy, scales.weight),
        heavy=heavy,
        inside=tuple(score.inside & heavy for score in scores),
        lost=tuple(_lost(score, heavy) for score in scores),
        y=tuple(
            scaled(score.numerator, score.inside, scale)
            for score, scale in zip(scores, scales.y, strict=True)
        ),
        x=tuple(
            NOTHING if score.denominator is None else scaled(score.denominator, score.inside, scale)
            for score, scale in zip(scores, scales.x, strict=True)
        ),
    )


def _lost(score: Score, heavy: Flags) -> Flags | None:
    if score.missing_rows is None:
        return None
    lost: Flags = score.missing_rows & ~score.inside & heavy
    return lost


def sums_by_psu(
    people: Whole, layout: Layout, cells: Sequence[Codes], sizes: Sequence[int], order: Ints
) -> PsuSums:
    """The sums of respondents by PSU and cell of each grouping.

    Args:
        cells: each grouping's cell of everybody; `sizes` how many cells each has.
        order: the respondents by PSU.
    """
    found = []
    for cell, size, (start, _) in zip(cells, sizes, layout.spans, strict=True):
        at = kernel.within_cells(order, people.psu, cell, size)
        count = int(at.max(initial=-1)) + 1
        first = np.zeros(count, dtype=np.int64)
        first[at] = np.arange(len(at))
        found.append(
            PsuSums(
                cell=cell[first].astype(np.int64) + start,
                psu=people.psu[first],
                counts=_counts(people, at, count),
                sums=tuple(
                    _sums(people, at, count, s, measure)
                    for s, measure in enumerate(layout.measures)
                ),
            )
        )
    return together(found)


def _counts(people: Whole, at: Ints, count: int) -> Ints:
    found = np.zeros((count, len(people.inside), len(COUNTS)), dtype=np.int64)
    for s, (inside, lost, y) in enumerate(zip(people.inside, people.lost, people.y, strict=True)):
        found[:, s, 0] = np.bincount(at[inside], minlength=count)
        found[:, s, 1] = np.bincount(at[inside & (y != 0)], minlength=count)
        if lost is not None:
            found[:, s, 2] = np.bincount(at[lost], minlength=count)
    return found


def _sums(people: Whole, at: Ints, count: int, s: int, measure: Measure) -> dict[str, Limbs]:
    columns = {"y": people.y[s], "x": people.x[s]}
    found = {}
    for name in parts_of(measure):
        sums = np.zeros((count, 2), dtype=np.uint64)
        factors = [columns[letter] for letter in FACTORS[name]]
        one, other = (*factors, NOTHING, NOTHING)[:2]
        exact_kernel.add_products(at, people.inside[s], people.weight, one, other, sums)
        found[name] = sums
    return found
