"""A contract beside the job order it comes from, field by field: no verdict of law."""

from collections.abc import Iterator
from decimal import Decimal

from cauce.assess.recruitment.costs import Money
from cauce.model.job_order import Compared, FieldCompared, Offer
from cauce.model.text import Text

RANKS = {"NONE": Decimal(0), "CHARGED": Decimal(1), "FREE": Decimal(2)}
WEEKS_YEAR, MONTHS_YEAR = Decimal(52), Decimal(12)
HALF_CENT = Decimal("0.005")
"""Pay that differs by less an hour is the same: converting rounds."""

NOT_SAID = Text("one of the two does not say", "uno de los dos no lo dice")
SAME = Text("the same in both", "lo mismo en ambos")
CHANGED = Text(
    "not the same: whether better or worse is for people to judge",
    "no es lo mismo: si es mejor o peor, lo juzgan las personas",
)
NO_HOURS = Text(
    "pay cannot be put by the hour: hours, or the norm of pieces, are not declared",
    "el pago no puede llevarse a la hora: no se declaran las horas o la norma de piezas",
)
NO_RATE = Text("a currency has no declared rate", "una moneda no tiene tipo de cambio declarado")
MORE = Text("more than was offered", "más de lo ofrecido")
LESS = Text("less than was offered", "menos de lo ofrecido")


def compare(order: Offer, contract: Offer, money: Money) -> tuple[FieldCompared, ...]:
    """Every comparable field: better, equal, worse for the worker, or not comparable, and why.

    Source: ILO (2016), General principles and operational guidelines for fair recruitment,
    guideline on contract substitution.
    """
    return tuple(_compared(order, contract, money))


def _compared(order: Offer, contract: Offer, money: Money) -> Iterator[FieldCompared]:
    for name in ("employer", "work_address", "occupation"):
        yield _same(name, _folded(getattr(order, name)), _folded(getattr(contract, name)))
    hourly = hourly_pay(order, money), hourly_pay(contract, money)
    yield _pay("pay_hour", *hourly, Decimal(1), Decimal(1))
    yield _pay("pay_week", *hourly, order.hours_week, contract.hours_week)
    yield _same("hours_week", order.hours_week, contract.hours_week)
    yield _more("overtime", order.overtime, contract.overtime)
    yield _deductions(order, contract, money)
    for name in ("housing", "meals", "transport", "insurance"):
        offered, signed = (RANKS.get(getattr(one, name) or "") for one in (order, contract))
        yield _more(name, offered, signed)
    yield _same("start", order.start, contract.start)
    yield _same("end", order.end, contract.end)
    yield _duration(order, contract)


def _folded(words: str) -> str | None:
    kept = "".join(mark if mark.isalnum() else " " for mark in words.casefold())
    return " ".join(kept.split()) or None


def hourly_pay(offer: Offer, money: Money) -> Decimal | Text:
    """Pay by the hour in the currency counted in, or why there is none.

    Source: a month is a twelfth of 52 weeks, as in US Department of Labor, 29 CFR 778.113.
    """
    if offer.pay is None or offer.unit is None:
        return NOT_SAID
    week = offer.hours_week
    hours = {
        "HOUR": Decimal(1),
        "DAY": offer.hours_day,
        "WEEK": week,
        "TWO_WEEKS": None if week is None else week * 2,
        "MONTH": None if week is None else week * WEEKS_YEAR / MONTHS_YEAR,
        "YEAR": None if week is None else week * WEEKS_YEAR,
        "PIECE": 1 / offer.pieces_hour if offer.pieces_hour else None,
    }[offer.unit]
    if not hours:
        return NO_HOURS
    paid = money.of(offer.pay, offer.currency, offer.start)
    return NO_RATE if paid is None else paid / hours


def _pay(
    name: str,
    order: Decimal | Text,
    contract: Decimal | Text,
    by: Decimal | None,
    contract_by: Decimal | None,
) -> FieldCompared:
    for one in (order, contract):
        if isinstance(one, Text):
            return FieldCompared(name, "NOT_COMPARABLE", False, one)
    if by is None or contract_by is None or isinstance(order, Text) or isinstance(contract, Text):
        return FieldCompared(name, "NOT_COMPARABLE", False, NO_HOURS)
    return _more(name, order * by, contract * contract_by, HALF_CENT * max(by, contract_by))


def _same(name: str, order: object, contract: object) -> FieldCompared:
    if order is None or contract is None:
        return FieldCompared(name, "NOT_COMPARABLE", False, NOT_SAID)
    if order == contract:
        return FieldCompared(name, "EQUAL", False, SAME)
    return FieldCompared(name, "NOT_COMPARABLE", True, CHANGED)


def _more(
    name: str, order: Decimal | None, contract: Decimal | None, within: Decimal = Decimal(0)
) -> FieldCompared:
    """More is better."""
    if order is None or contract is None:
        return FieldCompared(name, "NOT_COMPARABLE", False, NOT_SAID)
    if abs(order - contract) <= within:
        return FieldCompared(name, "EQUAL", False, SAME)
    found: Compared = "BETTER" if contract > order else "WORSE"
    return FieldCompared(name, found, True, MORE if contract > order else LESS)


def _deductions(order: Offer, contract: Offer, money: Money) -> FieldCompared:
    """Less is better."""
    kept = []
    for one in (order, contract):
        if one.deductions is None:
            return FieldCompared("deductions", "NOT_COMPARABLE", False, NOT_SAID)
        kept.append(money.of(one.deductions, one.currency, one.start))
    first, second = kept
    if first is None or second is None:
        return FieldCompared("deductions", "NOT_COMPARABLE", False, NO_RATE)
    if first == second:
        return FieldCompared("deductions", "EQUAL", False, SAME)
    if second > first:
        return FieldCompared("deductions", "WORSE", True, MORE)
    return FieldCompared("deductions", "BETTER", True, LESS)


def _duration(order: Offer, contract: Offer) -> FieldCompared:
    """Shorter is worse; whether longer is better is for people to judge."""
    ends = [(one.start, one.end) for one in (order, contract)]
    days = [(end - start).days if start and end else None for start, end in ends]
    if days[0] is not None and days[1] is not None and days[1] < days[0]:
        return FieldCompared("duration", "WORSE", True, LESS)
    return _same("duration", *days)
