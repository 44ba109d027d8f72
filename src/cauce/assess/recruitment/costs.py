"""What a worker bore of a recruitment, and whether the employer paid."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from cauce.assess.logic import all_of, any_of
from cauce.model.recruitment_cost import (
    COST_KINDS,
    Borne,
    CostKind,
    EmployerPays,
    LedgerItem,
    Rate,
    Recruited,
)
from cauce.model.text import Text
from cauce.model.truth import Truth

WORKERS = frozenset({"WORKER", "FAMILY"})
KINDS: dict[str, CostKind] = {"F": "FEE", "R": "RELATED", "I": "ILLEGITIMATE"}
NO_AMOUNT = Text("an amount is not known", "no se conoce un monto")
NO_PAYER = Text("who bore a cost is not known", "no se sabe quién asumió un costo")
NO_RATE = Text(
    "a currency has no declared rate on its day", "una moneda no tiene tipo de cambio en su fecha"
)
NO_REFUND = Text(
    "how much of a documented reimbursement came, or whether it is documented, is not known",
    "no se sabe cuánto se reembolsó o si el reembolso está documentado",
)
NOT_ALL = Text(
    "it is not known that every cost was told", "no consta que se hayan declarado todos los costos"
)


@dataclass(frozen=True)
class Money:
    """The currency that is counted in, and the declared rates into it."""

    currency: str
    rates: Sequence[Rate]

    def of(self, amount: Decimal, currency: str | None, on: date | None) -> Decimal | None:
        """An amount in the currency counted in; None without a rate declared for its day.

        Source: none of its own: rates are declared, each with its source.
        """
        if currency == self.currency or (amount == 0 and currency is not None):
            return amount
        for rate in self.rates:
            if on is not None and rate.currency == currency and rate.first <= on <= rate.last:
                return amount * rate.value
        return None


def on_worker(item: LedgerItem) -> Truth:
    """Whether a payment fell on the worker: paid by worker or family, or kept from wages.

    Source: ILO (2019), Definition of recruitment fees and related costs; IOM counts who collects,
    an employer by wage deduction included.
    """

    def is_one(value: str | None, of: frozenset[str]) -> Truth:
        if value is None:
            return Truth.CANNOT_TELL
        return Truth.YES if value in of else Truth.NO

    return any_of(
        [is_one(item.payer, WORKERS), is_one(item.channel, frozenset({"WAGE_DEDUCTION"}))]
    )


def borne(person: Recruited, items: Iterable[LedgerItem], money: Money) -> Borne:
    """What a worker bore, net of documented reimbursement, in one currency.

    What is not known makes the sum a lower bound; it never counts as zero. A reimbursement without
    a document does not reduce it. Illegitimate costs are in the sum and are told apart.

    Source: SDG indicator 10.7.1: metadata, C_k; ILO (2019), as `on_worker`.
    """
    kinds: dict[CostKind, Decimal] = dict.fromkeys(COST_KINDS, Decimal(0))
    because: list[Text] = []
    for item in items:
        low, unknown = _item(item, money)
        kinds[KINDS[item.category[0]]] += low
        because += unknown
    if person.all_told is not Truth.YES:
        because.append(NOT_ALL)
    return Borne(sum(kinds.values(), Decimal(0)), not because, kinds, tuple(dict.fromkeys(because)))


def _item(item: LedgerItem, money: Money) -> tuple[Decimal, list[Text]]:
    """The least a payment cost the worker, and what is not known of it."""
    nothing = Decimal(0)
    fell = on_worker(item)
    if fell is Truth.NO or item.amount == 0:
        return nothing, []
    if fell is Truth.CANNOT_TELL:
        return nothing, [NO_PAYER]
    if item.amount is None:
        return nothing, [NO_AMOUNT]
    back, because = _back(item, item.amount)
    low = money.of(item.amount - back, item.currency, item.on)
    return (nothing, [*because, NO_RATE]) if low is None else (low, because)


def _back(item: LedgerItem, amount: Decimal) -> tuple[Decimal, list[Text]]:
    """The most that a document may have brought back, and whether that is open."""
    if item.documented is Truth.NO or item.reimbursed == 0:
        return Decimal(0), []
    if item.documented is Truth.YES and item.reimbursed is not None:
        return item.reimbursed, []
    if item.documented is Truth.CANNOT_TELL and item.reimbursed is None:
        # Nobody spoke of a reimbursement: there is no document that would reduce the cost.
        return Decimal(0), []
    return amount if item.reimbursed is None else item.reimbursed, [NO_REFUND]


def employer_pays(person: Recruited, items: Iterable[LedgerItem], money: Money) -> EmployerPays:
    """Whether no cost of a recruitment was borne by the worker, with what tells so.

    Source: IRIS Standard 1.2 (2019), principle 1; ILO (2019), as `on_worker`.
    """
    against = list(_against(items, money))
    truths = [truth for truth, _ in against]
    because = [words for truth, words in against if truth is not Truth.YES]
    if person.all_told is not Truth.YES:
        truths.append(Truth.CANNOT_TELL)
        because.append(NOT_ALL)
    return EmployerPays(all_of(truths), tuple(dict.fromkeys(because)))


def _against(items: Iterable[LedgerItem], money: Money) -> Iterator[tuple[Truth, Text]]:
    """Of every payment: NO if part of it stayed with the worker, and why."""
    for item in items:
        # An amount above 0 is one in any currency: no rate is needed to see that.
        low, unknown = _item(replace(item, currency=money.currency), money)
        if low > 0:
            yield Truth.NO, _said(item)
        elif unknown:
            yield Truth.CANNOT_TELL, unknown[0]
        else:
            yield Truth.YES, NO_AMOUNT


def _said(item: LedgerItem) -> Text:
    if item.channel == "WAGE_DEDUCTION":
        return Text(f"{item.category} kept from wages", f"{item.category} descontado del salario")
    return Text(
        f"{item.category} paid by the worker or the family",
        f"{item.category} pagado por la persona trabajadora o su familia",
    )
