"""An office with everything declared, and people at its desks; the door is a double."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from cauce.model.account import Account, Role
from cauce.office.app import Entrance, create_office
from cauce.office.seat import Office
from cauce.pipeline.registers import Declared, read_registers
from cauce.registers.access import parse_access
from cauce.store.log import Database, open_database
from cauce.store.log.key_folder import KeyFolder

from .house import House, open_house

REGISTERS = Path("packs/registers")
PEOPLE = {
    "ana": Account("ana", "Ana", "ana@example.org", (Role.EDITOR,), None),
    "beto": Account("beto", "Beto", "beto@example.org", (Role.REVIEWER,), None),
    "both": Account("both", "Both", "both@example.org", (Role.EDITOR, Role.REVIEWER), None),
    "bel": Account("bel", "Bel", "bel@example.org", (Role.EDITOR,), frozenset({"BLZ"})),
    "gua": Account("gua", "Gua", "gua@example.org", (Role.EDITOR,), frozenset({"GTM"})),
    "rev": Account("rev", "Rev", "rev@example.org", (Role.REVIEWER,), frozenset({"BLZ"})),
    "con": Account("con", "Con", "con@example.org", (Role.CONSUL,), frozenset({"BLZ"})),
    "watch": Account("watch", "Watch", "watch@example.org", (Role.OBSERVER,), None),
    "chapter": Account(
        "chapter", "Chapter", "chapter@example.org", (Role.OBSERVER,), frozenset({"GTM"})
    ),
    "line": Account(
        "line", "Line", "line@example.org", (Role.HOTLINE, Role.SCREENER), frozenset({"GTM"})
    ),
    "clerk": Account("clerk", "Clerk", "clerk@example.org", (Role.HOTLINE,), frozenset({"GTM"})),
    "second": Account(
        "second", "Second", "second@example.org", (Role.REVIEWER,), frozenset({"GTM"})
    ),
    "inspector": Account(
        "inspector", "Ins", "ins@example.org", (Role.INSPECTOR,), frozenset({"GTM"})
    ),
    "abroad": Account("abroad", "Ab", "ab@example.org", (Role.INSPECTOR,), frozenset({"HND"})),
    "agency": Account(
        "agency", "Ag", "ag@example.org", (Role.RECRUITER, Role.HOTLINE), frozenset({"GTM"})
    ),
    "ope": Account("ope", "Ope", "ope@example.org", (Role.OPERATOR,), frozenset({"GTM"})),
    "sup": Account("sup", "Sup", "sup@example.org", (Role.SUPERVISOR,), frozenset({"GTM"})),
    "police": Account(
        "police", "Police", "police@example.org", (Role.INSPECTOR, Role.EDITOR), frozenset({"BLZ"})
    ),
}


class Door:
    """Takes everybody for who they say they are in a header or a cookie."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope, receive)
            name = request.headers.get("x-who", "") or request.cookies.get("who", "")
            state = scope.setdefault("state", {})
            state["account"] = PEOPLE.get(name)
            state["form"] = FormData()
            if "form" in request.headers.get("content-type", ""):
                state["form"] = await request.form()
        try:
            await self.app(scope, receive, send)
        finally:
            if scope["type"] == "http":
                await scope["state"]["form"].close()


DOUBLE = Entrance(
    (Middleware(Door),), (), lambda request: Markup(""), lambda request: Response("kept", 403)
)


class Clock:
    """Every look at it is a second later."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(scope="session")
def declared() -> Declared:
    return read_registers(REGISTERS)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, declared: Declared) -> Iterator[House]:
    """An office and a portal in a browser, for all tests of a module."""
    with open_house(tmp_path_factory.mktemp("house"), declared) as opened:
        yield opened


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def office(database: Database, declared: Declared, tmp_path: Path) -> Office:
    return Office(
        database,
        declared.registers,
        declared.lists,
        declared.topics,
        parse_access((REGISTERS / "access.toml").read_text()),
        KeyFolder(tmp_path / "keys"),
        Clock(),
    )


@pytest.fixture
def desk_of(office: Office, declared: Declared) -> Callable[[str], TestClient]:
    """A browser, or a program, of somebody."""
    app = create_office(office.database, declared, office.access, office.keys, DOUBLE, office.clock)

    def of(name: str) -> TestClient:
        return TestClient(app, headers={"x-who": name})

    return of
