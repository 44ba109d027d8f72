"""The workbook somebody sent, given back with what is wrong in it."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from tests.unit.sources.books.conftest import MAIN, PARTS, Maker

from cauce.model.text import Text
from cauce.sources.books import marking
from cauce.sources.books.book import Mark, Refused
from cauce.sources.books.fault_sheet import NAME
from cauce.sources.books.reading import mark_book, read_book
from cauce.sources.books.styles import FAULT_COLOUR, WARNING_COLOUR
from cauce.sources.limits import Limits

LIMITS = Limits()
FIELD = Text("Kind", "Clase")
SHEET = "Datos d'aquí"


def a_mark(row: int, column: int, words: str = "wrong", warning: bool = False) -> Mark:
    return Mark(SHEET, row, column, FIELD, Text(words, f"{words} (es)"), warning)


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    """A workbook with everything an officer may have in it."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = SHEET
    page.append(["a", "b", "c"])
    page.append([1, "=A2+1", "x"])
    page["C2"].comment = Comment("mine", "Ana")
    page["A2"].fill = PatternFill("solid", fgColor="FF00FF00")
    page.column_dimensions["E"].width = 40
    check = DataValidation(type="list", formula1='"x,y"')
    check.add("C2:C9")
    page.add_data_validation(check)
    book.create_sheet("Otra")["A1"] = "left alone"
    path = tmp_path / "upload.xlsx"
    book.save(path)
    return path


def marked(path: Path, *marks: Mark) -> tuple[Path, openpyxl.Workbook]:
    out = path.with_name("marked.xlsx")
    mark_book(path, marks, out)
    return out, openpyxl.load_workbook(out)


def test_a_fault_stands_at_its_cell_in_colour_and_in_both_languages(upload: Path) -> None:
    _, book = marked(upload, a_mark(2, 1), a_mark(2, 1, "odd", warning=True))
    cell = book[SHEET]["B2"]
    assert cell.fill.fgColor.rgb == FAULT_COLOUR
    assert cell.comment.text == ("Clase: wrong (es)\nClase: odd (es)\n\nKind: wrong\nKind: odd")


def test_a_warning_has_another_colour(upload: Path) -> None:
    _, book = marked(upload, a_mark(2, 1, warning=True))
    assert book[SHEET]["B2"].fill.fgColor.rgb == WARNING_COLOUR


def test_a_cell_and_a_row_that_nobody_filled_are_marked_too(upload: Path) -> None:
    _, book = marked(upload, a_mark(2, 4), a_mark(7, 1), a_mark(1, 2))
    for place in ("E2", "B7", "C1"):
        assert book[SHEET][place].fill.fgColor.rgb == FAULT_COLOUR
        assert "wrong" in book[SHEET][place].comment.text


def test_the_list_leads_to_each_cell(upload: Path) -> None:
    _, book = marked(upload, a_mark(2, 1), a_mark(7, 0, warning=True))
    page = book[NAME]
    assert [cell.value for cell in page[2]][1:7] == [
        SHEET, "B2", "Clase", "Kind", "wrong (es)", "wrong",
    ]  # fmt: skip
    assert page["C3"].hyperlink.location == "'Datos d''aquí'!A7"
    assert "OK" in page["H3"].value
    assert book.active.title == NAME


def test_everything_typed_is_untouched(upload: Path) -> None:
    out, book = marked(upload, a_mark(2, 0), a_mark(2, 2))
    assert read_book(out).grids[:2] == read_book(upload).grids
    page = book[SHEET]
    assert page["B2"].value == "=A2+1"
    assert page["C2"].comment.text.startswith("mine")
    assert "—— Cauce ——" in page["C2"].comment.text
    assert page.data_validations.dataValidation[0].formula1 == '"x,y"'
    assert page.column_dimensions["E"].width == 40
    with zipfile.ZipFile(upload) as before, zipfile.ZipFile(out) as after:
        assert before.read("xl/theme/theme1.xml") == after.read("xl/theme/theme1.xml")


def test_marks_of_an_earlier_time_are_taken_away(upload: Path, tmp_path: Path) -> None:
    out, _ = marked(upload, a_mark(2, 1), a_mark(2, 2), a_mark(9, 0))
    again = tmp_path / "again.xlsx"
    mark_book(out, [a_mark(9, 0, "still wrong")], again)
    book = openpyxl.load_workbook(again)
    page = book[SHEET]
    assert page["B2"].fill.fill_type is None
    assert page["B2"].comment is None
    assert page["C2"].comment.text == "mine"
    assert "still wrong" in page["A9"].comment.text
    assert page["A2"].fill.fgColor.rgb == "FF00FF00"
    assert book.sheetnames.count(NAME) == 1
    assert book[NAME].max_row == 2


def test_no_two_sheets_stay_selected(upload: Path) -> None:
    _, book = marked(upload, a_mark(2, 1))
    assert [page.sheet_view.tabSelected for page in book] == [None, None, True]
    _, book = marked(upload, Mark("Otra", 1, 0, FIELD, FIELD))
    assert [page.sheet_view.tabSelected for page in book] == [None, None, True]


def test_what_goes_beyond_the_most_is_counted(
    upload: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "MAX_MARKS", 1)
    out = tmp_path / "marked.xlsx"
    marking.write_marked(upload, [a_mark(2, n) for n in range(3)], out, LIMITS)
    page = openpyxl.load_workbook(out)[NAME]
    assert page.max_row == 3
    assert page["A3"].value == "… 2 más / more"


def test_a_workbook_without_styles_gets_some(make: Maker, tmp_path: Path) -> None:
    rels = PARTS["xl/_rels/workbook.xml.rels"].replace("/styles", "/theme", 1)
    path = make('<row r="1"><c r="A1"><v>1</v></c></row>', {"xl/_rels/workbook.xml.rels": rels})
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if n != "xl/styles.xml"}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    out = tmp_path / "marked.xlsx"
    marking.write_marked(path, [Mark("Hoja 1", 1, 0, FIELD, FIELD)], out, LIMITS)
    with zipfile.ZipFile(out) as archive:
        assert FAULT_COLOUR.encode() in archive.read("xl/styles.xml")


def test_an_empty_cell_keeps_the_format_of_its_column(make: Maker, tmp_path: Path) -> None:
    page = (
        f'<worksheet xmlns="{MAIN}"><cols><col min="2" max="3" style="1"/></cols>'
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>1</v></c></row></sheetData>'
        "<tableParts/></worksheet>"
    )
    out = tmp_path / "marked.xlsx"
    path = make("", {"xl/worksheets/sheet1.xml": page})
    marking.write_marked(path, [Mark("Hoja 1", 1, 1, FIELD, FIELD)], out, LIMITS)
    with zipfile.ZipFile(out) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert [part[:4] for part in text.split(' r="')[2:5]] == ['A1">', 'B1" ', 'D1">']
    assert text.index("legacyDrawing") < text.index("tableParts")
    assert 'numFmtId="14" fillId="2" applyFill="1"' in styles


def test_a_csv_has_no_cells_to_mark(tmp_path: Path) -> None:
    path = tmp_path / "upload.csv"
    path.write_text("a,b\n")
    with pytest.raises(Refused, match="something else"):
        mark_book(path, [a_mark(1, 1)], tmp_path / "out.xlsx")
