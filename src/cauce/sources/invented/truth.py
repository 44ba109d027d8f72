"""The truth of the invented country: what a census of everybody would have counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from cauce.model.arrays import Floats, Ints
from cauce.model.codelist import TOTAL
from cauce.sources.invented.country import SEED
from cauce.sources.invented.known import CODES, Known, classes, scores
from cauce.sources.invented.population import Population, strata_populations
from cauce.sources.invented.spreads import earners, spreads, together

EVERYTHING = (
    "POP", "POP_XWAP", "EAP_TEAP", "EMP_TEMP", "UNE_TUNE", "EIP_TEIP", "EAP_DWAP", "EMP_DWAP",
    "UNE_DEAP", "TRU_DEMP", "LUU_XLU4", "EMP_NIFL_RT", "HOW_TEMP", "HOW_UEMP", "EAR_XEES",
    "EIP_NEET", "SOC_RT",
)  # fmt: skip
ICLS_19 = (
    "POP_5WAP", "EAP_5EAP", "EMP_5EMP", "UNE_5UNE", "EIP_5EIP", "EAP_5WAP", "EMP_5WAP", "UNE_5EAP",
    "FOW_5SFP", "EMP_BREAK", "UNE_BREAK",
)  # fmt: skip


@dataclass(frozen=True)
class Count:
    """Indicators to count for every cross of some dimensions, with all margins."""

    indicators: tuple[str, ...]
    dimensions: tuple[str, ...]


COUNTS = (
    Count(EVERYTHING, ("SEX", "CBR_XCA")),
    Count(("POP", "EAP_DWAP", "EMP_DWAP", "UNE_DEAP"), ("SEX", "AGE_BAND")),
    Count(("POP", "UNE_DEAP", "EAP_DWAP", "EMP_NIFL_RT"), ("SEX", "REGION_XCA")),
    Count(("UNE_DEAP", "EAP_DWAP", "EMP_NIFL_RT"), ("CBR", "EDU")),
    Count(("EMP_TEMP", "HOW_UEMP", "EAR_XEES", "EMP_NIFL_RT"), ("CBR", "OCU")),
    Count(("EMP_TEMP", "HOW_TEMP", "EAR_XEES"), ("CBR", "ECO")),
    Count(("EMP_TEMP",), ("ISCO4",)),
    Count(ICLS_19, ("SEX",)),
    Count(("EMP_5EMP", "EMP_5WAP", "UNE_5EAP", "EMP_BREAK"), ("SEX", "AGE_BAND")),
    Count(("EMP_5EMP", "EMP_BREAK"), ("SEX", "REGION_XCA")),
    Count(("EMP_BREAK", "EMP_NIFL_RT", "SOC_RT", "LUU_XLU4", "HOW_TEMP"), ("SEX", "CBR")),
)
DIMENSIONS = tuple(dict.fromkeys(name for one in COUNTS for name in one.dimensions))


@dataclass(frozen=True)
class Fact:
    """The true value of an indicator in a year and a domain.

    `codes` has one code for each of DIMENSIONS, "_T" where not broken down. The value is in the
    unit in which the indicator is published; NaN where the domain is empty.
    """

    year: int
    indicator: str
    codes: tuple[str, ...]
    value: float


def truth(
    years: Sequence[int], seed: int = SEED, counts: Sequence[Count] = COUNTS
) -> Iterator[Fact]:
    """Every fact of some years, each once."""
    for year in years:
        yield from facts_of(year, strata_populations(year, seed), counts)


def facts_of(
    year: int, parts: Iterable[Population], counts: Sequence[Count] = COUNTS
) -> Iterator[Fact]:
    """Every fact of a year, each once, counted from parts of the population."""
    sums = [np.zeros((len(one.indicators), 2, *_shape(one))) for one in counts]
    known: dict[str, Known] = {}
    paid = []
    for part in parts:
        paid.append(earners(part))
        own, known = classes(part), scores(part)
        for one, table in zip(counts, sums, strict=True):
            table += _count(one, own, known)
    seen = set()
    for one, table in zip(counts, sums, strict=True):
        for fact in _facts(year, one, table, known):
            if (fact.indicator, fact.codes) not in seen:
                seen.add((fact.indicator, fact.codes))
                yield fact
    for indicator, codes, value in spreads(together(paid)):
        yield Fact(year, indicator, tuple(codes.get(d, TOTAL) for d in DIMENSIONS), value)


def _shape(one: Count) -> tuple[int, ...]:
    return tuple(len(CODES[name]) + 1 for name in one.dimensions)


def _count(one: Count, own: dict[str, Ints], known: dict[str, Known]) -> Floats:
    """Numerators and denominators, shape (indicators, 2, codes of each dimension)."""
    shape = _shape(one)
    cell = np.ravel_multi_index([own[name] for name in one.dimensions], shape)
    size = int(np.prod(shape))
    tables = []
    for name in one.indicators:
        score = known[name]
        inside = cell[score.inside]
        above = np.bincount(inside, score.numerator[score.inside], size)
        base = None if score.denominator is None else score.denominator[score.inside]
        tables.append(np.stack([above, np.bincount(inside, base, size)]))
    stacked: Floats = np.stack(tables).astype(np.float64)
    return stacked.reshape(len(one.indicators), 2, *shape)


def _facts(year: int, one: Count, table: Floats, known: dict[str, Known]) -> Iterator[Fact]:
    positions = [(None, *range(len(CODES[name]))) for name in one.dimensions]
    for where in product(*positions):
        codes = {
            name: CODES[name][at]
            for name, at in zip(one.dimensions, where, strict=True)
            if at is not None
        }
        part = _domain(table, where)
        for at, name in enumerate(one.indicators):
            value = _value(known[name], *part[at].tolist())
            yield Fact(year, name, tuple(codes.get(d, TOTAL) for d in DIMENSIONS), value)


def _domain(table: Floats, where: tuple[int | None, ...]) -> Floats:
    """Sums over the dimensions that are not broken down, shape (indicators, 2)."""
    part = table
    for axis in reversed(range(len(where))):
        at = where[axis]
        rest = part.sum(axis=axis + 2) if at is None else part.take(at, axis=axis + 2)
        part = np.asarray(rest)
    return part


def _value(score: Known, above: float, below: float) -> float:
    if score.estimator == "total":
        return above
    return score.scale * above / below if below else float("nan")
