"""The factor of a weight as a function of u = x'λ, its slope and its integral, by distance.

Source: Deville & Särndal (1992), Calibration estimators in survey sampling, JASA 87, section 2:
cases 1 (linear), 2 (multiplicative), 6 (logit) and 7 (truncated linear).
"""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.calibration import Distance
from cauce.model.errors import BadInput

# exp of more is no number any more: so large a factor is as good as none.
MOST = 500.0


@dataclass(frozen=True)
class Factors:
    """Of each u, of shape (k,): the factor F(u), its slope F'(u), and the integral of F up to u."""

    factor: Floats
    slope: Floats
    integral: Floats


def factors(distance: Distance, u: Floats) -> Factors:
    """What a distance makes of u."""
    if distance.method == "raking":
        e = np.exp(np.minimum(u, MOST))
        return Factors(e, e, e)
    return _logit(distance, u) if distance.method == "logit" else _linear(distance, u)


def _linear(distance: Distance, u: Floats) -> Factors:
    """1 + u, cut off at the bounds."""
    low, high = distance.low - 1, distance.high - 1
    inside = np.clip(u, low, high)
    slope = ((u >= low) & (u <= high)).astype(np.float64)
    # Beyond a bound the factor does not change any more: the integral goes on in a straight line.
    return Factors(1 + inside, slope, u + inside * (u - inside) + inside**2 / 2)


def _logit(distance: Distance, u: Floats) -> Factors:
    """L + (U - L) s, where s is the logistic curve with F(0) = 1 and F'(0) = 1."""
    low, high = distance.low, distance.high
    steep = (high - low) / ((1 - low) * (high - 1))
    t = steep * u + np.log((1 - low) / (high - 1))
    s = np.exp(-np.logaddexp(0.0, -t))
    rest = np.exp(-np.logaddexp(0.0, t))
    integral = low * u + (high - low) / steep * np.logaddexp(0.0, t)
    return Factors(low + (high - low) * s, (high - low) * steep * s * rest, integral)


def check_distance(distance: Distance) -> None:
    """Raises BadInput if the bounds are none or do not suit the method."""
    low, high, said = distance.low, distance.high, f"{distance.low:g} to {distance.high:g}"
    unbounded = low == -np.inf and high == np.inf
    if distance.method == "raking" and not unbounded:
        raise BadInput(
            f"Raking has no bounds, and {said} are given. Take logit or linear, which keep to them."
        )
    if distance.method == "logit" and not (np.isfinite(low) and np.isfinite(high)):
        raise BadInput("Logit needs two bounds for the factors of weights, such as 0.3 and 3.")
    if not low < 1 < high:
        raise BadInput(
            f"The bounds {said} exclude a factor of 1, so that not even right weights would stay "
            "as they are. The lower one must be below 1, the upper one above."
        )
    if np.isfinite(low) and low < 0:
        raise BadInput(f"The lower bound {low:g} allows negative weights. It must be at least 0.")
    if not 0 < distance.tolerance < 1:
        raise BadInput(f"The tolerance {distance.tolerance:g} must be between 0 and 1.")
