"""Certified is shown only what a certifying body recorded, and only while it holds."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest
from starlette.testclient import TestClient

from cauce.cli.places import own_packs
from cauce.office.app import create_office
from cauce.pipeline.checklists import iris_frame
from cauce.pipeline.register_publish import publish_registers
from cauce.pipeline.registers import Declared
from cauce.portal.app import create_app
from cauce.registers.access import parse_access
from cauce.store import Store
from cauce.store.log import open_database
from cauce.store.log.key_folder import KeyFolder

from .conftest import DOUBLE, REGISTERS
from .invented import NOW, enter
from .test_books_sent import say_yes, send

FRAMES = own_packs() / "frames"
CLAIM = re.compile(r"certifi(ed|cat|cad)", re.IGNORECASE)
PERFECT = tuple(
    {"criterion": item.id, "element": element.id, "answer": "CONF", "evidence": "Manual, p. 3"}
    for item in iris_frame(FRAMES).items
    for element in iris_frame(FRAMES).elements
)
STEPS = tuple(
    {"step": step, "on": date(2024, 2, 1), "evidence": "shown"}
    for step in ("AWARE", "GAP", "BUILD", "VALID")
)


def agency(name: str) -> dict[str, object]:
    return {"name": name, "country": "GTM", "source": "invented"}


def certificate(recruiter: str, stated: bool, *states: tuple[str, date, date | None]):
    rows = tuple(
        {"state": state, "since": since, **({"until": until} if until else {})}
        for state, since, until in states
    )
    return {
        "recruiter": recruiter, "country": "GTM", "body": "Cuerpo Inventado",
        "number": f"N-{recruiter}", "stated_by_body": stated, "states": rows,
        "source": "Lista inventada", "seen_on": date(2024, 7, 1),
    }  # fmt: skip


HELD = ("CERT", date(2024, 6, 1), date(2025, 3, 31))
LEFT = ("CERT", date(2024, 1, 1), date(2024, 12, 31)), ("WDR", date(2025, 1, 1), None)
RECORDS = {
    ("recruiters", "perfect"): agency("Agencia Perfecta"),
    ("recruiters", "boasts"): agency("Agencia Ufana"),
    ("recruiters", "held"): agency("Agencia Sellada"),
    ("recruiters", "left"): agency("Agencia Dejada"),
    ("iris_assessments", "a"): {
        "recruiter": "perfect", "name": "Agencia Perfecta", "country": "GTM",
        "made_on": date(2024, 5, 2), "answers": PERFECT,
    },
    ("iris_assessments", "first"): {
        "recruiter": "perfect", "name": "Agencia Perfecta", "country": "GTM",
        "made_on": date(2024, 3, 1), "answers": (PERFECT[0] | {"answer": "MAJ"},),
    },
    ("iris_assessments", "unlinked"): {
        "name": "Agencia Suelta", "country": "HND", "made_on": date(2024, 5, 2),
        "answers": PERFECT[:1],
    },
    ("iris_progress", "p"): {
        "recruiter": "perfect", "name": "Agencia Perfecta", "country": "GTM",
        "trained_on": date(2024, 1, 15), "steps": STEPS, "source": "invented",
        "states": ({"state": "DEF", "on": date(2024, 12, 1)},),
    },
    ("iris_certifications", "c1"): certificate("boasts", False, HELD),
    ("iris_certifications", "c2"): certificate("held", True, HELD),
    ("iris_certifications", "c3"): certificate("left", True, *LEFT),
    ("diligence_checks", "d"): {
        "company": "Finca Inventada", "country": "GTM", "recruiter": "perfect",
        "made_on": date(2024, 3, 1),
        "answers": (
            {"question": "FE1", "answer": False},
            {"question": "LI1", "answer": True, "evidence": "its word"},
        ),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, declared: Declared) -> Iterator[SimpleNamespace]:
    """The office of a desk, and the portal over what was published from it."""
    root = tmp_path_factory.mktemp("certified")
    opened = open_database(f"sqlite:///{root / 'registers.sqlite'}")
    enter(opened, declared, RECORDS)
    publish_registers(opened, declared, Store(root / "store"), NOW)
    access = parse_access((REGISTERS / "access.toml").read_text("utf-8"))
    office = create_office(
        opened, declared, access, KeyFolder(root / "keys"), DOUBLE, lambda: NOW, frames=FRAMES
    )
    portal = TestClient(create_app(root / "store", clock=lambda: NOW))
    yield SimpleNamespace(
        portal=portal,
        store=root / "store",
        desk=lambda who: TestClient(office, headers={"x-who": who}),
    )
    opened.close()


def main(page: str) -> str:
    """What a page says itself: its frame names the registers there are."""
    return page.partition("<main")[2].partition("</main>")[0]


PUBLIC = (
    "recruiters?q={name}", "recruiters/{key}", "registers/recruiters/{key}",
    "registers/recruiters", "search?q={name}",
)  # fmt: skip


@pytest.mark.parametrize(
    ("key", "name"), [("perfect", "Agencia Perfecta"), ("boasts", "Agencia Ufana")]
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_who_only_says_so_itself_is_certified_on_no_public_page(both, key, name, language):
    for address in PUBLIC:
        page = both.portal.get(f"/{language}/{address.format(key=key, name=name)}")
        assert page.status_code == 200, address
        said = main(page.text)
        assert name in said, address
        assert not CLAIM.search(said), address
        assert "Manual, p. 3" not in page.text


def test_no_public_file_says_it_either_and_self_assessments_have_none(both):
    for name in ("recruiters.json", "recruiters.csv", "recruiters/perfect.json"):
        answer = both.portal.get(f"/en/registers/{name}")
        assert answer.status_code == 200
        assert not CLAIM.search(answer.text), name
    for register in ("iris_assessments", "iris_progress", "diligence_checks", "no_such_register"):
        for end in ("", ".json", ".csv", "/a"):
            assert both.portal.get(f"/en/registers/{register}{end}").status_code == 404
    listed = both.portal.get("/en/registers/iris_certifications.json").text
    assert "N-held" in listed
    assert "N-boasts" not in listed, "the body did not state it"
    assert both.portal.get("/en/registers/iris_certifications/c1").status_code == 404


def test_in_the_office_no_page_file_or_answer_of_the_recruiter_says_it(both):
    desk = both.desk("ana")
    for address in ("es/registers/recruiters/perfect", "es/registers/recruiters"):
        assert not CLAIM.search(main(desk.get(f"/{address}").text)), address
    assert not CLAIM.search(desk.get("/api/v1/registers/recruiters/records/perfect").text)
    for name in ("book.xlsx", "book.csv"):
        taken = desk.get(f"/en/registers/recruiters/{name}")
        assert taken.status_code == 200
        with zipfile.ZipFile(io.BytesIO(taken.content)) as archive:
            assert not any(
                CLAIM.search(archive.read(part).decode("utf-8", "replace"))
                for part in archive.namelist()
            ), name


def test_the_judgement_says_that_it_is_not_certified_and_what_runs(both):
    page = main(both.desk("ana").get("/es/judge/iris/perfect").text)
    assert "este reclutador no está certificado" in page
    assert "conforme según dice; no por ello certificado" in page
    assert page.count("alcanzado</span>") == 4
    assert "30 de enero de 2025" in page
    assert "vencido, días: 30" in page
    history = page.partition("Autoevaluaciones en el tiempo")[2].partition("</table>")[0]
    assert [day in history for day in ("1 de marzo de 2024", "2 de mayo de 2024")] == [True, True]
    assert "no conformidades mayores" in history
    later = main(both.desk("ana").get("/en/judge/iris/perfect?on=2024-12-15").text)
    assert "days to go: 46" in later
    assert "No self-assessment" in main(both.desk("ana").get("/en/judge/iris/held").text)
    assert "Agencia Suelta" in main(both.desk("ana").get("/en/judge/iris/unlinked").text)


@pytest.mark.parametrize(
    ("key", "on", "told"),
    [
        ("held", "2024-05-31", ""),
        ("held", "2024-06-01", "Certified, since 1 June 2024, until 31 March 2025"),
        ("held", "2025-03-01", "Certificate N-held of Cuerpo Inventado"),
        ("left", "2024-12-31", "Certified, since 1 January 2024, until 31 December 2024"),
        ("left", "2025-01-01", "Withdrawn, since 1 January 2025"),
    ],
)
def test_a_certificate_is_shown_with_body_source_and_days_as_of_the_day(both, key, on, told):
    page = main(both.portal.get(f"/en/recruiters/{key}?on={on}").text)
    if not told:
        assert "IRIS" not in page
        return
    assert told in page
    assert "Source: Lista inventada, seen on 1 July 2024" in page
    assert ("Certified" in page) == told.startswith("Certif")


def test_a_certificate_that_ran_out_is_expired_though_nobody_wrote_it(both):
    app = create_app(both.store, clock=lambda: NOW.replace(year=2026))
    page = main(TestClient(app).get("/es/recruiters/held").text)
    assert "Vencido, desde el 1 de abril de 2025" in page
    assert "Certificado, " not in page


def test_who_may_not_see_the_registers_finds_neither_page_nor_workbook(both):
    con, police = both.desk("con"), both.desk("police")
    assert "Debida diligencia" not in main(con.get("/es/judge").text)
    for desk in (con, police):
        assert desk.get("/es/judge/diligence/d").status_code == 404
        assert desk.get("/es/judge/diligence.xlsx").status_code in (403, 404)
    assert con.get("/es/judge/iris/perfect").status_code == 404
    absent, foreign = con.get("/es/judge/iris/nobody"), con.get("/es/judge/iris/perfect")
    assert main(absent.text) == main(foreign.text)


def test_the_desk_gives_the_workbook_with_every_question_and_its_recruiters(both):
    desk = both.desk("ana")
    index = main(desk.get("/es/judge").text)
    assert "/es/judge/iris.xlsx" in index
    assert "/es/judge/diligence/d" in index
    for part, lines in (("iris", 95), ("diligence", 17)):
        book = openpyxl.load_workbook(io.BytesIO(desk.get(f"/es/judge/{part}.xlsx").content))
        numbers = [row[0].value for row in book["Respuestas"].iter_rows(min_row=4)]
        assert numbers.count(1) == lines
    assert "no contratar por su medio" in main(desk.get("/es/judge/diligence/d").text)
    check = main(desk.get("/es/judge/diligence/d").text)
    assert "Agencia Perfecta" in check
    assert "ningún registro de aquí lo dice de ese día" in check
    assert "Qué dicen los registros de aquí del 1 de marzo de 2024" in check


def filled(content: bytes, **answers: str) -> bytes:
    """The workbook of the desk with its record, all answered alike but for some codes."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    lines = ({"name": "Agencia Nueva", "country": "GTM", "made_on": date(2025, 2, 1)}, {})
    for page, line in zip(book.worksheets[1:3], lines, strict=True):
        at = {cell.value: number for number, cell in enumerate(page[1], start=1)}
        for row in range(4, page.max_row + 1):
            said = dict(line)
            if not said:
                code = answers.get(f"row{row}", page.cell(row, at["criterion"]).value)
                said = {"criterion": code, "answer": "CONF", "evidence": "Manual"}
            for name, value in said.items():
                page.cell(row, at[name]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_sent_in_has_its_faults_at_their_cells_and_is_then_taken_in(both):
    desk = both.desk("ana")
    empty = desk.get("/es/judge/iris.xlsx").content
    wrong = send(desk, filled(empty, row5="A.9"), register="iris_assessments")
    assert "Celdas por revisar: 1" in wrong.text
    assert "no se pregunta aquí" in wrong.text
    marked = desk.get(f"{wrong.url.path}/faults.xlsx")
    notes = openpyxl.load_workbook(io.BytesIO(marked.content))["Errores · Faults"]
    assert [notes.cell(row, 3).value for row in range(2, notes.max_row + 1)] == ["B5"]
    right = send(desk, filled(empty), register="iris_assessments")
    assert "Asientos enviados: 1" in say_yes(desk, right).text
    assert "Agencia Nueva" not in main(desk.get("/es/judge").text), "it waits for a second person"
