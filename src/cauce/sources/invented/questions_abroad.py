"""The questions about birth, citizenship, arrival, return, and the cost of being recruited."""

import numpy as np

from cauce.sources.invented.chance import pick
from cauce.sources.invented.population import Population
from cauce.sources.invented.writing import Columns, hidden, only, yes_no

FOR_WORK = 1


def abroad(of: Population) -> Columns:
    """Country codes: 0 this country, 1 and 2 the neighbours, 3 the island state, 4 elsewhere."""
    p = of.people
    own, year = p.chance, p.chance.year
    foreign = p.birth > 0
    why = 1 + pick(own.once("why they came"), np.array([0.55, 0.25, 0.06, 0.08, 0.06]))
    why = np.where(p.age - (year - p.arrival) < 15, 2, why)
    permit = 1 + pick(own.once("permit"), np.array([0.3, 0.3, 0.08, 0.05, 0.27]))
    hired = foreign & p.adult & (why == FOR_WORK) & (year - p.arrival <= 3)
    parents = np.where(foreign & (own.once("parents") < 0.95), p.birth, 0)
    before = np.where(foreign, p.birth, p.before)
    return {
        "m01_nacio": hidden(p.birth, own, "birth", 0.003, 9),
        "m02_ciudadano": hidden(yes_no(p.citizen), own, "citizenship", 0.003, 9),
        "m03_llegada": only(foreign, hidden(p.arrival, own, "arrival", 0.03, 9999)),
        "m03_anios": only(foreign, hidden(year - p.arrival, own, "arrival", 0.03, 99)),
        "m04_previa": only(foreign | p.lived, hidden(before, own, "residence", 0.005, 9)),
        "m05_trabajo": only(p.adult & ~foreign, yes_no(p.worked)),
        "m05_pais": only(p.worked, p.before),
        "m06_retorno": only(p.lived, hidden(p.back, own, "return", 0.02, 9999)),
        "m07_motivo": only(foreign, hidden(why, own, "why", 0.01, 9)),
        "m08_permiso": only(foreign & ~p.citizen, hidden(permit, own, "permit", 0.03, 9)),
        "m09_madre": hidden(
            np.where(own.once("mother") < 0.97, parents, 0), own, "mother", 0.01, 9
        ),
        "m10_padre": hidden(
            np.where(own.once("father") < 0.95, parents, 0), own, "father", 0.02, 9
        ),
        "m11_emigro": np.where(
            p.home.once("somebody left") < 0.05, 1 + (p.home.once("two left") < 0.25), 0
        ),
        "m12_costo": only(hired, np.rint(900 * own.once("cost") ** 2).astype(np.int64)),
        "m13_primer": only(hired, np.rint(500 + 900 * own.once("first pay")).astype(np.int64)),
    }
