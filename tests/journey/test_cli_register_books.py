"""`cauce register template`, `import`, `export` and `xlsform`, as an officer types them."""

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from cauce.cli.main import app


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Type a command in an empty folder; its exit code and what it said."""
    monkeypatch.chdir(tmp_path)

    def one(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["register", *words])
        return result.exit_code, " ".join((result.output or str(result.exception)).split())

    return one


def fill(path: Path, **values: object) -> None:
    book = openpyxl.load_workbook(path)
    page = book.worksheets[1]
    ids = [cell.value for cell in page[1]]
    for name, value in values.items():
        page.cell(4, ids.index(name) + 1).value = value
    book.save(path)


def test_a_workbook_goes_out_comes_back_and_says_nothing_new(typed, tmp_path: Path) -> None:
    assert typed("template", "bodies") == (0, "Written: bodies.xlsx")
    fill(tmp_path / "bodies.xlsx", name_en="A body", name_es="Un organismo")
    code, said = typed("import", "bodies", "bodies.xlsx")
    assert code == 1
    assert "nothing was taken in" in said
    assert "bodies.faults.xlsx" in said
    marked = openpyxl.load_workbook(tmp_path / "bodies.faults.xlsx")
    assert marked.sheetnames[-1] == "Errores · Faults"

    fill(tmp_path / "bodies.xlsx", kind="UNK", source="the treaty, article 1")
    assert typed("import", "bodies", "bodies.xlsx", "--dry-run")[1].startswith("Would take in: 1")
    code, said = typed("import", "bodies", "bodies.xlsx")
    assert (code, said) == (0, "Taken in: 1 open"), said
    assert typed("export", "bodies", "-o", "out.xlsx") == (0, "Written: out.xlsx, 1 records")
    assert typed("import", "bodies", "out.xlsx") == (0, "Taken in: nothing new; 1 unchanged")
    assert typed("export", "bodies", "--csv") == (0, "Written: bodies.zip, 1 records")


def test_a_form_is_written(typed, tmp_path: Path) -> None:
    assert typed("xlsform", "quotas") == (0, "Written: quotas.form.xlsx")
    assert openpyxl.load_workbook(tmp_path / "quotas.form.xlsx").sheetnames == [
        "survey", "choices", "settings",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("template", "nothing"), "There is no register nothing"),
        (("template", "quotas", "--language", "fr"), "fr is not one of en, es"),
        (("import", "quotas", "a.xlsx", "b.xlsx"), "One workbook at a time"),
        (("import", "quotas", "a.xlsx"), "there is no such file"),
        (("import", "quotas", "a.csv", "--map", "nothing"), "There is no mapping nothing"),
        (("import", "quotas", "a.csv", "--map", "bla_chilton_woda"), "for mechanisms, not for"),
    ],
)
def test_what_is_wrong_with_a_command_is_said(typed, words: tuple[str, ...], said: str) -> None:
    code, output = typed(*words)
    assert code == 1
    assert said in output
