"""Over 200 draws, the 95 % intervals of every other estimator cover the truth too.

Two waves of the invented country are drawn together, of which most PSUs are in both. What is true
is counted on all of its people by formulas of this file.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from cauce.estimate import change, compare, estimate, pooled
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.missing import Missing
from cauce.model.pair import Pair
from cauce.model.sample import Sample, Score
from cauce.model.text import Text
from cauce.sources.invented.country import SEED
from cauce.sources.invented.known import CODES

from .drawn import Country, country_of, sample

pytestmark = pytest.mark.prove

YEARS, DRAWS = (2024, 2025), 200
FEWEST, FEWEST_DF = 30, 9
SILENT_ON_PAY = 0.085
DIMENSIONS = ("SEX", "AGE_YTH", "CBR", "REGION_XCA", "EDU", "OCU", "ECO")
KNOWN = ("EAR_XEES", "UNE_DEAP", "EMP_TEMP", "EMP_NIFL_RT", "EMP_DWAP")
BY = ("REGION_XCA", "EDU")
LINEAR = ("EMP_TEMP", "UNE_DEAP", "EMP_NIFL_RT", "EAR_XEES")
WORD = Text("x", "x")


def indicator(name: str, estimator: str, **more: Any) -> Indicator:
    return Indicator(name, WORD, WORD, estimator, "", "", "", "", 1, 1, "", **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Case:
    """An estimator: its indicator, what it is of, the two domains, and its truth in a cell."""

    indicator: Indicator
    of: str
    truth: Callable[["People"], float]
    domains: tuple[str, int, int] | None = None


@dataclass(frozen=True)
class People:
    """People of one cell, and everybody's threshold of low pay."""

    y: Floats
    first: Flags
    second: Flags
    groups: Ints
    codes: Ints
    low: float


def gini_of(p: People) -> float:
    y = np.sort(p.y)
    rank = np.arange(1, len(y) + 1)
    return float(((2 * rank - len(y) - 1) * y).sum() / (len(y) * y.sum()))


def quantile_of(p: People, order: float) -> float:
    return float(np.sort(p.y)[int(np.ceil(order * len(p.y) - 1e-9)) - 1])


def means(p: People) -> tuple[float, float]:
    return float(p.y[p.first].mean()), float(p.y[p.second].mean())


def factor_gap_of(p: People) -> float:
    above = below = 0.0
    for g in np.unique(p.groups):
        one, two = p.y[p.first & (p.groups == g)], p.y[p.second & (p.groups == g)]
        if len(one) and len(two):
            above += len(two) * (1 - two.mean() / one.mean())
            below += len(two)
    return above / below


def dissimilarity_of(p: People) -> float:
    one, two = (np.bincount(p.codes[who], minlength=12) / who.sum() for who in (p.first, p.second))
    return float(np.abs(one - two).sum() / 2)


SEXES, BIRTH, YOUTH = ("SEX", 0, 1), ("CBR", 0, 1), ("AGE_YTH", 1, 2)
CASES = (
    *(
        Case(
            indicator(f"D{order:.0%}", "quantile", p=(order,)),
            "EAR_XEES",
            lambda p, order=order: quantile_of(p, order),
        )
        for order in (0.1, 0.5, 0.9)
    ),
    Case(
        indicator("D9/D1", "quantile_ratio", p=(0.9, 0.1)),
        "EAR_XEES",
        lambda p: quantile_of(p, 0.9) / quantile_of(p, 0.1),
    ),
    Case(indicator("Gini", "gini"), "EAR_XEES", gini_of),
    Case(
        indicator("low pay", "low", p=(0.5,), fraction=2 / 3),
        "EAR_XEES",
        lambda p: float((p.y < p.low).mean()),
    ),
    Case(
        indicator("difference, rates", "difference"),
        "UNE_DEAP",
        lambda p: means(p)[0] - means(p)[1],
        BIRTH,
    ),
    Case(
        indicator("difference, means", "difference"),
        "EAR_XEES",
        lambda p: means(p)[0] - means(p)[1],
        SEXES,
    ),
    Case(
        indicator("relative gap, sexes", "relative_gap"),
        "EAR_XEES",
        lambda p: 1 - means(p)[1] / means(p)[0],
        SEXES,
    ),
    Case(
        indicator("relative gap, birth", "relative_gap"),
        "EAR_XEES",
        lambda p: 1 - means(p)[1] / means(p)[0],
        BIRTH,
    ),
    Case(
        indicator("quotient, youth", "quotient"),
        "UNE_DEAP",
        lambda p: means(p)[0] / means(p)[1],
        YOUTH,
    ),
    Case(indicator("factor gap", "factor_gap"), "EAR_XEES", factor_gap_of, SEXES),
    Case(indicator("dissimilarity", "dissimilarity"), "EMP_TEMP", dissimilarity_of, BIRTH),
)


Tallies = dict[str, dict["Key", list[tuple[bool, float]]]]
Key = tuple[str, str, int]
"""What is estimated, by which dimension, and the code's position in the dataflow (0 the total)."""


def test_ninety_five_percent_intervals_cover_the_truth_of_every_estimator() -> None:
    countries = [country_of(year, DIMENSIONS, KNOWN) for year in YEARS]
    was, truth = dict(truths(countries[0])), dict(truths(countries[1]))
    changed = {
        (f"change {name}", *at): now - was[name, *at]
        for (name, *at), now in truth.items()
        if not name.startswith("pair")
    }
    truth |= changed | dict(truths_of_both(countries))
    tallies: Tallies = {}
    for number in range(DRAWS):
        chance = np.random.default_rng((SEED, number))
        waves = [
            drawn(country, year, number, chance)
            for country, year in zip(countries, YEARS, strict=True)
        ]
        for key, _, low, high, n, df in found_in(waves):
            if key in truth and n > 0 and df >= FEWEST_DF:
                covered = low <= truth[key] <= high
                own = tallies.setdefault(key[0], {}).setdefault(key, [])
                own.append((covered, n))
    shares = report(tallies)
    assert len(shares) == 2 * (len(CASES) + 1) + len(OF_ALL) + 3 * len(LINEAR)
    assert 0.93 <= np.mean(list(shares.values())) <= 0.97
    assert all(0.92 <= share <= 0.98 for share in shares.values()), shares


def report(
    tallies: dict[str, dict[Key, list[tuple[bool, float, float, float]]]],
) -> dict[str, float]:
    """Print what was found of cells that are large on average; the mean coverage by estimator."""
    sys.stdout.write(f"\n{'estimator':28}{'cells':>6}{'mean':>8}{'least':>8}\n")
    found = {}
    for name, cells in tallies.items():
        large = [
            np.array(own)[:, 0].mean()
            for own in cells.values()
            if len(own) >= 0.95 * DRAWS and np.array(own)[:, 1].mean() >= FEWEST
        ]
        found[name] = float(np.mean(large)) if large else float("nan")
        least = min(large, default=float("nan"))
        sys.stdout.write(f"{name:28}{len(large):6}{found[name]:8.3f}{least:8.3f}\n")
    return found


def dimension(name: str, codes: tuple[str, ...]) -> Dimension:
    return Dimension(name, WORD, tuple(Code(code, WORD) for code in codes), f"CL_{name}")


def flow(own: tuple[str, ...], indicators: tuple[Indicator, ...]) -> Dataflow:
    names = tuple(one.id for one in indicators)
    every = (
        *(dimension(name, codes) for name, codes in FIXED),
        dimension("INDICATOR", names),
        *(dimension(name, ("_T", *CODES[name], "_U", "_Z")) for name in own),
        dimension("TIME_PERIOD", ("2024", "2025", "both")),
    )
    return Dataflow(
        "+".join(own), "1.0", WORD, every, indicators,
        Source("S", "X", WORD, WORD, "", "", True), Method("", "", "", "", "", ""),
    )  # fmt: skip


FIXED = (("FREQ", ("A",)), ("REF_AREA", ("X",)))
ESTIMATORS = {"EMP_TEMP": "total", "UNE_DEAP": "rate", "EMP_NIFL_RT": "rate", "EAR_XEES": "mean"}
PLAIN = tuple(indicator(name, kind) for name, kind in ESTIMATORS.items())
SHARE = indicator("share", "share", within="ECO")
BENT = tuple(case.indicator for case in CASES)
FLOWS = [flow((name,), BENT) for name in BY] + [flow(("ECO",), (SHARE,))]
PLAIN_FLOWS = [flow((name,), PLAIN) for name in BY]
PAIR_FLOWS = [flow((name, "CBR"), PLAIN) for name in BY]
OF_ALL = tuple(case.indicator for case in CASES if not case.domains)
BENT_PAIR_FLOWS = [flow((name, "CBR"), OF_ALL) for name in BY]
PAIR = Pair("BIRTH", WORD, "CBR", "NAT", "FRG")


def drawn(country: Country, year: int, number: int, chance: np.random.Generator) -> Sample:
    """A wave as a sample: everyone's codes, and a score for every case."""
    rows, design = sample(country, year, number)
    columns = {name: codes_of(country, name, rows) for name in DIMENSIONS}
    answered = chance.random(len(rows)) >= SILENT_ON_PAY
    return Sample(str(year), design, columns, tuple(scores_of(country, rows, columns, answered)))


def codes_of(country: Country, name: str, rows: Ints) -> Codes:
    codes = country.classes[name][rows].astype(np.int32)
    return np.where(codes < len(CODES[name]), codes, Missing.NOT_APPLICABLE).astype(np.int32)


def scores_of(
    country: Country, rows: Ints, columns: dict[str, Codes], answered: Flags
) -> Iterator[Score]:
    known = {name: country.scores[name] for name in KNOWN}
    inside = {name: one.inside[rows] for name, one in known.items()}
    inside["EAR_XEES"] = inside["EAR_XEES"] & answered
    for name, kind in ESTIMATORS.items():
        pay = name == "EAR_XEES"
        yield Score(name, inside[name], known[name].numerator[rows], None, 0, pay, kind)  # type: ignore[arg-type]
    employed = known["EMP_TEMP"].numerator[rows]
    yield Score("share", inside["EMP_TEMP"] & (employed > 0), employed, None, 0, False, "share")
    for case in CASES:
        here, y = inside[case.of], known[case.of].numerator[rows]
        score = Score(
            case.indicator.id, here, y, None, 0, case.of == "EAR_XEES", case.indicator.estimator
        )
        if case.domains:
            dim, one, two = case.domains
            score = replace(score, first=columns[dim] == one, second=columns[dim] == two)
        if case.indicator.id == "factor gap":
            score = replace(score, factors=(columns["EDU"], columns["AGE_YTH"]))
        if case.indicator.id == "dissimilarity":
            score = replace(score, inside=here & (y > 0), across=columns["OCU"])
        yield score


def found_in(waves: list[Sample]) -> Iterator[tuple[Key, float, float, float, float, float]]:
    """Key, value, interval, respondents and degrees of freedom of everything estimated."""
    bent, plain = [one.id for one in BENT], list(ESTIMATORS)
    for cells in estimate(waves[1], FLOWS):
        yield from rows_of(cells, ["share"] if cells.dataflow.id == "ECO" else bent, PARTS)
    for cells in estimate(pooled(waves, "both"), PLAIN_FLOWS):
        yield from rows_of(cells, [f"pooled {name}" for name in plain], PARTS)
    for table in change(*waves, PLAIN_FLOWS):
        yield from rows_of(table, [f"change {name}" for name in plain], ("difference", *PARTS[1:]))
    for table in change(*waves, FLOWS):
        names = ["share"] if table.dataflow.id == "ECO" else bent
        yield from rows_of(table, [f"change {name}" for name in names], ("difference", *PARTS[1:]))
    for table in compare(waves[1], PAIR_FLOWS, [PAIR]):
        yield from rows_of(table, [f"pair {name}" for name in plain], ("difference", *PARTS[1:]))
    for table in compare(waves[1], BENT_PAIR_FLOWS, [PAIR]):
        names = [one.id for one in table.dataflow.indicators]
        yield from rows_of(table, [f"pair {name}" for name in names], ("difference", *PARTS[1:]))


def rows_of(table: Any, names: list[str], parts: tuple[str, ...]) -> Iterator[Any]:
    by = table.dataflow.id.split("+")[0]
    columns = [getattr(table, part).tolist() for part in parts]
    for key, *found in zip(table.key.tolist(), *columns, strict=True):
        yield (names[key[2]], by, key[3]), *found


PARTS = ("value", "ci_low", "ci_high", "n", "df")


def places(country: Country) -> Iterator[tuple[str, int, Flags]]:
    """Every cell: dimension, position in the dataflow, who is in it."""
    for name in BY:
        yield name, 0, np.ones(len(country.classes["SEX"]), dtype=np.bool_)
        for at in range(len(CODES[name])):
            yield name, at + 1, country.classes[name] == at


def truths(country: Country) -> Iterator[tuple[Key, float]]:
    """What is true of each case and cell, and of pairs and shares."""
    pay = country.scores["EAR_XEES"]
    low = 2 / 3 * float(np.sort(pay.numerator[pay.inside])[int(np.ceil(pay.inside.sum() / 2)) - 1])
    groups = country.classes["EDU"].astype(np.int64) * 10 + country.classes["AGE_YTH"]
    for name, at, here in places(country):
        for case in CASES:
            known = country.scores[case.of]
            inside = known.inside & here
            if case.indicator.id == "dissimilarity":
                inside = inside & (known.numerator > 0)
            dim, one, two = case.domains or ("SEX", 0, 1)
            own = country.classes[dim][inside]
            yield (
                (case.indicator.id, name, at),
                case.truth(People(known.numerator[inside], own == one, own == two, groups[inside],
                    country.classes["OCU"][inside].astype(np.int64), low)),
            )  # fmt: skip
        birth = country.classes["CBR"]
        for case in CASES:
            if not case.domains:
                known = country.scores[case.of]
                both = [known.inside & here & (birth == code) for code in (0, 1)]
                one, other_one = (case.truth(of_all(known.numerator[who], low)) for who in both)
                yield (f"pair {case.indicator.id}", name, at), one - other_one
        for other in LINEAR:
            pair = [linear(country, other, here & (birth == code)) for code in (0, 1)]
            yield (f"pair {other}", name, at), value_of(other, pair[0]) - value_of(other, pair[1])
    employed = country.scores["EMP_TEMP"].numerator > 0
    count = np.bincount(country.classes["ECO"][employed], minlength=len(CODES["ECO"]) + 1)
    for code in range(len(CODES["ECO"])):
        yield ("share", "ECO", code + 1), float(count[code] / count[:-1].sum())


def of_all(y: Floats, low: float) -> People:
    """People in whom only an amount matters."""
    nobody = np.zeros(len(y), dtype=np.bool_)
    return People(y, nobody, nobody, nobody.astype(np.int64), nobody.astype(np.int64), low)


def truths_of_both(countries: list[Country]) -> Iterator[tuple[Key, float]]:
    for (name, at, old), (_, _, new) in zip(*map(places, countries), strict=True):
        for other in LINEAR:
            was, now = linear(countries[0], other, old), linear(countries[1], other, new)
            yield (f"change {other}", name, at), value_of(other, now) - value_of(other, was)
            yield (f"pooled {other}", name, at), value_of(other, (was + now) / 2)


def linear(country: Country, name: str, here: Flags) -> Floats:
    """Numerator and denominator of a cell."""
    known = country.scores[name]
    inside = known.inside & here
    return np.array([known.numerator[inside].sum(), inside.sum()], dtype=np.float64)


def value_of(name: str, sums: Floats) -> float:
    return float(sums[0] if ESTIMATORS[name] == "total" else sums[0] / sums[1])
