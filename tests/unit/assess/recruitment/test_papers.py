"""A contract of the register beside its order, told to a consular officer."""

from datetime import date

import pytest

from cauce.assess.recruitment.costs import Money
from cauce.assess.recruitment.paper_told import told_paper
from cauce.assess.recruitment.papers import offers, rates_into
from cauce.assess.recruitment.substitution import compare
from cauce.assess.telling import Speaker
from cauce.model.record import Absent, Record
from cauce.model.text import Text

ORDER: Record = {
    "number": "O-1", "employer": "Finca Inventada", "occupation": "Harvest", "isco": "9",
    "pay": 12.5, "pay_unit": "HOUR", "currency": "USD", "hours_week": 40.0, "deductions": 0.0,
    "housing": "FREE", "start": date(2026, 3, 1), "end": date(2026, 10, 31),
}  # fmt: skip
CONTRACT: Record = {
    **ORDER, "number": "C-1", "occupation": "Cosecha", "pay": 3200.0, "pay_unit": "MONTH",
    "currency": "GTQ", "hours_week": 48.0, "housing": "CHARGED",
}  # fmt: skip
RATE: Record = {
    "currency": "GTQ", "into": "USD", "value": 0.125, "from_day": date(2026, 1, 1),
    "to_day": date(2026, 6, 30), "source": "A bank, invented",
}  # fmt: skip
INVERSE: Record = {**RATE, "currency": "USD", "into": "GTQ", "value": 8.0}


def told(order: Record, contract: Record, *rates: Record) -> tuple[tuple[Text, ...], dict, list]:
    """The notes, the rows of fields by name, and the rates used; in English."""
    papers = offers(order, contract)
    money = Money("USD", rates_into("USD", rates))
    found = told_paper(Text("t", "t"), papers, compare(*papers, money), money, Speaker({}))
    rows = {row[0].said.en: [cell.said.en for cell in row[1:]] for row in found.tables[0].rows}
    return found.notes, rows, [[cell.said.en for cell in row] for row in found.tables[1].rows]


@pytest.mark.parametrize("rate", [RATE, INVERSE], ids=["into dollars", "into quetzales"])
def test_pay_by_the_month_in_another_currency_is_set_beside_pay_by_the_hour(rate):
    """3,200 GTQ x 0.125 = 400 USD, over 48 x 52 / 12 = 208 hours: 1.92 USD."""
    notes, rows, used = told(ORDER, CONTRACT, rate)
    assert notes[0].en == "Worse than was offered: pay by the hour, pay by the week, housing."
    assert rows["pay by the hour"] == [
        "12.50 USD / hour = 12.50 USD", "3,200.00 GTQ / month = 1.92 USD", "worse",
        "less than was offered",
    ]  # fmt: skip
    assert rows["pay by the week"][:2] == ["500.00 USD", "92.31 USD"]
    assert rows["occupation"][2] == "equal", "both have a code, so words do not matter"
    assert rows["hours a week"][2] == "to be judged"
    assert next(iter(rows)) == "pay by the hour", "what is worse comes first"
    assert used == [["GTQ", "0.125 USD", "1 January 2026", "30 June 2026", "A bank, invented"]]


def test_without_a_rate_of_its_day_pay_is_not_comparable_and_none_is_guessed():
    late = {**RATE, "to_day": date(2026, 1, 31)}
    notes, rows, used = told(ORDER, {**CONTRACT, "housing": "FREE", "isco": ""}, late)
    assert rows["pay by the hour"][1:3] == ["3,200.00 GTQ / month = –", "not comparable"]
    assert rows["pay by the week"][1] == "–"
    assert rows["occupation"][2] == "to be judged"
    assert notes[0].en.startswith("In what can be compared, nothing is worse")
    assert not used


def test_overtime_is_told_as_times_of_ordinary_pay():
    _, rows, _ = told({**ORDER, "overtime": 1.5}, {**ORDER, "overtime": 1.0})
    assert rows["pay of overtime"][:3] == ["× 1.5", "× 1", "worse"]


def test_what_is_not_known_is_shown_as_that_and_a_rate_without_its_days_is_none():
    gap: Record = {**CONTRACT, "pay": Absent.UNKNOWN, "start": Absent.NOT_STATED, "housing": ""}
    same = {**ORDER, "number": "C-2", "hours_week": Absent.UNKNOWN, "currency": "USD"}
    _, rows, used = told(ORDER, gap, {**RATE, "to_day": Absent.UNKNOWN})
    assert rows["pay by the hour"][1:3] == ["–", "not comparable"]
    assert rows["start"][:2] == ["1 March 2026", "–"]
    assert rows["duration"][:2] == ["244 days", "–"]
    assert not used
    _, rows, _ = told(ORDER, same)
    assert rows["pay by the week"][1] == "–"
    assert rows["pay by the hour"][2] == "equal"


def test_pay_by_piece_is_compared_only_with_a_declared_norm():
    piece: Record = {**ORDER, "pay": 2.0, "pay_unit": "PIECE"}
    _, rows, _ = told(ORDER, piece)
    assert rows["pay by the hour"][2] == "not comparable"
    _, rows, _ = told(ORDER, {**piece, "pieces_hour": 6.5})
    assert rows["pay by the hour"][1:3] == [
        "2.00 USD / PIECE = 13.00 USD".replace("PIECE", "piece"),
        "better",
    ]
