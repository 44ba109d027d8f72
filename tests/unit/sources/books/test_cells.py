"""What the cells of a workbook say."""

from datetime import date
from pathlib import Path

import pytest
from tests.unit.sources.books.conftest import PARTS, Maker

from cauce.sources.books import cells
from cauce.sources.books.book import Book, Broken, Refused
from cauce.sources.books.reading import read_book
from cauce.sources.limits import Limits


def value(make: Maker, cell: str, parts: dict[str, str] | None = None) -> object:
    found = cells.read_cells(make(f'<row r="1">{cell}</row>', parts), Limits())
    rows = found["sheets"][0]["rows"]
    return rows[0][1][1] if rows else None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1"><v>12</v></c>', 12),
        ('<c r="A1"><v>1.5</v></c>', 1.5),
        ('<c><v>-0</v></c>', 0),
        ('<c r="A1"><v>1e400</v></c>', {"e": "1e400"}),
        ('<c r="A1"><v>NaN</v></c>', {"e": "NaN"}),
        ('<c r="A1" t="s"><v>0</v></c>', "uno"),
        ('<c r="A1" t="s"><v>1</v></c>', "dos\r"),
        ('<c r="A1" t="inlineStr"><is><t>tres</t></is></c>', "tres"),
        ('<c r="A1" t="inlineStr"/>', None),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="e"><v>#REF!</v></c>', {"e": "#REF!"}),
        ('<c r="A1" t="d"><v>2023-08-25</v></c>', {"d": "2023-08-25"}),
        ('<c r="A1" t="str"><f>A2</f><v>=cmd</v></c>', "=cmd"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', 2),
        ('<c r="A1"><f>1+1</f></c>', {"e": ""}),
        ('<c r="A1" s="1"/>', None),
        ('<c r="A1" s="1"><v>45163</v></c>', {"d": "2023-08-25"}),
        ('<c r="A1" s="2"><v>45163</v></c>', {"d": "2023-08-25"}),
        ('<c r="A1" s="3"><v>45163</v></c>', 45163),
        ('<c r="A1" s="1"><v>45163.5</v></c>', {"d": "2023-08-25T12:00:00"}),
        ('<c r="A1" s="1"><v>1</v></c>', {"d": "1900-01-01"}),
        ('<c r="A1" s="1"><v>59</v></c>', {"d": "1900-02-28"}),
        ('<c r="A1" s="1"><v>60</v></c>', {"e": "60"}),
        ('<c r="A1" s="1"><v>61</v></c>', {"d": "1900-03-01"}),
        ('<c r="A1" s="1"><v>-1</v></c>', {"e": "-1"}),
        ('<c r="A1" s="1"><v>9999999</v></c>', {"e": "1e+07"}),
    ],
)  # fmt: skip
def test_a_cell_says(make: Maker, cell: str, expected: object) -> None:
    assert value(make, cell) == expected


def test_days_are_counted_from_1904_where_the_workbook_says_so(make: Maker) -> None:
    workbook = PARTS["xl/workbook.xml"].replace("<workbookPr/>", '<workbookPr date1904="1"/>')
    cell = '<c r="A1" s="1"><v>43701</v></c>'
    assert value(make, cell, {"xl/workbook.xml": workbook}) == {"d": "2023-08-25"}


def test_more_than_is_read_is_refused(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MAX_CHARACTERS", 5)
    with pytest.raises(Refused, match="more than is read"):
        value(make, '<c r="A1" t="inlineStr"><is><t>longer</t></is></c>')


def test_a_workbook_is_read_in_a_process_of_its_own(make: Maker) -> None:
    rows = '<row r="2"><c r="B2" s="1"><v>45163</v></c><c r="C2" s="1"><v>0.5</v></c>'
    book = read_book(make(f'{rows}<c r="D2" t="e"><v>#N/A</v></c><c r="E2"><v>7</v></c></row>'))
    assert book.grids[0].name == "Hoja 1"
    assert book.grids[0].rows == {
        2: {1: date(2023, 8, 25), 2: "1899-12-31T12:00:00", 3: Broken("#N/A"), 4: 7}
    }
    assert len(book.sha256) == 64


def test_what_the_reader_refuses_is_told_in_both_languages(make: Maker, tmp_path: Path) -> None:
    with pytest.raises(Refused) as found:
        read_book(make("", {"xl/vbaProject.bin": "x"}))
    assert "macros" in found.value.text.es
    with pytest.raises(Refused, match="no such file") as found:
        read_book(tmp_path / "nothing.xlsx")
    assert "no pudo leerse" in found.value.text.es


def test_a_reader_that_dies_takes_nobody_with_it(make: Maker) -> None:
    with pytest.raises(Refused, match=r"memory|the reader stopped"):
        read_book(make(""), Limits(memory_bytes=64 << 20))


def csv(tmp_path: Path, data: bytes) -> Book:
    path = tmp_path / "answers.csv"
    path.write_bytes(data)
    return read_book(path)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_a_workbook_of_one_sheet(tmp_path: Path, mark: str) -> None:
    text = f'a{mark}b\n01{mark}\n\n{mark}"x\n y"\n'
    grid = csv(tmp_path, b"\xef\xbb\xbf" + text.encode()).grids[0]
    assert grid.rows == {1: {0: "a", 1: "b"}, 2: {0: "01"}, 4: {1: "x\n y"}}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"a\n\xff\n", "line 2: not UTF-8"),
        (b"a\nb\0c\n", "line 2: a NUL byte"),
        (b'a\n"b" c\n', "not CSV"),
        (b",".join([b"x"] * 1_001), "more than is read"),
    ],
)
def test_a_csv_that_is_none_is_refused_at_its_line(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        csv(tmp_path, data)
