"""Answers to our forms come in from KoBo and ODK."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.unit.pipeline.books.conftest import Desk

from cauce.model.record import Absent
from cauce.pipeline.register_books import Refused, check_submissions

KOBO = {
    "form": [
        ["start", "group/title", "country", "kinds", "kinds/01", "open", "amount", "_index",
         "_uuid"],
        ["2026-01-01T08:00:00", "One", "BLZ", "01 02", 1, "yes", 12, 1, "u-1"],
        ["2026-01-02T08:00:00", "Two", "UNK", None, None, "no", None, 2, "u-2"],
    ],
    "parts": [
        ["parts/parts__name", "parts/parts__size", "_index", "_parent_index"],
        ["a", 3, 1, 2],
        ["b", None, 2, 2],
        [None, None, 3, 1],
    ],
    "notes": [["nothing of ours"]],
}  # fmt: skip


def kobo(desk: Desk, sheets: dict[str, list[list[Any]]] = KOBO) -> Path:
    path = desk.folder / "kobo.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, lines in sheets.items():
            page = book.add_worksheet(name)
            for row, line in enumerate(lines):
                page.write_row(row, 0, line)
        book.add_worksheet("empty")
    return path


def test_answers_of_kobo_become_records(desk: Desk) -> None:
    checked = check_submissions(desk.declared, "things", [kobo(desk)], desk.log, "ana")
    one, two = (draft.record for draft in checked.drafts)
    assert one == {
        "title": "One", "country": "BLZ", "kinds": ("01", "02"), "open": True, "amount": 12.0,
    }  # fmt: skip
    assert two == {
        "title": "Two", "country": Absent.UNKNOWN, "open": False,
        "parts": ({"name": "a", "size": 3}, {"name": "b"}),
    }  # fmt: skip


def test_answers_that_come_again_are_the_same_records(desk: Desk) -> None:
    desk.save(check_submissions(desk.declared, "things", [kobo(desk)], desk.log, "ana"))
    more = {**KOBO, "form": [*KOBO["form"], [None, "Three", "CRI", None, None, None, None, 3, "u"]]}
    again = check_submissions(desk.declared, "things", [kobo(desk, more)], desk.log, "ana")
    assert (again.unchanged, len(again.drafts)) == (2, 1)


def test_answers_of_odk_come_as_one_csv_for_each_repeat(desk: Desk) -> None:
    answers, parts = desk.folder / "things.csv", desk.folder / "things-parts.csv"
    answers.write_text(
        "SubmissionDate,g-title,title__why,amount,KEY\nx,One,,5,uuid:1\nx,,NST,,k2\n"
    )
    parts.write_text("parts__name,parts__name__why,PARENT_KEY,KEY\na,,uuid:1,uuid:1/parts[1]\n"
                     ",UNK,k2,k2/parts[1]\n")  # fmt: skip
    checked = check_submissions(desk.declared, "things", [answers, parts], desk.log, "ana")
    assert [draft.record for draft in checked.drafts] == [
        {"title": "One", "amount": 5.0, "parts": ({"name": "a"},)},
        {"title": Absent.NOT_STATED, "parts": ({"name": Absent.UNKNOWN},)},
    ]


def test_an_answer_that_is_wrong_is_told_at_its_cell(desk: Desk) -> None:
    wrong = {**KOBO, "parts": [KOBO["parts"][0], ["a", "many", 1, 2]]}
    (mark,) = check_submissions(desk.declared, "things", [kobo(desk, wrong)], desk.log, "ana").marks
    assert (mark.sheet, mark.row, mark.column) == ("parts", 2, 1)


def test_answers_to_another_form_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="No sheet holds answers"):
        check_submissions(
            desk.declared, "things", [kobo(desk, {"a": [["x", "y"]]})], desk.log, "ana"
        )
    lost = {**KOBO, "parts": [KOBO["parts"][0], ["a", 1, 1, 9]]}
    with pytest.raises(Refused, match="has no answer 9"):
        check_submissions(desk.declared, "things", [kobo(desk, lost)], desk.log, "ana")
