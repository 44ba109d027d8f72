"""True gaps, medians and Ginis of pay: what no sum over the parts of a country gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.sources.invented.jobs import FAMILY
from cauce.sources.invented.known import CODES, classes
from cauce.sources.invented.population import Population

BY = ("SEX", "CBR", "EDU", "OCU", "ECO")
TOTALS = ((), ("SEX",), ("CBR",), ("SEX", "CBR"))
GAPS = (
    ("EAR_GGAP", "SEX", ((), ("OCU",), ("ECO",))),
    ("LMIS_MIGGAP_SEX_RT", "CBR", ((), ("SEX",), ("EDU",))),
)
"""Relative gaps of hourly pay: the first code's mean less the second's, and by what."""
Spread = tuple[str, dict[str, str], float]


@dataclass(frozen=True)
class Earners:
    """Everyone who is paid; shape (earners,). `month` and `hour` are of the main job.

    `every` is the pay of a month in all jobs, in cash and kind; `own` the position of the code.
    """

    own: dict[str, Ints]
    employee: Flags
    month: Floats
    hour: Floats
    every: Floats


def earners(of: Population) -> Earners:
    """The people of a part of the country who are paid for their work."""
    job, q = of.jobs, of.pay
    paid = (job.status != FAMILY) & (q.month > 0)
    codes, month = classes(of), q.month[paid]
    return Earners(
        own={name: codes[name][job.who[paid]] for name in BY},
        employee=job.employee[paid],
        month=month,
        hour=month / (q.usual_main[paid] * 52 / 12),
        every=month + q.in_kind[paid] + q.other[paid],
    )


def together(parts: Sequence[Earners]) -> Earners:
    """The earners of all parts."""
    return Earners(
        own={name: np.concatenate([one.own[name] for one in parts]) for name in BY},
        employee=np.concatenate([one.employee for one in parts]),
        month=np.concatenate([one.month for one in parts]),
        hour=np.concatenate([one.hour for one in parts]),
        every=np.concatenate([one.every for one in parts]),
    )


def spreads(of: Earners) -> Iterator[Spread]:
    """Indicator, codes by dimension and value; what a domain without people has is left out."""
    for by in TOTALS:
        for codes, inside in _domains(of, by):
            yield "LMIS_EARMED_SEX_NB", codes, median(of.month[inside & of.employee])
            if len(by) < 2:
                yield "LMIS_GINI_NOC_RT", codes, gini(of.every[inside])
    for name, between, sets in GAPS:
        first = of.own[between] == 0
        for by in sets:
            for codes, inside in _domains(of, by):
                who = inside & of.employee
                yield name, codes, gap(of.hour[who & first], of.hour[who & ~first])


def median(amount: Floats) -> float:
    """The smallest amount that half of the people do not exceed."""
    return float(np.sort(amount)[(len(amount) + 1) // 2 - 1]) if len(amount) else float("nan")


def gini(amount: Floats) -> float:
    """From 0, all equal, to 1: the formula over ranks. Source: Cowell (2011), chapter 2."""
    if not len(amount):
        return float("nan")
    ranks = 2 * np.arange(1, len(amount) + 1) - len(amount) - 1
    return float((ranks * np.sort(amount)).sum() / (len(amount) * amount.sum()))


def gap(first: Floats, second: Floats) -> float:
    """How much less the second earn on average, as a percentage of the first."""
    if not (len(first) and len(second)):
        return float("nan")
    return float(100 * (1 - second.mean() / first.mean()))


def _domains(of: Earners, by: tuple[str, ...]) -> Iterator[tuple[dict[str, str], Flags]]:
    for where in product(*(range(len(CODES[name])) for name in by)):
        inside = np.ones(len(of.month), dtype=np.bool_)
        for name, at in zip(by, where, strict=True):
            inside &= of.own[name] == at
        yield {name: CODES[name][at] for name, at in zip(by, where, strict=True)}, inside
