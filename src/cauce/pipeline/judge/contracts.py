"""A contract of the register beside the job order it names."""

from cauce.assess.filled import text
from cauce.assess.recruitment.costs import Money
from cauce.assess.recruitment.paper_told import told_paper
from cauce.assess.recruitment.papers import offers, rates_into
from cauce.assess.recruitment.substitution import compare
from cauce.model.errors import BadInput
from cauce.model.job_order import FieldCompared
from cauce.model.judgement import Judgement
from cauce.model.text import Text
from cauce.pipeline.judge.sight import Sight, one, speaker

CONTRACTS, ORDERS, RATES = "contracts", "job_orders", "exchange_rates"


def judge_contract(sight: Sight, key: str) -> tuple[tuple[FieldCompared, ...], Judgement]:
    """A contract compared with its order, in the currency of the order.

    Raises:
        BadInput: there is no such contract, or no order of it that may be seen.
    """
    contract = one(sight, CONTRACTS, key)
    order = sight.records(ORDERS).get(text(contract, "order"))
    if order is None:
        raise BadInput("The contract names no job order that is approved: compare once it does.")
    offered, signed = offers(order, contract)
    currency = offered.currency or signed.currency or ""
    money = Money(currency, rates_into(currency, sight.records(RATES).values()))
    found = compare(offered, signed, money)
    title = Text(
        f"Contract {signed.number} beside its job order {offered.number}",
        f"El contrato {signed.number} junto a su orden de trabajo {offered.number}",
    )
    return found, told_paper(title, (offered, signed), found, money, speaker(sight))


def contracts_with_order(sight: Sight) -> dict[str, str]:
    """The numbers of contracts that name an order, by key, the newest first."""
    found = sight.records(CONTRACTS)
    named = {key: text(each, "number") for key, each in found.items() if text(each, "order")}
    return dict(reversed(named.items()))
