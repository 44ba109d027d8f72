"""Eligibility, cost, opening and documents equal the tables worked out by hand beside this file."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cauce.assess.regularization.costs import cost
from cauce.assess.regularization.criteria import grow
from cauce.assess.regularization.documents import documents
from cauce.assess.regularization.eligibility import pre_check
from cauce.assess.regularization.phases import opening
from cauce.model.criterion import Condition, Line
from cauce.model.document import Document
from cauce.model.fact import Between
from cauce.model.fee import Fee, Outlay, Tier, Waiver
from cauce.model.phase import Extension, Phase
from cauce.model.record import Absent
from cauce.model.text import Text
from cauce.model.truth import Truth

HERE = Path(__file__).parent
DATES = {
    "born_on",
    "unpaid_since",
    "asylum_registered_on",
    "resident_since",
    "child_born_on",
    "married_since",
    "union_since",
}


def rows(name):
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def day(text):
    return date.fromisoformat(text) if text else None


def fact(name, text):
    if text in ("UNK", "NAP"):
        return Absent(text)
    if name in DATES:
        first, _, last = text.partition("/")
        return Between(day(first), day(last)) if last else day(first)
    return float(text) if name == "years_employed" else text == "yes"


def tree(name):
    return grow(
        [
            Line(
                id=row["id"],
                within=row["within"],
                kind=row["kind"],
                name=Text(row["en"], row["es"]),
                fact=row["fact"],
                day=day(row["day"]),
                number=float(row["number"] or 0),
                wanted=row["wanted"] != "no",
            )
            for row in rows("criteria")
            if row["tree"] == name
        ]
    )


def tiers(text):
    parts = [part.split("x") for part in text.split(";") if part]
    return tuple(
        Tier(int(months) if months else None, None if amount == "?" else Decimal(amount))
        for months, amount in parts
    )


def fee(row):
    window = (day(row["waived_from"]), day(row["waived_to"]))
    return Fee(
        id=row["id"],
        name=Text(row["en"], row["es"]),
        part=row["part"],
        currency="BZD",
        amount=Decimal(row["amount"]) if row["amount"] else None,
        tiers=tiers(row["tiers"]),
        since=row["since"],
        months_from=day(row["months_from"]),
        months_to=day(row["months_to"]),
        months_are=row["months_are"] or "begun",
        asked_from=day(row["asked_from"]),
        asked_to=day(row["asked_to"]),
        due_if=tree(row["due_if"]) if row["due_if"] else None,
        waivers=(Waiver(Text("w", "w"), None, *window),) if window[0] else (),
    )


def document(id, min_age, otherwise, needed_if=None):
    return Document(id, Text(id, id), min_age, None, otherwise, needed_if)


TRANSLATED = Condition("T", Text("Needs it", "Lo requiere"), "needs_translation", "is")
DOCUMENTS = (
    document("PHOTO_ID", 12, Truth.CANNOT_TELL),
    document("MEDICAL", 12, Truth.CANNOT_TELL),
    document("POLICE", 12, Truth.NO),
    document("TRANSLATION", 0, Truth.NO, TRANSLATED),
)


def phase(name):
    fees = tuple(fee(row) for row in rows("fees") if row["phase"] == name)
    if name == "special":
        opens, closes = date(2021, 10, 1), date(2021, 12, 31)
        return Phase(name, Text("Special period", "Período"), opens, closes, tree(name), fees=fees)
    extension = Extension(
        closes=Between(date(2023, 2, 1), date(2023, 2, 28)),
        announced=Between(date(2022, 11, 29), date(2022, 12, 1)),
    )
    return Phase(
        id=name,
        name=Text("Amnesty 2022", "Amnistía 2022"),
        opens=date(2022, 8, 2),
        closes=date(2022, 11, 30),
        criteria=tree(name),
        extensions=(extension,),
        documents=DOCUMENTS,
        fees=fees,
    )


def applicants():
    return {
        row["applicant"]: (
            {name: fact(name, text) for name, text in list(row.items())[3:]},
            {"special": day(row["special_on"]), "amnesty": day(row["amnesty_on"])},
        )
        for row in rows("applicants")
    }


@pytest.mark.parametrize("name", ["special", "amnesty"])
def test_each_applicant_meets_the_criteria_the_table_says(name):
    for row in rows(name):
        facts, on = applicants()[row["applicant"]]
        found = pre_check(phase(name), facts, on[name])
        said = {part.id: part.truth for part in (found.finding, *found.finding.parts)}
        assert said == {name: row[name] for name in said}, row["applicant"]
        assert ";".join(found.to_find_out) == row["to_find_out"], row["applicant"]


def test_each_item_and_total_is_what_was_worked_out_by_hand():
    expected = rows("costs")
    for name, phase_id in dict.fromkeys((row["applicant"], row["phase"]) for row in expected):
        facts, on = applicants()[name]
        outlays = [
            Outlay(
                row["id"],
                Text(row["en"], row["es"]),
                row["part"],
                "BZD",
                Decimal(row["amount"]) if row["amount"] else None,
                Decimal(row["times"]),
            )
            for row in rows("outlays")
            if (row["applicant"], row["phase"]) == (name, phase_id)
        ]
        found = cost(phase(phase_id).fees, outlays, facts, on[phase_id])
        total = found.totals[0]
        said = {item.id: (item.low, item.high) for item in found.items}
        said["TOTAL"] = (total.low, total.high)
        assert said == {
            row["item"]: (Decimal(row["low"]), Decimal(row["high"]) if row["high"] else None)
            for row in expected
            if (row["applicant"], row["phase"]) == (name, phase_id)
        }, name
        assert total.words.en.startswith("BZD " if total.high is not None else "at least BZD ")


def test_the_amnesty_is_open_when_the_table_says_as_was_known():
    for row in rows("openings"):
        found = opening(phase("amnesty"), day(row["day"]), day(row["known_on"]))
        assert found.truth == row["open"], row


def test_each_applicant_is_asked_for_the_documents_the_table_says():
    for row in rows("documents"):
        facts, _ = applicants()[row["applicant"]]
        found = documents(DOCUMENTS, facts, day(row["on"]))
        assert {each.document.id: each.truth for each in found} == {
            each.id: row[each.id] for each in DOCUMENTS
        }, row
