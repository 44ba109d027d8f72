"""An office of its own, with accounts whose owners came in already."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from cauce.model.account import Account, Role
from cauce.model.text import Text
from cauce.office.doors import Doors, Provider, csrf_of, guards, routes
from cauce.office.doors.cookies import SESSION
from cauce.registers.access import parse_access
from cauce.store.log import Database, accounts, open_database, sessions
from cauce.store.log.key_folder import KeyFolder

ROOT = Path(__file__).parents[3]
MATRIX = (ROOT / "packs" / "registers" / "access.toml").read_text("utf-8")
HOME = "https://registros.example"
COUNTRIES = {code: Text(code.title(), code.title()) for code in ("GTM", "HND", "NIC")}
REGISTERS = {"plans": Text("Plans", "Planes")}


@dataclass
class Clock:
    """A clock that goes on when told to."""

    at: datetime = field(default_factory=lambda: datetime(2026, 1, 1, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def later(self, **by: float) -> None:
        self.at += timedelta(**by)


class Browser(TestClient):
    """A browser: it keeps cookies, and sends the forms of pages it opened."""

    def submit(self, path: str, /, page: str = "", **given: object):
        """Open a page and send its form; `page` is where the form stands."""
        return self.send_form(path, self.token_on(page or path), **given)

    def token_on(self, page: str) -> str:
        """What a form on a page must repeat."""
        return self.get(page).text.partition('name="csrf" value="')[2].partition('"')[0]

    def send_form(self, path: str, token: str, **given: object):
        headers = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
        return self.post(path, data={"csrf": token, **given}, headers=headers)


@dataclass(frozen=True)
class Office:
    """The office under test: its doors, its clock, and browsers that come to it."""

    doors: Doors
    clock: Clock

    @property
    def database(self) -> Database:
        return self.doors.database

    def account(self, id_: str) -> Account:
        with self.database.reading() as connection:
            return accounts.known(connection, id_).account

    def browser(self, app: Starlette | None = None) -> Browser:
        """A browser at the doors alone, or at another app behind them."""
        if app is None:
            made = [*routes(self.doors), Route("/who", who, methods=["GET", "POST", "PUT"])]
            app = Starlette(routes=made, middleware=guards(self.doors))
        return Browser(app, base_url=HOME, follow_redirects=False)

    def invite(
        self, *roles: Role, countries: frozenset[str] | None = frozenset({"GTM"}), name: str = "Ana"
    ) -> tuple[str, str]:
        """An account and its code."""
        plain = "".join(letter for letter in name if letter.isalnum())
        email = f"{plain}-{'-'.join(roles)}-{len(roles)}@x.example"
        person = accounts.Person(name, email, roles, countries)
        with self.database.writing("root") as connection:
            return accounts.invite(connection, person, self.clock())

    def signed_in(
        self,
        *roles: Role,
        countries: frozenset[str] | None = frozenset({"GTM"}),
        name: str = "Ana",
        app: Starlette | None = None,
    ) -> tuple[Browser, str]:
        """A browser whose owner is in, and their account."""
        id_, _ = self.invite(*roles, countries=countries, name=name)
        with self.database.writing(id_) as connection:
            token = sessions.open_session(connection, id_, "open", self.clock())
        browser = self.browser(app)
        browser.cookies.set(SESSION, token)
        return browser, id_


def who(request: Request) -> JSONResponse:
    """A page of the office: whom it sees."""
    account = request.state.account
    return JSONResponse({"account": account.id if account else None, "csrf": csrf_of(request)})


@pytest.fixture(scope="module")
def office_in() -> Iterator[Callable[..., Office]]:
    """An office whose database and keys lie in a folder."""
    opened = []

    def make(folder: Path, provider: Provider | None = None) -> Office:
        database = open_database(f"sqlite:///{folder / 'registers.sqlite'}")
        opened.append(database)
        clock = Clock()
        keys = KeyFolder(folder / "keys")
        access = parse_access(MATRIX)
        doors = Doors(
            database, keys, access, COUNTRIES, REGISTERS, HOME, provider=provider, clock=clock
        )
        return Office(doors, clock)

    yield make
    for database in opened:
        database.close()


@pytest.fixture
def make_office(office_in: Callable[..., Office], tmp_path: Path) -> Callable[..., Office]:
    return lambda provider=None: office_in(tmp_path, provider)


@pytest.fixture
def office(make_office: Callable[..., Office]) -> Office:
    return make_office()
