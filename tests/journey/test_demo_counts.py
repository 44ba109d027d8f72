"""What registers count in the demo: tables, files, a corridor and its brief, all invented."""

import csv
import io
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.portal.app import create_app

COUNTED = (
    "DF_RECRUITER_LICENCES", "DF_RECRUITER_SANCTIONS", "DF_COMPLAINTS", "DF_MOBILITY_PERMITS",
    "DF_QUOTA_CEILINGS", "DF_QUOTA_USE", "DF_QUOTA_SHARE", "DF_MOBILITY_WAITS", "DF_PERMIT_CAPTURE",
    "XNA_RECRUITMENT_SDG1071", "XNA_RECRUITMENT_RCI_SEASONAL",
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(demo_store: Path) -> TestClient:
    return TestClient(create_app(demo_store))


def rows(reader: TestClient, flow: str) -> list[dict[str, str]]:
    address = f"/sdmx/v2/data/dataflow/CAUCE/{flow}/1.0/*?format=csv"
    return list(csv.DictReader(io.StringIO(reader.get(address).text)))


@pytest.mark.parametrize("flow", COUNTED)
def test_each_count_has_a_page_in_both_languages_and_its_numbers_as_sdmx(reader, flow):
    for language, invented in (("es", "Datos inventados"), ("en", "Invented data")):
        page = reader.get(f"/{language}/tables/{flow}")
        assert page.status_code == 200
        assert invented in page.text
    assert rows(reader, flow)


def test_small_counts_of_people_are_withheld_and_every_number_beside_them(reader):
    for flow in ("DF_MOBILITY_PERMITS", "DF_COMPLAINTS"):
        told = rows(reader, flow)
        hidden = [row for row in told if row["CONF_STATUS"] != "F"]
        assert hidden
        assert {(row["OBS_VALUE"], row["N_UNW"], row["N_CASES"]) for row in hidden} == {
            ("NaN", "", "")
        }
        assert all(int(row["N_UNW"]) >= 5 for row in told if row["CONF_STATUS"] == "F")


def test_permits_beside_the_survey_are_their_quotient_with_the_error_of_the_survey(reader):
    """Delta method: se(P / Y) = P se(Y) / Y²; the interval is that of Y, turned over."""
    found = {
        (row["NATIONALITY"], row["INDICATOR"]): row for row in rows(reader, "DF_PERMIT_CAPTURE")
    }

    def number(name: str, column: str = "OBS_VALUE") -> float:
        return float(found["XNA", name][column])

    permits, workers = number("PERMITS"), number("WORKERS")
    ratio = 100 * permits / workers
    assert number("PERMITS_PER_WORKER") == pytest.approx(ratio)
    se = ratio * number("WORKERS", "SE") / workers
    assert number("PERMITS_PER_WORKER", "SE") == pytest.approx(se)
    assert number("PERMITS_PER_WORKER", "CI_LOW") == pytest.approx(
        100 * permits / number("WORKERS", "CI_HIGH")
    )
    why = reader.get("/es/explain/DF_PERMIT_CAPTURE/A.REG.PERMITS_PER_WORKER.XCA.XNA.BIRTH")
    assert why.status_code == 200
    assert "no es la parte de nadie" in why.text
    assert "cauce capture --store" in why.text


def test_the_corridor_shows_recruitment_cost_and_mobility_and_prints_them(reader):
    page = reader.get("/es/corridors/XNA-XCA").text
    for said in (
        "Agencia Costa Norte (inventada)", "Con licencia, desde el 1 de febrero de 2024",
        "Una licencia no es prueba de cumplimiento", "Revocación, 2 de mayo de 2025. Recurso",
        "Mecanismos vigentes", "utilizadas (", "Parte utilizada de la cuota, visas",
        "Permisos concedidos en el último mes publicado",
        "Del trámite del permiso a su decisión", "por cada 100 trabajadores", "ODS 10.7.1",
        "Ambos cuentan cosas distintas",
    ):  # fmt: skip
        assert said in page, said
    paper = reader.get("/es/corridors/XNA-XCA.pdf")
    assert paper.content.startswith(b"%PDF")
    assert paper.content.count(b"/Type /Page\n") == 2 or b"/Count 2" in paper.content
