"""Estimates with their errors: totals to Gini, comparisons, changes. GSBPM: phases 5.6, 5.7."""

from cauce.estimate.calibration.raising import crossed, raised
from cauce.estimate.calibration.targets import Target
from cauce.estimate.calibration.weights import Calibrated, calibrate, calibrate_columns
from cauce.estimate.capture import Capture, capture
from cauce.estimate.changes import change
from cauce.estimate.cube import Estimates, cube
from cauce.estimate.designs import design_from_labels, design_of, strata_of
from cauce.estimate.identities import broken
from cauce.estimate.leaving_out import influences
from cauce.estimate.moments import confirmed, told_by
from cauce.estimate.pairs import compare
from cauce.estimate.single_psu import counts_of
from cauce.estimate.stacking import pooled
from cauce.estimate.stream import Streamed, estimate_stream, refuse_bent
from cauce.estimate.summed import exact_sum
from cauce.estimate.tables import estimate
from cauce.estimate.together import Added, added, placed
from cauce.estimate.waits import Median, median_of_ended, median_wait

__all__ = [
    "Added",
    "Calibrated",
    "Capture",
    "Estimates",
    "Median",
    "Streamed",
    "Target",
    "added",
    "broken",
    "calibrate",
    "calibrate_columns",
    "capture",
    "change",
    "compare",
    "confirmed",
    "counts_of",
    "crossed",
    "cube",
    "design_from_labels",
    "design_of",
    "estimate",
    "estimate_stream",
    "exact_sum",
    "influences",
    "median_of_ended",
    "median_wait",
    "placed",
    "pooled",
    "raised",
    "refuse_bent",
    "strata_of",
    "told_by",
]
