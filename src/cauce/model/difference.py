"""What we may say of two numbers: their difference with its error, cleared for publication."""

from dataclasses import dataclass

from cauce.model.arrays import Codes, Floats
from cauce.model.dataflow import Dataflow
from cauce.model.observation import Reliability


@dataclass(frozen=True)
class Differences:
    """Differences of pairs of published observations of one dataflow, columnar; c of d dimensions.

    The two observations differ in one dimension: `key`, of shape (c, d), is that of the first;
    `across` is the position of the dimension and `second` that of the code the second has there.
    Between waves the first is the later. All else has shape (c,): values and errors in the unit of
    the indicator, NaN (and -1 for counts) where they cannot be computed; `common` counts the PSUs
    both rest on. `reliability` is that of the weaker of the two.
    """

    dataflow: Dataflow
    key: Codes
    across: Codes
    second: Codes
    difference: Floats
    se: Floats
    ci_low: Floats
    ci_high: Floats
    covariance: Floats
    df: Codes
    common: Codes
    reliability: tuple[Reliability, ...]
