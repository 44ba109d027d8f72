"""Totals, means, rates and ratios with their errors, all in one pass. GSBPM: phases 5.6, 5.7."""

from cauce.estimate.cube import Estimates, cube
from cauce.estimate.designs import design_from_labels
from cauce.estimate.influence import influences
from cauce.estimate.tables import estimate

__all__ = ["Estimates", "cube", "design_from_labels", "estimate", "influences"]
