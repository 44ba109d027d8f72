"""A workbook of 10,000 records with 100 faults, checked and given back, beside plain openpyxl.

Invented mechanisms, 24 columns filled. Every fault must be told at its cell in both languages and
nothing be taken in. Prints JSON. Run from the repository: python bench/workbook.py [RECORDS]
"""

import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from cauce.cli.places import own_registers
from cauce.model.record import Record
from cauce.pipeline.register_books import Checked, check_workbook, write_marked_book
from cauce.pipeline.registers import Declared, read_registers
from cauce.sources.books.reading import read_book
from cauce.sources.books.shape import FIRST_ROW, columns, sheets
from cauce.sources.books.writing import Filled, Wanted, write_workbook
from cauce.store.log import Log, open_database

REGISTER = "mechanisms"
FAULTS: dict[str, Any] = {
    "kind": "NOPE", "signed_on": "31/02/2020", "min_days": "1.234", "max_days": 99_999,
    "source": None, "text_url": "somewhere", "circular": "perhaps", "sectors": "A; ZZ",
    "signed_year": "9999", "acronym": "x" * 501,
}  # fmt: skip
"""A value that is wrong in each of ten fields; None leaves a required one out."""


def record(number: int) -> dict[str, Any]:
    """An invented mechanism that is right."""
    day = date(1990, 1, 1) + timedelta(days=number % 9_000)
    return {
        "title_en": f"Programme number {number}", "title_es": f"Programa número {number}",
        "acronym": f"P{number}", "kind": "TFWP", "country": "CRI", "status": "FORCE",
        "instrument": "Decree", "citation": f"{number:05}", "gazette_date": day,
        "signed_year": day.year, "signed_on": day, "in_force_from": day, "binding": "BIND",
        "text_url": f"https://example.org/{number}", "text_languages": ("es", "en"),
        "sectors": ("A", "F"), "skill_band": "LOW", "min_days": 30, "max_days": 180,
        "circular": True, "must_return": False, "renewal": "yearly", "committee": "joint",
        "source": "invented for measuring",
    }  # fmt: skip


def records(count: int, faults: int) -> Iterator[Filled]:
    """Records of which some have one field wrong, spread over the workbook."""
    every = count // faults
    names = list(FAULTS)
    for number in range(1, count + 1):
        values: Record = record(number)
        if number % every == 0:
            name = names[number // every % len(names)]
            values = {k: v for k, v in {**values, name: FAULTS[name]}.items() if v is not None}
        yield Filled(number, values)


def expected(declared: Declared, count: int, faults: int) -> set[tuple[int, int]]:
    """The cells, by row and column, at which something must be told."""
    ids = columns(sheets(declared.registers[REGISTER])[0])
    names, every = list(FAULTS), count // faults
    return {
        (FIRST_ROW + n * every - 1, ids.index(names[n % len(names)])) for n in range(1, faults + 1)
    }


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = work()
    return result, round(time.perf_counter() - start, 2)


def plain_openpyxl(path: Path) -> int:
    """What reading the same cells costs with no check at all."""
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for page in book for row in page.iter_rows(values_only=True) for _ in row)


def calamine(path: Path) -> float | str:
    """The same with python-calamine in a process of its own, which it may take down."""
    if importlib.util.find_spec("python_calamine") is None:
        return "not installed"
    text = (
        "import sys, python_calamine as c\n"
        "book = c.CalamineWorkbook.from_path(sys.argv[1])\n"
        "[book.get_sheet_by_name(n).to_python() for n in book.sheet_names]"
    )
    return timed(lambda: subprocess.run([sys.executable, "-c", text, str(path)], check=True))[1]


def told(checked: Checked, marked: Path, wanted: set[tuple[int, int]]) -> dict[str, Any]:
    """Whether every fault stands at its cell, in both languages, in the workbook given back."""
    found = {(mark.row, mark.column) for mark in checked.marks}
    book = openpyxl.load_workbook(marked)
    page = book[checked.marks[0].sheet]
    cells = [page.cell(row, column + 1) for row, column in wanted]
    return {
        "faults": len(checked.marks),
        "each_at_its_cell": found == wanted,
        "in_both_languages": all(m.message.en and m.message.es for m in checked.marks),
        "nothing_taken_in": not checked.drafts,
        "coloured": sum(1 for c in cells if c.fill.fill_type == "solid"),
        "commented": sum(1 for c in cells if c.comment is not None),
        "listed_with_links": sum(
            1 for c in next(book[book.sheetnames[-1]].iter_cols(3, 3)) if c.hyperlink
        ),
    }


def measure(count: int, faults: int, folder: Path) -> dict[str, Any]:
    declared = read_registers(own_registers())
    upload, marked = folder / "upload.xlsx", folder / "marked.xlsx"
    database = open_database(f"sqlite:///{folder / 'registers.sqlite'}")
    log = Log(database, declared.registers)
    register = declared.registers[REGISTER]
    _, written = timed(
        lambda: write_workbook(register, declared.lists, upload, Wanted(), records(count, faults))
    )
    _, read = timed(lambda: read_book(upload))
    checked, checking = timed(lambda: check_workbook(declared, REGISTER, upload, log, "bench"))
    _, marking = timed(lambda: write_marked_book(upload, checked, marked))
    _, plain = timed(lambda: plain_openpyxl(upload))
    same = read_book(upload).grids == read_book(marked).grids[:-1]
    database.close()
    return {
        "records": count,
        "bytes": upload.stat().st_size,
        **told(checked, marked, expected(declared, count, faults)),
        "everything_typed_untouched": same,
        "seconds": {
            "write_workbook": written,
            "open_check_and_mark": round(checking + marking, 2),
            "of_which_open_and_check": checking,
            "of_which_open_alone": read,
            "of_which_mark": marking,
            "plain_openpyxl_read_only": plain,
            "python_calamine": calamine(upload),
        },
    }


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(count, 100, Path(folder)), indent=2))


if __name__ == "__main__":
    main()
