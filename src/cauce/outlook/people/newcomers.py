"""From programmes of education to occupations: graduates × activity × allocation.

Source: domain page outlook, section 4.7. The allocation is a Dirichlet-multinomial: Gelman et al.
(2013), Bayesian Data Analysis, section 3.4; its concentration by marginal likelihood, Minka (2000),
Estimating a Dirichlet distribution.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import gammaln

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.outlook.chance import stream
from cauce.outlook.people.ages import refuse_negative, refuse_no_chance

LEAST, MOST = 0.1, 1e5
"""Bounds of the concentration: how many respondents the pattern of all programmes counts for."""


@dataclass(frozen=True)
class Allocation:
    """In which occupations the active graduates of each programme work, as Dirichlet weights.

    `weights` has shape (k, o): respondents found there plus the share of `concentration` that the
    pattern of all has there. A programme without respondents has the pattern of all.
    """

    weights: Floats
    concentration: float


def allocation(
    counts: Floats, pattern: Floats | None = None, concentration: float | None = None
) -> Allocation:
    """Where graduates go, from few respondents each, drawn toward the pattern of all.

    Args:
        counts: effective respondents aged 15 to 29, or of a survey of graduates, by programme and
            occupation, shape (k, o): published shares × effective sample.
        pattern: the pattern to draw toward, shape (o,), as the region's; without one, that of all
            programmes together.
        concentration: how many respondents the pattern is worth; without one, what makes the
            counts most likely.

    Raises:
        BadInput: counts that are missing or below 0, nobody at all, or a pattern that is no share
            of 1 or excludes an occupation where somebody was found.
    """
    refuse_negative("Graduates found by programme and occupation", counts)
    if counts.ndim != 2 or not np.isfinite(counts).all():
        raise BadInput("Graduates by programme and occupation: every cell is needed, 0 where none.")
    if pattern is None:
        if counts.sum() == 0:
            raise BadInput("No graduate was found in any occupation, and no pattern is given.")
        pattern = counts.sum(axis=0) / counts.sum()
    _check_pattern(counts, pattern)
    if concentration is None:
        concentration = _concentration(counts, pattern)
    elif not 0 < concentration < np.inf:
        raise BadInput(f"A concentration of {concentration:g} is none: it is above 0.")
    return Allocation(counts + concentration * pattern, concentration)


def allocation_draws(found: Allocation, draws: int, seed: int) -> Floats:
    """Shares of each programme's active graduates by occupation, (d, k, o); rows add up to 1."""
    gamma = stream(seed, "allocation").gamma(found.weights, size=(draws, *found.weights.shape))
    shares: Floats = gamma / gamma.sum(axis=2, keepdims=True)
    return shares


def graduates_by_occupation(
    graduates: Floats, activity: Floats, allocated: Floats, first: int, base_year: int
) -> Floats:
    """Graduates who will look for or have work by occupation, added up over the years: (d, h, o).

    Args:
        graduates: of each year and programme, shape (h, k) or (d, h, k); a year in which nobody
            graduates is 0, one that is not known NaN, and then so is what follows.
        activity: share of them in the labour force, shape (k,).
        allocated: draws of `allocation_draws`, shape (d, k, o).
        first: the first of those years.

    Raises:
        BadInput: graduates below 0; the first year is not the one after the base year. Whoever
            graduated up to then is among the employed, the unemployed or the inactive already.
    """
    if first != base_year + 1:
        raise BadInput(
            f"Graduates are given from {first} on and the base year is {base_year}: give those "
            f"from {base_year + 1} on. Earlier ones are in the labour force of the base year "
            "already and would be counted twice."
        )
    refuse_negative("Graduates", graduates)
    refuse_no_chance("Activity of graduates", activity)
    if graduates.shape[-1] != len(activity) or allocated.shape[1] != len(activity):
        raise BadInput(
            f"Graduates {graduates.shape}, activity {activity.shape} and allocation "
            f"{allocated.shape} are not of the same programmes."
        )
    active = np.broadcast_to(graduates * activity, (len(allocated), *graduates.shape[-2:]))
    reached: Floats = np.cumsum(np.einsum("dhk,dko->dho", active, allocated), axis=1)
    return reached


def _check_pattern(counts: Floats, pattern: Floats) -> None:
    if pattern.shape != counts.shape[1:]:
        raise BadInput(f"The pattern has {len(pattern)} occupations, the counts {counts.shape[1]}.")
    refuse_no_chance("The pattern of all programmes", pattern)
    if not abs(pattern.sum() - 1) <= 1e-6:
        raise BadInput(f"The pattern of all programmes adds up to {pattern.sum():.4g}, not to 1.")
    if (counts[:, pattern == 0] > 0).any():
        raise BadInput("Graduates were found in an occupation that the pattern says has none.")


def _concentration(counts: Floats, pattern: Floats) -> float:
    """κ that makes the counts most likely, of the programmes that have anybody."""
    seen, aim = counts[counts.sum(axis=1) > 0], pattern[pattern > 0]
    here, n = seen[:, pattern > 0], seen.sum(axis=1)
    if not len(seen):
        return 1.0

    def unlikely(log_kappa: float) -> float:
        kappa = np.exp(log_kappa)
        each = gammaln(kappa) - gammaln(n + kappa)
        cells = gammaln(here + kappa * aim) - gammaln(kappa * aim)
        return -float(each.sum() + cells.sum())

    found = minimize_scalar(unlikely, bounds=(np.log(LEAST), np.log(MOST)), method="bounded")
    return float(np.exp(found.x))
