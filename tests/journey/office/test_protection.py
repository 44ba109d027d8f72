"""What of a release is withheld and why is told at the office, to who may know it."""

import runpy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.model.account import Account, Role
from cauce.model.audit import SECONDARY, Audit, Bound, Cited, Leak, Withheld
from cauce.model.kept_audit import WhatIf
from cauce.office import create_office
from cauce.store import Holds, Reader, Store

from .conftest import DOUBLE, PEOPLE

UNIT = Path(__file__).parents[2] / "unit" / "store" / "conftest.py"
make_release = runpy.run_path(str(UNIT))["make_release"]
NOW = datetime(2026, 3, 1, tzinfo=UTC)
FLOW, HELD = "XAA_LFS_T0", "/es/protection/XAA_LFS/v2?of=held"
PAGE = "/es/protection/XAA_LFS/v1"


def withheld(sex: str, *why: str, period: str = "2020") -> Withheld:
    return Withheld(FLOW, ("A", "XAA", "UNE", sex, period), why)


SMALL, BESIDE = withheld("M", "few", "attribute"), withheld("F", SECONDARY)
BOUND = Bound(Cited(FLOW, SMALL.key, "n"), 0, 57, 10, True, "exact")
LEAK = Leak(replace(BOUND, of=Cited(FLOW, BESIDE.key, "cases")), (Cited(FLOW, SMALL.key, "n"),))
FREE = Bound(Cited(FLOW, BESIDE.key, "cases"), 0, 90, 0, False, "reached")
AUDIT = Audit(12, 1, 1, 0, (BOUND, FREE), (LEAK,), 5.7, 5.7, 0.1, (SMALL, BESIDE))


@pytest.fixture
def holds(tmp_path: Path) -> Holds:
    """A store with a release and its audit, and a second one on hold."""
    made = Holds(tmp_path / "store-held", tmp_path / "store")
    release = replace(make_release("v1", ["2020"]), audit=AUDIT)
    Store(tmp_path / "store").publish(release, "2026-01-01T00:00:00+00:00")
    later = make_release("v2", ["2020"], base=11.0, reason="pesos nuevos")
    made.hold(replace(later, audit=replace(AUDIT, cells=13)), "Sol", NOW, None)
    return made


@pytest.fixture
def desk_of(office, declared, holds, monkeypatch):
    """The desk of somebody, over that store."""
    area = frozenset({"XAA"})
    for name, role, where in (
        ("stat", Role.STATISTICIAN, None),
        ("own", Role.STATISTICIAN, area),
        ("gtm", Role.STATISTICIAN, frozenset({"GTM"})),
        ("eva", Role.REVIEWER, None),
        ("adm", Role.ADMINISTRATOR, None),
    ):
        account = Account(name, name.title(), f"{name}@x.example", (role,), where)
        monkeypatch.setitem(PEOPLE, name, account)
    app = create_office(
        office.database, declared, office.access, office.keys, DOUBLE, office.clock, holds=holds
    )
    return lambda name: TestClient(app, headers={"x-who": name})


def test_a_statistician_sees_how_much_is_withheld_and_what_was_found(desk_of) -> None:
    desk = desk_of("stat")
    assert "/es/protection" in desk.get("/es/releases").text
    assert "XAA_LFS v1" in desk.get("/es/protection").text
    page = desk.get(PAGE).text
    assert "no se auditaron juntos" in page
    assert "× 5,7" in page
    assert f"quienes tienen lo que cuenta ({FLOW}:A.XAA.UNE.F.2020), entre 0 y 57" in page
    assert f"{PAGE}/{FLOW}" in page
    assert "Withheld for their own sake" in desk.get(PAGE.replace("/es/", "/en/")).text


def test_a_table_lists_its_withheld_cells_by_name_with_the_reasons(desk_of) -> None:
    page = desk_of("own").get(f"{PAGE}/{FLOW}").text
    assert "muy pocas personas informantes; muy pocas tienen lo que cuenta" in page
    assert "con él podría calcularse otro número retenido" in page
    assert f"{PAGE}/{FLOW}/A.XAA.UNE.M.2020" in page


def test_a_cell_says_why_it_is_withheld_and_what_publishing_it_would_cost(desk_of, holds) -> None:
    desk, name = desk_of("stat"), f"{FLOW}:A.XAA.UNE.F.2020"
    own = desk.get(f"{PAGE}/{FLOW}/A.XAA.UNE.M.2020").text
    assert "No puede publicarse a ningún precio" in own
    assert "entre 0 y 57; se piden 10 de distancia" in own
    beside = f"{PAGE}/{FLOW}/A.XAA.UNE.F.2020"
    assert f"--what-if publish={name}" in desk.get(beside).text
    assert "entre 0 y 90; no es secreta por sí misma" in desk.get(beside).text
    audit = Reader(holds.store).snapshot().manifest(FLOW).audit_sha256
    instead = WhatIf((name,), (), (withheld("_T", SECONDARY),), (BESIDE,), 2, 2, "2026-02-01T00:00")
    holds.audits.answer(audit, instead)
    assert "otras retenidas: 1; publicadas: 1" in desk.get(beside).text
    assert f"publicar {name}" in desk.get(PAGE).text


def test_the_audit_of_a_held_release_can_be_read_before_it_is_approved(desk_of) -> None:
    desk = desk_of("stat")
    assert HELD in desk.get("/es/releases/XAA_LFS/v2").text
    assert ">13<" in desk.get(HELD).text
    assert f"{FLOW}?of=held" in desk.get(HELD).text


def test_to_everybody_else_there_is_no_such_page(desk_of) -> None:
    cell = f"{PAGE}/{FLOW}/A.XAA.UNE.M.2020"
    for name in ("ana", "con", "eva", "adm", "gtm"):
        for page in (PAGE, f"{PAGE}/{FLOW}", cell, HELD):
            assert desk_of(name).get(page).status_code == 404, (name, page)
        assert "XAA_LFS" not in desk_of(name).get("/es/protection").text
        assert "protection" not in desk_of(name).get("/es/releases/XAA_LFS/v2").text


@pytest.mark.parametrize(
    "page",
    [
        "/es/protection/XAA_LFS/v9",
        "/es/protection/XBB_LFS/v1",
        "/es/protection/XAA_LFS/v9?of=held",
        f"{PAGE}/NOTHING",
        f"{PAGE}/{FLOW}/A.XAA.UNE._T.2020",
        f"{PAGE}/{FLOW}/x",
    ],
)
def test_what_is_not_there_or_not_withheld_is_not_found(desk_of, page: str) -> None:
    assert desk_of("stat").get(page).status_code == 404
    assert desk_of("stat").get(f"{PAGE}/{FLOW}?page=999").status_code == 200
