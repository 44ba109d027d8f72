"""Totals, means, rates and ratios with their errors, all in one pass. GSBPM: phases 5.6, 5.7."""

from cauce.estimate.cube import Estimates, cube
from cauce.estimate.designs import design_from_labels
from cauce.estimate.identities import broken
from cauce.estimate.tables import estimate

__all__ = ["Estimates", "broken", "cube", "design_from_labels", "estimate"]
