"""Who bore a cost, and which series a person is of, equal the tables beside this file."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cauce.assess.columns import Sheet
from cauce.assess.recruitment.costs import Money, borne, employer_pays
from cauce.assess.recruitment.ledgers import COSTS, PEOPLE, costs_of, people_of
from cauce.assess.recruitment.ratios import series_of
from cauce.declare.codelists import read_codelists
from cauce.declare.problems import Problems
from cauce.model.recruitment_cost import Rate
from cauce.model.truth import Truth

HERE = Path(__file__).parent
LISTS = Path("packs/registers/codelists")
MONEY = Money(
    "USD", [Rate("MXN", date(2024, 1, 1), date(2024, 12, 31), Decimal("0.05"), "invented")]
)
PERSON = dict.fromkeys(PEOPLE, "") | {
    "person": "t",
    "area": "XAA",
    "stratum": "1",
    "psu": "1",
    "weight": "1",
    "interviewed": "2024-05-01",
}


def rows(name):
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def lists():
    names = ("CL_COST", "CL_PAYER", "CL_COST_PAYEE", "CL_COST_CHANNEL")
    return read_codelists({f"codelists/{n}.csv": (LISTS / f"{n}.csv").read_text() for n in names})


def person(**said):
    problems = Problems()
    (found,) = people_of(Sheet("people", PEOPLE, ((2, PERSON | said),)), problems)
    problems.stop_if_any("people")
    return found


@pytest.mark.parametrize("row", rows("borne"), ids=lambda row: row["case"])
def test_what_a_worker_bore(row):
    said = {
        name: row.get(name, "") for name in ("category", "payer", "channel", "amount", "currency")
    }
    said |= {"person": "t", "payee": "RECRUITER", "date": row["date"]}
    said |= {"reimbursed": row["reimbursed"], "reimbursement_documented": row["documented"]}
    problems = Problems()
    items = costs_of(Sheet("costs", COSTS, ((2, said),)), lists(), problems)
    problems.stop_if_any("costs")
    one = person(all_costs_told=row["all_told"])

    found = borne(one, items, MONEY)
    assert found.low == Decimal(row["low"])
    assert found.exact == (row["exact"] == "YES")
    assert bool(found.because) != found.exact
    assert found.kinds["ILLEGITIMATE"] == (found.low if row["category"] == "I1" else 0)
    assert employer_pays(one, items, MONEY).held is Truth(row["employer_pays"])


def test_nobody_is_of_two_series_and_the_unknown_are_of_none():
    for row in rows("scope"):
        said = {key: value for key, value in row.items() if key not in ("case", "series")}
        assert (series_of(person(**said)) or "") == row["series"], row["case"]


def test_nothing_paid_by_somebody_who_told_all_is_zero_and_the_employer_paid():
    one = person(all_costs_told="YES")
    assert borne(one, [], MONEY).exact
    assert employer_pays(one, [], MONEY).held is Truth.YES
    assert not borne(replace(one, all_told=Truth.NO), [], MONEY).exact
