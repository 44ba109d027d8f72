"""Uploads that are refused before anything in them is read."""

import stat
import time
import zipfile
from pathlib import Path

import pytest
from tests.unit.sources.books.conftest import MAIN, PARTS, Maker, sheet

from cauce.sources.books import guard
from cauce.sources.books.book import Refused
from cauce.sources.books.cells import read_cells
from cauce.sources.limits import MIB, Limits

VALUE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def refused(path: Path) -> Refused:
    start = time.process_time()
    with pytest.raises(Refused) as found:
        read_cells(path, Limits())
    assert time.process_time() - start < 2
    assert found.value.text.es != found.value.text.en
    return found.value


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"just words", "something else"),
        (b"\xd0\xcf\x11\xe0 old", "an old Excel"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 cut off", "damaged"),
    ],
)
def test_a_file_that_is_something_else_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "upload.xlsx"
    path.write_bytes(content)
    assert words in str(refused(path))


def test_a_cell_at_the_far_corner_is_refused_at_once(make: Maker) -> None:
    far = VALUE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "XFD1048576" in str(refused(make(far)))


def test_a_part_that_grows_hundredfold_is_refused_by_its_size(make: Maker) -> None:
    path = make(VALUE, {"xl/worksheets/sheet2.xml": b"0" * (17 * MIB)})
    assert "over 200 times" in str(refused(path))


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MAX_UNPACKED", 1_000)
    assert "bytes unpacked" in str(refused(make(VALUE)))


def test_a_size_that_is_a_lie_stops_the_reading(make: Maker) -> None:
    path = make("<!-- " + "x" * 5_000 + " -->" + VALUE)
    size = len(sheet("<!-- " + "x" * 5_000 + " -->" + VALUE))
    data = path.read_bytes()
    path.write_bytes(data.replace(size.to_bytes(4, "little"), (99).to_bytes(4, "little")))
    refused(path)


def test_many_members_are_refused(make: Maker) -> None:
    parts = {f"xl/media/{n}.png": b"" for n in range(1_100)}
    assert "parts" in str(refused(make(VALUE, parts)))


def test_members_that_lead_out_are_refused(make: Maker) -> None:
    assert "leads out" in str(refused(make(VALUE, {"../../x": b""})))


def test_links_are_refused(make: Maker) -> None:
    path = make(VALUE)
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/hostname")
    assert "link" in str(refused(path))


def test_an_encrypted_member_is_refused(make: Maker) -> None:
    path = make(VALUE)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert "encrypted" in str(refused(path))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(make: Maker) -> None:
    path = make(VALUE)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet(""))
    assert "two parts" in str(refused(path))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/workbook.bin", "binary"),
        ("mimetype", "OpenDocument"),
    ],
)
def test_workbooks_that_do_things_are_refused(make: Maker, part: str, words: str) -> None:
    assert words in str(refused(make(VALUE, {part: b"x"})))


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "upload.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert "a zip archive" in str(refused(path))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f'<!DOCTYPE x [<!ENTITY a "b">]>{PARTS["xl/workbook.xml"]}', "DOCTYPE"),
        (PARTS["xl/workbook.xml"].encode("utf-16"), "not UTF-8"),
        (f'<?xml version="1.0" encoding="utf-7"?>{PARTS["xl/workbook.xml"]}', "not UTF-8"),
        ("<workbook", "damaged"),
        ('<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>', "Strict"),
    ],
)
def test_xml_that_is_no_workbook_s_is_refused(make: Maker, text: str, words: str) -> None:
    assert words in str(refused(make(VALUE, {"xl/workbook.xml": text})))


def test_a_doctype_within_a_sheet_is_refused(make: Maker) -> None:
    text = "<!DOCTYPE x>" + sheet(VALUE)
    assert "DOCTYPE" in str(refused(make("", {"xl/worksheets/sheet1.xml": text})))


def test_a_damaged_sheet_is_named(make: Maker) -> None:
    for rows in (
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1"><v>many</v></c></row>',
        '<row r="2"/><row r="2"/>',
        '<row r="1"><c r="A1">',
    ):
        assert "Hoja 1 is damaged" in str(refused(make(rows)))


def test_too_many_sheets_are_refused(make: Maker) -> None:
    one = PARTS["xl/workbook.xml"]
    line = one[one.index("<sheet ") : one.index("</sheets>")]
    assert "201 sheets" in str(
        refused(make(VALUE, {"xl/workbook.xml": one.replace(line, line * 201)}))
    )


def test_a_missing_part_is_named(make: Maker) -> None:
    path = make(VALUE, {"xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{MAIN}'/>"})
    assert read_cells(path, Limits()) == {"sheets": []}
