"""A national office's own population and rates, in one CSV that stands in for the UN's.

Columns: quantity, year, sex, age, value, source. One line is one number:

| quantity | year | sex | age | value |
|---|---|---|---|---|
| population | of the count | F, M | 0-4 … 80+ | people |
| death_rate | at which five years begin | F, M | 0, 1, 5, 10 … 80 | deaths a person and year |
| birth_rate | the same | F | 0-4 … 80+ | births a woman and year; 0 where none |
| boys_per_girl | the same | | | boys born per girl born |
| net_migrants | the same | F, M | 0-4 … 80+ | who comes less who goes in the five years |
| emigrants | the same | F, M | 0-4 … 80+ | who of them goes; may be left out |
| total_low, total_high | any | | | ends of the 80 % interval of the total; may be left out |
"""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.outlook.people import (
    SEXES,
    Population,
    Schedules,
    bands,
    check_population,
    refuse_negative,
    survival,
)

COLUMNS = ("quantity", "year", "sex", "age", "value", "source")
GIVES = {
    "population": "population",
    "death_rate": "mortality",
    "birth_rate": "fertility",
    "boys_per_girl": "sex_ratio",
    "net_migrants": "migration",
}
"""The input (`people.INPUTS`) that each quantity is."""
EXTRA = ("emigrants", "total_low", "total_high")
"""What a file may leave out without being any less a projection."""
Numbers = dict[tuple[int, str, str], float]


@dataclass(frozen=True)
class National:
    """What a national office gives: its population, and schedules of the five-year periods after.

    `given` are the inputs there are by name; `periods` are empty unless all of them are there, and
    so are `deaths`, the death rates by period, sex and age, shape (p, 2, b + 1), and `emigrants`,
    (p, 2, b), which a file may lack besides. `limits` are years and the ends of the total's 80 %
    interval, shape (3, l). `sources` are whose numbers they are.
    """

    population: Population
    periods: tuple[Schedules, ...]
    given: tuple[str, ...]
    sources: tuple[str, ...]
    deaths: Floats
    emigrants: Floats
    limits: Floats


def read_national(path: Path) -> National:
    """The population and, where all are given, the schedules of a national file.

    Raises:
        BadInput: another header, an unknown quantity, a number that is none or stands twice, a line
            without a source, a band or sex missing, or periods that do not follow the population
            every five years.
    """
    found, said = _read(path)
    population = _population(path.name, found["population"])
    given = tuple(GIVES[name] for name in GIVES if found[name])
    rates = _rates(path.name, found, population) if len(given) == len(GIVES) else Rates()
    limits = _limits(path.name, found)
    return National(population, rates.periods, given, said, rates.deaths, rates.emigrants, limits)


def _read(path: Path) -> tuple[dict[str, Numbers], tuple[str, ...]]:
    if not path.is_file():
        raise BadInput(f"There is no national file {path}.")
    found: dict[str, Numbers] = defaultdict(dict)
    said: dict[str, None] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise BadInput(f"{path.name}: the header has to be {','.join(COLUMNS)}.")
            for line, row in enumerate(rows, start=2):
                _take(f"{path.name}, line {line}", row, found)
                said[row["source"]] = None
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{path.name} is not a UTF-8 CSV.") from error
    return found, tuple(said)


def _take(where: str, row: dict[str, str], found: dict[str, Numbers]) -> None:
    if None in row or None in row.values():
        raise BadInput(f"{where}: not {len(COLUMNS)} values.")
    if row["quantity"] not in (*GIVES, *EXTRA):
        raise BadInput(f"{where}: {row['quantity']!r} is none of {', '.join((*GIVES, *EXTRA))}.")
    if not row["source"].strip():
        raise BadInput(f"{where}: no source. A number that stands in for the UN's has one.")
    try:
        key = (int(row["year"]), row["sex"], row["age"])
        value = float(row["value"])
    except ValueError as error:
        raise BadInput(f"{where}: the year or the value is no number.") from error
    if key in found[row["quantity"]]:
        raise BadInput(f"{where}: the same {row['quantity']} stands twice.")
    found[row["quantity"]][key] = value


def _population(name: str, numbers: Numbers) -> Population:
    years = sorted({year for year, _, _ in numbers})
    if len(years) != 1:
        raise BadInput(f"{name}: a population of one year is needed; there are {len(years)}.")
    told = [age for _, _, age in numbers if age.endswith("+") and age[:-1].isdecimal()]
    if not told:
        raise BadInput(f"{name}: the population has no open band at the end, as 80+.")
    ages = bands(int(told[0][:-1]))
    people = _filled(name, "population", numbers, years[0], SEXES, ages)
    found = Population(ages, np.array([float(years[0])]), people[None])
    check_population(found)
    return found


@dataclass(frozen=True)
class Rates:
    """What befalls a population in each period; nothing where a file does not give it all."""

    periods: tuple[Schedules, ...] = ()
    deaths: Floats = field(default_factory=lambda: np.empty((0, 2, 0)))
    emigrants: Floats = field(default_factory=lambda: np.empty((0, 2, 0)))


def _rates(name: str, found: dict[str, Numbers], population: Population) -> Rates:
    begun = int(population.years[0])
    starts = sorted({year for year, _, _ in found["death_rate"]})
    if starts != list(range(begun, begun + 5 * len(starts), 5)):
        raise BadInput(
            f"{name}: the rates begin in {', '.join(map(str, starts))}; after the population of "
            f"{begun} they begin in {begun}, {begun + 5} and so on."
        )
    opened, ages = int(population.ages[-1][:-1]), population.ages
    dying = ("0", "1", *(str(age) for age in range(5, opened + 1, 5)))

    def of(quantity: str, sexes: tuple[str, ...], ages: tuple[str, ...]) -> Floats:
        numbers = found[quantity]
        if {year for year, _, _ in numbers} != set(starts):
            raise BadInput(f"{name}: {quantity} is given for other years than death_rate.")
        return np.stack([_filled(name, quantity, numbers, year, sexes, ages) for year in starts])

    deaths, births = of("death_rate", SEXES, dying), of("birth_rate", ("F",), ages)[:, 0]
    boys, net = of("boys_per_girl", ("",), ("",))[:, 0, 0], of("net_migrants", SEXES, ages)
    gone = of("emigrants", SEXES, ages) if found["emigrants"] else Rates().emigrants
    refuse_negative(f"{name}, emigrants", gone)
    periods = tuple(
        Schedules(survival(dead), born, float(ratio), came)
        for dead, born, ratio, came in zip(deaths, births, boys, net, strict=True)
    )
    return Rates(periods, deaths, gone)


def _limits(name: str, found: dict[str, Numbers]) -> Floats:
    low, high = found["total_low"], found["total_high"]
    if set(low) != set(high) or any(key[1:] != ("", "") for key in low):
        raise BadInput(
            f"{name}: total_low and total_high are of the same years, and of no sex or age."
        )
    years = sorted(year for year, _, _ in low)
    return np.array([years, *([ends[year, "", ""] for year in years] for ends in (low, high))])


def _filled(
    name: str,
    quantity: str,
    numbers: Numbers,
    year: int,
    sexes: tuple[str, ...],
    ages: tuple[str, ...],
) -> Floats:
    """The numbers by sex and age; every one is needed and no other is there."""
    wanted = {(year, sex, age) for sex in sexes for age in ages}
    here = {key for key in numbers if key[0] == year}
    if lacking := wanted - here:
        listed = ", ".join(sorted(f"{sex} {age}".strip() or "the value" for _, sex, age in lacking))
        raise BadInput(f"{name}: {quantity} of {year} lacks {listed}.")
    if unknown := here - wanted:
        listed = ", ".join(sorted(f"{sex} {age}" for _, sex, age in unknown))
        raise BadInput(f"{name}: {quantity} of {year} has what does not belong there: {listed}.")
    return np.array([[numbers[year, sex, age] for age in ages] for sex in sexes])
