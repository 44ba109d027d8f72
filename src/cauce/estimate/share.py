"""Distributions: the part of each code in the sum over all codes of a dimension."""

from dataclasses import replace

import numpy as np

from cauce.estimate.cube import Estimates
from cauce.estimate.estimators import all_or_nothing
from cauce.estimate.grouping import Grouping, parent_of
from cauce.estimate.influence import told
from cauce.estimate.sweep import Sweep
from cauce.model.arrays import Codes, Flags, Floats
from cauce.model.sample import Score


def share_score(score: Score, codes: Codes, known: int) -> Score:
    """The total that is distributed, over those whose code is one of the first `known`.

    Whoever has another code is missing from the distribution.
    """
    has: Flags = codes < known
    lost = score.inside & ~has
    if score.missing_rows is not None:
        lost = lost | score.missing_rows
    return replace(
        score,
        inside=score.inside & has,
        magnitude=True,
        estimator="total",
        missing=int(lost.sum()),
        missing_rows=lost if lost.any() else None,
    )


def shares(
    sweep: Sweep,
    score: Score,
    weight: Floats,
    fine: Grouping,
    whole: Grouping,
    of_codes: Estimates,
    of_all: Estimates,
) -> Estimates:
    """The share R of each code k in its group g: variance [v(k,k) - 2R v(k,g) + R² v(g,g)] / Y².

    A share says as much of its group as of its code: n, PSUs and degrees of freedom are those of
    the group, cases those of the code.
    """
    of = parent_of(fine, whole)
    y = np.where(score.inside, weight * score.numerator, 0.0)
    both = np.bincount(fine.cell, y * sweep.deviations(y, whole), fine.size)
    total = of_all.value[of]
    with np.errstate(divide="ignore", invalid="ignore"):
        r = np.where(total != 0, of_codes.value / total, np.nan)
        variance = of_codes.se**2 - 2 * r * both + r**2 * of_all.se[of] ** 2
        simple = _simple(score, weight, fine, whole, r, of_all)
        fixed = all_or_nothing(r, of_codes.cases) | (of_codes.cases == of_all.cases[of])
        se = np.where(fixed, 0.0, np.sqrt(np.maximum(variance, 0.0)) / np.abs(total))
        deff = np.where(fixed, np.nan, se**2 / simple)
    names = ("n", "missing", "psus", "strata", "df", "weighted")
    ours = {name: getattr(of_all, name)[of] for name in names}
    return told(
        "share",
        replace(
            of_codes,
            value=np.where(fixed, np.round(r), r),
            se=np.where(np.isfinite(r), se, np.nan),
            deff=np.where(np.isfinite(deff), deff, np.nan),
            **ours,
        ),
    )


def _simple(
    score: Score, weight: Floats, fine: Grouping, whole: Grouping, r: Floats, of_all: Estimates
) -> Floats:
    """The variance of a share under simple random sampling with replacement, n equal."""
    of = parent_of(fine, whole)
    square = np.where(score.inside, weight * score.numerator**2, 0.0)
    own = np.bincount(fine.cell, square, fine.size)
    every = np.bincount(whole.cell, square, whole.size)[of]
    n, w = of_all.n[of], of_all.weighted[of]
    spread: Floats = (own * (1 - 2 * r) + r**2 * every) / w * n / (n - 1)
    return spread * w**2 / n / of_all.value[of] ** 2
