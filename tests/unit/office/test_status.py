"""The page that says how the system is, and who may see it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.testclient import TestClient

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


@pytest.mark.parametrize("roles", [(), (Role.EDITOR,), (Role.STATISTICIAN, Role.REVIEWER)])
def test_for_others_the_page_is_not_there(looked, roles) -> None:
    for address in ("/status", "/status.json"):
        answer = client(looked, *roles).get(address)
        assert (answer.status_code, answer.text) == (404, "404")
