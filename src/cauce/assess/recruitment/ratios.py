"""SDG 10.7.1: months of earnings a recruitment cost, each person in the series they belong to."""

from collections.abc import Iterable
from decimal import Decimal

from cauce.assess.dates import add_months, earliest, latest
from cauce.assess.logic import all_of, settled
from cauce.assess.recruitment.costs import NO_RATE, Money, borne
from cauce.model.recruitment_cost import CostRatio, LedgerItem, Recruited, Series
from cauce.model.text import Text
from cauce.model.truth import Truth

RECALL_MONTHS = 36
NOT_SCOPED = Text(
    "whether the person is of the SDG's population cannot be told",
    "no se puede saber si la persona pertenece a la población del ODS",
)
NO_EARNINGS = Text(
    "earnings of the first job are not known", "no se conocen los ingresos del primer empleo"
)
ZERO_EARNINGS = Text(
    "earnings of the first job are zero: there is no ratio",
    "los ingresos del primer empleo son cero: no hay razón",
)
OPPOSITE = {
    Truth.YES: Truth.NO,
    Truth.NO: Truth.YES,
    Truth.CANNOT_TELL: Truth.CANNOT_TELL,
}


def recent(person: Recruited) -> Truth:
    """Whether the first job began within three years before the interview.

    Source: SDG indicator 10.7.1: metadata, recall of some three years.
    """
    if person.first_job is None:
        return Truth.CANNOT_TELL
    ends = (earliest(person.first_job), latest(person.first_job))
    return settled(add_months(day, RECALL_MONTHS) >= person.interviewed for day in ends)


def in_scope(person: Recruited) -> Truth:
    """Whether somebody is of the population of SDG 10.7.1; cannot tell unless all is known or no.

    Source: SDG indicator 10.7.1: metadata: wage earners who changed their usual residence for work.
    """
    return all_of(
        [person.wage_earner, person.changed_residence, person.moved_for_work, recent(person)]
    )


def series_of(person: Recruited) -> Series | None:
    """The series a person counts in, and no other; None if it cannot be told.

    Seasonal are wage earners who moved for work and kept their residence: outside the SDG.

    Source: as `in_scope` for SDG1071; the names of the other two are Cauce's.
    """
    scope = in_scope(person)
    if scope is not Truth.NO:
        return "SDG1071" if scope is Truth.YES else None
    kept = OPPOSITE[person.changed_residence]
    seasonal = all_of(
        [person.wage_earner, kept, person.moved_for_work, recent(person), person.seasonal]
    )
    if seasonal is Truth.CANNOT_TELL:
        return None
    return "RCI_SEASONAL" if seasonal is Truth.YES else "RCI_OTHER"


def earnings(person: Recruited, money: Money) -> tuple[Decimal | None, tuple[Text, ...]]:
    """E_k: take-home pay of the month, with what was kept to recover recruitment costs added back.

    Source: SDG indicator 10.7.1: metadata, E_k; that a deduction which is in C_k is not taken off
    E_k a second time is Cauce's reading.
    """
    if person.received is None or person.withheld is None:
        return None, (NO_EARNINGS,)
    found = money.of(person.received + person.withheld, person.currency, person.earned_on)
    if found is None:
        return None, (NO_RATE,)
    return (found, ()) if found > 0 else (None, (ZERO_EARNINGS,))


def ratio_of(person: Recruited, items: Iterable[LedgerItem], money: Money) -> CostRatio:
    """C_k / E_k of one person; a point only if both are known, at least so much otherwise.

    Source: SDG indicator 10.7.1: metadata; the ratio is of the same person, then the statistic.
    """
    cost = borne(person, items, money)
    pay, unknown = earnings(person, money)
    series = series_of(person)
    because = (*cost.because, *unknown, *(() if series else (NOT_SCOPED,)))
    if pay is None:
        return CostRatio(series, None, None, because)
    at_least = float(cost.low / pay)
    return CostRatio(series, at_least if cost.exact else None, at_least, because)
