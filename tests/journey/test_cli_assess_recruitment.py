"""`cauce assess` on recruitment: contracts, complaints, IRIS and due diligence."""

import json
from datetime import date

import openpyxl
import pytest
from typer.testing import CliRunner

from cauce.assess.recruitment.orders import TERMS
from cauce.cli.main import app
from cauce.cli.places import own_registers
from cauce.pipeline.registers import read_registers
from cauce.store.log import open_database

from .office.invented import enter


@pytest.fixture
def assess():
    def run(*words, code=0):
        told = CliRunner().invoke(app, ["assess", *map(str, words)])
        assert told.exit_code == code, told.output
        return told.output

    return run


RATES = "currency,from,to,rate,source\nMXN,2026-01-01,2026-12-31,0.05,invented\n"
ORDER = {
    "order": "1",
    "employer": "Farm",
    "pay": "15",
    "pay_unit": "HOUR",
    "currency": "USD",
    "hours_week": "40",
    "hours_day": "8",
    "start": "2026-05-01",
}


def table(path, first, *rows):
    head = tuple(dict.fromkeys((first, "order", *TERMS)))
    path.write_text("\n".join(",".join(one) for one in (
        head, *([row.get(name, "UNK") for name in head] for row in rows))))  # fmt: skip


def test_a_contract_is_compared_with_its_order_after_its_currency_and_unit(assess, tmp_path):
    """1,200 MXN a day of 8 hours is 7.50 USD an hour; by the piece nobody can say."""
    daily = ORDER | {"contract": "a", "pay": "1200", "pay_unit": "DAY", "currency": "MXN"}
    pieces = daily | {"contract": "b", "pay": "2", "pay_unit": "PIECE"}
    table(tmp_path / "orders.csv", "order", ORDER)
    table(tmp_path / "contracts.csv", "contract", daily, pieces, ORDER | {"contract": "c"})
    (tmp_path / "rates.csv").write_text(RATES)
    english = assess("contracts", tmp_path)
    (pay,) = (line.split() for line in english.splitlines() if line.startswith("pay by the hour"))
    assert pay[-5:] == ["1", "1", "1", "0", "1"], "worse, not comparable, equal, better, differs"
    assert "peor" in assess("contracts", tmp_path, "--language", "es")
    assert len(json.loads(assess("contracts", tmp_path, "--json"))) == 3
    (tmp_path / "contracts.csv").write_text("contract,order\n=1+1,9\n")
    assert "there is no column pay" in assess("contracts", tmp_path, code=1)


def test_complaints_keep_unknown_apart_whatever_is_written_beside_it(assess, tmp_path):
    """330 = 155 + 133 + 42: 40.3 % of all, 46.2 % of those known; text is neither run nor told."""
    told = "=cmd|' /C calc'!A0,<b>😀</b>"
    rows = ["NO"] * 155 + ["YES"] * 133 + ["UNK"] * 42
    lines = "".join(f'{said},"{told}"\n' for said in rows)
    file = tmp_path / "complaints.csv"
    file.write_text(f"payment,text\n{lines}", "utf-8")
    english = assess("complaints", file)
    for said in ("155", "133", "42", "40.3%", "46.2%"):
        assert said in english
    assert "calc" not in english
    assert "se desconoce   42" in assess("complaints", file, "--language", "es")
    file.write_text("payment\nMAYBE SECRET\n")
    wrong = assess("complaints", file, code=1)
    assert "must be YES, NO or UNK" in wrong
    assert "SECRET" not in wrong


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    address = f"sqlite:///{tmp_path_factory.mktemp('assess') / 'registers.sqlite'}"
    database = open_database(address)
    progress = {
        "recruiter": "agency", "name": "Agencia", "country": "GTM", "source": "invented",
        "trained_on": date(2026, 1, 15),
        "steps": ({"step": "AWARE", "on": date(2026, 1, 15), "evidence": "list"},),
    }  # fmt: skip
    check = {
        "company": "Finca Inventada", "country": "GTM", "recruiter": "agency",
        "made_on": date(2026, 3, 1), "answers": ({"question": "FE1", "answer": False},),
    }  # fmt: skip
    alone = {"name": "Agencia Suelta", "country": "HND", "made_on": date(2026, 5, 2)}
    records = {
        ("recruiters", "agency"): {"name": "Agencia Río", "country": "GTM", "source": "invented"},
        ("iris_progress", "p"): progress,
        ("iris_assessments", "alone"): alone,
        ("diligence_checks", "d"): check,
    }
    enter(database, read_registers(own_registers()), records)
    database.close()
    return address


def test_iris_is_judged_from_the_registers_on_a_day(assess, url):
    told = assess("iris", "agencia rio", "--database", url, "--on", "2026-07-16")
    assert "overdue, days: 1" in told
    assert "not certified" in told
    before = assess("iris", "agencia rio", "--database", url, "--on", "2026-07-15", "--json")
    assert json.loads(before)["due"][0]["state"] == "DUE"
    alone = assess("iris", "Agencia Suelta", "--database", url, "--language", "es")
    assert "no todo está respondido con evidencia" in alone
    assert "There is no" in assess("iris", "Nobody", "--database", url, code=1)
    assert "do not hire through it" in assess("diligence", "finca", "--database", url)


def test_a_workbook_is_written_judged_and_marked_and_nothing_of_it_is_kept(assess, tmp_path):
    path, marked = tmp_path / "iris.xlsx", tmp_path / "marked.xlsx"
    assert "95 questions" in assess("iris", "--write", path, "--language", "en")
    assert "required" in assess("iris", path, "--marked", marked, code=1)
    notes = openpyxl.load_workbook(marked)["Errores · Faults"]
    assert notes.max_row == 4
    book = openpyxl.load_workbook(path)
    first = book.worksheets[1]
    columns = {first.cell(1, at).value: at for at in range(2, first.max_column + 1)}
    for name, value in (("name", "Agencia"), ("country", "GTM"), ("made_on", date(2026, 5, 2))):
        first.cell(4, columns[name]).value = value
    book.save(path)
    assert "not all is answered with evidence" in assess("iris", path)
    assert "17 questions" in assess("diligence", "--write", tmp_path / "check.xlsx")


def test_what_is_not_there_is_said(assess, tmp_path):
    assert "Name a workbook" in assess("iris", code=1)
    assert "There is no file" in assess("diligence", tmp_path / "no.xlsx", code=1)
    other = tmp_path / "other.xlsx"
    assess("diligence", "--write", other)
    assert "not of iris_assessments" in assess("iris", other, code=1)
