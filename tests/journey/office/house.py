"""The whole house served to a browser: the office with its real doors, and the public portal."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from starlette.types import ASGIApp
from tests.journey.serving import PATIENCE, chromium, from_noon, served

from cauce.cli.office import countries_of
from cauce.model.account import Role
from cauce.office import Entrance, create_office
from cauce.office.doors import Doors, csrf_field, guards, kept_page, routes
from cauce.office.doors.cookies import SESSION
from cauce.pipeline.register_publish import publish_registers
from cauce.pipeline.register_seed import enter_seeds, read_seeds
from cauce.pipeline.registers import Declared
from cauce.portal import create_app
from cauce.registers.access import parse_access
from cauce.store import Store
from cauce.store.log import Database, accounts, open_database, sessions
from cauce.store.log.key_folder import KeyFolder

from .invented import CERTIFICATES, CHANNELS, COURSE, NEEDS, PLAN, PROMISED, enter

REGISTERS = Path("packs/registers")
BULLETIN = Path("packs/region/bulletin")
THERE = {**PLAN, **COURSE, **CERTIFICATES, **CHANNELS, **NEEDS, **PROMISED}
"""What was entered and approved before anybody comes in, beside the seeds."""
PHONE, SCREEN = 360, 1100


@dataclass
class House:
    """One database, one store, and who sits at a browser over them: scripts off, in Spanish."""

    database: Database
    declared: Declared
    store: Path
    office: str
    portal: str
    chromium: Any
    clock: Callable[[], datetime]
    people: dict[str, str] = field(default_factory=dict)
    seats: dict[str, Any] = field(default_factory=dict)

    def desk(
        self, name: str, role: Role, countries: frozenset[str] | None, width: int = PHONE
    ) -> Any:
        """The page of somebody at the office, who came in once."""
        if name not in self.seats:
            person = accounts.Person(name, f"{name}@example.org", (role,), countries)
            with self.database.writing("root") as connection:
                self.people[name], _ = accounts.invite(connection, person, self.clock())
            self.seats[name] = self._browser(width)
            self.come_in(name)
        return self.seats[name]

    def come_in(self, name: str) -> None:
        """Open a session for somebody, as if they had signed in."""
        with self.database.writing("root") as connection:
            token = sessions.open_session(connection, self.people[name], "open", self.clock())
        address = self.office.replace("http:", "https:")
        self.seats[name].context.add_cookies([{"name": SESSION, "value": token, "url": address}])

    def reader(self) -> Any:
        """A page of anybody, on a phone."""
        if "" not in self.seats:
            self.seats[""] = self._browser(PHONE)
        return self.seats[""]

    def _browser(self, width: int) -> Any:
        context = self.chromium.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=False,
            locale="es-GT",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE * 1000)
        return context.new_page()

    def publish(self, *names: str) -> None:
        """Publish these registers, or all, as the command does, until the portal has seen it."""
        done = publish_registers(
            self.database, self.declared, Store(self.store), self.clock(), names
        )
        wanted = f"generation {done.generation}\n"
        until = time.monotonic() + PATIENCE
        while not httpx.get(f"{self.portal}/healthz", timeout=PATIENCE).text.endswith(wanted):
            assert time.monotonic() < until
            time.sleep(0.05)


@contextmanager
def open_house(folder: Path, declared: Declared) -> Iterator[House]:
    """A house over the seeds and `THERE`, served for as long as it is open."""
    clock = from_noon()
    with ExitStack() as stack:
        database = open_database(f"sqlite:///{folder / 'registers.sqlite'}")
        stack.callback(database.close)
        furnish(database, declared, clock())
        store = folder / "store"
        publish_registers(database, declared, Store(store), clock())
        app = office_over(database, declared, folder / "keys", clock)
        office = stack.enter_context(served(app))
        portal = stack.enter_context(served(create_app(store, BULLETIN, clock)))
        browser = stack.enter_context(chromium())
        yield House(database, declared, store, office, portal, browser, clock)


def furnish(database: Database, declared: Declared, now: datetime) -> None:
    with database.writing("cauce") as connection:
        seeds = read_seeds(REGISTERS, declared)
        enter_seeds(connection, declared, seeds, now, approver="beto")
    enter(database, declared, THERE)


def office_over(
    database: Database, declared: Declared, keys: Path, clock: Callable[[], datetime]
) -> ASGIApp:
    access = parse_access((REGISTERS / "access.toml").read_text("utf-8"))
    doors = Doors(
        database, KeyFolder(keys), access, countries_of(declared), {}, home="/", clock=clock
    )
    entrance = Entrance(guards(doors), routes(doors), csrf_field, kept_page)
    frames = Path("packs/frames")
    return create_office(database, declared, access, doors.keys, entrance, clock, frames=frames)
