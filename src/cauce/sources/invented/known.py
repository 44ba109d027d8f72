"""What is true of everyone, in the words of the region's dictionary."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.indicator import Estimator
from cauce.sources.invented.country import BIRTH, REGIONS
from cauce.sources.invented.occupations import OCCUPATIONS
from cauce.sources.invented.population import ECO, EDU, Population, broad_industry

CODES: dict[str, tuple[str, ...]] = {
    "SEX": ("M", "F"),
    "AGE_YTH": ("Y0T14", "Y15T24", "Y_GE25"),
    "AGE_BAND": ("Y0T14", "Y15T24", "Y25T34", "Y35T44", "Y45T54", "Y55T64", "Y_GE65"),
    "GEO": ("URB", "RUR"),
    "REGION_XCA": REGIONS,
    "EDU": EDU,
    "CBR": ("NAT", "FRG"),
    "CBR_XCA": BIRTH,
    "CIT": ("CIT", "NNC"),
    "OCU": tuple("0123456789"),
    "ISCO4": tuple(f"{one.code:04d}" for one in OCCUPATIONS),
    "ECO": ECO,
    "STE": tuple("12345"),
    "IFL_NATURE": ("FOR", "INF"),
}
"""The codes of each dimension; one position more stands for "not applicable"."""


@dataclass(frozen=True)
class Known:
    """What everyone adds to an indicator: inside its universe or not, and how much; shape (n,)."""

    estimator: Estimator
    scale: float
    inside: Flags
    numerator: Floats
    denominator: Floats | None = None


def classes(of: Population) -> dict[str, Ints]:
    """The position of everyone's code in CODES, by dimension; shape (people,)."""
    p, j = of.people, of.jobs
    return {
        "SEX": p.sex,
        "AGE_YTH": np.searchsorted([15, 25], p.age, side="right"),
        "AGE_BAND": np.searchsorted([15, 25, 35, 45, 55, 65], p.age, side="right"),
        "GEO": 1 - p.urban,
        "REGION_XCA": of.region,
        "EDU": of.schooling.tier,
        "CBR": (p.birth > 0).astype(np.int64),
        "CBR_XCA": p.birth,
        "CIT": (~p.citizen).astype(np.int64),
        "OCU": of.spread(j.major, len(CODES["OCU"])),
        "ISCO4": of.spread(j.unit, len(CODES["ISCO4"])),
        "ECO": of.spread(broad_industry(j.division), len(ECO)),
        "STE": of.spread(j.status - 1, len(CODES["STE"])),
        "IFL_NATURE": of.spread(j.informal.astype(np.int64), 2),
    }


def scores(of: Population) -> dict[str, Known]:
    """What everyone adds to each indicator of the region that this country can give."""
    p, a, j, q = of.people, of.activity, of.jobs, of.pay
    everyone = np.ones(len(p.age), dtype=np.bool_)
    force = a.employed | a.unemployed
    under = a.employed & of.holds(q.under)
    neet = ~a.employed & ~of.schooling.attends & ~of.schooling.trains
    by_19 = a.employed & ~a.subsistence
    force_19 = by_19 | a.unemployed
    slack, wide = a.unemployed | under | a.potential, force | a.potential
    return {
        "POP": _total(everyone, everyone),
        "POP_XWAP": _total(p.adult, p.adult),
        "EAP_TEAP": _total(p.adult, force),
        "EMP_TEMP": _total(p.adult, a.employed),
        "UNE_TUNE": _total(p.adult, a.unemployed),
        "EIP_TEIP": _total(p.adult, a.outside),
        "EAP_DWAP": _rate(p.adult, force),
        "EMP_DWAP": _rate(p.adult, a.employed),
        "UNE_DEAP": _rate(force, a.unemployed),
        "TRU_DEMP": _rate(a.employed, under),
        "LUU_XLU4": Known("ratio", 100, p.adult, slack.astype(float), wide.astype(float)),
        "EMP_NIFL_RT": _rate(a.employed, of.holds(j.informal)),
        "HOW_TEMP": _mean(a.employed, of.amounts(q.actual)),
        "HOW_UEMP": _mean(a.employed, of.amounts(q.usual)),
        "EAR_XEES": _mean(of.holds(j.employee), of.amounts(q.month)),
        "EIP_NEET": _rate(p.adult & (p.age < 25), neet),
        "SOC_RT": _rate(a.employed, of.holds(j.social_security)),
        "POP_5WAP": _total(p.adult, p.adult),
        "EAP_5EAP": _total(p.adult, force_19),
        "EMP_5EMP": _total(p.adult, by_19),
        "UNE_5UNE": _total(p.adult, a.unemployed),
        "EIP_5EIP": _total(p.adult, p.adult & ~force_19),
        "EAP_5WAP": _rate(p.adult, force_19),
        "EMP_5WAP": _rate(p.adult, by_19),
        "UNE_5EAP": _rate(force_19, a.unemployed),
        "FOW_5SFP": _rate(p.adult, a.subsistence),
        "EMP_BREAK": _ratio(p.adult, a.employed, by_19),
        "UNE_BREAK": _ratio(p.adult, a.unemployed, a.unemployed),
    }


def _total(inside: Flags, counted: Flags) -> Known:
    return Known("total", 1, inside, counted.astype(np.float64))


def _rate(inside: Flags, counted: Flags) -> Known:
    return Known("rate", 100, inside, (inside & counted).astype(np.float64))


def _ratio(inside: Flags, above: Flags, below: Flags) -> Known:
    return Known("ratio", 1, inside, above.astype(np.float64), below.astype(np.float64))


def _mean(inside: Flags, amount: Floats) -> Known:
    return Known("mean", 1, inside, amount)
