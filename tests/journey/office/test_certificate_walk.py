"""A certificate, from a course completed by its rule to the page that its code leads to."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import segno
from starlette.testclient import TestClient

from cauce.office import create_office
from cauce.office.seat import Office
from cauce.pipeline.register_publish import publish_registers
from cauce.pipeline.registers import Declared
from cauce.portal.app import create_app
from cauce.store import Store

from .conftest import DOUBLE
from .forms import Paper
from .invented import COURSE, enter

PORTAL = "https://portal.example"
CODE, EXPIRES = "ABCD2345EFGH", "2026-12-31"
THEN = datetime(2026, 6, 1, 9, tzinfo=UTC)
CERTIFICATE = {
    "edition": "first", "participant": "p2", "country": "GTM", "code": CODE,
    "issued_on": "2024-06-15", "valid_to": EXPIRES,
}  # fmt: skip


@pytest.fixture
def desk(office: Office, declared: Declared) -> Callable[[str], TestClient]:
    """A browser at an office that knows its public side, with an edition of a course in it."""
    enter(office.database, declared, COURSE)
    app = create_office(
        office.database, declared, office.access, office.keys, DOUBLE, office.clock, portal=PORTAL
    )
    return lambda name: TestClient(app, headers={"x-who": name})


@pytest.fixture
def portal(office: Office, declared: Declared, tmp_path: Path) -> Callable[..., TestClient]:
    """The public side on a day, after everything approved was published."""

    def published(day: datetime = THEN) -> TestClient:
        store = tmp_path / "store"
        publish_registers(office.database, declared, Store(store), office.clock())
        return TestClient(create_app(store, clock=lambda: day))

    return published


def issue(desk: Callable[[str], TestClient], **more: str) -> str:
    """A certificate typed into its form by an editor, waiting for a second person; its key."""
    paper = Paper(desk("ana"), "/es/registers/certificates/new")
    for name, value in {**CERTIFICATE, **more}.items():
        paper.set(name, value)
    sent = paper.press("submit")
    assert "Enviado." in sent.text, sent.text
    return str(sent.url.path.split("/")[4])


def approve(desk: Callable[[str], TestClient], key: str) -> None:
    judge = desk("beto")
    number = judge.get("/es/").text.partition(f"{key}/review/")[2].partition('"')[0]
    address = f"/es/registers/certificates/{key}/review/{number}"
    assert judge.post(address, data={"verdict": "approved"}).status_code == 200


def verdict(page: str) -> str:
    return page.partition("<h2>")[2].partition("</h2>")[0]


def test_a_completed_course_leads_to_a_certificate_that_holds_until_it_is_revoked(desk, portal):
    course = desk("ana").get("/es/judge/courses/first").text
    assert "P-002" in course
    assert "Réplica" in desk("ana").get("/es/judge/courses/second").text, "the cascade"
    key = issue(desk)
    assert desk("ana").get(f"/es/judge/certificates/{key}").status_code == 404, "not approved yet"
    assert portal().get(f"/es/certificates/{CODE}").status_code == 404
    approve(desk, key)

    printed = desk("ana").get(f"/es/judge/certificates/{key}").text
    check = f"{PORTAL}/es/certificates/{CODE}"
    picture = re.search(r'<img class="qr" src="([^"]+)" alt="([^"]+)">', printed)
    drawn = segno.make(check, error="m").svg_data_uri(
        scale=4, border=2, dark="#16282c", light="#ffffff"
    )
    assert picture is not None
    assert picture.group(2) == check
    assert picture.group(1).replace("&#39;", "'") == drawn, "the code leads to the public page"
    assert not re.findall(r'(?:src|href)="https?://', printed), "nothing comes from outside"
    assert "P-002" not in printed

    public = portal()
    page = public.get(check.removeprefix(PORTAL)).text
    assert verdict(page) == "Vigente hasta el 31 de diciembre de 2026"
    for told in ("P-002", "p2", "2024", "Guatemala"):
        assert told not in page.partition("<main")[2], "validity, and nothing else"
    assert CODE not in public.get("/es/registers/certificates").text
    assert CODE not in public.get("/es/registers?q=" + CODE[:8]).text
    assert public.get("/es/certificates/ABCD2345EFGJ").status_code == 404
    late = portal(datetime(2027, 1, 1, tzinfo=UTC)).get(f"/es/certificates/{CODE}").text
    assert verdict(late) == "Venció el 31 de diciembre de 2026"

    paper = Paper(desk("ana"), f"/es/registers/certificates/{key}/correct")
    paper.set("revoked_on", "2026-05-02")
    paper.set("~reason", "Se otorgó por error")
    assert "Enviado." in paper.press("submit").text
    assert verdict(portal().get(f"/es/certificates/{CODE}").text).startswith("Vigente")
    approve(desk, key)
    assert verdict(portal().get(f"/es/certificates/{CODE}").text) == "Revocada el 2 de mayo de 2026"
    again = desk("ana").get(f"/es/judge/certificates/{key}").text
    assert "se revocó el 2 de mayo de 2026. No la imprima" in again


def test_whoever_did_not_complete_by_the_rule_gets_no_certificate_without_a_word(
    office, declared, desk
):
    """The rule asks for three quarters of the hours; this participant was at two of four."""
    absent = tuple({"session": f"s{s}", "attended": s <= 2} for s in range(1, 5))
    missed = {**COURSE["participants", "p1"], "token": "P-009", "attendance": absent}
    enter(office.database, declared, {("participants", "p9"): missed})
    key = issue(desk, participant="p9", code="ABCD2345EFGK")
    approve(desk, key)
    printed = desk("ana").get(f"/es/judge/certificates/{key}").text
    assert "no consta que esta persona lo haya aprobado: asistió al 50% de al menos 75%" in printed
    approve(desk, other := issue(desk))
    assert "no consta" not in desk("ana").get(f"/es/judge/certificates/{other}").text


def test_one_code_is_given_once(desk):
    approve(desk, issue(desk))
    paper = Paper(desk("ana"), "/es/registers/certificates/new")
    for name, value in CERTIFICATE.items():
        paper.set(name, value)
    assert "Este código ya se otorgó" in paper.press("submit").text


def test_a_refresher_falls_due_a_year_after_the_course(desk):
    before = desk("ana").get("/es/judge/courses/first?on=2025-05-30").text
    after = desk("ana").get("/es/judge/courses/first?on=2025-06-01").text
    assert refreshers(before) == {"no"}
    assert "sí" in refreshers(after)


def refreshers(page: str) -> set[str]:
    """What the roster says of each refresher."""
    roster = page.partition("Nómina")[2]
    found = re.findall(r'data-head="Le toca actualización">(?:<span[^>]*>)?([^<]+)<', roster)
    assert found, roster[:3000]
    return set(found)
