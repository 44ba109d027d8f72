"""From the moments of cells to their estimates: the same numbers as from the respondents."""

from dataclasses import replace

import numpy as np

from cauce.estimate.cube import Counted, Estimates, told_of
from cauce.estimate.estimators import Sums
from cauce.estimate.single_psu import POLICIES
from cauce.estimate.student import t_975
from cauce.estimate.tables import SCALED
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.dataflow import Method
from cauce.model.indicator import Estimator, Indicator
from cauce.model.moments import SUMS, Moments
from cauce.model.observation import Observations

NUMBERS = ("value", "se", "cv", "ci_low", "ci_high", "deff", "ess")


def told_by(moments: Moments) -> Observations:
    """The observations with every number that the moments give."""
    said = moments.observations
    numbers = {name: getattr(said, name).copy() for name in NUMBERS}
    df = said.df.copy()
    for indicator, rows in linear_rows(moments):
        found = estimates_of(moments, indicator, rows)
        df[rows] = found.df
        for name in NUMBERS:
            column = getattr(found, name)
            numbers[name][rows] = column * indicator.scale if name in SCALED else column
    return replace(said, df=df, **numbers)


def linear_rows(moments: Moments) -> list[tuple[Indicator, Ints]]:
    """The linear cells of each indicator whose error needs nothing but moments; none twice.

    Cells of one indicator whose numerators lie within the denominators come apart from others.
    """
    flow = moments.dataflow
    column = [one.id for one in flow.dimensions].index("INDICATOR")
    codes = [code.id for code in flow.dimensions[column].codes]
    found = []
    for indicator in flow.indicators:
        own = moments.linear & (moments.observations.key[:, column] == codes.index(indicator.id))
        parts = (own & moments.proportion, own & ~moments.proportion)
        found += [(indicator, np.flatnonzero(part)) for part in parts if part.any()]
    return found


def estimates_of(moments: Moments, indicator: Indicator, rows: Ints) -> Estimates:
    """The estimates of some cells of one indicator, in no unit but that of the file."""
    said = moments.observations
    counted = Counted(
        cases=cases_of(moments, rows),
        missing=said.missing[rows].astype(np.int64),
        psus=said.psus[rows].astype(np.int64),
        strata=said.strata[rows].astype(np.int64),
        alone=moments.alone[rows],
    )
    return told_of(
        indicator.estimator,
        sums_of(moments, indicator.estimator, rows),
        counted,
        bool(moments.proportion[rows[0]]),
        t_975(counted.psus - counted.strata),
        policy_of(moments.dataflow.method),
    )


def cases_of(moments: Moments, rows: Ints) -> Ints:
    """Those with the attribute. Of an amount they are not told; of 0 there is none."""
    cases = moments.observations.cases[rows].astype(np.int64)
    y = moments.sums[rows, SUMS.index("y")]
    return np.where(cases < 0, (y != 0).astype(np.int64), cases)


def policy_of(method: Method) -> int:
    """What was done with strata of a single PSU."""
    return next(policy for name, policy in POLICIES.items() if name == method.single_psu)


def sums_of(moments: Moments, estimator: Estimator, rows: Ints) -> Sums:
    """The sums of some cells by name; what was not sent follows from the rest, or is not asked."""
    part = {name: moments.sums[rows, at] for at, name in enumerate(SUMS)}
    none = np.zeros(len(rows))
    y = part["y"]
    counted = estimator == "rate"  # everyone is 0 or 1, and a square is the self
    return Sums(
        n=moments.observations.n[rows].astype(np.float64),
        w=moments.weighted[rows],
        y=y,
        x=moments.weighted[rows] if estimator == "total" else part["x"],
        z=y if estimator in ("total", "rate") else none,
        yy=y if counted else part["yy"],
        yx=_or_zero(part["yx"]),
        xx=_or_zero(part["xx"]),
        zz=part["zz"],
        zb=_or_zero(part["zb"]),
        bb=_or_zero(part["bb"]),
        centre=none,
    )


def _or_zero(column: Floats) -> Floats:
    return np.nan_to_num(column, nan=0.0)


def confirmed(moments: Moments, public: Observations) -> Moments:
    """The moments, with the public number itself where they do not give it to the last bit.

    So it is with variances that come from replicates, and whatever else has its own way to an
    error: their numbers are sent as they are published.
    """
    again = told_by(moments)
    names = (*NUMBERS, "df")
    same: Flags = np.all([_same(getattr(again, n), getattr(public, n)) for n in names], axis=0)
    linear, other = moments.linear & same, moments.linear & ~same
    said = moments.observations
    numbers = {n: np.where(other, getattr(public, n), getattr(said, n)) for n in NUMBERS}
    return Moments(
        observations=replace(said, **numbers),
        linear=linear,
        proportion=moments.proportion & linear,
        alone=np.where(linear, moments.alone, 0),
        weighted=np.where(linear, moments.weighted, np.nan),
        sums=np.where(linear[:, None], moments.sums, np.nan),
    )


def _same(one: np.ndarray, other: np.ndarray) -> Flags:
    there: Flags = (one == other) | (np.isnan(one) & np.isnan(other))
    return there
