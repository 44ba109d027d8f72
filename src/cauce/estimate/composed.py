"""Two domains compared group by group: the factor-weighted gap and dissimilarity."""

from dataclasses import replace

import numpy as np

from cauce.estimate import compared_kernel
from cauce.estimate.compared import NO_DENOMINATOR, flags
from cauce.estimate.grouping import Grouping, refine
from cauce.estimate.influence import Influence
from cauce.estimate.sweep import Sweep
from cauce.model.arrays import Floats, Ints
from cauce.model.errors import MethodFailed
from cauce.model.sample import Score

STEPS = 100


def comparable(score: Score, grouping: Grouping, weight: Floats) -> Score:
    """The score of a factor gap with those inside only whose group has both domains.

    A group is a combination of factors in a cell. Where one domain is alone there is nothing to
    compare.
    """
    fine, _ = refine(grouping, score.factors)
    inside = score.inside & (weight > 0)
    first, second = (
        np.bincount(fine.cell[inside & flags(score, which)], minlength=fine.size)
        for which in ("first", "second")
    )
    return replace(score, inside=inside & ((first > 0) & (second > 0))[fine.cell])


def factor_gap(score: Score, grouping: Grouping, weight: Floats) -> Influence:
    """The relative gaps of means within groups, weighted by their shares of the second domain.

    With W and m the weights and means of group g in either domain and s_g = W₂g / Σ W₂,
    θ = Σ_g s_g (1 - m₂g / m₁g). Whoever is in the second domain moves it by
    [(1 - m₂g / m₁g - θ) - (y - m₂g) / m₁g] / Σ W₂, whoever is in the first by
    s_g m₂g (y - m₁g) / (m₁g² W₁g). The score holds `comparable` groups only.

    Source: ILO (2018), Global Wage Report 2018/19, part II, factor-weighted gender pay gap; here
    weighted by the second domain (docs/explanation/distributions.md); linearised as in `influence`.
    """
    fine, of = refine(grouping, score.factors)
    one, two = score.inside & flags(score, "first"), score.inside & flags(score, "second")
    y, cell, g = score.numerator, grouping.cell, fine.cell
    sums = compared_kernel.domain_sums(
        g, weight, score.inside, one, two, y, NO_DENOMINATOR, fine.size
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        means = sums[:2] / sums[2:4]
        share = sums[3] / np.bincount(of, sums[3], grouping.size)[of]
        gaps = 1 - means[1] / means[0]
        filled = share > 0
        value = np.bincount(of[filled], (share * gaps)[filled], grouping.size)
        # No group has both domains: there is no gap, and it is not 0.
        value = np.where(np.bincount(of[filled], minlength=grouping.size) > 0, value, np.nan)
        z_two = ((gaps - value[of])[g] - (y - means[1][g]) / means[0][g]) / sums[3][g] * share[g]
        z_one = (share * means[1] / means[0] ** 2 / sums[2])[g] * (y - means[0][g])
    z = np.where(two, z_two, 0.0) + np.where(one, z_one, 0.0)
    cases = np.bincount(cell[score.inside & (y != 0)], minlength=grouping.size)
    finite = np.isfinite(z)
    return Influence(
        np.where(np.isfinite(value), value, np.nan),
        np.where(finite, z, 0.0),
        score.inside,
        cases,
        np.zeros(grouping.size, dtype=np.bool_),
    )


def dissimilarity(
    sweep: Sweep, score: Score, grouping: Grouping, weight: Floats, replicated: Floats | None = None
) -> Influence:
    """Half the sum of |p₁k - p₂k| over codes k, corrected for small samples.

    Chance alone makes shares differ, so that the plain index is too large where people are few. Of
    each difference d with design error σ the part that chance explains is taken off: σ q(|d| / σ),
    where q(t) is the θ that makes |N(θ, 1)| = t likeliest: 0 up to t = 1, then θ = t tanh(t θ).
    The error is that of the plain index, linearised at the signs found. `replicated` are the
    variances of the differences, (fine cells,), where replicates give them.

    Source: Duncan & Duncan (1955), ASR 20; Allen, Burgess, Davidson & Windmeijer (2015), More
    reliable inference for the dissimilarity index of segregation, Econometrics Journal 18,
    section 4 (density-corrected), with the errors of the design in place of the multinomial.
    """
    if score.across is None:
        raise MethodFailed(f"{score.indicator} has no codes to compare domains over.")
    fine, of = refine(grouping, (score.across,))
    cell, k, y = grouping.cell, fine.cell, score.numerator
    one, two = flags(score, "first"), flags(score, "second")
    sums = compared_kernel.domain_sums(
        k, weight, score.inside, one, two, y, NO_DENOMINATOR, fine.size
    )[:2]
    whole = np.stack([np.bincount(of, row, grouping.size) for row in sums])
    with np.errstate(divide="ignore", invalid="ignore"):
        p = sums / whole[:, of]
        u = np.stack([np.where(score.inside & who, y, 0.0) for who in (one, two)]) / whole[:, cell]
    u = np.where(np.isfinite(u), u, 0.0)
    d = p[0] - p[1]
    sign = np.sign(d)
    known = np.isfinite(d)
    off = [sign[k] - np.bincount(of[known], (sign * row)[known], grouping.size)[cell] for row in p]
    z = 0.5 * (u[0] * off[0] - u[1] * off[1])
    variances = replicated
    if variances is None:
        variances = _variances(sweep, u * weight, p, fine, grouping, of)
    sigma = np.sqrt(np.maximum(variances, 0.0))
    apart = np.bincount(of[known], corrected(d, sigma)[known], grouping.size)
    value: Floats = np.where((whole > 0).all(axis=0), 0.5 * apart, np.nan)
    inside = score.inside & (one | two)
    cases = np.bincount(cell[inside & (y != 0)], minlength=grouping.size)
    moved: Floats = np.where(np.isfinite(z), z, 0.0)
    return Influence(value, moved, inside, cases, ~np.isfinite(value))


def _variances(
    sweep: Sweep, weighted: Floats, p: Floats, fine: Grouping, grouping: Grouping, of: Ints
) -> Floats:
    """The design variance of p₁k - p₂k in every cell and code, shape (fine cells,).

    `weighted` are what each respondent adds to the whole of each domain, as a part of it, shape
    (2, n). With a = f - s in code k, the difference moves by a - p₁ f + p₂ s.
    """
    first, second = weighted
    cell, k = grouping.cell, fine.cell
    by_first, by_second = (sweep.deviations(own, grouping) for own in weighted)
    own = first - second
    vaa = np.bincount(k, own * sweep.deviations(own, fine), fine.size)
    vaf = np.bincount(k, own * by_first, fine.size)
    vas = np.bincount(k, own * by_second, fine.size)
    vff, vss, vfs = (
        np.bincount(cell, one * other, grouping.size)[of]
        for one, other in ((first, by_first), (second, by_second), (first, by_second))
    )
    variance: Floats = vaa - 2 * p[0] * vaf + 2 * p[1] * vas
    variance += p[0] ** 2 * vff + p[1] ** 2 * vss - 2 * p[0] * p[1] * vfs
    return variance


def corrected(d: Floats, sigma: Floats) -> Floats:
    """|d| without what chance explains of it; where no error is known, |d| itself."""
    size = np.abs(d)
    told = sigma > 0
    t = size / np.where(told, sigma, 1.0)
    theta = np.where(t > 1, t, 0.0)
    for _ in range(STEPS):
        theta = t * np.tanh(t * theta)
    return np.where(told, np.where(t > 1, theta * sigma, 0.0), size)
