"""`cauce quality`: what is written, for whom, and that no person is in what leaves the office."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cauce.cli.main import app

from .small_survey import Row, region, survey


def spoil(rows: list[Row]) -> None:
    rows[0]["hours"] = 300
    rows[5]["hours"] = 301
    rows[7]["w"] = 0


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    folder = tmp_path_factory.mktemp("quality")
    pack = survey(folder / "pack", spoil=spoil)
    words = ["quality", pack, "--region", region(folder / "region"), "--out", folder / "out"]
    words += ["--rows", folder / "rows.csv"]
    return folder, CliRunner().invoke(app, [str(word) for word in words])


def test_a_report_is_written_although_the_release_would_stop(written: tuple[Path, Any]) -> None:
    folder, found = written
    assert found.exit_code == 0, found.output
    names = sorted(path.name for path in (folder / "out").iterdir())
    assert names == [f"XAA_LFS_2024{end}" for end in (".json", "_en.html", "_es.html")]
    assert "A release would stop: 2024: 2 respondents are against V_HOURS_A_WEEK" in found.output


def test_no_count_below_the_minimum_and_no_value_of_a_person_leaves_the_office(
    written: tuple[Path, Any],
) -> None:
    folder, _ = written
    for path in (folder / "out").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "300" not in text
        assert "301" not in text
    report = json.loads((folder / "out" / "XAA_LFS_2024.json").read_text(encoding="utf-8"))
    (grid,) = next(one for one in report["concepts"] if one["code"] == "S.18")["tables"]
    week = next(row for row in grid["rows"] if "week has no more" in row[0]["en"])
    assert week[1] == "few"


def test_rows_are_for_the_office_alone_and_hold_no_values(written: tuple[Path, Any]) -> None:
    folder, _ = written
    path = folder / "rows.csv"
    assert path.stat().st_mode & 0o777 == 0o600
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    failing = [row for row in rows if row["rule_or_number"] == "V_HOURS_A_WEEK"]
    assert [row["row"] for row in failing] == ["1", "6"]
    assert [r["row"] for r in rows if r["rule_or_number"] == "V_WEIGHT_POSITIVE"] == ["8"]
    hours = [row["row"] for row in rows if row["rule_or_number"] == "HOW_TEMP"]
    assert set(hours[:2]) == {"1", "6"}


def test_the_page_alone_is_printable_and_needs_no_site(written: tuple[Path, Any]) -> None:
    folder, _ = written
    page = (folder / "out" / "XAA_LFS_2024_es.html").read_text(encoding="utf-8")
    assert "@media print" in page
    assert "<script" not in page
    assert 'href="' not in page
    assert "Informe de calidad · 2024" in page
    assert "inventad" in page


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    pack = survey(tmp_path / "pack")
    (tmp_path / "taken").write_text("x")
    words = ["quality", pack, "--region", region(tmp_path / "region"), "--out", tmp_path / "taken"]
    found = CliRunner().invoke(app, [str(word) for word in words])
    assert found.exit_code == 1
    assert "--out:" in found.output
    words = [*words[:-1], tmp_path / "out", "--rows", tmp_path]
    found = CliRunner().invoke(app, [str(word) for word in words])
    assert found.exit_code == 1
    assert "--rows:" in found.output


def test_pack_check_tells_what_would_stop_a_release_and_what_is_odd_in_the_rules(
    tmp_path: Path,
) -> None:
    odd = """
[validation.V_ODD]
label = { en = "x", es = "x" }
ground = "us"
severity = "info"
expr = "AGE < 0"

[validation.V_NEVER]
label = { en = "x", es = "x" }
ground = "us"
severity = "info"
expr = "AGE < 5 AND AGE > 6"

[validation.V_ALWAYS]
label = { en = "x", es = "x" }
ground = "us"
severity = "info"
expr = "AGE = AGE"

[validation.V_AGAIN]
label = { en = "x", es = "x" }
ground = "us"
severity = "info"
expr = "AGE <= 130"
"""
    pack = survey(tmp_path / "pack", spoil=spoil, more=odd)
    words = ["pack", "check", pack, "--region", region(tmp_path / "region")]
    found = CliRunner().invoke(app, [str(word) for word in words])
    assert found.exit_code == 0, found.output
    for told in (
        "2 respondents are against V_HOURS_A_WEEK",
        '[[accept]] rule = "V_HOURS_A_WEEK"',
        "V_AGE and V_ODD contradict each other",
        "V_NEVER can be passed by nobody",
        "V_ALWAYS can be failed by nobody",
        "V_AGAIN says nothing that V_AGE does not say",
    ):
        assert told in found.output.replace("\n", " "), told
