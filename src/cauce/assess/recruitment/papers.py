"""Job orders and contracts as registers keep them, as offers; and the rates declared."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from cauce.assess.filled import day, money, text
from cauce.model.job_order import Offer
from cauce.model.record import Record
from cauce.model.recruitment_cost import Rate


def offers(order: Record, contract: Record) -> tuple[Offer, Offer]:
    """What was offered and what was signed.

    Occupations are compared by their code where both papers have one, else by their words.

    Source: none, it computes nothing.
    """
    isco = [text(one, "isco") for one in (order, contract)]
    offered, signed = offer(order), offer(contract)
    if not all(isco):
        return offered, signed
    return replace(offered, occupation=isco[0]), replace(signed, occupation=isco[1])


def offer(record: Record) -> Offer:
    """The terms a record holds. Source: none, it computes nothing."""
    return Offer(
        number=text(record, "number"),
        employer=text(record, "employer"),
        work_address=text(record, "work_address"),
        occupation=text(record, "occupation"),
        pay=money(record, "pay"),
        unit=text(record, "pay_unit") or None,
        currency=text(record, "currency") or None,
        hours_week=money(record, "hours_week"),
        hours_day=money(record, "hours_day"),
        pieces_hour=money(record, "pieces_hour"),
        overtime=money(record, "overtime"),
        deductions=money(record, "deductions"),
        housing=text(record, "housing") or None,
        meals=text(record, "meals") or None,
        transport=text(record, "transport") or None,
        insurance=text(record, "insurance") or None,
        start=day(record, "start"),
        end=day(record, "end"),
    )


def rates_into(currency: str, records: Iterable[Record]) -> list[Rate]:
    """The declared rates into a currency, those declared the other way round included.

    Source: none of its own: rates are declared, each with its source.
    """
    return [rate for record in records for rate in _rate(currency, record)]


def _rate(currency: str, record: Record) -> Iterator[Rate]:
    first, last, value = day(record, "from_day"), day(record, "to_day"), money(record, "value")
    if first is None or last is None or not value:
        return
    source, one, other = (text(record, name) for name in ("source", "currency", "into"))
    if other == currency:
        yield Rate(one, first, last, value, source)
    if one == currency:
        yield Rate(other, first, last, Decimal(1) / value, source)
