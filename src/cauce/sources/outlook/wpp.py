"""The UN's World Population Prospects, in the text files of the R packages wpp2019 and wpp2024.

A file is a table separated by tabs: country_code (M49), name, age where there is one, and a column
for each year or period, in thousands. What is needed are the 2019 files of people by age and sex,
with the medium variant, and the 2024 files of totals with the limits of 80 %. The schedules behind
the medium variant (mxF, mxM, percentASFR, tfr, tfrprojMed, sexRatio) are read where they lie in the
same folder; no file of 2019 tells migration by age.
"""

import csv
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import pycountry

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.projected import NotProducible
from cauce.model.text import Text
from cauce.outlook.people import Population, Schedules, Totals, bands, check_population, survival

THOUSAND, STEP = 1000.0, 5
AGES = bands(100)
DEATH_AGES = ("0", "1", *(str(age) for age in range(5, 101, 5)))
MOTHERS = slice(3, 10)
"""The bands 15-19 to 45-49, of which the UN gives the share of births."""
SCHEDULES = ("mxF", "mxM", "percentASFR", "tfr", "tfrprojMed", "sexRatio")
DEATHS = "death rates of the population by sex and age"
COMPARISON = "own cohort projection beside the UN's medium variant"


@dataclass(frozen=True)
class Table:
    """The rows of one country: columns are years or periods, rows ages ("" without an age)."""

    file: str
    columns: tuple[str, ...]
    ages: tuple[str, ...]
    numbers: Floats


def un_files(folder: Path) -> tuple[tuple[str, str, int], ...]:
    """The UN's files in a folder: name, hash of the bytes, and size."""
    found = ((path.name, path.read_bytes()) for path in sorted(folder.glob("WPP20*.txt")))
    return tuple((name, sha256(data).hexdigest(), len(data)) for name, data in found)


def un_population(folder: Path, area: str) -> Population:
    """People by sex and age on 1 July, every five years from 1950, from 2025 on as projected.

    Raises:
        BadInput: a file is missing, has another header, or does not know the country (ISO 3166-1
            alpha-3) or one of its ages.
    """
    parts, years = [], []
    for known in ("pop{}", "pop{}projMed"):
        both = [_table(folder, f"WPP2019_{known.format(sex)}.txt", area, True) for sex in "FM"]
        if both[0].columns != both[1].columns:
            raise BadInput(f"{both[0].file} and {both[1].file} are not of the same years.")
        years += [float(year) for year in both[0].columns]
        parts.append(np.stack([_by_age(each, AGES) for each in both], axis=1))
    people = np.concatenate(parts) * THOUSAND
    found = Population(AGES, np.array(years), people)
    check_population(found)
    return found


def un_totals(folder: Path, area: str) -> Totals:
    """Totals at the middle of each year from 2025 to 2100, with the limits of 80 % around them.

    The files of 2024 are of 31 December (README of wpp2024), those of 2019 by age of 1 July: the
    middle of a year is the mean of its two ends, and so are its limits.

    Raises:
        BadInput: as `un_population`.
    """
    low, middle, high = (
        _table(folder, f"WPP2024_{name}.txt", area, False)
        for name in ("popproj80l", "popprojMed", "popproj80u")
    )
    if not low.columns == middle.columns == high.columns:
        raise BadInput("The WPP2024 files of totals and of their limits are not of the same years.")
    ends = np.array([float(year) for year in middle.columns])
    if len(ends) < 2 or (np.diff(ends) != 1).any():
        raise BadInput(f"{middle.file} is not of every year: the middle of a year lacks an end.")
    halves = (each.numbers[0] * THOUSAND for each in (low, middle, high))
    return Totals(ends[1:], *((each[1:] + each[:-1]) / 2 for each in halves))


def un_migration(folder: Path, area: str) -> tuple[Floats, Floats]:
    """Years from 1950, and the people who came less those who went, of both sexes and all ages.

    The projections lean on it but it has no future: no file of 2024 here tells that.

    Raises:
        BadInput: as `un_population`.
    """
    found = _table(folder, "WPP2024_migration.txt", area, False)
    years = [name for name in found.columns if name.isdecimal()]
    at = [found.columns.index(name) for name in years]
    return np.array([float(year) for year in years]), found.numbers[0, at] * THOUSAND


def un_death_rates(folder: Path, area: str, first: int, periods: int) -> Floats | NotProducible:
    """Deaths a person and year by period, sex and age, shape (p, 2, 22), or what is missing.

    Args:
        first: the year at which the first period of five years begins.

    Returns:
        the rates of the medium variant, or what is missing: the files of the schedules are another
        download than those of the population.

    Raises:
        BadInput: as `un_population`, or a file does not cover the periods.
    """
    return _absent(DEATHS, folder, ("mxF", "mxM")) or _dying(folder, area, _periods(first, periods))


def un_schedules(
    folder: Path, area: str, first: int, migrants: Floats
) -> tuple[Schedules, ...] | NotProducible:
    """Fertility and mortality of the medium variant from a year on, with migrants given by age.

    Args:
        first: the year at which the first period of five years begins.
        migrants: net migrants of each period by sex and age, shape (p, 2, 21).

    Returns, raises: as `un_death_rates`.
    """
    if missing := _absent(COMPARISON, folder, SCHEDULES):
        return missing
    periods = _periods(first, len(migrants))
    rates = _dying(folder, area, periods)
    mothers = _at(_table(folder, "WPP2019_percentASFR.txt", area, True), periods, AGES[MOTHERS])
    children = _total_fertility(folder, area, periods)
    boys = _at(_table(folder, "WPP2019_sexRatio.txt", area, False), periods, ("",))[:, 0]
    births = np.zeros((len(periods), len(AGES)))
    births[:, MOTHERS] = mothers / 100 * children[:, None] / STEP
    return tuple(
        Schedules(survival(rates[at]), births[at], float(boys[at]), migrants[at])
        for at in range(len(periods))
    )


def _dying(folder: Path, area: str, periods: list[str]) -> Floats:
    tables = (_table(folder, f"WPP2019_mx{sex}.txt", area, True) for sex in "FM")
    return np.stack([_at(one, periods, DEATH_AGES) for one in tables], axis=1)


def _periods(first: int, count: int) -> list[str]:
    return [f"{year}-{year + STEP}" for year in range(first, first + STEP * count, STEP)]


def _absent(output: str, folder: Path, wanted: tuple[str, ...]) -> NotProducible | None:
    files = [f"WPP2019_{name}.txt" for name in wanted]
    if not (absent := [name for name in files if not (folder / name).is_file()]):
        return None
    listed = ", ".join(absent)
    return NotProducible(
        output,
        Text(
            f"The folder has no schedules of the medium variant: {listed}. Take them from the "
            "R package wpp2019, folder data.",
            f"La carpeta no tiene las tablas de la variante media: {listed}. Tómelas del "
            "paquete wpp2019 de R, carpeta data.",
        ),
    )


def un_period_migration(folder: Path, area: str, first: int, periods: int) -> Floats:
    """Net migrants of each five years of the 2019 medium variant, of all ages, shape (p,).

    Raises:
        BadInput: as `un_population`, or the file does not cover the periods.
    """
    names = [f"{year}-{year + STEP}" for year in range(first, first + STEP * periods, STEP)]
    found = _table(folder, "WPP2019_migration.txt", area, False)
    return _at(found, names, ("",))[:, 0] * THOUSAND


def _total_fertility(folder: Path, area: str, periods: list[str]) -> Floats:
    known: dict[str, float] = {}
    for name in ("tfr", "tfrprojMed"):
        found = _table(folder, f"WPP2019_{name}.txt", area, False)
        known |= dict(zip(found.columns, found.numbers[0].tolist(), strict=True))
    if absent := [period for period in periods if period not in known]:
        raise BadInput(f"WPP2019_tfr.txt and tfrprojMed.txt lack {', '.join(absent)}.")
    return np.array([known[period] for period in periods])


def _at(found: Table, periods: list[str], ages: tuple[str, ...]) -> Floats:
    """The numbers of these periods by age, shape (p, a)."""
    if absent := [period for period in periods if period not in found.columns]:
        raise BadInput(f"{found.file} has no column {', '.join(absent)}.")
    return _by_age(found, ages)[[found.columns.index(period) for period in periods]]


def _by_age(found: Table, ages: tuple[str, ...]) -> Floats:
    """The numbers by column and age, shape (columns, a)."""
    if absent := [age for age in ages if age not in found.ages]:
        raise BadInput(f"{found.file} lacks the ages {', '.join(absent)}.")
    return found.numbers[[found.ages.index(age) for age in ages]].T


def _table(folder: Path, name: str, area: str, aged: bool) -> Table:
    path = folder / name
    if not path.is_file():
        raise BadInput(f"{folder} has no {name}. It is one of the UN's files of the population.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, delimiter="\t")
            columns = _columns(name, next(rows, []), aged)
            code = _m49(area)
            mine = [row for row in rows if row and row[0].strip() == code]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{name} is not a UTF-8 table separated by tabs.") from error
    if not mine:
        raise BadInput(f"{name} has no rows of {area} (M49 code {code}).")
    first = 3 if aged else 2
    ages = tuple(row[2].strip() if aged else "" for row in mine)
    if len(set(ages)) < len(ages):
        raise BadInput(f"{name} has an age of {area} twice.")
    return Table(name, columns, ages, _numbers(name, [row[first:] for row in mine], len(columns)))


def _columns(name: str, header: list[str], aged: bool) -> tuple[str, ...]:
    """The names of the years or periods, which stand behind the country and its age."""
    wanted = ["country_code", "name or country", *(["age"] if aged else [])]
    told = header[: len(wanted)]
    fits = told[:1] == ["country_code"] and told[1:2] in (["name"], ["country"])
    rest = header[len(wanted) :]
    if not fits or (aged and told[2:] != ["age"]) or not rest or not rest[0][:4].isdecimal():
        raise BadInput(
            f"{name} has another header than the UN's: {' | '.join(header[:4]) or 'nothing'}. "
            f"Expected, separated by tabs: {' | '.join(wanted)} | years."
        )
    return tuple(rest)


def _numbers(name: str, rows: list[list[str]], width: int) -> Floats:
    if ragged := sum(len(row) != width for row in rows):
        raise BadInput(f"{name}: {ragged} rows have more or fewer values than the header.")
    try:
        return np.array([[_number(text) for text in row] for row in rows])
    except ValueError as error:
        raise BadInput(f"{name} has a value that is no number: {error.args[-1]}.") from error


def _number(text: str) -> float:
    """A number; what the UN leaves open (NA) is not known."""
    return float("nan") if text.strip() in ("", "NA") else float(text)


def _m49(area: str) -> str:
    found = pycountry.countries.get(alpha_3=area)
    if found is None:
        raise BadInput(f"{area} is no country of ISO 3166-1 (alpha-3), so the UN has none of it.")
    return str(int(found.numeric))
