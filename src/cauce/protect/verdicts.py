"""What the reliability profile says of every cell of a table."""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.dataflow import CENSUS
from cauce.model.indicator import GAPS, PROPORTIONS
from cauce.model.pack import Rules
from cauce.protect.profiles import Evidence, Profile, Verdicts, judge, profile
from cauce.protect.table import Table

POINTS = ("PP", "PT")
"""Units of gaps that are parts of a hundred."""

OF_EVERYONE = ("mean", "quantile", "quantile_ratio", "gini")
"""Estimators that rest on everyone who answered, and not on those who have an attribute."""


def chosen_profile(table: Table, rules: Rules) -> Profile:
    """The profile the dataflow names, with the country's limits.

    Raises:
        BadInput: it does not exist, or has no limits.
    """
    return profile(table.cells.dataflow.method.reliability_profile, rules.limits)


def verdicts(table: Table, chosen: Profile) -> Verdicts:
    return judge(chosen, evidence(table))


def evidence(table: Table) -> Evidence:
    """What a profile may look at, in natural units.

    A total of people stands for as many people as it counts, everything else for its domain.
    """
    cells = table.cells
    ours = [cells.dataflow.indicators[position] for position in table.indicator]
    estimator = np.array([one.estimator for one in ours])
    scale = np.array([one.scale for one in ours], dtype=np.float64)
    value: Floats = cells.value / scale
    gap = np.isin(estimator, GAPS)
    amounts = np.array([one.unit not in POINTS for one in ours], dtype=bool)
    half_width = np.where(amounts, 0.0, (cells.ci_high - cells.ci_low) / (2 * scale))
    total = estimator == "total"
    return Evidence(
        value=value,
        se=cells.se / scale,
        cv=cells.cv,
        deff=cells.deff,
        ess=cells.ess,
        df=cells.df,
        n=cells.n,
        cases=np.where(np.isin(estimator, OF_EVERYONE), cells.n, cells.cases),
        missing=cells.missing,
        weighted=np.where(total & ~table.amount, np.abs(value), cells.weighted),
        proportion=np.isin(estimator, PROPORTIONS) & (value >= 0) & (value <= 1),
        total=total,
        planned=np.asarray((table.domain < 0).all(axis=1)),
        half_width=np.where(gap, half_width, np.nan),
        census=cells.dataflow.method.var_method == CENSUS,
    )
