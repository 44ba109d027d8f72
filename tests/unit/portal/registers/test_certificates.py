"""Whether a certificate holds, as its holder reads it from the code."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.model.shelf import Filled, Known, PublicPeriod
from cauce.portal.app import create_app
from cauce.store import Store

from .conftest import FIRST, NOW, field, record, shelf

FIELDS = (
    field("edition", "link", register="course_editions"), field("code"),
    field("valid_to", "date"), field("revoked_on", "date"),
)  # fmt: skip
ON = datetime(2025, 3, 1, 9, tzinfo=UTC)
HELD = {"edition": "e", "code": "AAAA222222"}
UNTIL = date(2025, 12, 31)
GIVEN = {
    "k1": {**HELD, "valid_to": UNTIL},
    "k2": {**HELD, "code": "BBBB222222", "valid_to": date(2025, 2, 28)},
    "k3": {**HELD, "code": "CCCC222222", "valid_to": UNTIL, "revoked_on": date(2025, 1, 15)},
    "k4": {**HELD, "code": "DDDD222222"},
}


@pytest.fixture
def on_day(tmp_path: Path) -> Callable[[datetime], TestClient]:
    """The public pages on a day."""
    certificates = replace(shelf("certificates", FIELDS), listed=False)
    ended = (PublicPeriod(None, date(2025, 1, 1), {**HELD, "code": "EEEE222222"}),)
    gone = replace(record("k5", HELD), known=(Known(FIRST, ended),))
    papers = (*(record(key, said) for key, said in GIVEN.items()), gone)
    editions = Filled(shelf("course_editions"), (record("e", {"title_en": "First edition"}),))
    Store(tmp_path).publish_registers((Filled(certificates, papers), editions), NOW)
    return lambda day: TestClient(create_app(tmp_path, clock=lambda: day), follow_redirects=False)


@pytest.mark.parametrize(
    ("code", "en", "es"),
    [
        ("AAAA222222", "Valid until 31 December 2025", "Vigente hasta el 31 de diciembre de 2025"),
        ("BBBB222222", "Expired on 28 February 2025", "Venció el 28 de febrero de 2025"),
        ("CCCC222222", "Revoked on 15 January 2025", "Revocada el 15 de enero de 2025"),
        ("DDDD222222", "Valid", "Vigente"),
        ("EEEE222222", "No longer on record", "Ya no consta"),
    ],
)
def test_a_code_leads_to_whether_its_certificate_holds(on_day, code, en, es):
    client = on_day(ON)
    for language, said in (("en", en), ("es", es)):
        page = client.get(f"/{language}/certificates/{code}")
        heading = page.text.partition("<h2>")[2].partition("</h2>")[0]
        assert page.status_code == 200
        assert heading == said
        assert len(page.content) < 30_000
    assert "First edition" in client.get(f"/en/certificates/{code}").text


def test_it_is_told_of_its_day_and_a_browser_asks_again_on_the_next(on_day):
    before, after = (
        on_day(datetime(2025, 12, 31, 23, tzinfo=UTC)),
        on_day(datetime(2026, 1, 1, tzinfo=UTC)),
    )
    first = before.get("/es/certificates/AAAA222222")
    again = {"If-None-Match": first.headers["etag"]}
    assert before.get("/es/certificates/AAAA222222", headers=again).status_code == 304
    later = after.get("/es/certificates/AAAA222222", headers=again)
    assert later.status_code == 200
    assert "Venció el 31 de diciembre de 2025" in later.text


def test_a_code_is_typed_as_people_type_it_and_a_wrong_one_is_none(on_day):
    client = on_day(ON)
    typed = client.get("/es/certificates", params={"code": " aaaa-2222 22 "})
    assert "Vigente hasta" in typed.text
    empty = client.get("/es/certificates")
    assert (empty.status_code, "Revise cada letra" in empty.text) == (200, False)
    wrong = client.get("/es/certificates/ZZZZ222222")
    assert wrong.status_code == 404
    assert "Revise cada letra" in wrong.text
    assert client.get("/es/certificates/<script>").text.count("<script>") == 0


def test_nothing_else_is_told_and_none_is_listed(on_day):
    client = on_day(ON)
    page = client.get("/en/certificates/AAAA222222").text
    page = re.sub(r"cauce\.css\?\w+", "", page)  # a hash, which may hold any digits
    assert "2024" not in page, "neither when it was given nor when it was recorded"
    assert client.get("/es/registers/certificates/k1").headers["location"] == (
        "/es/certificates/AAAA222222"
    )
    assert client.get("/es/registers/certificates/k1.json").status_code == 404
    for address in ("registers/certificates", "registers/certificates.csv", "certificates",
                    "registers/certificates.json", "registers?q=AAAA222222",
                    "registers/course_editions/e"):  # fmt: skip
        told = client.get(f"/en/{address}").text.replace('"?q=AAAA222222', "")
        assert "BBBB222222" not in told
        assert "/certificates/k1" not in told


def test_without_certificates_no_code_is_known(tmp_path):
    Store(tmp_path).publish_registers((Filled(shelf(), ()),), NOW)
    client = TestClient(create_app(tmp_path, clock=lambda: ON))
    assert client.get("/en/certificates/AAAA222222").status_code == 404
