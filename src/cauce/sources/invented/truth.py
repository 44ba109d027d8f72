"""The truth of the invented country: what a census of everybody would have counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cauce.sources.invented.country import (
    SEED,
    STRATA,
    Column,
    Numbers,
    Stratum,
    build_stratum,
)
from cauce.sources.invented.year import EMPLOYED, OUTSIDE, UNEMPLOYED, Year, live

ORIGIN_CODES = ("XCA", "XNA", "XSA", "XOT")
SEX_CODES = ("M", "F")
OCCUPATION_CODES = tuple("0123456789")


@dataclass(frozen=True)
class Fact:
    """The true value of an indicator in a year and a domain; "_T" where not broken down."""

    year: int
    indicator: str
    sex: str
    origin: str
    occupation: str
    value: float


def scores(stratum: Stratum, life: Year) -> dict[str, tuple[Column, Numbers]]:
    """Who is in the universe of each indicator, and what each adds; for everyone in the stratum."""
    grown = stratum.age >= 15
    work, seek = life.status == EMPLOYED, life.status == UNEMPLOYED
    force = work | seek
    under = work & life.wants_more & (life.hours_actual < 40) & ~life.absent
    return {
        "POP_XWAP": (grown, grown),
        "EAP_TEAP": (grown, force),
        "EMP_TEMP": (grown, work),
        "UNE_TUNE": (grown, seek),
        "EIP_TEIP": (grown, life.status == OUTSIDE),
        "EAP_DWAP": (grown, force),
        "EMP_DWAP": (grown, work),
        "UNE_DEAP": (force, seek),
        "EMP_NIFL_RT": (work, work & ~life.formal),
        "SOC_RT": (work, life.formal),
        "HOW_UEMP": (work, life.hours_usual),
        "EAR_XEES": (life.employee, life.earnings),
        "TRU_WANT": (work, under),
    }


TOTALS = ("POP_XWAP", "EAP_TEAP", "EMP_TEMP", "UNE_TUNE", "EIP_TEIP")
PERCENT = ("EAP_DWAP", "EMP_DWAP", "UNE_DEAP", "EMP_NIFL_RT", "SOC_RT")
BY_OCCUPATION = ("EMP_TEMP", "HOW_UEMP", "EAR_XEES", "EMP_NIFL_RT")


def truth(years: Sequence[int], seed: int = SEED) -> Iterator[Fact]:
    """Every fact of some years, by sex and country of birth, and employment by occupation."""
    tables: dict[int, dict[str, Numbers]] = {year: {} for year in years}
    for number in range(STRATA):
        stratum = build_stratum(number, seed)
        everyone = np.arange(len(stratum.age))
        for year in years:
            _add(tables[year], stratum, live(stratum, year, everyone, seed))
    for year in years:
        yield from _facts(year, tables[year])


def _add(tables: dict[str, Numbers], stratum: Stratum, life: Year) -> None:
    """Sums of numerator and denominator by occupation, sex and origin."""
    occupation = np.where(life.occupation < 0, 10, life.occupation)
    cell = (occupation * 2 + stratum.sex) * 4 + stratum.origin
    for name, (universe, amount) in scores(stratum, life).items():
        table = tables.setdefault(name, np.zeros((2, 11, 2, 4)))
        inside = cell[universe]
        below = np.bincount(inside, minlength=88)
        above = np.bincount(inside, weights=amount[universe].astype(float), minlength=88)
        table += np.stack([above, below]).reshape(2, 11, 2, 4)


def _facts(year: int, tables: dict[str, Numbers]) -> Iterator[Fact]:
    for name, table in tables.items():
        if name == "TRU_WANT":
            continue
        for sex in (*range(2), None):
            for origin in (*range(4), None):
                part = table[:, :, sex if sex is not None else slice(None)]
                part = part[..., origin if origin is not None else slice(None)]
                rows = part.reshape(2, 11, -1).sum(axis=2)
                words = (
                    "_T" if sex is None else SEX_CODES[sex],
                    "_T" if origin is None else ORIGIN_CODES[origin],
                )
                yield Fact(year, name, *words, "_T", _value(name, *rows.sum(axis=1)))
                if name in BY_OCCUPATION and sex is None:
                    for group in range(10):
                        value = _value(name, *rows[:, group])
                        yield Fact(year, name, *words, OCCUPATION_CODES[group], value)


def _value(name: str, above: float, below: float) -> float:
    if name in TOTALS:
        return above
    return above / below * (100 if name in PERCENT else 1) if below else float("nan")
