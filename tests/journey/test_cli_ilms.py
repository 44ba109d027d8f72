"""The migration tables for the ILO: from the demo store to a workbook, and back."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from cauce.store import Reader

SHEET = "MST_TEMP_SEX_OCU_CBR_NB"


@pytest.fixture(scope="module")
def filled(run_here, demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the demo's pack, with what was said and the same as JSON beside it."""
    folder = tmp_path_factory.mktemp("ilms")
    pack = next(Path("packs/demo").rglob("pack.toml")).parent
    words = ("--store", demo_store, "--pack", pack, "--json", folder / "told.json")
    done = run_here("ilms", "fill", "XCA", "2025", *words, "-o", folder / "ilms.xlsx")
    assert done.returncode == 0, done.stderr
    (folder / "said").write_text(done.stdout)
    return folder


def test_what_is_filled_is_listed_and_the_pack_says_what_its_survey_lacks(filled: Path) -> None:
    said = (filled / "said").read_text()
    assert f"{SHEET} " in said
    assert "Needs a register or an import" in said
    assert "MST_NCTP_SEX_CCT_NB: The survey does not give: Citizenship, by country." in said


def test_the_tables_are_read_back_without_loss(
    run_here, filled: Path, demo_store: Path, tmp_path: Path
) -> None:
    book, told = filled / "ilms.xlsx", filled / "told.json"
    again, rows = tmp_path / "again.json", tmp_path / "rows.csv"
    read = run_here("ilms", "read", book, "--json", again, "-o", rows, "--store", demo_store)
    assert read.returncode == 0, read.stderr
    assert again.read_bytes() == told.read_bytes()
    assert "; 0 differ from it." in read.stdout
    _is_what_the_store_says(rows, demo_store)


def _is_what_the_store_says(rows: Path, demo_store: Path) -> None:
    """Every number of the workbook is an observation of the store at its precision."""
    snapshot = Reader(demo_store).snapshot()
    values, decimals = {}, {}
    with rows.open() as file:
        table = list(csv.DictReader(file))
    assert len(table) > 150
    for row in table:
        flow = row["dataflow"]
        if flow not in values:
            seen = snapshot.observations(flow)
            ids = [[code.id for code in d.codes] for d in seen.dataflow.dimensions]
            keys = (
                ".".join(names[place] for names, place in zip(ids, key, strict=True))
                for key in seen.key.tolist()
            )
            values[flow] = dict(zip(keys, seen.value.tolist(), strict=True))
            decimals |= {one.id: one.decimals for one in seen.dataflow.indicators}
        value = values[flow][row["key"]]
        places = decimals[row["key"].split(".")[2]]
        assert row["value"] == ("" if value != value else f"{value:.{places}f}")
        assert (row["flag"] in ("C", "S", "X")) == (row["value"] == "")


def test_a_workbook_changed_by_hand_is_refused_whole_with_its_faults_at_their_cells(
    run_here, filled: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ilms.xlsx"
    book = openpyxl.load_workbook(filled / "ilms.xlsx")
    sheet = book[SHEET]
    top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "CODES")
    sheet.cell(top + 1, 4).value = 5
    sheet.cell(top + 2, 1).value = "SEX_Q.1"
    sheet.cell(top + 3, 4).value = "many"
    book.save(path)
    rows, marked = tmp_path / "rows.csv", tmp_path / "marked.xlsx"
    read = run_here("ilms", "read", path, "-o", rows, "--marked", marked, "--language", "es")
    assert read.returncode == 1
    assert "nothing was read" in read.stderr
    assert f"{SHEET}, D{top + 1}: El total es 5" in read.stderr
    assert f"{SHEET}, A{top + 2}: SEX no tiene el código 'SEX_Q'" in read.stderr
    assert f"{SHEET}, D{top + 3}: Aquí va un número" in read.stderr
    assert not rows.exists()
    assert openpyxl.load_workbook(marked)[SHEET].cell(top + 3, 4).comment is not None


def test_a_number_changed_with_care_enters_and_is_told_apart_from_the_store(
    run_here, filled: Path, demo_store: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ilms.xlsx"
    book = openpyxl.load_workbook(filled / "ilms.xlsx")
    sheet = book["MST_EARA_SEX_CBR_NB"]
    top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "CODES")
    before = sheet.cell(top + 1, 4).value
    sheet.cell(top + 1, 4).value = before + 1
    book.save(path)
    read = run_here("ilms", "read", path, "--store", demo_store)
    assert read.returncode == 0, read.stderr
    assert "; 1 differ from it." in read.stdout
    assert f"_T._T: {before + 1:,} here, {before:,} in the store" in read.stdout


def test_wrong_questions_are_answered_with_what_there_is(
    run_here, demo_store: Path, tmp_path: Path
) -> None:
    none = run_here("ilms", "fill", "XCA", "1999", "--store", demo_store, "-o", tmp_path / "a.xlsx")
    assert none.returncode == 1
    assert "There is: XCA 2021" in none.stderr
    assert not (tmp_path / "a.xlsx").exists()
    old = run_here("ilms", "fill", "XCA", "2025", "--vintage", "1999", "--store", demo_store)
    assert old.returncode == 1
    assert "Nothing was published in vintage 1999" in old.stderr
    other = tmp_path / "a.csv"
    other.write_text(json.dumps({"no": "workbook"}))
    read = run_here("ilms", "read", other)
    assert read.returncode == 1
    assert "Traceback" not in read.stderr
