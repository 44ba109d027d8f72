"""The page that says how the system is, and who may see it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.testclient import TestClient

from cauce.letterbox import drop
from cauce.model.account import Account, Role
from cauce.office.status import status_routes
from cauce.pipeline.status import Looked
from cauce.store.log import open_database

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def client(looked: Looked, *roles: Role) -> TestClient:
    account = Account("a", "Ana", "ana@example.org", roles, None) if roles else None
    app = Starlette(routes=status_routes(looked, lambda: NOW))

    async def let_in(request, following):
        request.state.account = account
        return await following(request)

    app.add_middleware(BaseHTTPMiddleware, dispatch=let_in)
    return TestClient(app)


@pytest.fixture
def looked(tmp_path: Path) -> Looked:
    url = f"sqlite:///{tmp_path / 'registers.sqlite'}"
    open_database(url).close()
    return Looked(url)


def test_an_administrator_reads_how_the_system_is_in_their_language(looked) -> None:
    answer = client(looked, Role.ADMINISTRATOR).get("/status")
    assert "Cómo está el sistema" in answer.text
    assert "Base de datos de los registros" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert client(looked, Role.ADMINISTRATOR).get("/status.json").json()["lines"]


def test_the_page_is_there_in_the_other_language_too(looked) -> None:
    page = client(looked, Role.ADMINISTRATOR).get("/status")
    assert 'href="/status?language=en"' in page.text
    other = client(looked, Role.ADMINISTRATOR).get("/status?language=en")
    assert "Register database" in other.text
    strange = client(looked, Role.ADMINISTRATOR).get("/status?language=zz")
    assert "Cómo está el sistema" in strange.text


def test_it_counts_the_letters_that_wait_and_tells_nothing_else_of_them(
    looked, tmp_path, monkeypatch
) -> None:
    box = tmp_path / "letters"
    box.mkdir()
    office = client(replace(looked, letters=box), Role.ADMINISTRATOR)
    assert "0 en espera" in office.get("/status").text
    for name in ("a", "b"):
        drop(box, "GTM", name * 20, b"sealed")
    (box / "GTM-cccccccccccccccccccc.unopened").touch()
    page = office.get("/status").text
    assert "Cartas del formulario" in page
    assert "2 en espera" in page
    assert "GTM" not in page, "nor for which country"
    monkeypatch.setattr("cauce.pipeline.status.MOST", 3)
    assert "el buzón está lleno" in office.get("/status").text
    box.rename(tmp_path / "elsewhere")
    assert "actuar ya" in office.get("/status").text, "a box that is not there is said"
    assert "Cartas" not in client(looked, Role.ADMINISTRATOR).get("/status").text


@pytest.mark.parametrize("roles", [(), (Role.EDITOR,), (Role.STATISTICIAN, Role.REVIEWER)])
def test_for_others_the_page_is_not_there(looked, roles) -> None:
    for address in ("/status", "/status.json"):
        answer = client(looked, *roles).get(address)
        assert (answer.status_code, answer.text) == (404, "404")
