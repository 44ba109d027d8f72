"""Records and lists as of a day, and pages that are not there or fail."""

from sqlalchemy import text
from starlette.testclient import TestClient

from cauce.office import create_office

from .conftest import DOUBLE
from .quotas import altered, quota

CEILING, SHOWN = 777_777, "777\u00a0777"
"""A number with a space in it: no key, which is drawn, holds it by chance."""


def test_a_record_is_shown_as_of_a_day_and_as_it_was_known_on_another(desk_of) -> None:
    key = quota(desk_of("ana"))
    altered(desk_of("ana"), key, days={"valid_from": "2023-06-01"}, ceiling=CEILING)
    ana, page = desk_of("ana"), f"/es/registers/quotas/{key}"
    assert SHOWN in ana.get(page).text
    assert SHOWN not in ana.get(f"{page}?on=2023-05-31").text
    assert SHOWN in ana.get(f"{page}?on=2023-06-01").text
    assert "En ese día no había nada" in ana.get(f"{page}?known=2026-02-28").text
    assert "no es una fecha" in ana.get(f"{page}?on=ayer").text
    differences = ana.get(f"{page}/differences?from=1&to=2").text
    assert SHOWN in differences
    assert "Gaceta 1" not in differences
    assert ana.get(f"{page}/differences?from=1&to=9").status_code == 404


def test_pages_that_are_not_there_say_what_to_do(desk_of) -> None:
    for address in ("/es/nada", "/fr/", "/es/registers/nada", "/es/drafts/d1"):
        page = desk_of("ana").get(address)
        assert page.status_code == 404
        assert "Aquí no hay nada" in page.text
    assert "There is nothing here" in desk_of("ana").get("/en/nada").text


def test_a_list_is_searched_filtered_and_shown_as_it_was_known(desk_of) -> None:
    ana = desk_of("ana")
    one = quota(ana, title_es="Número uno")
    two = quota(ana, title_es="Dos", country="GTM")
    page = "/es/registers/quotas"
    assert one in ana.get(f"{page}?words=NUMERO").text
    assert two not in ana.get(f"{page}?words=NUMERO").text
    assert two in ana.get(f"{page}?country=GTM").text
    assert one not in ana.get(f"{page}?country=GTM").text
    assert one not in ana.get(f"{page}?known=2026-02-27").text
    assert one in ana.get(f"{page}?known=2026-03-01").text


def test_a_fault_of_ours_is_told_as_such_and_shows_nothing_inside(office, declared) -> None:
    app = create_office(office.database, declared, office.access, office.keys, DOUBLE, office.clock)
    ana = TestClient(app, headers={"x-who": "ana"}, raise_server_exceptions=False)
    with office.database.writing("x") as connection:
        connection.execute(text("ALTER TABLE version RENAME TO versions"))
    page = ana.get("/es/registers/quotas")
    assert page.status_code == 500
    assert "Falló algo nuestro" in page.text
    assert "version" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    answer = ana.get("/api/v1/registers/quotas/records")
    assert answer.headers["content-type"] == "application/problem+json"
