"""A survey of employers from the register of firms to published tables."""

import csv
from pathlib import Path

import numpy as np
import pytest

from cauce.store import Reader

PACK = Path(__file__).parents[2] / "packs" / "demo" / "employers_2025"


@pytest.fixture(scope="module")
def files(run_here, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("employers")
    done = run_here("employers", "invent", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def released(run_here, files: Path):
    """The pack, released from a file that was weighed again by hand."""
    out, store = files / "again" / "empleadores2025.csv", files / "store"
    out.parent.mkdir()
    singles = {row["stratum"] for row in rows_of(files / "muestra.csv")}
    joins = [f"{one}={one.replace('S1|', 'S2T4|')}" for one in singles if one.startswith("S1|")]
    words = [word for one in (*joins, "S2T4|C|INT=S5T19|C|INT") for word in ("--join", one)]
    sample, answers = files / "muestra.csv", files / "respuestas.csv"
    done = run_here("employers", "weigh", sample, answers, *words, "--out", out)
    assert done.returncode == 0, done.stderr
    assert out.read_bytes() == (files / "empleadores2025.csv").read_bytes()
    done = run_here("release", PACK, "--file", out.parent, "--store", store)
    assert done.returncode == 0, done.stderr
    return Reader(store).snapshot()


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_a_small_sample_is_told_before_it_is_paid_for(run_here, files: Path) -> None:
    out = files / "small.csv"
    done = run_here("employers", "design", files / "marco.csv", "--firms", 100, "--out", out)

    assert done.returncode == 0, done.stderr
    assert "cannot support a table by occupation" in done.stdout
    assert "60 informal firms are out of scope" in done.stdout
    assert len(rows_of(out)) == 100


def test_a_large_one_is_not_warned_of(run_here, files: Path) -> None:
    words = ("--firms", 700, "--response", 0.9, "--out", files / "large.csv")
    done = run_here("employers", "design", files / "marco.csv", *words)

    assert "cannot support" not in done.stdout


def test_too_few_firms_say_how_many_it_takes(run_here, files: Path) -> None:
    done = run_here("employers", "design", files / "marco.csv", "--firms", 10)

    assert done.returncode == 1
    assert "10 firms are too few" in done.stderr


def test_a_stratum_that_refused_altogether_stops_the_weights(run_here, files: Path) -> None:
    words = (files / "muestra.csv", files / "respuestas.csv", "--out", files / "x.csv")
    done = run_here("employers", "weigh", *words)

    assert done.returncode == 1
    assert "refused, so that nobody stands for them" in done.stderr
    assert "--join" in done.stderr


def test_weights_add_up_to_registered_staff(files: Path) -> None:
    firms = {row["firm"]: row for row in rows_of(files / "empleadores2025.csv")}
    formal = (row for row in rows_of(files / "marco.csv") if row["formal"] == "yes")
    weighted = sum(float(r["weight"]) * float(r["registered_staff"]) for r in firms.values())

    assert weighted == pytest.approx(sum(float(row["staff"]) for row in formal), rel=1e-12)


def test_the_eight_tables_are_published_with_errors_and_verdicts(released) -> None:
    flows = {flow.dataflow.id.removeprefix("XCA_EMPLOYERS_"): flow for flow in released.flows()}
    published = {indicator.id for flow in flows.values() for indicator in flow.dataflow.indicators}

    # T1 staff, T2 expectation, T3 vacancies, T4 difficulty, T5 competences, T6 hires, T7 costs, T8.
    eight = "STAFF_NB CHANGE_NB VAC_NB DIFF_IX SHORT_RT HIRES_NB HIRE_COST WAY_TRAIN_RT"
    assert {f"EMPR_{name}" for name in eight.split()} <= published
    assert all(flow.dataflow.source.invented for flow in flows.values())


def test_the_questionnaire_has_both_languages_and_the_minor_groups(run_here, files: Path) -> None:
    import openpyxl

    out = files / "form.xlsx"
    assert run_here("employers", "form", "--out", out).returncode == 0
    book = openpyxl.load_workbook(out, read_only=True)
    survey = list(book["survey"].iter_rows(values_only=True))
    codes = {(row[0], row[1]) for row in book["choices"].iter_rows(values_only=True)}

    assert survey[0][2:4] == ("label::Español (es)", "label::English (en)")
    assert {("CL_OC3", code) for code in ("711", "214", "834")} <= codes
    assert {row[1] for row in survey if row[0] == "begin_repeat"} == {
        "occupations",
        "hires",
        "skills",
    }


def test_nothing_is_published_of_few_firms_of_one_or_beyond_30_percent(released) -> None:
    withheld = 0
    for flow in released.flows():
        table = released.observations(flow.dataflow.id)
        shown = np.isfinite(table.value)
        assert (table.psus[shown] >= 5).all()
        assert (table.cv[shown & np.isfinite(table.cv)] <= 0.30).all()
        withheld += int((~shown).sum())
    assert withheld
    rules = released.observations("XCA_EMPLOYERS_EMPLOYERS_OC3").rule
    assert any("fewer than 5 employers" in rule for rule in rules)


SIGNS = """area = "XCA"
[employment]
flow = "XCA_EMPLOYERS_EMPLOYERS_OC3"
indicator = "EMPR_STAFF_NB"
over = "OC3"
"""
SIGN = """[sign.{}]
flow = "XCA_EMPLOYERS_EMPLOYERS_OC3"
indicator = "{}"
over = "OC3"
"""


def test_three_signs_of_one_survey_are_no_verdict(run_here, files: Path, released) -> None:
    named = {
        "FILL_RATE": "EMPR_FILL_RT",
        "APPLICANTS": "EMPR_APPL_RT",
        "DIFFICULTY": "EMPR_DIFF_IX",
    }
    grown = SIGN.format("EMPLOYMENT_GROWTH", "EMPR_STAFF_NB") + "growth = true\n"
    signs = files / "signs.toml"
    signs.write_text(SIGNS + "".join(SIGN.format(*pair) for pair in named.items()) + grown)

    done = run_here("outlook", "now", signs, "--store", files / "store")

    assert done.returncode == 0, done.stderr
    assert "711: 3 of 9 indicators are available; 4 are needed." in done.stdout
    assert "Growth needs two waves, and one is published." in done.stdout
    assert "Growth of wages. No released table is named for it." in done.stdout


def test_signs_that_are_none_are_named_by_line(run_here, files: Path) -> None:
    signs = files / "wrong.toml"
    signs.write_text(SIGNS + SIGN.format("LUCK", "X") + "growht = true\n")

    done = run_here("outlook", "now", signs, "--store", files / "store")

    assert done.returncode == 1
    assert "LUCK is no sign of shortage" in done.stderr
    assert "growht" in done.stderr


def test_signs_need_the_employment_they_are_set_against(run_here, files: Path, released) -> None:
    signs = Path(__file__).parents[2] / "packs" / "demo" / "signs_2025.toml"

    done = run_here("outlook", "now", signs, "--store", files / "store")

    assert done.returncode == 1
    assert "XCA_LFS_OCCUPATION is not published" in done.stderr
