"""Over 200 draws of one wave, 95 % intervals cover the truth of the invented country."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from cauce.estimate import Estimates, cube
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.design import Design
from cauce.model.sample import Score
from cauce.sources.invented.country import SEED
from cauce.sources.invented.known import CODES, Known

from .drawn import Country, country_of, sample

pytestmark = pytest.mark.prove

YEAR, DRAWS = 2025, 200
FEWEST_CASES, FEWEST_DF = 30, 9
SILENT_ON_PAY = 0.085
DIMENSIONS = ("SEX", "AGE_YTH", "CBR_XCA", "REGION_XCA", "EDU", "OCU", "ECO", "CBR")
GROUPINGS = (
    (), ("SEX",), ("CBR_XCA",), ("SEX", "CBR_XCA"), ("SEX", "AGE_YTH"), ("REGION_XCA",),
    ("REGION_XCA", "SEX"), ("REGION_XCA", "CBR"), ("EDU", "CBR"), ("OCU",), ("OCU", "CBR"),
    ("ECO", "CBR"),
)  # fmt: skip
INDICATORS = (
    "EMP_TEMP", "UNE_TUNE", "EAP_DWAP", "UNE_DEAP", "EMP_NIFL_RT", "TRU_DEMP", "LUU_XLU4",
    "HOW_UEMP", "EAR_XEES", "EIP_NEET",
)  # fmt: skip


@dataclass
class Tally:
    """What the draws brought for the cells of one grouping; arrays of shape (cells, indicators)."""

    truth: Floats
    counted: Flags
    covered: Floats
    drawn: Floats
    cases: Floats
    df: Floats

    def add(self, found: Estimates) -> tuple[int, int]:
        """Take in a draw; covered and all among those that are large enough in this draw."""
        covered = (found.ci_low <= self.truth) & (self.truth <= found.ci_high)
        self.covered += covered
        self.drawn += np.isfinite(found.value)
        self.cases += found.cases
        self.df += found.df
        fit = self.counted & (found.df >= FEWEST_DF) & (found.cases >= FEWEST_CASES)
        return int(covered[fit].sum()), int(fit.sum())

    @property
    def large_enough(self) -> Flags:
        """By the average draw: choosing draws by their own cases would favour high estimates."""
        often = self.drawn == DRAWS
        enough = (self.cases >= FEWEST_CASES * DRAWS) & (self.df >= FEWEST_DF * DRAWS)
        return self.counted & often & enough


def test_ninety_five_percent_intervals_cover_the_truth(country: Country) -> None:
    tallies = [tally_of(country, names) for names in GROUPINGS]
    pooled, size = np.zeros(2), np.zeros(2)
    chance = np.random.default_rng(SEED)
    for number in range(DRAWS):
        rows, design = sample(country, YEAR, number)
        size += (len(rows), design.weight.sum())
        answered = chance.random(len(rows)) >= SILENT_ON_PAY
        for tally, found in zip(tallies, estimates(country, rows, design, answered), strict=True):
            pooled += tally.add(found)
    shares = report(tallies, pooled, size / DRAWS)
    assert 0.93 <= pooled[0] / pooled[1] <= 0.97
    assert shares.min() >= 0.89


@pytest.fixture(scope="module")
def country() -> Country:
    return country_of(YEAR, DIMENSIONS, INDICATORS)


def estimates(
    country: Country, rows: Ints, design: Design, answered: Flags
) -> tuple[Estimates, ...]:
    sizes = [len(CODES[name]) + 1 for name in DIMENSIONS]
    columns = [country.classes[name][rows].astype(np.int32) for name in DIMENSIONS]
    groupings = [tuple(DIMENSIONS.index(name) for name in names) for names in GROUPINGS]
    return cube(design, columns, sizes, groupings, list(scores_of(country, rows, answered)))


def scores_of(country: Country, rows: Ints, answered: Flags) -> Iterator[Score]:
    for name in INDICATORS:
        known = country.scores[name]
        inside = known.inside[rows]
        if name == "EAR_XEES":
            inside = inside & answered
        base = None if known.denominator is None else known.denominator[rows]
        amount = known.estimator == "mean"
        yield Score(name, inside, known.numerator[rows], base, 0, amount, known.estimator)


def tally_of(country: Country, names: tuple[str, ...]) -> Tally:
    """The truth of a grouping, and which of its cells are a test at all."""
    shape = tuple(len(CODES[name]) + 1 for name in names)
    codes = [country.classes[name].astype(np.int64) for name in names]
    people = len(country.classes["SEX"])
    cell = np.ravel_multi_index(codes, shape) if names else np.zeros(people, dtype=np.int64)
    size = int(np.prod(shape))
    truth = np.stack([true_values(country.scores[name], cell, size) for name in INDICATORS], axis=1)
    positions = np.stack(np.unravel_index(np.arange(size), shape), axis=1) if names else None
    applies = np.ones(size, dtype=np.bool_)
    if positions is not None:
        applies = (positions < np.array(shape) - 1).all(axis=1)
    # A rate that is 0 or 1 by definition is covered by definition.
    share = np.array([country.scores[name].estimator in ("rate", "ratio") for name in INDICATORS])
    counted = applies[:, None] & (~share | ((truth > 0) & (truth < 1)))
    return Tally(truth, counted, *(np.zeros(truth.shape) for _ in range(4)))


def true_values(known: Known, cell: Ints, size: int) -> Floats:
    inside = cell[known.inside]
    above = np.bincount(inside, known.numerator[known.inside], size)
    if known.estimator == "total":
        return above
    base = None if known.denominator is None else known.denominator[known.inside]
    below = np.bincount(inside, base, size)
    return np.divide(above, below, out=np.full(size, np.nan), where=below > 0)


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def report(tallies: list[Tally], pooled: Floats, size: Floats) -> Floats:
    """Print what was found; the coverage of every cell that is large enough."""
    everything = []
    tell(f"\n{DRAWS} draws of {size[0]:,.0f} people standing for {size[1]:,.0f}")
    for s, name in enumerate(INDICATORS):
        parts = [(t.covered[t.large_enough[:, s], s] / DRAWS) for t in tallies]
        shares = np.concatenate(parts)
        everything.append(shares)
        tell(f"{name:12} {len(shares):4} cells, mean {shares.mean():.3f}, least {shares.min():.3f}")
    shares = np.concatenate(everything)
    tell(f"{len(shares)} cells, mean {shares.mean():.4f}, least {shares.min():.3f}")
    tell(f"pooled: {pooled[0]:,.0f} of {pooled[1]:,.0f} intervals, {pooled[0] / pooled[1]:.4f}")
    return shares
