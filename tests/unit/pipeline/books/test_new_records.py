"""New records come in by a workbook: all, or none and everything that is wrong."""

from datetime import date

import openpyxl
import pytest
from tests.unit.pipeline.books.conftest import Desk

from cauce.model.entry import Action
from cauce.model.record import Absent
from cauce.pipeline.register_books import Refused, write_marked_book


def test_a_filled_in_template_becomes_records(desk: Desk) -> None:
    desk.template()
    desk.fill(
        {
            "_no": 1, "title": "One", "country": "BLZ – Belice", "kind": "Viejo",
            "kinds": "02 – Nuevo; 01", "amount": 12.5, "since": date(2020, 2, 29),
            "until": "UNK – se desconoce", "open": "sí",
        },
        {"_no": "2", "title": 5, "kinds": "NAP", "parent": "#1", "_valid_from": "2021-01-01"},
    )  # fmt: skip
    desk.fill(
        {"_no": 2, "name": "a", "size": 3}, {"_no": 1, "name": "b"}, {"_no": 1, "name": "c"},
        sheet="parts",
    )  # fmt: skip
    one, two = desk.save(desk.check())
    assert one.record == {
        "title": "One", "country": "BLZ", "kind": "01", "kinds": ("01", "02"), "amount": 12.5,
        "since": date(2020, 2, 29), "until": Absent.UNKNOWN, "open": True,
        "parts": ({"name": "b"}, {"name": "c"}),
    }  # fmt: skip
    assert (one.country, one.action, one.valid_from) == ("BLZ", Action.OPEN, None)
    assert two.record == {
        "title": "5", "kinds": Absent.NOT_APPLICABLE, "parent": one.key,
        "parts": ({"name": "a", "size": 3},),
    }  # fmt: skip
    assert two.valid_from == date(2021, 1, 1)
    assert two.reason.startswith("upload.xlsx")


def test_an_empty_template_says_nothing_new(desk: Desk) -> None:
    desk.template()
    desk.fill({"_no": 1}, {"_no": 2})
    checked = desk.check()
    assert checked.right
    assert checked.drafts == ()


def test_everything_that_is_wrong_is_told_at_its_cell_and_nothing_taken_in(desk: Desk) -> None:
    desk.template()
    desk.fill(
        {"_no": 1, "title": "Right"},
        {"_no": 2, "country": "XXX", "kind": 1, "amount": "1.234", "since": 45163},
        {"_no": 3, "title": date(2020, 1, 2), "kind": date(2020, 1, 2), "open": "maybe"},
        {"_no": 4, "title": "x", "since": "2020-02-30", "amount": -1, "until": 2019},
        {"_no": 5, "title": "y", "since": "2020-02-02", "until": "2020-01-01", "amount": "=1/0"},
        {"_no": 6, "title": "z", "_ok": "no", "_action": "maybe", "_valid_from": "soon"},
        {"_no": 7, "title": "w", "_valid_to": "UNK", "_action": "END"},
    )
    desk.fill({"_no": 1, "size": "many"}, {"name": "a"}, {"_no": 99, "name": "b"}, sheet="parts")
    told = desk.told()
    expected = {
        "title5": "title is required", "country5": "XXX is not in the list",
        "kind5": "Did you mean 01?", "amount5": "two ways", "since5": "Did you mean 2023-08-25?",
        "title6": "Excel made the date 2020-01-02", "kind6": "Excel made", "open6": "yes or no",
        "since7": "no date", "amount7": "must lie within", "until7": "2019 is a number, not a date",
        "until8": "order!", "amount8": "not computed", "_ok9": "write OK", "_action9": "choose",
        "_valid_from9": "no date", "_valid_to10": "write a date", "_action10": "can only be opened",
        "name4": "is required", "size4": "is no number", "_no5": "write the number of the record",
        "_no6": "there is no record 99",
    }  # fmt: skip
    assert told.keys() == expected.keys()
    for place, words in expected.items():
        assert words in told[place], place


def test_the_workbook_comes_back_with_its_faults(desk: Desk) -> None:
    desk.template()
    desk.fill({"_no": 1, "title": "One", "kind": "NOPE"})
    out = desk.folder / "back.xlsx"
    write_marked_book(desk.upload, desk.check(), out)
    page = desk.page(openpyxl.load_workbook(out), "records")
    cell = next(c for c in page[4] if c.value == "NOPE")
    assert "no está en la lista" in cell.comment.text
    assert cell.fill.fill_type == "solid"


def test_a_warning_can_be_insisted_on(desk: Desk) -> None:
    desk.template()
    desk.fill({"_no": 1, "title": "One", "amount": 5_000})
    assert desk.told() == {"amount4": "large! If it is right, write OK."}
    assert desk.check().marks[0].warning
    desk.fill({"_ok": "ok"})
    assert desk.check().right


def test_a_fault_cannot_be_insisted_on(desk: Desk) -> None:
    desk.template()
    desk.fill({"_no": 1, "title": "One", "amount": -5, "_ok": "OK"})
    assert desk.told().keys() == {"amount4"}


def test_a_number_that_stands_twice_is_told(desk: Desk) -> None:
    desk.template()
    desk.fill({"_no": 1, "title": "One"}, {"_no": "1", "title": "Two"})
    assert desk.told() == {"_no5": "line 4 has this number already"}


def test_lines_without_a_number_are_records_too(desk: Desk) -> None:
    assert len(desk.entered({"title": "One"}, {"title": "Two"})) == 2


def test_a_file_that_is_sent_twice_is_entered_once(desk: Desk) -> None:
    desk.entered({"_no": 1, "title": "One"}, {"_no": 2, "title": "Two"})
    again = desk.check()
    assert (again.right, again.unchanged, again.drafts) == (True, 2, ())


def test_the_same_record_in_another_file_is_questioned(desk: Desk) -> None:
    desk.entered({"_no": 1, "title": "One", "country": "BLZ"})
    desk.template()
    desk.fill({"_no": 7, "title": "One", "country": "BLZ", "_ok": "OK"}, {"_no": 8, "title": "x"})
    assert desk.told() == {"title4": "once!"}
    desk.template()
    desk.fill({"_no": 1, "title": "UNK"}, {"_no": 2, "title": "UNK"})
    assert "says exactly the same" in desk.told()["_no5"]
    desk.fill({"_ok": "OK"}, {"_ok": "OK"})
    desk.save(desk.check())
    desk.template()
    desk.fill({"_no": 1, "title": "UNK", "_valid_from": "2020-01-01"})
    assert "says exactly the same" in desk.told()["_no4"]


def test_records_of_one_workbook_are_compared_too(desk: Desk) -> None:
    desk.template()
    one = {"title": "One", "country": "CRI"}
    desk.fill({"_no": 1, **one}, {"_no": 2, **one, "amount": 3})
    assert desk.told() == {"title5": "once! See record 1 of this workbook."}


def test_a_link_can_be_unknown_as_its_drop_down_says(desk: Desk) -> None:
    desk.template()
    desk.fill({"_no": 1, "title": "A", "country": "BLZ", "parent": "UNK – se desconoce"})
    (entry,) = desk.save(desk.check())
    assert entry.record["parent"] is Absent.UNKNOWN


def test_links_must_lead_somewhere(desk: Desk) -> None:
    desk.template("owners")
    desk.fill({"_no": 1, "title": "Ministry"})
    owner = desk.save(desk.check(name="owners"))[0]
    desk.template()
    desk.fill(
        {"_no": 1, "title": "One", "owner": f"Ministry · {owner.key}"},
        {"_no": 2, "title": "Two", "owner": "nobody", "parent": "#9"},
        {"_no": 3, "title": "Three", "owner": owner.key, "parent": "UNK"},
    )
    assert desk.told() == {
        "owner5": "there is no record nobody in the register owners",
        "parent5": "there is no record #9 in this workbook",
    }
    book = openpyxl.load_workbook(desk.upload)
    offered = [cell.value for row in book.worksheets[-1] for cell in row]
    assert f"Ministry · {owner.key}" in offered


def test_fields_and_countries_that_are_not_yours_are_refused(desk: Desk) -> None:
    desk.template()
    desk.fill({"_no": 1, "title": "One", "country": "BLZ"}, {"_no": 2, "title": "Two"})
    assert desk.check(countries=frozenset({"BLZ", ""})).right
    assert desk.told(countries=frozenset({"CRI"})).keys() == {"country4", "country5"}
    assert desk.told(fields=frozenset({"title", "parts"})) == {
        "country4": "you may not write this: leave it as it was"
    }


def test_a_workbook_of_another_register_is_refused(desk: Desk) -> None:
    desk.template("owners")
    with pytest.raises(Refused, match="of the register owners, not of things"):
        desk.check()


def test_a_workbook_that_was_taken_apart_is_refused(desk: Desk) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "cauce-book 1 register=things sheet=records sha256= day=x-1 known="
    book.save(desk.upload)
    with pytest.raises(Refused, match="hidden first rows are missing"):
        desk.check()
    desk.template()
    book = openpyxl.load_workbook(desk.upload)
    page = desk.page(book, "records")
    page["C1"] = "gone"
    book.save(desk.upload)
    with pytest.raises(Refused, match="no field gone"):
        desk.check()
    desk.template()
    book = openpyxl.load_workbook(desk.upload)
    book.copy_worksheet(desk.page(book, "records"))
    book.save(desk.upload)
    with pytest.raises(Refused, match="are copies of one"):
        desk.check()


def test_sheets_and_columns_may_be_renamed_moved_and_added(desk: Desk) -> None:
    desk.template()
    desk.fill({"_no": 1, "title": "One", "amount": 3})
    book = openpyxl.load_workbook(desk.upload)
    page = desk.page(book, "records")
    page.title = "Mine"
    page["B2"] = "My word for it"
    page.cell(2, page.max_column + 1).value = "my own column"
    page.cell(4, page.max_column).value = "a remark"
    book.move_sheet(page, offset=1)
    book.save(desk.upload)
    assert desk.check().drafts[0].record == {"title": "One", "amount": 3.0}
