"""From the tables of a survey of recruitment costs to people, what was paid, and rates."""

from collections.abc import Mapping
from datetime import date

from cauce.assess.columns import Line, Sheet, lines, need
from cauce.declare.problems import Problems
from cauce.model.codelist import Codelist
from cauce.model.recruitment_cost import LedgerItem, Rate, Recruited

PEOPLE = (
    *("person", "area", "stratum", "psu", "weight", "wage_earner", "changed_residence"),
    *("moved_for_work", "seasonal", "first_job", "interviewed", "all_costs_told"),
    *("received", "withheld", "currency", "earned_on"),
)
COSTS = (
    *("person", "category", "payer", "payee", "channel", "amount", "currency", "date"),
    *("reimbursed", "reimbursement_documented"),
)
RATES = ("currency", "from", "to", "rate", "source")
CODED = {
    "category": "CL_COST",
    "payer": "CL_PAYER",
    "payee": "CL_COST_PAYEE",
    "channel": "CL_COST_CHANNEL",
}


def people_of(sheet: Sheet, problems: Problems) -> list[Recruited]:
    """Everybody in the table `people`; columns it declares not are kept to break down by.

    Source: ILO and World Bank, SDG indicator 10.7.1: metadata, the questions asked.
    """
    if not need(sheet, PEOPLE, problems):
        return []
    found, seen = [], set[str]()
    for line in lines(sheet, problems):
        one = _person(line)
        if one.token in seen:
            line.note("person", "is a token that another row has: each person has one row.")
        seen.add(one.token)
        found.append(one)
    return found


def _person(line: Line) -> Recruited:
    weight, interviewed = line.amount("weight"), line.day("interviewed")
    if not weight:
        line.note("weight", "must be above 0.")
    if interviewed is None:
        line.note("interviewed", "is empty: the three years of recall are counted from it.")
    return Recruited(
        token=line.required("person"),
        area=line.required("area"),
        stratum=line.required("stratum"),
        psu=line.required("psu"),
        weight=float(weight or 1),
        wage_earner=line.truth("wage_earner"),
        changed_residence=line.truth("changed_residence"),
        moved_for_work=line.truth("moved_for_work"),
        seasonal=line.truth("seasonal"),
        first_job=line.about("first_job"),
        interviewed=interviewed or date.min,
        all_told=line.truth("all_costs_told"),
        received=line.amount("received"),
        withheld=line.amount("withheld"),
        currency=line.told("currency") or None,
        earned_on=line.day("earned_on"),
        columns={name: line.told(name) for name in line.cells if name not in PEOPLE},
    )


def costs_of(sheet: Sheet, lists: Mapping[str, Codelist], problems: Problems) -> list[LedgerItem]:
    """Every payment of the table `costs`.

    Source: ILO (2019), Definition of recruitment fees and related costs, for the categories.
    """
    if not need(sheet, COSTS, problems):
        return []
    known = {column: {c.id for c in lists[name].codes} for column, name in CODED.items()}
    return [_item(line, known) for line in lines(sheet, problems)]


def _item(line: Line, known: Mapping[str, set[str]]) -> LedgerItem:
    line.required("category")
    amount, back = line.amount("amount"), line.amount("reimbursed")
    if amount is not None and back is not None and back > amount:
        line.note("reimbursed", "is more than the amount itself.")
    return LedgerItem(
        person=line.required("person"),
        category=line.code("category", known["category"]) or "",
        payer=line.code("payer", known["payer"]),
        payee=line.code("payee", known["payee"]),
        channel=line.code("channel", known["channel"]),
        amount=amount,
        currency=line.told("currency") or None,
        on=line.day("date"),
        reimbursed=back,
        documented=line.truth("reimbursement_documented"),
    )


def rates_of(sheet: Sheet, problems: Problems) -> list[Rate]:
    """The declared rates, each with its days and its source; two of one currency never overlap.

    Source: none of its own; each rate names its source.
    """
    if not need(sheet, RATES, problems):
        return []
    found: list[Rate] = []
    for line in lines(sheet, problems):
        first, last, value = line.day("from"), line.day("to"), line.amount("rate")
        if first is None or last is None or not value or last < first:
            line.note("rate", "needs a value above 0 and its first and last day.")
            continue
        rate = Rate(line.required("currency"), first, last, value, line.required("source"))
        if any(_overlap(rate, other) for other in found):
            line.note("from", "falls in the days of another rate of the same currency.")
        found.append(rate)
    return found


def _overlap(one: Rate, other: Rate) -> bool:
    return one.currency == other.currency and one.first <= other.last and other.first <= one.last
