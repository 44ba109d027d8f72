"""What one office may send to another: cleared cells with the sums and moments they are made of."""

from dataclasses import dataclass

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.dataflow import Dataflow
from cauce.model.difference import Differences
from cauce.model.lineage import Lineage
from cauce.model.observation import Observations
from cauce.model.quality import Quality
from cauce.model.release import Headline, Provenance

SUMS = ("y", "x", "yy", "yx", "xx", "zz", "zb", "bb")
"""Weighted sums of y and x; weighted squares of z and x and their product; the variances of the
totals of z and b and their covariance. z is y, of a mean and a ratio y - (y/x) x by the cell's own
ratio; b is x, of a rate x - y."""
PARTS = (*SUMS, "alone", "proportion")
"""Then strata of a single PSU, and whether every y lies between 0 and its x."""

NEEDED = {
    "total": ("y", "yy", "zz"),
    "rate": ("y", "x", "zz", "zb", "bb"),
    "mean": ("y", "x", "yy", "zz", "zb", "bb"),
    "ratio": SUMS,
}
"""What an estimator is made of; nothing else is sent."""
FEWEST_PSUS = 5
"""Moments of fewer PSUs are never sent, however few respondents a cell may rest on.

Each has two sums, and a cell tells five numbers made of them: of two PSUs they give both away, of
three they leave a line.
"""


@dataclass(frozen=True)
class Moments:
    """The cells of one dataflow that may be sent; c cells, in the order of their keys.

    `observations` is what is said of every cell in public. Where a cell is `linear` its numbers are
    left out there, and `sums`, of shape (c, 8) as `SUMS`, and `weighted`, the sum of weights, stand
    for them; elsewhere these are NaN. `alone` counts strata of a single PSU and `proportion` says
    that every y lies between 0 and its x; both 0 where a cell is not linear.
    """

    observations: Observations
    linear: Flags
    proportion: Flags
    alone: Ints
    weighted: Floats
    sums: Floats

    @property
    def dataflow(self) -> Dataflow:
        return self.observations.dataflow


@dataclass(frozen=True)
class Sent:
    """All that is sent of a release: its cells, and what a reader is told of how they came about.

    `minimum` is the smallest number of respondents a cell may rest on where it was cleared.
    """

    survey: str
    vintage: str
    minimum: int
    flows: tuple[Moments, ...]
    differences: tuple[Differences, ...]
    lineages: tuple[Lineage, ...]
    headlines: tuple[Headline, ...]
    provenance: Provenance
    notes: tuple[str, ...] = ()
    reason: str = ""
    quality: Quality | None = None


@dataclass(frozen=True)
class Cleared:
    """Observations that another office cleared, and the minimum of respondents it did so by."""

    observations: Observations
    minimum: int
