"""A held release is approved at the office, by a second person with the role for it."""

import runpy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.model.account import Account, Role
from cauce.office import create_office
from cauce.store import Holds, Reader, Store

from .conftest import DOUBLE, PEOPLE

UNIT = Path(__file__).parents[2] / "unit" / "store" / "conftest.py"
make_release = runpy.run_path(str(UNIT))["make_release"]
NOW = datetime(2026, 3, 1, tzinfo=UTC)
EMBARGO = NOW + timedelta(days=9)
NAME = "XAA_LFS/v1"
PAGE = f"/es/releases/{NAME}"


@pytest.fixture
def holds(tmp_path: Path) -> Holds:
    """A store with a public release, and one that revises it on hold."""
    Store(tmp_path / "store").publish(make_release("v0", ["2020"]), "2026-01-01T00:00:00+00:00")
    made = Holds(tmp_path / "store-held", tmp_path / "store")
    release = make_release("v1", ["2020", "2021"], base=11.0, reason="pesos nuevos")
    made.hold(release, "Sol Pérez", NOW, EMBARGO)
    return made


@pytest.fixture
def desk_of(office, declared, holds, monkeypatch):
    whole = {
        "sol": Account("sol", "sol perez", "s@x.example", (Role.STATISTICIAN, Role.REVIEWER), None),
        "eva": Account("eva", "Eva", "eva@x.example", (Role.REVIEWER,), None),
        "stat": Account("stat", "Stat", "st@x.example", (Role.STATISTICIAN,), None),
        "gtm": Account("gtm", "G", "g@x.example", (Role.REVIEWER,), frozenset({"GTM"})),
    }
    for name, account in whole.items():
        monkeypatch.setitem(PEOPLE, name, account)
    app = create_office(
        office.database, declared, office.access, office.keys, DOUBLE, office.clock, holds=holds
    )
    return lambda name: TestClient(app, headers={"x-who": name})


def seen(page) -> str:
    return page.text.partition('name="seen" value="')[2].partition('"')[0]


def approve(desk, page=PAGE):
    return desk.post(page, data={"do": "approve", "seen": seen(desk.get(page))})


def test_a_second_person_sees_what_it_changes_and_approves_it(desk_of, holds) -> None:
    desk = desk_of("eva")
    assert "Publicaciones que esperan a una segunda persona" in desk.get("/es/").text
    listed = desk.get("/es/releases").text
    assert "Sol Pérez, 1 mar 2026" in listed
    assert "10 mar 2026" in listed
    page = desk.get(PAGE)
    assert "períodos nuevos: 2021" in page.text
    assert "valores revisados desde v0: " in page.text
    assert "pesos nuevos" in page.text
    done = approve(desk)
    assert "Aprobada, espera su momento" in done.text
    assert "La aprobó" in done.text
    (held,) = holds.all()
    assert (held.approved_by, bool(held.approved_at)) == ("Eva", True)
    assert "Publicaciones que esperan" not in desk.get("/es/").text
    assert holds.publish_due(EMBARGO - timedelta(seconds=1)) == ()
    holds.publish_due(EMBARGO)
    assert Reader(holds.store).snapshot().manifest("XAA_LFS_T0").vintage == "v1"
    assert desk.get(PAGE).status_code == 404


def test_nobody_approves_their_own_whatever_their_capitals_and_accents(desk_of, holds) -> None:
    desk = desk_of("sol")
    page = desk.get(PAGE)
    assert "Esta publicación la retiene usted" in page.text
    assert 'value="approve"' not in page.text
    (held,) = holds.all()
    refused = desk.post(PAGE, data={"do": "approve", "seen": held.catalog_sha256})
    assert refused.status_code == 403
    assert not holds.all()[0].approved_at


@pytest.mark.parametrize("name", ["s@x.example", "s", "sol"])
def test_own_is_also_what_was_held_under_an_address_or_an_account(desk_of, holds, name) -> None:
    holds.hold(make_release("v1", ["2021"]), name, NOW, None)
    assert "la retiene usted" in desk_of("sol").get(PAGE).text


def test_who_may_see_releases_and_not_approve_is_told_why(desk_of, holds) -> None:
    page = desk_of("stat").get(PAGE)
    assert page.status_code == 200
    assert 'value="approve"' not in page.text
    answer = desk_of("stat").post(
        PAGE, data={"do": "approve", "seen": holds.all()[0].catalog_sha256}
    )
    assert answer.status_code == 403
    assert not holds.all()[0].approved_at


@pytest.mark.parametrize("name", ["ana", "con", "watch", "police"])
def test_to_everybody_else_there_is_no_such_page(desk_of, name) -> None:
    for page in ("/es/releases", PAGE):
        assert desk_of(name).get(page).status_code == 404
    assert "/es/releases" not in desk_of(name).get("/es/").text


def test_a_reviewer_of_another_country_does_not_see_it(desk_of) -> None:
    assert "LFS" not in desk_of("gtm").get("/es/releases").text
    assert desk_of("gtm").get(PAGE).status_code == 404
    assert desk_of("gtm").post(PAGE, data={"do": "approve"}).status_code == 404


def test_what_was_held_again_meanwhile_is_not_what_was_approved(desk_of, holds) -> None:
    desk = desk_of("eva")
    token = seen(desk.get(PAGE))
    holds.hold(make_release("v1", ["2020"], base=99.0, reason="otra vez"), "Sol Pérez", NOW, None)
    answer = desk.post(PAGE, data={"do": "approve", "seen": token})
    assert answer.status_code == 409
    assert "se retuvo otra vez" in answer.text
    assert not holds.all()[0].approved_at


def test_files_that_are_not_what_was_held_are_not_approved(desk_of, holds, caplog) -> None:
    desk = desk_of("eva")
    token = seen(desk.get(PAGE))
    (held,) = holds.all()
    damaged = next((holds.place(held)).rglob("*.parquet"))
    damaged.chmod(0o644)
    damaged.write_bytes(b"x")
    answer = desk.post(PAGE, data={"do": "approve", "seen": token})
    assert answer.status_code == 422
    assert "no es lo que se retuvo" in answer.text
    assert "parquet" not in answer.text
    assert not holds.all()[0].approved_at
    assert "no es lo que se retuvo" in desk.get(PAGE).text


def test_approving_twice_changes_nothing(desk_of, holds) -> None:
    approve(desk_of("eva"))
    (held,) = holds.all()
    desk_of("both").post(PAGE, data={"do": "approve", "seen": held.catalog_sha256})
    assert holds.all() == (replace(held),)


def test_an_office_without_a_store_says_what_to_do(office, declared) -> None:
    app = create_office(office.database, declared, office.access, office.keys, DOUBLE, office.clock)
    desk = TestClient(app, headers={"x-who": "beto"})
    assert "start it with --store" in desk.get("/en/releases").text
    assert desk.get(PAGE).status_code == 404
