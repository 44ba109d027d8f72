"""From the spellings of a list to recruiters in the log, with a person in between."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cauce.model.errors import BadInput
from cauce.pipeline.recruiter_match import (
    HEADINGS,
    Group,
    enter_groups,
    known_names,
    read_review,
    write_review,
)
from cauce.pipeline.registers import read_registers
from cauce.registers.seed import key_of
from cauce.sources.books.reading import read_book
from cauce.sources.spellings import read_spellings, write_sheets
from cauce.store.log import open_database
from cauce.store.log.writer import entries_of

COUNTRIES = frozenset({"GTM", "MEX"})
PACK = Path(__file__).parents[3] / "packs" / "registers"


def reviewed(path: Path, *rows: tuple[str | int, ...]) -> Path:
    write_sheets(path, {"review": (HEADINGS, rows)})
    return path


def test_a_list_becomes_a_workbook_in_which_nothing_is_accepted_and_nothing_is_a_formula(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("n\nAzul Inc\nAZUL\nAZUL\n=1+1\n\nAzul de Norte\n", "utf-8")
    done = write_review(file, "n", tmp_path / "r.xlsx")
    assert (done.spellings, done.groups, done.questions) == (4, 3, 1)
    grids = {g.name: g for g in read_book(tmp_path / "r.xlsx").grids}
    names = {row[1] for number, row in grids["review"].rows.items() if number > 1}
    assert names == {"AZUL", "Azul Inc", "=1+1", "Azul de Norte"}
    assert read_review(tmp_path / "r.xlsx", COUNTRIES) == ()


def test_a_person_accepts_splits_and_merges_by_the_group_column(tmp_path):
    path = reviewed(
        tmp_path / "r.xlsx",
        (1, "AZUL", 2, "", "", "gtm", "sí"),
        (1, "Azul Inc", 1, "", "", "", "x"),
        ("1b", "Azul de Norte", 1, "", "", "", "yes"),
        (2, "Rojo", 1, "", "", "", ""),
    )
    assert read_review(path, COUNTRIES) == (
        Group(("AZUL", "Azul Inc"), "GTM"),
        Group(("Azul de Norte",), ""),
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((1, "", 1, "", "", "", "x"), "row 2: accepted without"),
        ((1, "A", 1, "", "", "Narnia", "x"), "row 2: NARNIA is no country"),
    ],
)
def test_a_row_half_filled_in_is_told_with_its_number(tmp_path, row, said):
    with pytest.raises(BadInput, match=said):
        read_review(reviewed(tmp_path / "r.xlsx", row), COUNTRIES)


def test_another_workbook_and_another_column_are_refused_with_what_to_do(tmp_path):
    write_sheets(tmp_path / "w.xlsx", {"other": (("a",), [])})
    with pytest.raises(BadInput, match="needs a sheet review"):
        read_review(tmp_path / "w.xlsx", COUNTRIES)
    (tmp_path / "l.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(BadInput, match="no column n"):
        read_spellings(tmp_path / "l.csv", "n")
    (tmp_path / "l.csv.gz").write_bytes(b"no gzip")
    with pytest.raises(BadInput, match="cannot be read"):
        read_spellings(tmp_path / "l.csv.gz", "n")
    (tmp_path / "l.csv").write_text("n\n" + "a" * 501, "utf-8")
    with pytest.raises(BadInput, match="column of names"):
        read_spellings(tmp_path / "l.csv", "n")


def test_what_was_accepted_waits_in_the_log_and_is_entered_once(tmp_path):
    declared = read_registers(PACK)
    opened = open_database(f"sqlite:///{tmp_path / 'log.db'}")
    groups = (Group(("AZUL", "Azul Inc"), "GTM"), Group(("Rojo",), ""))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for expected in (2, 0):
        with opened.writing("ana") as connection:
            assert enter_groups(connection, declared, groups, "A list", "ana", now) == expected
    with opened.reading("ana") as connection:
        key = key_of("recruiters", "AZUL/GTM")
        (entry,) = entries_of(connection, declared.registers, "recruiters", key)
    opened.close()
    assert entry.record is not None
    assert entry.record["other_names"] == (
        {"name": "Azul Inc", "use": "SPELL", "seen_in": "A list"},
    )


def test_a_second_list_is_set_beside_the_register_and_adds_its_spellings_to_whom_it_is_like(
    tmp_path,
):
    declared = read_registers(PACK)
    opened = open_database(f"sqlite:///{tmp_path / 'log.db'}")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    first = (Group(("Agencia Azul Marino", "AZUL MARINO"), "GTM"), Group(("Rojo Vivo",), ""))
    with opened.writing("ana") as connection:
        enter_groups(connection, declared, first, "A list", "ana", now)
    known = known_names(opened, declared)
    key = known["AZUL MARINO"].record
    assert (key, known["AZUL MARINO"].called) == (
        key_of("recruiters", "Agencia Azul Marino/GTM"),
        "Agencia Azul Marino",
    )

    file = tmp_path / "list.csv"
    file.write_text('n\nAZUL MARINO\n"Azul Marino, S.A."\nVerde Nuevo\n', "utf-8")
    done = write_review(file, "n", tmp_path / "r.xlsx", known)
    assert (done.known, done.groups, done.matched) == (1, 2, 1)
    grid = next(g for g in read_book(tmp_path / "r.xlsx").grids if g.name == "review")
    told = {row[1]: (row.get(7), row.get(8)) for n, row in grid.rows.items() if n > 1}
    assert told["Azul Marino, S.A."] == (key, "Agencia Azul Marino")
    assert told["Verde Nuevo"] == (None, None)

    more = (Group(("Azul Marino, S.A.", "AZUL MARINO"), "", key),)
    for expected in (1, 0):
        with opened.writing("ana") as connection:
            assert enter_groups(connection, declared, more, "Another", "ana", now) == expected
    with opened.writing("ana") as connection, pytest.raises(BadInput, match="no recruiter gone"):
        enter_groups(connection, declared, (Group(("x",), "", "gone"),), "x", "ana", now)
    with opened.reading("ana") as connection:
        entries = entries_of(connection, declared.registers, "recruiters", key)
    opened.close()
    assert [entry.action for entry in entries] == ["OPEN", "CORRECTION"]
    assert [row["name"] for row in entries[-1].record["other_names"]] == [
        "AZUL MARINO",
        "Azul Marino, S.A.",
    ]


def test_rows_of_one_group_that_name_two_records_are_told(tmp_path):
    path = reviewed(
        tmp_path / "r.xlsx",
        (1, "A", 1, "", "", "", "x", "k1", "A"),
        (1, "B", 1, "", "", "", "x", "", ""),
    )
    with pytest.raises(BadInput, match="row 3: the rows of its group name several records"):
        read_review(path, COUNTRIES)
