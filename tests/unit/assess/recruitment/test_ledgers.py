"""What is wrong with the tables of a survey of costs is told at its cell, without its value."""

import pytest

from cauce.assess.columns import Sheet
from cauce.assess.recruitment.ledgers import COSTS, PEOPLE, RATES, costs_of, people_of, rates_of
from cauce.declare.problems import Problems
from cauce.model.codelist import Code, Codelist
from cauce.model.errors import BadInput
from cauce.model.text import Text

ID = Text("x", "x")
LISTS = {
    name: Codelist(name, ID, tuple(Code(code, ID) for code in codes))
    for name, codes in {
        "CL_COST": ["F1"],
        "CL_PAYER": ["WORKER"],
        "CL_COST_PAYEE": ["STATE"],
        "CL_COST_CHANNEL": ["CASH"],
    }.items()
}
GOOD = {"person": "secret-1", "area": "XAA", "stratum": "1", "psu": "1", "weight": "2"}
GOOD |= {"interviewed": "2024-05-01"}


def told(read, sheet, *more) -> str:
    problems = Problems()
    read(sheet, *more, problems)
    with pytest.raises(BadInput) as error:
        problems.stop_if_any("It")
    return str(error.value)


def sheet(columns, *rows):
    return Sheet("t", tuple(columns), tuple(enumerate(rows, start=2)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"weight": "0"}, "line 2: weight must be above 0"),
        ({"weight": "ten"}, "weight must be a number"),
        ({"weight": "NaN"}, "weight must be a number"),
        ({"received": "-5"}, "received must be a number of at least 0"),
        ({"interviewed": ""}, "interviewed is empty"),
        ({"interviewed": "yesterday"}, "interviewed must be a day"),
        ({"first_job": "soon"}, "first_job must be 2024-05-31, 2024-05, 2024"),
        ({"first_job": "2024-13"}, "first_job must be"),
        ({"wage_earner": "maybe"}, "wage_earner must be YES, NO or UNK"),
        ({"person": ""}, "person is empty"),
    ],
)
def test_a_wrong_cell_is_named_by_column_and_line_and_not_repeated(wrong, said):
    message = told(people_of, sheet(PEOPLE, GOOD | wrong))
    assert said in message
    assert "secret-1" not in message
    assert "yesterday" not in message


def test_the_same_person_twice_is_told_without_the_token():
    message = told(people_of, sheet(PEOPLE, GOOD, GOOD))
    assert "line 3: person is a token that another row has" in message
    assert "secret-1" not in message


def test_a_lacking_column_is_told_with_what_was_perhaps_meant():
    columns = [name.replace("weight", "wieght") for name in PEOPLE]
    assert "no column weight. Did you mean wieght?" in told(people_of, sheet(columns))
    assert "no column category" in told(costs_of, sheet(COSTS[2:]), LISTS)
    assert "no column source" in told(rates_of, sheet(RATES[:-1]))


def test_codes_and_reimbursements_beyond_the_amount_are_told():
    row = {"person": "a", "category": "Z9", "amount": "5", "reimbursed": "6"}
    message = told(costs_of, sheet(COSTS, row), LISTS)
    assert "category is no code of its list: F1, or UNK" in message
    assert "reimbursed is more than the amount itself" in message


def test_rates_have_days_and_a_source_and_do_not_overlap():
    one = {"currency": "MXN", "from": "2024-01-01", "to": "2024-06-30", "rate": "0.05"}
    one |= {"source": "invented"}
    message = told(
        rates_of,
        sheet(RATES, one, one | {"from": "2024-06-30"}, one | {"rate": ""}, one | {"source": ""}),
    )
    assert "line 3: from falls in the days of another rate" in message
    assert "line 4: rate needs a value above 0" in message
    assert "line 5: source is empty" in message


def test_a_month_is_all_of_its_days():
    found = people_of(sheet(PEOPLE, GOOD | {"first_job": "2023-12"}), Problems())
    assert (str(found[0].first_job.first), str(found[0].first_job.last)) == (
        "2023-12-01",
        "2023-12-31",
    )
