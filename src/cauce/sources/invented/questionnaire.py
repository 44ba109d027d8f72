"""What the interviewer wrote down: short names, numeric codes, refusals and blanks."""

from typing import Any

import numpy as np

from cauce.sources.invented.country import REGIONS, Column, Stratum
from cauce.sources.invented.survey import Drawn
from cauce.sources.invented.year import EMPLOYED, OUTSIDE, UNEMPLOYED, Year

BLANK = -1
# A few unit groups of ISCO-08 for each major group.
UNIT_GROUPS = (
    ("0110", "0210", "0310"),
    ("1120", "1211", "1323", "1411", "1420"),
    ("2142", "2211", "2221", "2320", "2341", "2411", "2512"),
    ("3112", "3123", "3221", "3313", "3322", "3341"),
    ("4110", "4120", "4221", "4311", "4321"),
    ("5120", "5131", "5151", "5221", "5223", "5311", "5414"),
    ("6111", "6112", "6113", "6121", "6130", "6221"),
    ("7111", "7112", "7115", "7126", "7231", "7411", "7512", "7531"),
    ("8111", "8153", "8160", "8322", "8332", "8342"),
    ("9111", "9112", "9211", "9212", "9313", "9329", "9412", "9520", "9622"),
)
# Divisions of ISIC Rev.4 in which the people of a major group work.
DIVISIONS = (
    (84,),
    (47, 56, 41, 10, 64),
    (85, 86, 62, 69, 84),
    (71, 41, 86, 65, 84),
    (84, 64, 46, 47, 49),
    (47, 56, 80, 96, 85),
    (1, 1, 2, 3),
    (41, 43, 10, 14, 45, 25),
    (49, 10, 13, 8, 35),
    (97, 1, 41, 43, 47, 81, 38),
)
CIVIL = (1, 2, 2, 2, 3, 4, 5)


def answers(
    stratum: Stratum, drawn: Drawn, life: Year, year: int, chance: np.random.Generator
) -> dict[str, Column]:
    """The file's columns for the people drawn in one stratum."""
    who = drawn.people
    work = life.status == EMPLOYED
    grown = stratum.age[who] >= 15
    return (
        _frame(stratum, drawn, year)
        | _person(stratum, who, life, year, chance)
        | _activity(life, grown, chance)
        | _job(life, work, chance)
        | _hours_and_pay(life, work, chance)
    )


def _frame(stratum: Stratum, drawn: Drawn, year: int) -> dict[str, Column]:
    who = drawn.people
    count = len(who)
    return {
        "anio": np.full(count, year),
        "estrato": np.full(count, stratum.number + 1),
        "upm": (stratum.number + 1) * 1000 + stratum.psu[who] + 1,
        "panel": drawn.panel + 1,
        "hogar": stratum.household[who] + 1,
        "persona": stratum.person[who],
        "factor": np.round(drawn.weight, 6),
        "dominio": np.full(count, stratum.region + 1),
        "dominio_nombre": np.full(count, REGIONS[stratum.region], dtype=object),
        "area": np.full(count, 1 if stratum.urban else 2),
    }


def _person(
    stratum: Stratum, who: Column, life: Year, year: int, chance: np.random.Generator
) -> dict[str, Column]:
    count = len(who)
    age, origin = stratum.age[who], stratum.origin[who]
    abroad = origin > 0
    kept = stratum.draws[who]
    since = np.minimum(np.floor(-9 * np.log(1 - 0.98 * kept[:, 6])).astype(np.int64), age)
    naturalised = abroad & (since > 8) & (kept[:, 7] < 0.5)
    return {
        "p03": stratum.sex[who] + 1,
        "p04": _hide(age, chance, 0.002, 99),
        "p05": np.where(stratum.person[who] == 1, 1, np.minimum(stratum.person[who], 6)),
        "p06": np.where(age < 15, BLANK, np.array(CIVIL)[np.floor(kept[:, 5] * 7).astype(int)]),
        "p07": _hide(stratum.education[who] * 2 + (kept[:, 4] < 0.4), chance, 0.004, 9),
        "p08": np.where(life.attends, 1, 2),
        "p10": _hide(origin + 1, chance, 0.003, 9),
        "p11": _hide(np.where(~abroad | naturalised, 1, 2), chance, 0.004, 9),
        "p12": np.where(abroad, _hide(year - since, chance, 0.03, 9999), BLANK),
        "p13": np.where(life.returned, 1, 2),
        "p14": np.where(life.returned, np.where(chance.random(count) < 0.7, 1, 2), BLANK),
        "p15": np.where(life.returned, year - np.floor(kept[:, 2] * 10).astype(np.int64), BLANK),
        "p16": np.where(abroad, 1 + np.searchsorted([0.55, 0.8, 0.9], kept[:, 1]), BLANK),
        "p17": np.where(
            abroad & ~naturalised, 1 + np.searchsorted([0.4, 0.65, 0.75], kept[:, 0]), BLANK
        ),
    }


def _activity(life: Year, grown: Column, chance: np.random.Generator) -> dict[str, Column]:
    work = life.status == EMPLOYED
    idle = grown & ~work
    looking = life.status == UNEMPLOYED
    outside = life.status == OUTSIDE
    discouraged = life.potential & (life.spare[:, 2] < 0.6)
    sought = looking | (life.potential & ~discouraged)
    return {
        "p20": np.where(grown, np.where(work & ~life.absent, 1, 2), BLANK),
        "p21": np.where(idle | life.absent, np.where(life.absent, 1, 2), BLANK),
        "p22": np.where(idle, np.where(sought, 1, 2), BLANK),
        "p23": np.where(idle, np.where(looking | discouraged, 1, 2), BLANK),
        "p24": np.where(outside, np.where(life.potential, 1, 2), BLANK),
        "p25": np.where(looking, 1 + np.floor(20 * life.spare[:, 3] ** 2).astype(np.int64), BLANK),
        "p26": np.where(grown, np.where(chance.random(len(grown)) < 0.06, 1, 2), BLANK),
    }


def _job(life: Year, work: Column, chance: np.random.Generator) -> dict[str, Column]:
    count = len(work)
    pick = life.spare[:, 0]
    groups = np.full(count, "", dtype=object)
    divisions = np.full(count, BLANK)
    for major in range(10):
        mine = life.occupation == major
        units, fields = np.array(UNIT_GROUPS[major]), np.array(DIVISIONS[major])
        groups[mine] = units[np.floor(pick[mine] * len(units)).astype(int)]
        divisions[mine] = fields[np.floor(life.spare[mine, 1] * len(fields)).astype(int)]
    unstated = work & (chance.random(count) < 0.004)
    groups[unstated], divisions[unstated] = "9999", 999
    independent = np.isin(life.position, (2, 3))

    def asked(of: Column, yes: Column, lost: float = 0.006) -> Column:
        return np.where(of, _hide(np.where(yes, 1, 2), chance, lost, 9), BLANK)

    public = life.employee & (divisions == 84)
    return {
        "p30": groups,
        "p31": divisions,
        "p32": np.where(work, life.position, BLANK),
        "p33": np.where(work, np.where(public, 1, np.where(divisions == 97, 3, 2)), BLANK),
        "p34": asked(independent, life.formal),
        "p35": asked(independent, life.formal & (life.spare[:, 4] < 0.8)),
        "p36": asked(work, life.formal),
        "p37": asked(life.employee, life.formal & (life.spare[:, 5] < 0.93)),
        "p38": asked(life.employee, life.formal & (life.spare[:, 4] < 0.9)),
        "p39": np.where(
            life.employee, 1 + (life.spare[:, 3] > 0.6) + (life.spare[:, 3] > 0.85), BLANK
        ),
    }


def _hours_and_pay(life: Year, work: Column, chance: np.random.Generator) -> dict[str, Column]:
    period = 1 + np.searchsorted([0.6, 0.85], life.spare[:, 2])
    parts = np.array([0, 1.0, 2.0, 52 / 12])[period]
    paid = work & (life.position != 5)
    amount = np.rint(life.earnings / parts)
    refused = chance.random(len(work)) < 0.08
    unknown = ~refused & (chance.random(len(work)) < 0.02)
    said = np.where(refused, 9999998, np.where(unknown, 9999999, amount)).astype(np.int64)
    want = _hide(np.where(life.wants_more, 1, 2), chance, 0.004, 8)
    return {
        "p40": np.where(work, _hide(life.hours_usual, chance, 0.008, 999), BLANK),
        "p41": np.where(work, _hide(life.hours_actual, chance, 0.008, 999), BLANK),
        "p42": np.where(work, want, BLANK),
        "p43": np.where(work & (want == 1), 1 + (life.spare[:, 3] > 0.9), BLANK),
        "p50": np.where(paid, said, BLANK),
        "p51": np.where(paid, period, BLANK),
    }


def _hide(values: Column, chance: np.random.Generator, share: float, code: Any) -> Column:
    """Some answers replaced by the code of those who did not give one."""
    return np.where(chance.random(len(values)) < share, code, values)
