"""Two numbers and whether they differ: their difference with its error, not yet cleared."""

from dataclasses import dataclass

from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.dataflow import Dataflow
from cauce.model.pair import Pair


@dataclass(frozen=True)
class Comparisons:
    """Differences first - second of one dataflow, columnar; c comparisons, d dimensions.

    `of` is the pair, or the periods of two waves, earlier first; the later is then `first`. `key`
    has shape (c, d) as that of `Cells`: the dimension of the pair is at its total; between waves
    TIME_PERIOD is the later one. Every other array has shape (c,), values and errors in the unit of
    the indicator. `covariance` is that of the two estimates: independence is never assumed. `n` and
    `df` are those of the one with fewer. `common` counts the PSUs both rest on. NaN means "cannot
    be computed": what has no error is not testable.
    """

    dataflow: Dataflow
    of: Pair | tuple[str, str]
    key: Codes
    first: Floats
    second: Floats
    difference: Floats
    se: Floats
    ci_low: Floats
    ci_high: Floats
    covariance: Floats
    df: Ints
    n: Ints
    common: Ints
