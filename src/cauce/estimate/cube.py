"""All cells of all groupings in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.estimate import kernel
from cauce.estimate.estimators import (
    Sums,
    all_or_nothing,
    badly_centred,
    own_sums,
    simple_variance,
    value_and_variance,
)
from cauce.estimate.intervals import logit_interval, t_interval
from cauce.estimate.layout import Layout, Measure, lay_out, measure_of
from cauce.estimate.replicated import Errors, replicated
from cauce.estimate.rows import Rows, brought_by, rows_of
from cauce.estimate.single_psu import AVERAGE, POLICIES, refuse_lonely
from cauce.estimate.stages import walk_stages
from cauce.estimate.student import t_975
from cauce.estimate.walk import Found
from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.design import Design
from cauce.model.errors import BadInput
from cauce.model.indicator import Estimator
from cauce.model.moments import SUMS
from cauce.model.sample import Score


@dataclass(frozen=True)
class Estimates:
    """The estimates of one grouping; every array has shape (cells, scores), or (cells,) of one.

    A cell is the mixed-radix number of its codes, first classifier of the grouping slowest.
    `weighted` is the sum of weights inside. NaN where nothing can be estimated; `n`, `cases`,
    `missing`, `psus` and `strata` count respondents with a weight above 0 and are 0 there.
    `moments`, with a last axis as `model.moments.PARTS`, are what a linear estimate is made of.
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
    moments: Floats


@dataclass(frozen=True)
class Counted:
    """Who and what is in c cells, each of shape (c,); `alone` are strata of a single PSU."""

    cases: Ints
    missing: Ints
    psus: Ints
    strata: Ints
    alone: Ints


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
        BadInput: a numerator that is no amount is neither 0 nor 1 for someone inside.
    """
    rows = rows_of(design, classifiers)
    refuse_lonely(rows.lonely, design)
    layout = lay_out(sizes, groupings, [measure_of(score) for score in scores])
    policy = POLICIES[design.single_psu]
    return _by_grouping(columns_of(rows, policy, layout, scores, threads), layout)


def columns_of(
    rows: Rows, policy: int, layout: Layout, scores: Sequence[Score], threads: int | None
) -> list[Estimates]:
    """The estimates of each score in all cells of the layout, each array of shape (cells,).

    Raises:
        BadInput: a numerator that is no amount is neither 0 nor 1 for someone inside.
    """
    lanes = [brought_by(scores[lane.score], lane) for lane in layout.lanes]
    pilots = [
        rows.pilot(own) if lane.centred else 0.0
        for lane, own in zip(layout.lanes, lanes, strict=True)
    ]
    centre = np.zeros((layout.cells, len(lanes)))
    found = walk_stages(layout, rows, lanes, pilots, centre, threads)
    refuse_amounts(scores, layout, found)
    sums = sums_of(layout, found, centre)
    if any_badly_centred(layout, sums):
        centre = own_centres(layout, sums)
        found = walk_stages(layout, rows, lanes, pilots, centre, threads)
        sums = sums_of(layout, found, centre)
    errors = None
    if rows.replication is not None:
        errors = replicated(rows, rows.replication, layout, lanes, pilots, threads)
    return estimates_from(layout, found, sums, policy, errors)


def estimates_from(
    layout: Layout,
    found: Found,
    sums: Sequence[Sums],
    policy: int,
    errors: Sequence[Errors] | None = None,
) -> list[Estimates]:
    """The estimates of each measure in all cells of a layout from what they keep, each (cells,).

    `errors` of each measure stand in for those of linearisation.
    """
    t = t_quantiles(layout, found, errors)
    return [
        estimates_of(
            sums[s], found, layout, s, t[:, s], policy, None if errors is None else errors[s]
        )
        for s in range(len(layout.measures))
    ]


def any_badly_centred(layout: Layout, sums: Sequence[Sums]) -> bool:
    """Whether a cell of a measure lost digits because its ratio is far from the centre."""
    pairs = zip(layout.measures, sums, strict=True)
    return any(badly_centred(measure.estimator, own) for measure, own in pairs)


def refuse_amounts(scores: Sequence[Score], layout: Layout, found: Found) -> None:
    """Raises BadInput if a numerator that is no amount is neither 0 nor 1 for someone inside."""
    beyond = [int(found.beyond[lane]) for lane in layout.first_lane]
    refuse_beyond(layout.measures, beyond, [int(score.inside.sum()) for score in scores])


def refuse_beyond(
    measures: Sequence[Measure], beyond: Sequence[int], inside: Sequence[int]
) -> None:
    """Raises BadInput if numerators of measures that count people are neither 0 nor 1."""
    for measure, wrong, count in zip(measures, beyond, inside, strict=True):
        if measure.binary and wrong:
            raise BadInput(amounts_counted(measure.indicator, wrong, count))


def amounts_counted(indicator: str, beyond: int, inside: int) -> str:
    return (
        f"{indicator} counts respondents, but the numerator of {beyond:,} of {inside:,} is neither "
        "0 nor 1. Use a ratio, a mean or the total of an amount."
    )


def own_centres(layout: Layout, sums: Sequence[Sums]) -> Floats:
    """How far the ratio of each cell is from the pilot, 0 if it has none; shape (cells, lanes)."""
    centre = np.zeros((layout.cells, len(layout.lanes)))
    for measure, own, lane in zip(layout.measures, sums, layout.first_lane, strict=True):
        if measure.estimator in ("mean", "ratio"):
            with np.errstate(divide="ignore", invalid="ignore"):
                off = own.z / own.x
            centre[:, lane] = np.where(np.isfinite(off), off, 0.0)
    return centre


def sums_of(layout: Layout, found: Found, centre: Floats) -> list[Sums]:
    """The sums of each score by name."""
    all_sums = []
    for first, last in zip(layout.first_lane, layout.last_lane, strict=True):
        # Of what is not centred z is y; where everyone counts as 0 or 1, a square is the self.
        z, x = found.of(first, kernel.SUM_Z), found.of(first, kernel.SUM_X)
        yy, y, yx = (found.column(first, extra) for extra in (kernel.YY, kernel.Y, kernel.YX))
        xx = found.column(last, kernel.YY)
        all_sums.append(
            Sums(
                n=found.of(first, kernel.COUNTS),
                w=found.of(last, kernel.SUM_X),
                y=z if y is None else y,
                x=x,
                z=z,
                yy=z if yy is None else yy,
                yx=z if yx is None else yx,
                xx=x if xx is None else xx,
                zz=found.of(first, kernel.ZZ),
                zb=found.of(first, kernel.ZB),
                bb=found.of(first, kernel.BB),
                centre=centre[:, first],
            )
        )
    return all_sums


def t_quantiles(layout: Layout, found: Found, errors: Sequence[Errors] | None = None) -> Floats:
    """The 0.975 quantile of t for the degrees of freedom of every cell, shape (cells, scores)."""
    if errors is not None:
        return t_975(np.stack([error.df for error in errors], axis=1))
    df = [found.of(lane, kernel.PSUS) - found.of(lane, kernel.STRATA) for lane in layout.last_lane]
    return t_975(np.stack(df, axis=1).astype(np.int64))


def estimates_of(
    sums: Sums,
    found: Found,
    layout: Layout,
    s: int,
    t: Floats,
    policy: int,
    error: Errors | None = None,
) -> Estimates:
    """Everything that is said of one measure, each array of shape (cells,)."""
    estimator = layout.measures[s].estimator
    lane, last = layout.first_lane[s], layout.last_lane[s]
    psus, strata, alone = (
        found.of(last, slot).astype(np.int64) for slot in (kernel.PSUS, kernel.STRATA, kernel.ALONE)
    )
    cases, missing = found.of(lane, kernel.CASES), found.column(lane, kernel.MISSING)
    lost = np.zeros_like(cases) if missing is None else missing
    counted = Counted(cases.astype(np.int64), lost.astype(np.int64), psus, strata, alone)
    proportion = estimator in ("rate", "ratio") and not found.beyond[lane]
    return told_of(estimator, sums, counted, proportion, t, policy, error)


def told_of(
    estimator: Estimator,
    sums: Sums,
    counted: Counted,
    proportion: bool,
    t: Floats,
    policy: int,
    error: Errors | None = None,
) -> Estimates:
    """The estimates that follow from sums, moments and counts, each array of shape (cells,).

    Args:
        proportion: whether every numerator lies between 0 and its denominator.
        t: the 0.975 quantile for the degrees of freedom.
        policy: what is done with strata of a single PSU.
        error: the variance that replicates give; there are no moments then.
    """
    n, strata, alone = sums.n.astype(np.int64), counted.strata, counted.alone
    value, variance = value_and_variance(estimator, sums)
    if error is not None:
        variance = np.where(np.isfinite(value), error.variance, np.nan)
    fixed = all_or_nothing(value, counted.cases) if proportion else np.zeros(len(n), np.bool_)
    value, variance = np.where(fixed, np.round(value), value), np.where(fixed, 0.0, variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        if policy == AVERAGE and error is None:
            variance = variance * strata / (strata - alone)
        se = np.sqrt(variance)
        deff = variance / simple_variance(estimator, sums)
        deff = np.where(np.isfinite(deff) & ~fixed, deff, np.nan)
        cv = np.where(value != 0, se / np.abs(value), np.nan)
        ess = np.where(deff > 0, sums.n / deff, np.nan)
    low, high = logit_interval(value, se, t, n) if proportion else t_interval(value, se, t)
    own = own_sums(estimator, sums)
    parts = [*(getattr(own, name) for name in SUMS), alone, np.full(len(n), proportion)]
    moments = np.stack(parts, axis=1, dtype=np.float64)
    return Estimates(
        value=value,
        se=se,
        cv=cv,
        ci_low=low,
        ci_high=high,
        deff=deff,
        ess=ess,
        df=counted.psus - strata if error is None else error.df,
        n=n,
        cases=counted.cases,
        missing=counted.missing,
        psus=counted.psus,
        strata=strata,
        weighted=sums.w,
        moments=moments if error is None else np.full_like(moments, np.nan),
    )


def _by_grouping(columns: Sequence[Estimates], layout: Layout) -> tuple[Estimates, ...]:
    """The estimates of each score, cut into groupings and put side by side."""
    whole = {
        name: np.stack([getattr(column, name) for column in columns], axis=1)
        for name in Estimates.__dataclass_fields__
    }
    return tuple(
        Estimates(**{name: part[start:stop] for name, part in whole.items()})
        for start, stop in layout.spans
    )
