"""The questions about the job, hours and pay."""

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.sources.invented.chance import pick
from cauce.sources.invented.jobs import COOPERATIVE, EMPLOYEE, EMPLOYER, OWN_ACCOUNT, PUBLIC
from cauce.sources.invented.population import Population
from cauce.sources.invented.writing import BLANK, Columns, hidden, only, yes_no

REFUSED, UNKNOWN = 9_999_998, 9_999_999
POVERTY_LINE = 420.0
BY_WORD = 3


def at_work(of: Population) -> Columns:
    """Occupation, industry, status, and the tests of informality."""
    p, a, j = of.people, of.activity, of.jobs
    own, work = p.chance, a.employed
    employee = of.holds(j.employee)
    independent = of.holds(np.isin(j.status, (EMPLOYER, OWN_ACCOUNT, COOPERATIVE)))
    unstated = own.yearly("answers on occupation") < 0.005
    return {
        "p20_ciuo": only(work, np.where(unstated, 9999, of.spread(j.code, BLANK))),
        "p21_ciiu": only(work, hidden(of.spread(j.division, BLANK), own, "industry", 0.005, 999)),
        "p23_categoria": only(work, of.spread(_category(of), BLANK)),
        "p24_sector": only(work, of.spread(j.sector, BLANK)),
        "p25_registro": only(independent, _said(of, "registration", of.holds(j.registered))),
        "p26_libros": only(independent, _said(of, "books", of.holds(j.books))),
        "p27_tamano": only(work, hidden(of.spread(j.size, BLANK), own, "size", 0.01, 9)),
        "p28_lugar": only(work, 1 + pick(own.once("place of work"), np.array([5, 1, 1, 1.5, 0.5]))),
        "p29_pais": only(work, np.where(of.holds(j.abroad), 1 + (own.once("which side") < 0.6), 0)),
        "p30_contrato": only(employee, hidden(of.spread(j.contract, 0), own, "contract", 0.006, 9)),
        "p31_duracion": only(employee & (of.spread(j.contract, 0) >= 2), _length(of)),
        "p32_segsoc": only(work, _said(of, "social security", of.holds(j.social_security))),
        "p33_vacaciones": only(employee, _said(of, "leave", of.holds(j.paid_leave))),
        "p34_enfermedad": only(employee, _said(of, "sick leave", of.holds(j.sick_leave))),
        "p35_empleos": only(work, 1 + of.holds(j.second)),
        "p36_sindicato": only(employee, yes_no(of.holds(j.union))),
        "p37_sociedad": only(independent, yes_no(_incorporated(of))),
        "p38_dependiente": only(
            independent & (of.spread(j.status, 0) != EMPLOYER),
            yes_no(own.once("one client") < 0.12),
        ),
        "p39_aprendiz": only(
            employee, yes_no(own.once("apprentice") < np.where(p.age < 25, 0.05, 0.004))
        ),
    }


def _length(of: Population) -> Ints:
    """How long a contract is agreed for; by word often for no time that was named."""
    own = of.people.chance
    written = 1 + pick(own.once("length of contract"), np.array([1, 2, 3, 1.0]))
    said = 1 + pick(own.once("length by word"), np.array([3, 1, 1, 0.5, 4]))
    return np.where(of.spread(of.jobs.contract, 0) == BY_WORD, said, written)


def _incorporated(of: Population) -> Flags:
    """Companies among the registered businesses: half of those with employees, few of the rest."""
    employer = of.spread(of.jobs.status, 0) == EMPLOYER
    share = np.where(employer, 0.5, 0.06) * of.holds(of.jobs.registered)
    return np.asarray(of.people.chance.once("company") < share)


def hours_and_pay(of: Population) -> Columns:
    """Hours, the wish for more, earnings, and the income of the household."""
    p, a, q = of.people, of.activity, of.pay
    own, work = p.chance, a.employed
    lost = own.yearly("answers on hours") < 0.008
    usual_main, usual = of.spread(q.usual_main, BLANK), of.spread(q.usual, BLANK)
    actual_main, actual = of.spread(q.actual_main, BLANK), of.spread(q.actual, BLANK)
    wants = hidden(yes_no(of.holds(q.wants_more)), own, "more hours", 0.004, 8)
    paid = of.spread(q.period, 0) > 0
    silent = own.yearly("answers on pay")
    said = np.select([silent < 0.06, silent < 0.085], [REFUSED, UNKNOWN], of.spread(q.amount, 0))
    income = _household_income(of)
    return {
        "p40_habit1": only(work, np.where(lost, 999, usual_main)),
        "p41_habit": only(work, np.where(lost, 999, usual)),
        "p42_efect1": only(work, np.where(lost, 999, actual_main)),
        "p43_efect": only(work, np.where(lost, 999, actual)),
        "p44_masquiere": only(work, wants),
        "p45_maspuede": only(work & (wants == 1), yes_no(of.holds(q.can_more))),
        "p50_monto": only(paid, said),
        "p51_periodo": only(paid, of.spread(q.period, 0)),
        "p52_especie": only(paid, of.spread(q.in_kind, 0)),
        "p53_otros": only(of.holds(of.jobs.second), of.spread(q.other, 0)),
        "moneda": only(paid, np.ones(len(paid), dtype=np.int64)),
        "miembros": np.bincount(p.dwelling)[p.dwelling],
        "ing_hogar": income,
        "linea": np.full(len(income), int(POVERTY_LINE * 1.034**p.t)),
    }


def _said(of: Population, question: str, flags: Flags) -> Ints:
    """Yes, no, refused (8) or do not know (9)."""
    answer = hidden(yes_no(flags), of.people.chance, question, 0.006, 9)
    return hidden(answer, of.people.chance, f"{question}, refusal", 0.002, 8)


def _category(of: Population) -> Ints:
    j = of.jobs
    hired = np.select([j.sector == PUBLIC, j.division == 97], [2, 3], 1)
    others = np.array([0, 0, 4, 5, 7, 6])[j.status]
    return np.where(j.status == EMPLOYEE, hired, others)


def _household_income(of: Population) -> Ints:
    """A month's earnings of everyone in the dwelling, and what else comes in."""
    p = of.people
    month: Floats = of.amounts(of.pay.month + of.pay.in_kind + of.pay.other)
    total = np.bincount(p.dwelling, weights=month)[p.dwelling]
    return np.rint(total + 900 * p.home.once("other income") ** 3).astype(np.int64)
