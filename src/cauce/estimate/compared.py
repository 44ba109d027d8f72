"""Two domains of a cell compared: differences, gaps and quotients with their covariance."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from cauce.estimate import compared_kernel
from cauce.estimate.cube import Estimates
from cauce.estimate.grouping import Grouping
from cauce.estimate.influence import Influence
from cauce.model.arrays import Flags, Floats
from cauce.model.errors import MethodFailed
from cauce.model.indicator import Estimator
from cauce.model.sample import Score

Base = Literal["mean", "rate", "ratio"]
Which = Literal["first", "second"]
# A spread of so little, as a part of the value, is the last digits of the same amounts.
TINY = 1e-12
NO_DENOMINATOR = np.empty(0)


@dataclass(frozen=True)
class TwoDomains:
    """The value each domain has in every cell and what it is divided by, each of shape (cells,)."""

    first: Floats
    second: Floats
    under_first: Floats
    under_second: Floats


def base_of(score: Score) -> Base:
    """What is compared: a mean of amounts, a rate of people, or a ratio."""
    if score.denominator is not None:
        return "ratio"
    return "mean" if score.magnitude else "rate"


def domain_score(score: Score, which: Which, base: Base) -> Score:
    """One of the two domains as an estimate of its own."""
    domain = flags(score, which)
    lost = None if score.missing_rows is None else score.missing_rows & domain
    return replace(
        score,
        indicator=f"{score.indicator}/{which}",
        inside=score.inside & domain,
        missing_rows=lost,
        missing=0 if lost is None else int(lost.sum()),
        estimator=base,
    )


def flags(score: Score, which: Which) -> Flags:
    """Who is in a domain; a comparison has both."""
    found = score.first if which == "first" else score.second
    if found is None:
        raise MethodFailed(f"{score.indicator} compares two domains and the sample has none.")
    return found


def gap(estimator: Estimator, score: Score, grouping: Grouping, weight: Floats) -> Influence:
    """The difference first - second, the relative gap (first - second) / first, or the quotient.

    z_i = ∂/∂R₁ (y_i - R₁ x_i) / X₁ in the first domain, and with R₂ in the second; whoever is in
    both has the sum. NaN where a domain has nobody, or what is divided by is 0.

    Source: Särndal, Swensson & Wretman (1992), section 5.6 and result 5.6.2 (functions of totals).
    """
    x = NO_DENOMINATOR if score.denominator is None else score.denominator
    one, two = flags(score, "first"), flags(score, "second")
    sums = compared_kernel.domain_sums(
        grouping.cell, weight, score.inside, one, two, score.numerator, x, grouping.size
    )
    two_domains = _values(sums)
    value, factors = _value_and_factors(estimator, two_domains)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.stack([two_domains.first, two_domains.second])
        factor = np.stack(factors) / np.stack([two_domains.under_first, two_domains.under_second])
    # Where there is no value nothing moves it.
    ratio, factor = (np.where(np.isfinite(value), part, 0.0) for part in (ratio, factor))
    z = compared_kernel.gap_influence(
        grouping.cell, score.inside, one, two, score.numerator, x, ratio, factor
    )
    inside = score.inside & (one | two)
    cases = np.bincount(grouping.cell[inside & (score.numerator != 0)], minlength=grouping.size)
    return Influence(value, z, inside, cases, np.zeros(grouping.size, dtype=np.bool_))


def _values(sums: Floats) -> TwoDomains:
    """From the sums of y and x in both domains; nobody in a domain is no value."""
    above, below, people = sums[:2], sums[2:4], sums[4:]
    with np.errstate(divide="ignore", invalid="ignore"):
        under = np.where(people > 0, below, np.nan)
        ratio = np.where(under != 0, above / under, np.nan)
    return TwoDomains(ratio[0], ratio[1], under[0], under[1])


def _value_and_factors(
    estimator: Estimator, domains: TwoDomains
) -> tuple[Floats, tuple[Floats, Floats]]:
    """The comparison and its derivatives by the values of the two domains."""
    one, two = domains.first, domains.second
    with np.errstate(divide="ignore", invalid="ignore"):
        if estimator == "difference":
            return one - two, (np.ones_like(one), -np.ones_like(two))
        if estimator == "quotient":
            quotient = np.where(two != 0, one / two, np.nan)
            return quotient, (1 / two, -quotient / two)
        share = np.where(one != 0, two / one, np.nan)
        return 1 - share, (share / one, -1 / one)


def unvaried(first: Estimates, second: Estimates) -> Flags:
    """Where neither domain varied, so that an error of 0 would say nothing, shape (cells,)."""
    one, two = (without_spread(part.value, part.se, part.deff) for part in (first, second))
    still: Flags = one & two
    return still


def without_spread(value: Floats, se: Floats, deff: Floats) -> Flags:
    """Where an error of 0 is that of equal respondents, and not of a census, whose deff is 0."""
    still: Flags = (se <= TINY * np.abs(value)) & ~(deff <= TINY)
    return still


def smaller_domain(found: Estimates, first: Estimates, second: Estimates) -> Estimates:
    """What is said of a comparison with the counts of the domain that has fewer.

    Thresholds then hold for both; whoever is missing may be so in either.
    """
    return replace(
        found,
        n=np.minimum(first.n, second.n),
        cases=np.minimum(first.cases, second.cases),
        psus=np.minimum(first.psus, second.psus),
        strata=np.minimum(first.strata, second.strata),
        df=np.minimum(first.df, second.df),
        weighted=np.minimum(first.weighted, second.weighted),
    )
