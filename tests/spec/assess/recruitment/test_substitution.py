"""Each field of a contract beside its order is what the table beside this file says."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cauce.assess.columns import Sheet
from cauce.assess.recruitment.costs import Money
from cauce.assess.recruitment.orders import TERMS, offers_of
from cauce.assess.recruitment.substitution import compare
from cauce.declare.problems import Problems
from cauce.model.recruitment_cost import Rate

HERE = Path(__file__).parent
MONEY = Money(
    "USD", [Rate("MXN", date(2024, 1, 1), date(2024, 12, 31), Decimal("0.05"), "invented")]
)
with (HERE / "substitution.csv").open(newline="", encoding="utf-8") as lines:
    ROWS = list(csv.DictReader(lines))


def offer(said):
    cells = dict.fromkeys(TERMS, "") | {"currency": "USD", "order": "1"}
    cells |= dict(part.split("=") for part in said.split(";") if part)
    problems = Problems()
    (found,) = offers_of(Sheet("orders", ("order", *TERMS), ((2, cells),)), "order", problems)
    problems.stop_if_any("orders")
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_a_field_is_better_equal_worse_or_not_comparable(row):
    found = {one.field: one for one in compare(offer(row["order"]), offer(row["contract"]), MONEY)}
    one = found[row["field"]]
    assert (one.found, one.differs) == (row["found"], row["differs"] == "YES")
    assert one.because.en
    assert one.because.es
