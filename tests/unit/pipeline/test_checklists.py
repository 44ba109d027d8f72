"""Checklists travel as workbooks: out with every question, in with every fault at its cell."""

from datetime import UTC, date, datetime

import openpyxl
import pytest

from cauce.assess.telling import Speaker
from cauce.cli.places import own_packs, own_registers
from cauce.model.errors import BadInput
from cauce.pipeline.checklists import (
    DILIGENCE,
    IRIS,
    check_checklist,
    checklist,
    iris_frame,
    write_checklist,
)
from cauce.pipeline.judge.diligence import judge_check
from cauce.pipeline.judge.iris import judge_iris_record
from cauce.pipeline.registers import read_registers

DECLARED = read_registers(own_registers())
FRAMES = own_packs() / "frames"
FRAME = iris_frame(FRAMES)


def filled(path, record, answer):
    """The workbook at `path` with its record, and each line of answers as `answer` changes it."""
    book = openpyxl.load_workbook(path)
    for page, fill in zip(book.worksheets[1:3], (lambda _: record, answer), strict=True):
        columns = {page.cell(1, at).value: at for at in range(2, page.max_column + 1)}
        for row in range(4, page.max_row + 1):
            line = {name: page.cell(row, at).value for name, at in columns.items()}
            for name, value in fill(line).items():
                page.cell(row, columns[name]).value = value
    book.save(path)
    return path


AGENCY = {"name": "Invented Agency", "country": "GTM", "made_on": date(2026, 5, 2)}


def conforms(line):
    return {"answer": "CONF", "evidence": "Manual, p. 3"}


@pytest.fixture
def sent(tmp_path):
    write_checklist(DECLARED, IRIS, FRAME, tmp_path / "iris.xlsx", "en")
    return tmp_path / "iris.xlsx"


def test_the_workbook_has_every_question_and_comes_back_judged(sent):
    checked, records = check_checklist(DECLARED, IRIS, FRAME, filled(sent, AGENCY, conforms))
    assert checked.right
    answers = records[0]["answers"]
    assert len(answers) == 95
    assert answers[15]["wording"] == "A.4 Freedom of association and collective bargaining [K]"
    found, told = judge_iris_record(FRAME, records[0], date(2026, 6, 1), Speaker(DECLARED.lists))
    assert (found.verdict.outcome, found.made_on) == ("MET", date(2026, 5, 2))
    assert "is not certified" in told.warnings[0].en


def test_what_fits_nothing_is_marked_at_its_cell_in_both_languages(sent):
    def strange(line):
        wrong = line["criterion"] == "A.2" and line["element"].startswith("E1")
        return conforms(line) | ({"criterion": "A.9"} if wrong else {})

    checked, records = check_checklist(DECLARED, IRIS, FRAME, filled(sent, AGENCY, strange))
    assert records == ()
    (mark,) = checked.marks
    assert (mark.row, mark.field.en) == (9, "Answers – Criterion")
    assert "'A.9' is not asked here" in mark.message.en
    assert "no se pregunta aquí" in mark.message.es


def test_the_register_finds_its_own_faults_first(sent):
    checked, records = check_checklist(
        DECLARED, IRIS, FRAME, filled(sent, AGENCY, lambda _: {"answer": "PERFECT"})
    )
    assert (len(checked.marks), records) == (95, ())


def test_a_licensed_copy_is_asked_in_place_of_ours(tmp_path):
    copy = tmp_path / "copy.csv"
    copy.write_text("criterion,principle,en,es\nA.1,IRIS-A,As licensed,Con licencia\n", "utf-8")
    frame = iris_frame(FRAMES, copy)
    assert ([item.id for item in frame.items], frame.source) == (["A.1"], "copy.csv")
    write_checklist(DECLARED, IRIS, frame, tmp_path / "iris.xlsx", "es")
    path = filled(tmp_path / "iris.xlsx", AGENCY, conforms)
    _, records = check_checklist(DECLARED, IRIS, frame, path)
    assert records[0]["answers"][0]["wording"] == "A.1 Con licencia"
    assert records[0]["criteria"] == "copy.csv (1)"


def test_a_copy_with_faults_is_refused(tmp_path):
    (tmp_path / "copy.csv").write_text("criterion,principle,en,es\nA.1,IRIS-Z,a,a\n", "utf-8")
    with pytest.raises(BadInput, match=r"copy\.csv, line 2: principle is no code"):
        iris_frame(FRAMES, tmp_path / "copy.csv")


def test_due_diligence_travels_alike(tmp_path):
    frame = checklist(FRAMES, DILIGENCE)
    write_checklist(DECLARED, DILIGENCE, frame, tmp_path / "check.xlsx", "es")
    record = {"company": "Finca", "country": "CRI", "recruiter_name": "Agencia",
              "made_on": datetime(2026, 5, 2, tzinfo=UTC).date()}  # fmt: skip

    def said(line):
        return {"answer": "no"} if line["question"] == "FE1" else {"answer": "sí", "evidence": "d"}

    path = filled(tmp_path / "check.xlsx", record, said)
    checked, records = check_checklist(DECLARED, DILIGENCE, frame, path)
    assert checked.right
    verdict, told = judge_check(frame, records[0], Speaker({}))
    assert verdict.outcome == "GRAVE"
    assert told.title.es == "Debida diligencia: Finca, Agencia"
