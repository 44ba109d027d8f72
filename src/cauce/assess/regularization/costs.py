"""What an application costs an applicant in all: fees, fines and what is lost on the way."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cauce.assess.regularization.fees import ZERO, charge
from cauce.model.cost import Cost, CostItem, CostTotal
from cauce.model.fact import Facts
from cauce.model.fee import Fee, Outlay
from cauce.model.text import Text


def cost(fees: Sequence[Fee], outlays: Sequence[Outlay], facts: Facts, on: date) -> Cost:
    """Every item and the totals by currency; with an item unknown a total is "at least".

    Items are bounded one by one: of two that exclude each other, the most holds both.

    Outlays are what the applicant pays to others – legal help, transport, translation – or loses,
    such as days of work.

    Raises:
        BadInput: a fact is of another kind than a condition asks.

    Source: IOM (2021), Regional Study: Migratory Regularization Programmes and Processes: procedure
    and fines, then legal representation, transport and translation.
    """
    items = (*(charge(fee, facts, on) for fee in fees), *(_outlay(outlay) for outlay in outlays))
    currencies = dict.fromkeys(item.currency for item in items)
    return Cost(items, tuple(_total(currency, items) for currency in currencies))


def _outlay(outlay: Outlay) -> CostItem:
    most = outlay.amount if outlay.up_to is None else outlay.up_to
    low = ZERO if outlay.amount is None else outlay.amount * outlay.times
    high = None if most is None else most * outlay.times
    because = Text("amount unknown", "monto desconocido")
    if most is not None:
        each = (
            _plain(most)
            if outlay.amount == most
            else f"{_plain(outlay.amount or ZERO)}–{_plain(most)}"
        )
        because = Text(f"{_plain(outlay.times)} × {each}", f"{_plain(outlay.times)} × {each}")
    return CostItem(outlay.id, outlay.name, outlay.part, outlay.currency, low, high, because)


def _total(currency: str, items: Sequence[CostItem]) -> CostTotal:
    mine = [item for item in items if item.currency == currency]
    low = sum((item.low for item in mine), ZERO)
    known = [item.high for item in mine if item.high is not None]
    unknown = len(mine) - len(known)
    high = None if unknown else sum(known, ZERO)
    return CostTotal(currency, low, high, unknown, _words(currency, low, high, unknown))


def _words(currency: str, low: Decimal, high: Decimal | None, unknown: int) -> Text:
    least = f"{currency} {_plain(low)}"
    if high is None:
        return Text(
            f"at least {least}; {unknown} of the items unknown",
            f"al menos {least}; montos desconocidos: {unknown}",
        )
    if low != high:
        most = f"{currency} {_plain(high)}"
        return Text(f"between {least} and {most}", f"entre {least} y {most}")
    return Text(least, least)


def _plain(number: Decimal) -> str:
    """Thousands with a comma, decimals if there are any, as in the Americas in both languages."""
    return f"{number:,.2f}".removesuffix(".00")
