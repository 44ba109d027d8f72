"""All cells of all groupings in one pass."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from cauce.estimate import kernel
from cauce.estimate.estimators import (
    Sums,
    badly_centred,
    simple_variance,
    value_and_variance,
)
from cauce.estimate.intervals import is_proportion, logit_interval, t_interval
from cauce.estimate.layout import Layout, Rows, lay_out, rows_of
from cauce.estimate.single_psu import POLICIES, refuse_lonely
from cauce.estimate.student import t_975
from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.design import Design
from cauce.model.sample import Score

# The rows are cut into so many blocks at stratum borders, by their own number and not by that of
# the threads, and the blocks are added in order: no bit depends on the machine's processors.
BLOCKS, FEW_BLOCKS, FEW_ROWS = 8, 2, 250_000


@dataclass(frozen=True)
class Estimates:
    """The estimates of one grouping; every array has shape (cells, scores).

    A cell is the mixed-radix number of its codes, first classifier of the grouping slowest.
    `weighted` is the sum of weights inside. NaN where nothing can be estimated; `n`, `cases`,
    `missing`, `psus` and `strata` count respondents with a weight above 0 and are 0 there.
    """

    value: Floats
    se: Floats
    cv: Floats
    ci_low: Floats
    ci_high: Floats
    deff: Floats
    ess: Floats
    df: Ints
    n: Ints
    cases: Ints
    missing: Ints
    psus: Ints
    strata: Ints
    weighted: Floats


@dataclass(frozen=True)
class Pass:
    """What a walk brings back: sums (cells, columns), moments and counts (cells, scores, 3)."""

    total: Floats
    plain: Floats
    moments: Floats
    counts: Ints


def cube(
    design: Design,
    classifiers: Sequence[Codes],
    sizes: Sequence[int],
    groupings: Sequence[tuple[int, ...]],
    scores: Sequence[Score],
    threads: int | None = None,
) -> tuple[Estimates, ...]:
    """Estimate every score in every cell of every grouping, with standard errors.

    Args:
        classifiers: codes from 0 to size - 1 of every respondent, each of shape (n,).
        sizes: how many codes each classifier has.
        groupings: which classifiers to cross; the empty grouping is everyone.
        scores: what to estimate; `inside` names the domain, nobody leaves the design.
        threads: at most this many; the result does not depend on it.

    Raises:
        LonelyPsu: a stratum has a single PSU and the design says to refuse.
    """
    layout = lay_out(sizes, groupings, scores)
    rows = rows_of(design, classifiers, scores)
    refuse_lonely(rows.lonely, design)
    centre = np.broadcast_to(rows.pilot, (layout.cells, len(scores)))
    found = walk_all(layout, rows, centre, threads)
    sums = [sums_of(layout, found, s) for s in range(len(scores))]
    if any(badly_centred(score.estimator, sums[s], centre[:, s]) for s, score in enumerate(scores)):
        centre = own_centres(scores, sums, rows.pilot)
        found = walk_all(layout, rows, centre, threads)
        sums = [sums_of(layout, found, s) for s in range(len(scores))]
    t = t_975(found.counts[:, :, 0] - found.counts[:, :, 1])
    columns = [
        estimates_of(score, sums[s], found, s, layout, rows, centre[:, s], t[:, s], design)
        for s, score in enumerate(scores)
    ]
    return tuple(_grouping(columns, start, stop) for start, stop in layout.spans)


def own_centres(scores: Sequence[Score], sums: Sequence[Sums], pilot: Floats) -> Floats:
    """The ratio of each cell as its centre, where it has one; shape (cells, scores)."""
    centre = np.empty((len(sums[0].n), len(scores)))
    for s, score in enumerate(scores):
        centre[:, s] = pilot[s]
        if score.estimator in ("mean", "ratio"):
            with np.errstate(divide="ignore", invalid="ignore"):
                own = sums[s].y / sums[s].x
            centre[:, s] = np.where(np.isfinite(own), own, pilot[s])
    return centre


def walk_all(layout: Layout, rows: Rows, centre: Floats, threads: int | None) -> Pass:
    """Walk all blocks of rows and add what they found, in order."""
    centre = np.ascontiguousarray(centre)
    borders = rows.borders(FEW_BLOCKS if len(rows.weight) < FEW_ROWS else BLOCKS)
    walk: Callable[..., None] = kernel.walk

    def block(number: int) -> Pass:
        found = Pass(
            np.zeros((layout.cells, layout.widths[0])),
            np.zeros((layout.cells, layout.widths[1])),
            np.zeros((layout.cells, layout.scores, 3)),
            np.zeros((layout.cells, layout.scores, 3), dtype=np.int64),
        )
        walk(
            borders[number],
            borders[number + 1],
            *rows.arrays(layout),
            centre,
            found.total,
            found.plain,
            found.moments,
            found.counts,
        )
        return found

    with ThreadPoolExecutor(threads or 2) as pool:
        first, *others = pool.map(block, range(len(borders) - 1))
        for other in others:
            first.total.__iadd__(other.total)
            first.plain.__iadd__(other.plain)
            first.moments.__iadd__(other.moments)
            first.counts.__iadd__(other.counts)
    return first


def sums_of(layout: Layout, found: Pass, s: int) -> Sums:
    """The sums of one score by name."""
    columns = layout.columns[s]

    def column(role: int, instead: Floats | None = None) -> Floats:
        table = found.total if role < kernel.BUFFERED else found.plain
        if columns[role] < 0 and instead is not None:
            return instead
        return table[:, columns[role]]

    y = column(kernel.Y)
    x = column(kernel.X, column(kernel.W))
    return Sums(
        n=column(kernel.N),
        w=column(kernel.W),
        y=y,
        x=x,
        yy=column(kernel.YY, y),
        yx=column(kernel.YX, y),
        xx=column(kernel.XX, x),
        zz=found.moments[:, s, 0],
        zb=found.moments[:, s, 1],
        bb=found.moments[:, s, 2],
    )


def estimates_of(
    score: Score,
    sums: Sums,
    found: Pass,
    s: int,
    layout: Layout,
    rows: Rows,
    centre: Floats,
    t: Floats,
    design: Design,
) -> Estimates:
    """Everything that is said of one score, each array of shape (cells,)."""
    psus, strata, alone = (found.counts[:, s, i] for i in range(3))
    value, variance = value_and_variance(score.estimator, sums, centre)
    if POLICIES[design.single_psu] == kernel.AVERAGE:
        with np.errstate(divide="ignore", invalid="ignore"):
            variance = variance * strata / (strata - alone)
    se = np.sqrt(variance)
    n = sums.n.astype(np.int64)
    df = psus - strata
    with np.errstate(divide="ignore", invalid="ignore"):
        deff = variance / simple_variance(score.estimator, sums, rows.pilot[s], value)
        deff = np.where(np.isfinite(deff), deff, np.nan)
        cv = np.where(value != 0, se / np.abs(value), np.nan)
        ess = np.where(deff > 0, n / deff, np.nan)
    proportion = score.estimator in ("rate", "ratio") and is_proportion(
        score.numerator, score.denominator, score.inside
    )
    low, high = logit_interval(value, se, t, n) if proportion else t_interval(value, se, t)
    plain, columns = found.plain, layout.columns[s]
    return Estimates(
        value=value,
        se=se,
        cv=cv,
        ci_low=low,
        ci_high=high,
        deff=deff,
        ess=ess,
        df=df,
        n=n,
        cases=plain[:, columns[kernel.CASES]].astype(np.int64),
        missing=_missing(plain, columns),
        psus=psus,
        strata=strata,
        weighted=sums.w,
    )


def _missing(plain: Floats, columns: Ints) -> Ints:
    column = columns[kernel.MISSING]
    return plain[:, column].astype(np.int64) if column >= 0 else np.zeros(len(plain), np.int64)


def _grouping(columns: Sequence[Estimates], start: int, stop: int) -> Estimates:
    fields = Estimates.__dataclass_fields__
    return Estimates(
        **{
            name: np.stack([getattr(column, name)[start:stop] for column in columns], axis=1)
            for name in fields
        }
    )
