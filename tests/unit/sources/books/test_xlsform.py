"""The form of a register, as KoBo and ODK read it."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from cauce.model.register import Register
from cauce.pipeline.registers import read_registers
from cauce.sources.books.form_names import question
from cauce.sources.books.xlsform import write_xlsform

DECLARED = read_registers(Path("packs/registers"))


def form(tmp_path: Path, register: Register) -> dict[str, list[dict[str, str]]]:
    path = tmp_path / "form.xlsx"
    write_xlsform(register, DECLARED.lists, path)
    found = {}
    for page in openpyxl.load_workbook(path):
        head, *lines = page.iter_rows(values_only=True)
        found[page.title] = [
            {str(k): str(v) for k, v in zip(head, line, strict=True) if v is not None}
            for line in lines
        ]
    return found


def questions(found: Mapping[str, list[dict[str, str]]]) -> dict[str, dict[str, str]]:
    return {line["name"]: line for line in found["survey"]}


@pytest.mark.parametrize("name", sorted(DECLARED.registers))
def test_every_register_is_asked_in_both_languages(tmp_path: Path, name: str) -> None:
    register = DECLARED.registers[name]
    found = form(tmp_path, register)
    asked = questions(found)
    for field in register.fields:
        assert question(field.id) in asked
        for column in field.rows:
            assert question(column.id, field.id) in asked
    for line in found["survey"]:
        if line["type"] != "end_repeat":
            assert line["label::Español (es)"] != ""
            assert line["label::English (en)"] != ""
    names = [line["name"] for line in found["survey"] if line["type"] != "end_repeat"]
    assert len(names) == len(set(names))
    lists = {line["list_name"] for line in found["choices"]}
    used = {line["type"].split()[1] for line in found["survey"] if line["type"][:6] == "select"}
    assert used <= lists


def test_every_expression_names_questions_that_are_asked(tmp_path: Path) -> None:
    for register in DECLARED.registers.values():
        found = form(tmp_path, register)
        asked = questions(found)
        for line in found["survey"]:
            for key in ("relevant", "constraint", "required"):
                for part in line.get(key, "").split("${")[1:]:
                    assert part.partition("}")[0] in asked, (register.id, line)


def test_rules_become_what_is_asked_when_and_what_is_let_in(tmp_path: Path) -> None:
    asked = questions(form(tmp_path, DECLARED.registers["mechanisms"]))
    assert "${signed_on}" in asked["in_force_from"]["constraint"]
    assert asked["title_en"]["required"] == "${title_es} = ''"
    assert asked["provisions__quote"]["relevant"] == (
        "not(selected(${provisions__coding}, '0') or selected(${provisions__coding}, 'NSEEN'))"
    )
    assert asked["kind"]["required"] == "yes"
    assert "required" not in asked["source"]
    assert asked["source__why"]["relevant"] == "${source} = ''"
    assert ". >= 0 and . <= 36500" in asked["min_days"]["constraint"]
    assert asked["warning_1"]["type"] == "note"


def test_what_is_only_warned_of_can_still_be_answered(tmp_path: Path) -> None:
    asked = questions(form(tmp_path, DECLARED.registers["diaspora_surveys"]))
    assert "relevant" not in asked["method"]
    notes = [one for name, one in asked.items() if name.startswith("warning_")]
    warned = next(one for one in notes if "selected(${method}, 'RDS')" in one["relevant"])
    assert "muestra probabilística" in warned["label::Español (es)"]
    stocks = questions(form(tmp_path, DECLARED.registers["diaspora_stocks"]))
    assert "relevant" not in stocks["value"]


def test_estimates_are_asked_for_only_of_a_sample_of_chance(tmp_path: Path) -> None:
    lines = form(tmp_path, DECLARED.registers["diaspora_surveys"])["survey"]
    (repeat,) = (x for x in lines if (x["type"], x["name"]) == ("begin_repeat", "estimates"))
    assert "selected(${method}, 'OPEN')" in repeat["relevant"]
    assert "${chances_known} = 'UNK'" in repeat["relevant"]


def test_a_form_says_which_declaration_it_is_of(tmp_path: Path) -> None:
    (settings,) = form(tmp_path, DECLARED.registers["quotas"])["settings"]
    assert settings["form_id"] == "quotas"
    assert settings["version"].endswith(DECLARED.registers["quotas"].sha256[:8])
