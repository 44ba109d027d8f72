"""Estimates with their errors: totals to Gini, comparisons, changes. GSBPM: phases 5.6, 5.7."""

from cauce.estimate.calibration.raising import crossed, raised
from cauce.estimate.calibration.targets import Target
from cauce.estimate.calibration.weights import Calibrated, calibrate, calibrate_columns
from cauce.estimate.capture import Capture, capture
from cauce.estimate.changes import change
from cauce.estimate.cube import Estimates, cube, refuse_beyond
from cauce.estimate.designs import design_from_labels, design_of, refuse_weights, strata_of
from cauce.estimate.exact import Frame, frame_of
from cauce.estimate.exact_answers import Adder, Exactly, Kernel
from cauce.estimate.exact_local import Summed, by_grouping, sum_here
from cauce.estimate.exact_scales import MOST_DECIMALS, Looked, Scale, Scales, scales_of
from cauce.estimate.exact_sums import PsuSums, parts_of
from cauce.estimate.grouping import Grouping
from cauce.estimate.identities import broken
from cauce.estimate.layout import Measure, measure_of
from cauce.estimate.leaving_out import influences
from cauce.estimate.moments import confirmed, told_by
from cauce.estimate.pairs import compare
from cauce.estimate.rows import Rows, rows_of
from cauce.estimate.single_psu import POLICIES, counts_of, refuse_lonely
from cauce.estimate.stacking import pooled
from cauce.estimate.stream import Streamed, estimate_stream, refuse_bent
from cauce.estimate.summed import exact_sum
from cauce.estimate.tables import estimate, names_and_sizes, positions
from cauce.estimate.together import Added, added, placed
from cauce.estimate.waits import Median, median_of_ended, median_wait

__all__ = [
    "MOST_DECIMALS",
    "POLICIES",
    "Added",
    "Adder",
    "Calibrated",
    "Capture",
    "Estimates",
    "Exactly",
    "Frame",
    "Grouping",
    "Kernel",
    "Looked",
    "Measure",
    "Median",
    "PsuSums",
    "Rows",
    "Scale",
    "Scales",
    "Streamed",
    "Summed",
    "Target",
    "added",
    "broken",
    "by_grouping",
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
    "frame_of",
    "influences",
    "measure_of",
    "median_of_ended",
    "median_wait",
    "names_and_sizes",
    "parts_of",
    "placed",
    "pooled",
    "positions",
    "raised",
    "refuse_bent",
    "refuse_beyond",
    "refuse_lonely",
    "refuse_weights",
    "rows_of",
    "scales_of",
    "strata_of",
    "sum_here",
    "told_by",
]
