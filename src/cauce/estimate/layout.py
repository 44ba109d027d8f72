"""Where the kernel keeps what it adds up, and the rows as it wants them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cauce.estimate import kernel
from cauce.estimate.single_psu import POLICIES, collapse
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.design import Design
from cauce.model.errors import BadInput
from cauce.model.sample import Score


@dataclass(frozen=True)
class Layout:
    """Cells by grouping and columns by score.

    `columns` has shape (scores, roles): where each sum of a score is kept; scores whose domain is
    the same array share the columns that only depend on it. `spans` are the cells of a grouping.
    """

    cells: int
    widths: tuple[int, int]
    scores: int
    columns: Ints
    group_start: Ints
    group_dims: Ints
    strides: Ints
    offsets: Ints
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Rows:
    """The respondents sorted by stratum and PSU, and their strata."""

    stratum: Ints
    psu: Ints
    weight: Floats
    state: NDArray[np.uint8]
    y: Floats
    x: Floats
    pilot: Floats
    complement: Flags
    classifiers: NDArray[np.int32]
    n_psus: Ints
    factor: Floats
    lonely: Flags
    policy: int

    def borders(self, blocks: int) -> list[int]:
        """Rows where a block begins, at stratum borders, as even as these allow; and the end."""
        starts = np.append(np.flatnonzero(np.diff(self.stratum)) + 1, len(self.stratum))
        ideal = np.arange(1, blocks + 1) * len(self.stratum) / blocks
        return [0, *np.unique(starts[np.searchsorted(starts, ideal)]).tolist()]

    def arrays(self, layout: Layout) -> tuple[Any, ...]:
        """What the kernel is given between the borders and the results, in its order."""
        return (
            self.stratum,
            self.psu,
            self.weight,
            self.state,
            self.y,
            self.x,
            self.pilot,
            layout.columns,
            self.complement,
            self.classifiers,
            layout.group_start,
            layout.group_dims,
            layout.strides,
            layout.offsets,
            self.n_psus,
            self.factor,
            self.lonely,
            self.policy,
        )


def lay_out(
    sizes: Sequence[int], groupings: Sequence[tuple[int, ...]], scores: Sequence[Score]
) -> Layout:
    """Give every cell a row and every sum a column."""
    starts, dims, strides, offsets, spans = [0], [], [], [], []
    cells = 0
    for grouping in groupings:
        stride = 1
        own = []
        for dim in reversed(grouping):
            own.append(stride)
            stride *= sizes[dim]
        dims += list(grouping)
        strides += own[::-1]
        starts.append(len(dims))
        offsets.append(cells)
        spans.append((cells, cells + stride))
        cells += stride
    columns, widths = _columns(scores)
    return Layout(
        cells=cells,
        widths=widths,
        scores=len(scores),
        columns=columns,
        group_start=np.array(starts, dtype=np.int64),
        group_dims=np.array(dims, dtype=np.int64),
        strides=np.array(strides, dtype=np.int64),
        offsets=np.array(offsets, dtype=np.int64),
        spans=tuple(spans),
    )


def _columns(scores: Sequence[Score]) -> tuple[Ints, tuple[int, int]]:
    """Where each sum of each score is kept, and how wide the two tables of sums are."""
    columns = np.full((len(scores), kernel.ROLES), -1, dtype=np.int64)
    shared: dict[tuple[int, int], int] = {}
    widths = [0, 0]
    for s, score in enumerate(scores):
        for role in _roles(score):
            key = (role, id(score.inside))
            if role in (kernel.N, kernel.W) and key in shared:
                columns[s, role] = shared[key]
                continue
            table = int(role >= kernel.BUFFERED)
            columns[s, role] = shared[key] = widths[table]
            widths[table] += 1
    # Rows of whole vector registers are added faster.
    return columns, (-(-widths[0] // 4) * 4, -(-widths[1] // 4) * 4)


def _roles(score: Score) -> list[int]:
    roles = [kernel.W, kernel.Y, kernel.N, kernel.CASES]
    if score.missing_rows is not None:
        roles.append(kernel.MISSING)
    if not _binary(score):
        roles.append(kernel.YY)
    if score.denominator is not None:
        roles += [kernel.X, kernel.YX, kernel.XX]
    return roles


def _binary(score: Score) -> bool:
    """Whether everyone counts as 0 or 1, so that a weighted square is the weighted self."""
    return score.denominator is None and not score.magnitude and score.estimator != "mean"


def rows_of(design: Design, classifiers: Sequence[Codes], scores: Sequence[Score]) -> Rows:
    """Sort the respondents if need be and stack what they bring.

    Raises:
        BadInput: a numerator that is no amount is neither 0 nor 1 for someone inside.
    """
    population = design.population_psus
    per_row = np.full(len(design.weight), np.inf) if population is None else population
    stratum, n_psus, size = _strata(design, per_row)
    order = _order(stratum, design.psu)
    x_needed = any(score.denominator is not None for score in scores)
    return Rows(
        stratum=_take(stratum, order),
        psu=_take(design.psu, order),
        weight=_take(design.weight, order),
        state=_stack([_state(score) for score in scores], order, np.uint8),
        y=_stack([_numerator(score) for score in scores], order, np.float64),
        x=_stack([_denominator(score) for score in scores], order, np.float64)
        if x_needed
        else np.empty((0, 0)),
        pilot=np.array([_pilot(score, design.weight) for score in scores]),
        complement=np.array([score.estimator == "rate" for score in scores]),
        classifiers=_stack(classifiers, order, np.int32, len(design.weight)),
        n_psus=n_psus,
        factor=_factor(n_psus, size),
        lonely=(n_psus == 1) & (size != 1),
        policy=POLICIES[design.single_psu],
    )


def _strata(design: Design, per_row: Floats) -> tuple[Ints, Ints, Floats]:
    """Strata, their PSUs in the sample and in the population; collapsed if the design says so."""
    pairs = np.unique(design.psu, return_index=True)[1]
    count = int(design.stratum.max()) + 1
    n_psus = np.bincount(design.stratum[pairs], minlength=count)
    size = np.full(count, np.inf)
    size[design.stratum] = per_row
    if design.single_psu != "collapse":
        return design.stratum, n_psus, size
    new, size = collapse(n_psus, size)
    return new[design.stratum], np.bincount(new, weights=n_psus).astype(np.int64), size


def _factor(n_psus: Ints, size: Floats) -> Floats:
    """(1 - n/N) n/(n - 1) of each stratum, and 1 - n/N where n = 1."""
    rest = 1 - n_psus / size
    return np.asarray(rest * n_psus / np.maximum(n_psus - 1, 1), dtype=np.float64)


def _order(stratum: Ints, psu: Ints) -> Ints | None:
    if kernel.sorted_by_psu(stratum, psu):
        return None
    return np.lexsort((psu, stratum))


def _take(values: NDArray[Any], order: Ints | None) -> NDArray[Any]:
    return np.ascontiguousarray(values if order is None else values[order])


def _stack(
    columns: Sequence[NDArray[Any]], order: Ints | None, dtype: Any, count: int = 0
) -> NDArray[Any]:
    stacked = np.empty((len(columns[0]) if columns else count, len(columns)), dtype=dtype)
    for j, column in enumerate(columns):
        stacked[:, j] = _take(column, order)
    return stacked


def _state(score: Score) -> NDArray[np.uint8]:
    state = score.inside.astype(np.uint8)
    if score.missing_rows is not None:
        state[score.missing_rows & ~score.inside] = kernel.UNANSWERED
    return state


def _numerator(score: Score) -> Floats:
    if _binary(score):
        y = score.numerator
        strange = int(((y != 0) & (y != 1) & score.inside).sum())
        if strange:
            raise BadInput(
                f"{score.indicator} counts respondents, but the numerator of {strange:,} of "
                f"{int(score.inside.sum()):,} is neither 0 nor 1. "
                "Use a ratio, a mean or the total of an amount."
            )
    return score.numerator


def _denominator(score: Score) -> Floats:
    return np.ones(len(score.numerator)) if score.denominator is None else score.denominator


def _pilot(score: Score, weight: Floats) -> float:
    if score.estimator not in ("mean", "ratio"):
        return 0.0
    inside = score.inside
    x = None if score.denominator is None else score.denominator[inside]
    return kernel.pilots(score.numerator[inside], x, weight[inside])
