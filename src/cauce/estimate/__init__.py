"""Estimates with their errors: totals to Gini, comparisons, changes. GSBPM: phases 5.6, 5.7."""

from cauce.estimate.changes import change
from cauce.estimate.cube import Estimates, cube
from cauce.estimate.designs import design_from_labels
from cauce.estimate.identities import broken
from cauce.estimate.leaving_out import influences
from cauce.estimate.pairs import compare
from cauce.estimate.stacking import pooled
from cauce.estimate.tables import estimate

__all__ = [
    "Estimates",
    "broken",
    "change",
    "compare",
    "cube",
    "design_from_labels",
    "estimate",
    "influences",
    "pooled",
]
