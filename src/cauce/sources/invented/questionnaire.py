"""What the interviewers wrote down: short names, numeric codes, refusals and blanks.

The names and codes are those of an office that never was; `packs/demo` says what they mean.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cauce.model.arrays import Flags, Ints
from cauce.sources.invented.chance import pick
from cauce.sources.invented.country import psus_in
from cauce.sources.invented.jobs import units
from cauce.sources.invented.occupations import CODES, OCCUPATIONS
from cauce.sources.invented.people import HEAD
from cauce.sources.invented.population import Population
from cauce.sources.invented.questions_abroad import abroad
from cauce.sources.invented.questions_work import at_work, hours_and_pay
from cauce.sources.invented.questions_year_ago import year_ago
from cauce.sources.invented.survey import Drawn
from cauce.sources.invented.writing import BLANK, Columns, hidden, only, yes_no

Texts: TypeAlias = NDArray[np.object_]
LACK_OF_WORK = 4
TITLES = np.array([one.title for one in OCCUPATIONS] + [""], dtype=object)


def answers(drawn: Drawn, of: Population) -> tuple[Columns, NDArray[np.float64], Texts]:
    """The numeric columns of the file, the weights, and the occupations in people's own words."""
    weight = drawn.weight[of.people.dwelling]
    columns = frame(drawn, of) | person(of) | week(of) | year_ago(of, _former(of))
    columns |= at_work(of) | hours_and_pay(of) | abroad(of)
    unit = of.spread(of.jobs.unit, len(OCCUPATIONS))
    unstated = columns["p20_ciuo"] == 9999
    return columns, weight, TITLES[np.where(unstated, len(OCCUPATIONS), unit)]


def frame(drawn: Drawn, of: Population) -> Columns:
    """Where and when: the columns of the design."""
    p = of.people
    sizes = np.array([psus_in(h) for h in range(int(p.stratum.max()) + 1)])
    return {
        "anio": np.full(len(p.age), p.chance.year),
        "estrato": p.stratum + 1,
        "upm": (p.stratum + 1) * 1000 + p.psu + 1,
        "upm_marco": sizes[p.stratum],
        "panel": drawn.panel[p.dwelling],
        "visita": drawn.visit[p.dwelling],
        "vivienda": p.number + 1,
        "hogar_desde": p.moved_in,
        "persona": p.person + 1,
        "region": of.region + 1,
        "zona": 2 - p.urban,
    }


def person(of: Population) -> Columns:
    """Everybody: family, age, education."""
    p, s = of.people, of.schooling
    own = p.chance
    return {
        "parentesco": p.role,
        "sexo": p.sex + 1,
        "edad": p.age,
        "ecivil": only(p.age >= 12, hidden(s.married, own, "marriage", 0.003, 9)),
        "discap": hidden(s.limited, own, "limitation", 0.004, 9),
        "nivel": hidden(s.level, own, "education", 0.004, 99),
        "asiste": only(p.age >= 4, hidden(yes_no(s.attends), own, "school", 0.001, 9)),
        "capacita": only(p.adult, yes_no(s.trains)),
        "jefatura": yes_no(p.role == HEAD),
        # Only people who live here are asked, so the answer of everyone is yes.
        "residente": np.ones(len(p.age), dtype=np.int64),
    }


def week(of: Population) -> Columns:
    """The reference week: work, search, availability."""
    p, a = of.people, of.activity
    own = p.chance
    paid = a.employed & ~a.absent & ~a.subsistence
    idle = p.adult & ~paid & (~a.absent | a.subsistence)
    jobless = idle & ~a.subsistence
    absence = 1 + pick(own.yearly("absence"), np.array([4, 3, 1, 1.0]))
    back = 1 + pick(own.yearly("back at work"), np.array([0.8, 0.2]))
    farms = a.subsistence | (_unit_is_farm(of) & (own.once("sells") < 0.8))
    ask_farm = p.adult & (p.urban == 0)
    return {
        "p01_trabajo": only(p.adult, yes_no(paid)),
        "p02_ausente": only(p.adult & ~paid, yes_no(a.absent)),
        "p03_motivo": only(a.absent, absence),
        # Whoever lacks work for long has lost the job, and is not absent from it.
        "p04_retorno": only(a.absent, np.where(absence == LACK_OF_WORK, 1, back)),
        "p05_cultiva": only(ask_farm, yes_no(farms)),
        "p06_destino": only(
            ask_farm & farms,
            np.where(a.subsistence, 3 + (own.once("sells") < 0.6), 1 + (own.once("sells") < 0.5)),
        ),
        # Producers for own use are asked too: they are no workers by the 19th ICLS.
        "p07_busca": only(idle, yes_no(a.seeking)),
        "p08_disponible": only(idle, yes_no(a.available)),
        "p09_inicia": only(idle, yes_no(a.starting)),
        "p10_desea": only(idle & ~a.seeking, yes_no(a.wanting)),
        "p11_porque": only(a.outside & ~a.seeking, hidden(a.reason, own, "reason", 0.01, 9)),
        "p12_meses": only(a.seeking, hidden(np.maximum(a.months, 1), own, "months", 0.02, 99)),
        "p13_sin": only(a.unemployed, a.months + (own.once("idle") < 0.4)),
        "p14_antes": only(jobless, yes_no(a.before)),
        "p15_rama": only(jobless & a.before, _former_industry(of)),
        "p16_ocupa": only(jobless & a.before, _former_occupation(of, jobless & a.before)),
    }


def _unit_is_farm(of: Population) -> Flags:
    division: Ints = of.spread(of.jobs.division, BLANK)
    return np.asarray((division == 1) & of.activity.employed)


def _former(of: Population) -> Ints:
    """The last occupation of all without work who have worked."""
    return _former_occupation(of, of.activity.before)


def _former_industry(of: Population) -> Ints:
    usual = np.array([1, 10, 41, 47, 49, 56, 84, 85, 97])
    return usual[
        pick(of.people.chance.once("industry before"), np.array([1, 1, 1, 3, 1, 1, 1, 1, 1.0]))
    ]


def _former_occupation(of: Population, asked: Flags) -> Ints:
    who = np.flatnonzero(asked)
    codes = np.full(len(asked), BLANK)
    codes[who] = CODES[units(of.people, of.schooling, who)]
    return hidden(codes, of.people.chance, "occupation before", 0.01, 9999)
