"""Records that are there go out, and come back changed."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

from tests.unit.pipeline.books.conftest import NOW, Desk

from cauce.model.entry import Action, Draft
from cauce.model.record import Absent, Sealed
from cauce.pipeline.register_books import write_csv_export
from cauce.store.log import append
from cauce.store.log.review import Verdict, judge

HASH = "ab" * 32
RECORDS = "things.records.csv"
ONE = {"_no": 1, "title": "One", "country": "BLZ", "amount": 5}


def test_an_export_that_comes_back_says_nothing_new(desk: Desk) -> None:
    desk.entered(ONE, {"_no": 2, "title": "Two"})
    desk.export()
    checked = desk.check()
    assert (checked.right, checked.unchanged, checked.drafts) == (True, 2, ())


def test_a_changed_line_says_whether_it_is_a_change_or_a_correction(desk: Desk) -> None:
    desk.entered(ONE)
    desk.export()
    desk.fill({"amount": 6})
    assert desk.told() == {
        "_action4": "this differs from the register: amount. Say whether it is a change or a "
        "correction"
    }
    desk.fill({"_action": "CHANGE – es distinto desde entonces"})
    assert desk.told() == {
        "_valid_from4": "since which day?", "_reason4": "say why: it is kept with the entry",
    }  # fmt: skip
    desk.fill({"_valid_from": date(2025, 1, 1), "_reason": "new decree"})
    (entry,) = desk.save(desk.check())
    assert (entry.action, entry.valid_from, entry.reason) == (
        Action.CHANGE, date(2025, 1, 1), "new decree",
    )  # fmt: skip
    assert entry.record == {"title": "One", "country": "BLZ", "amount": 6.0}


def test_a_correction_may_hold_for_a_period(desk: Desk) -> None:
    desk.entered(ONE)
    desk.export()
    line = {"amount": 6, "_action": "corrección", "_reason": "typo", "_valid_from": "2020-01-01"}
    desk.fill({**line, "_valid_to": "2020-01-01"})
    assert desk.told().keys() == {"_valid_to4"}
    desk.fill({"_valid_to": "2021-01-01"})
    (entry,) = desk.save(desk.check())
    assert (entry.action, entry.valid_to) == (Action.CORRECTION, date(2021, 1, 1))


def test_a_record_can_be_ended(desk: Desk) -> None:
    desk.entered(ONE)
    desk.export()
    desk.fill({"_action": "END", "_valid_to": "2020-01-01"})
    assert desk.told().keys() == {"_valid_from4", "_valid_to4", "_reason4"}
    desk.fill({"_valid_to": None, "_valid_from": "2024-05-01", "_reason": "expired"})
    (entry,) = desk.save(desk.check())
    assert (entry.action, entry.record) == (Action.END, None)
    desk.export()
    assert desk.check().unchanged == 0


def test_an_action_without_a_change_is_questioned(desk: Desk) -> None:
    desk.entered(ONE)
    desk.export()
    desk.fill({"_action": "CHANGE"})
    assert "nothing was changed" in desk.told()["_action4"]


def test_a_record_that_somebody_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    desk.entered(ONE)
    desk.export()
    mine = desk.upload.read_bytes()
    desk.fill({"amount": 6, "_action": "CORRECTION", "_reason": "typo"})
    desk.save(desk.check())
    desk.upload.write_bytes(mine)
    assert "entry 2 came after entry 1" in desk.told()["_no4"]
    desk.fill({"_action": "END", "_valid_from": "2024-05-01", "_reason": "x"})
    assert "entry 2 came after entry 1" in desk.told()["_no4"]


def test_keys_that_were_altered_or_copied_are_told(desk: Desk) -> None:
    (entry,) = desk.entered(ONE)
    desk.export()
    desk.fill(
        {},
        {"_no": 2, "title": "copied", "_key": entry.key, "_base": 1, "_action": "CORRECTION",
         "_reason": "x"},
        {"_no": 3, "title": "altered", "_key": "nobody", "_base": 1},
        {"_no": 4, "_key": "nobody else", "_action": "END"},
    )  # fmt: skip
    told = desk.told()
    assert told["_no5"] == "this record stands here twice"
    assert "no such record" in told["_no6"]
    assert "no such record" in told["_action7"]


def test_a_record_stays_in_its_country(desk: Desk) -> None:
    desk.entered(ONE)
    desk.export()
    desk.fill({"country": "CRI", "_action": "CORRECTION", "_reason": "x"})
    assert "cannot go to another country" in desk.told()["country4"]


def test_a_line_entered_before_that_is_another_now_is_not_entered_again(desk: Desk) -> None:
    desk.template()
    desk.fill(ONE)
    checked = desk.check()
    draft = replace(checked.drafts[0], record={"title": "Other"})
    desk.save(replace(checked, drafts=(draft,)))
    assert "was entered before" in desk.told()["_no4"]


def test_what_a_workbook_does_not_show_stays_as_it_was(desk: Desk) -> None:
    desk.template()
    desk.fill(ONE)
    desk.fill({"_no": 1, "name": "a", "size": 3}, sheet="parts")
    desk.save(desk.check())
    shown = frozenset({"title", "parts", "parts.name"})
    desk.export(fields=shown)
    assert desk.check(fields=shown).unchanged == 1
    desk.fill({"title": "Uno", "_action": "CORRECTION", "_reason": "x"})
    (draft,) = desk.check(fields=shown).drafts
    assert draft.record == {
        "title": "Uno", "country": "BLZ", "amount": 5.0, "parts": ({"name": "a", "size": 3},),
    }  # fmt: skip
    desk.fill({"name": "b"}, sheet="parts")
    (mark,) = desk.check(fields=shown).marks
    assert "does not show" in mark.message.en


def test_fields_one_may_only_see_stay_as_they_were(desk: Desk) -> None:
    desk.template()
    desk.fill(ONE)
    desk.fill({"_no": 1, "name": "a", "size": 3}, sheet="parts")
    desk.save(desk.check())
    desk.export()
    mine = frozenset({"title", "parts", "parts.size"})
    desk.fill({"title": "Uno", "_action": "CORRECTION", "_reason": "x"})
    desk.fill({"size": 4}, sheet="parts")
    assert desk.check(fields=mine).right
    desk.fill({"amount": 7})
    desk.fill({"name": "b"}, sheet="parts")
    found = desk.check(fields=mine).marks
    assert {mark.field.en for mark in found} == {"amount", "parts"}
    assert {mark.message.en for mark in found} == {"you may not write this: leave it as it was"}


def sealed(desk: Desk) -> None:
    record = {
        "title": "One", "remarks": Sealed(HASH), "parts": ({"name": "a", "secret": Sealed(HASH)},),
    }  # fmt: skip
    draft = Draft("things", "k1", "", Action.OPEN, record, None, None, "ana", "x", 0)
    with desk.database.writing("ana") as connection:
        append(connection, desk.declared.registers, [draft], NOW)


def test_what_is_sealed_stays_sealed(desk: Desk) -> None:
    sealed(desk)
    desk.export()
    assert desk.check().unchanged == 1
    desk.fill({"title": "Uno", "_action": "CORRECTION", "_reason": "x"})
    record = desk.check().drafts[0].record
    assert record is not None
    assert isinstance(record["remarks"], Sealed)
    assert record["parts"] == ({"name": "a", "secret": Sealed(HASH)},)


def test_a_sealed_value_goes_nowhere_else(desk: Desk) -> None:
    sealed(desk)
    desk.export()
    other = f"sealed:{'cd' * 32}"
    desk.fill(
        {"remarks": other, "_action": "CORRECTION", "_reason": "x"},
        {"_no": 2, "title": "Two", "remarks": f"sealed:{HASH}"},
    )
    told = desk.told()
    assert "can only stay where it was" in told["remarks4"]
    assert "can only stay where it was" in told["remarks5"]


def test_an_export_can_be_opened_for_who_may_see(desk: Desk) -> None:
    sealed(desk)
    desk.export(opened=lambda _key, _country, record: {**record, "remarks": "in the clear"})
    desk.fill({"_action": "CORRECTION", "_reason": "x"})
    record = desk.check().drafts[0].record
    assert record is not None
    assert record["remarks"] == "in the clear"


def test_what_is_sealed_and_comes_back_in_the_clear_is_no_change(desk: Desk) -> None:
    desk.template()
    desk.fill({"_no": 1, "title": "One", "remarks": "said in trust"})
    (entry,) = desk.save(desk.check())
    assert entry.record is not None
    assert isinstance(entry.record["remarks"], Sealed)
    assert desk.check(opened=desk.opens()).unchanged == 1
    desk.export(opened=desk.opens())
    assert desk.check(opened=desk.opens()).unchanged == 1
    desk.fill({"title": "Uno", "_action": "CORRECTION", "_reason": "typo"})
    (after,) = desk.save(desk.check(opened=desk.opens()))
    assert after.record == {"title": "Uno", "remarks": entry.record["remarks"]}


def test_an_export_as_of_a_day_is_compared_with_that_day(desk: Desk) -> None:
    desk.entered(ONE)
    desk.export()
    desk.fill({"amount": 6, "_action": "CHANGE", "_valid_from": "2025-01-01", "_reason": "x"})
    desk.save(desk.check())
    desk.export(day=date(2024, 6, 1), known_at=datetime(2026, 6, 1, tzinfo=UTC))
    checked = desk.check()
    assert (checked.right, checked.unchanged) == (True, 1)


def test_csv_is_written_so_that_no_spreadsheet_runs_it(desk: Desk) -> None:
    records = (
        {"title": "=1+1", "amount": -5.0, "kinds": ("01", "02"), "open": False},
        {"title": "@SUM(A1)", "since": date(2020, 1, 1), "until": Absent.UNKNOWN},
        {"title": "-2", "remarks": Sealed(HASH), "parts": ({"name": "+a"}, {"name": "b"})},
    )
    drafts = [
        Draft("things", f"k{n}", "", Action.OPEN, record, None, None, "ana", "x", 0)
        for n, record in enumerate(records)
    ]
    with desk.database.writing("ana") as connection:
        append(connection, desk.declared.registers, drafts, NOW)
    out = desk.folder / "things.zip"
    assert write_csv_export(desk.declared, "things", desk.log, out) == 3
    with zipfile.ZipFile(out) as archive:
        lines = list(csv.DictReader(io.StringIO(archive.read(RECORDS).decode("utf-8-sig"))))
        parts = archive.read("things.parts.csv").decode("utf-8-sig").splitlines()
    assert [line["title"] for line in lines] == ["'=1+1", "'@SUM(A1)", "'-2"]
    assert [lines[0][name] for name in ("amount", "kinds", "open")] == ["-5.00", "01; 02", "false"]
    assert [lines[1][name] for name in ("since", "until")] == ["2020-01-01", "UNK"]
    assert lines[2]["remarks"] == f"sealed:{HASH}"
    assert parts == ["_no,name,size,secret", "3,'+a,,", "3,b,,"]


def test_what_came_back_from_review_is_not_what_a_workbook_is_compared_with(desk: Desk) -> None:
    (opened,) = desk.entered({"_no": 1, "title": "A", "country": "BLZ", "amount": 10})
    with desk.database.writing("eva") as connection:
        judge(connection, opened.number, Verdict.APPROVED, "eva", "", NOW)
    desk.export()
    desk.fill({"amount": 20, "_action": "CORRECTION", "_reason": "typed wrongly"})
    (entry,) = desk.save(desk.check())
    with desk.database.writing("eva") as connection:
        judge(connection, entry.number, Verdict.RETURNED, "eva", "it was 10", NOW)
    desk.export()
    checked = desk.check()
    assert (checked.marks, checked.unchanged) == ((), 1)
    desk.fill({"amount": 30, "_action": "CORRECTION", "_reason": "counted again"})
    (after,) = desk.save(desk.check())
    assert after.record["amount"] == 30


def test_a_line_that_came_back_is_not_taken_for_one_that_was_entered(desk: Desk) -> None:
    (entry,) = desk.entered({"_no": 1, "title": "A", "country": "BLZ"})
    assert desk.check().unchanged == 1
    with desk.database.writing("eva") as connection:
        judge(connection, entry.number, Verdict.RETURNED, "eva", "there is none", NOW)
    (mark,) = desk.check().marks
    assert "came back from review" in mark.message.en
    desk.export()
    checked = desk.check()
    assert (checked.marks, checked.drafts, checked.unchanged) == ((), (), 0)


def test_who_changed_a_record_meanwhile_is_called_by_name(desk: Desk) -> None:
    desk.entered({"_no": 1, "title": "A", "country": "BLZ"})
    desk.export()
    desk.fill({"title": "B", "_action": "CORRECTION", "_reason": "x"})
    desk.save(desk.check())
    (mark,) = desk.check(named=str.upper).marks
    assert mark.message.en.startswith("ANA changed this record")
