"""A survey of employers: strata, allocation, draw, what precision to expect, weights.

GSBPM: phases 2.4 (frame and sample), 4.1 (selection) and 5.6 (weights).
"""

from cauce.estimate.firms.allocation import Allocation, allocate
from cauce.estimate.firms.draw import draw
from cauce.estimate.firms.expected import Expected, expected, presence_profile
from cauce.estimate.firms.strata import SIZES, Strata, strata_of
from cauce.estimate.firms.weights import OUT, REFUSED, RESPONDED, FirmWeights, weigh

__all__ = [
    "OUT",
    "REFUSED",
    "RESPONDED",
    "SIZES",
    "Allocation",
    "Expected",
    "FirmWeights",
    "Strata",
    "allocate",
    "draw",
    "expected",
    "presence_profile",
    "strata_of",
    "weigh",
]
