"""One fee charged to one applicant."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from cauce.assess.dates import months_begun, months_completed
from cauce.assess.logic import any_of
from cauce.assess.regularization.criteria import judge
from cauce.model.cost import CostItem
from cauce.model.fact import Between, Facts
from cauce.model.fee import Fee, Tier, Waiver
from cauce.model.record import Absent
from cauce.model.text import Text
from cauce.model.truth import Truth

ZERO = Decimal(0)
Charge = tuple[Decimal, Decimal | None, Text]
"""At least, at most (None if unknown), and why."""


def charge(fee: Fee, facts: Facts, on: date) -> CostItem:
    """What the fee comes to for an application on that day, between a least and a most.

    Where it cannot be told whether it is due or waived, the least is 0 and the most the full fee.

    Raises:
        BadInput: a fact is of another kind than a condition asks.

    Source: fees by month in tiers, with waivers and windows, as in the Belize special period of
    2021 (tests/spec/assess/belize); bounds as in Manski (2003), Partial Identification of
    Probability Distributions, chapter 1.
    """
    due, waived = _due(fee, facts, on), _let_off(fee, facts, on)
    if due is Truth.NO:
        return _item(fee, ZERO, ZERO, Text("not due", "no corresponde"))
    if waived is Truth.YES:
        return _item(fee, ZERO, ZERO, Text("waived", "exonerado"))
    low, high, because = _by_month(fee, facts, on) if fee.tiers else _once(fee)
    if Truth.CANNOT_TELL in (due, waived):
        low = ZERO
        because = Text(
            f"{because.en}; whether it is due cannot be told",
            f"{because.es}; no se puede saber si corresponde",
        )
    return _item(fee, low, high, because)


def _item(fee: Fee, low: Decimal, high: Decimal | None, because: Text) -> CostItem:
    return CostItem(fee.id, fee.name, fee.part, fee.currency, low, high, because)


def _due(fee: Fee, facts: Facts, on: date) -> Truth:
    in_time = (fee.asked_from or date.min) <= on <= (fee.asked_to or date.max)
    if not in_time:
        return Truth.NO
    return Truth.YES if fee.due_if is None else judge(fee.due_if, facts, on).truth


def _let_off(fee: Fee, facts: Facts, on: date) -> Truth:
    """Whether a waiver of the whole fee is given."""
    return any_of(_given(w, facts, on) for w in fee.waivers if not _of_months(w))


def _of_months(waiver: Waiver) -> bool:
    return waiver.months_from is not None or waiver.months_to is not None


def _given(waiver: Waiver, facts: Facts, on: date) -> Truth:
    return Truth.YES if waiver.given_if is None else judge(waiver.given_if, facts, on).truth


def _once(fee: Fee) -> Charge:
    if fee.amount is None:
        return ZERO, None, Text("amount unknown", "monto desconocido")
    return fee.amount, fee.amount, Text("once", "una vez")


def _by_month(fee: Fee, facts: Facts, on: date) -> Charge:
    """The months unpaid, at the least and at the most, at their prices."""
    since = facts.get(fee.since, Absent.UNKNOWN)
    if since is Absent.NOT_APPLICABLE:
        return ZERO, ZERO, Text("no month is unpaid", "no hay meses impagos")
    if isinstance(since, Between):
        first, last = since.first, since.last
    elif isinstance(since, date):
        first = last = since
    else:
        return ZERO, None, Text("unpaid since: unknown", "impago desde: se desconoce")
    fewest, surely = chargeable_months(fee, last, on, _waivers(fee, facts, on, Truth.CANNOT_TELL))
    most, _ = chargeable_months(fee, first, on, _waivers(fee, facts, on, Truth.YES))
    low, high = price(fee.tiers, fewest), price(fee.tiers, most)
    words = _months(fee.tiers, fewest, most)
    if surely:
        words = Text(f"{words.en}; some waived", f"{words.es}; algunos exonerados")
    if high is None:
        words = Text(f"{words.en}; price unknown", f"{words.es}; precio desconocido")
    return least_price(fee.tiers, fewest) if low is None else low, high, words


def _months(tiers: Sequence[Tier], fewest: int, most: int) -> Text:
    """How many months, and the sum that makes of them where the number is known."""
    if fewest != most:
        return Text(f"{fewest}–{most} months", f"{fewest}–{most} meses")
    parts = [f"{n} × {'?' if amount is None else amount}" for amount, n in _spread(tiers, most)]
    made = f": {' + '.join(parts)}" if parts else ""
    one = most == 1
    return Text(
        f"{most} month{'' if one else 's'}{made}", f"{most} {'mes' if one else 'meses'}{made}"
    )


def _waivers(fee: Fee, facts: Facts, on: date, least: Truth) -> list[Waiver]:
    """The waivers of months that are given; also those that may be, if `least` is CANNOT_TELL."""
    enough = {Truth.YES, least}
    return [w for w in fee.waivers if _of_months(w) and _given(w, facts, on) in enough]


def chargeable_months(
    fee: Fee, since: date, on: date, waivers: Sequence[Waiver]
) -> tuple[int, bool]:
    """The months to pay from `since` to `on`, and whether a waiver took any away.

    The months are counted in each stretch that is not waived.

    Source: as `charge` (months of 1 March 2020 to 30 September 2021 waived).
    """
    first = max(since, fee.months_from or date.min)
    last = min(on, fee.months_to or date.max)
    count = months_begun if fee.months_are == "begun" else months_completed
    days = list(stretches(first, last, waivers))
    whole = [(first, last)] if first <= last else []
    return sum(count(start, end) for start, end in days), days != whole


def stretches(first: date, last: date, waivers: Sequence[Waiver]) -> Iterator[tuple[date, date]]:
    """The days from first to last that no waiver covers, as first and last days.

    Source: subtraction of intervals.
    """
    windows = sorted((w.months_from or date.min, w.months_to or date.max) for w in waivers)
    at = first
    for start, end in windows:
        if start > last:
            break
        if at < start:
            yield at, start - timedelta(days=1)
        if end >= last:
            return
        at = max(at, end + timedelta(days=1))
    if at <= last:
        yield at, last


def price(tiers: Sequence[Tier], months: int) -> Decimal | None:
    """What so many months cost, in the order of the tiers; None if a price needed is unknown.

    Months beyond the last tier cost nothing more: a schedule that ends has a ceiling.

    Source: Belize, Statutory Instrument 42 of 2005 (BZ$50 a month for six months, then BZ$100).
    """
    total = ZERO
    for amount, in_tier in _spread(tiers, months):
        if amount is None:
            return None
        total += amount * in_tier
    return total


def least_price(tiers: Sequence[Tier], months: int) -> Decimal:
    """What so many months cost at least: the tiers whose price is known.

    Source: as `price`; an unknown price is not below 0.
    """
    return sum((amount * n for amount, n in _spread(tiers, months) if amount is not None), ZERO)


def _spread(tiers: Sequence[Tier], months: int) -> Iterator[tuple[Decimal | None, int]]:
    """The price and the number of months of every tier that is reached."""
    left = months
    for tier in tiers:
        in_tier = left if tier.months is None else min(tier.months, left)
        if in_tier:
            yield tier.amount, in_tier
        left -= in_tier
