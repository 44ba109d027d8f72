"""Somebody is invited from the terminal and comes in on a telephone, without scripts."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyotp
import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

import cauce.office
from cauce.model.text import Text
from cauce.office.doors import Doors, guards, routes
from cauce.registers.access import parse_access
from cauce.store.log import open_database
from cauce.store.log.key_folder import KeyFolder

from .serving import PATIENCE, chromium, served

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC)
"""It stands still: a code of half a minute is as good at the end as at the beginning."""
PASSWORD = "cuatro ríos y una garza"  # noqa: S105 - a password of nobody


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'registers.sqlite'}"


@pytest.fixture
def office(tmp_path: Path, database: str) -> Iterator[str]:
    opened = open_database(database)
    matrix = (ROOT / "packs" / "registers" / "access.toml").read_text("utf-8")
    countries = {"GTM": Text("Guatemala", "Guatemala"), "BLZ": Text("Belize", "Belice")}
    keys = KeyFolder(tmp_path / "keys")
    doors = Doors(opened, keys, parse_access(matrix), countries, {}, clock=lambda: NOW)
    static = Path(cauce.office.__file__).parent / "static"
    app = Starlette(
        routes=[*routes(doors), Mount("/static", StaticFiles(directory=static))],
        middleware=guards(doors),
    )
    with served(app) as address:
        yield address
    opened.close()


@pytest.fixture
def phone() -> Iterator[Any]:
    """A page 320 pixels wide, with scripts off."""
    with chromium() as browser:
        size = {"width": 320, "height": 640}
        context = browser.new_context(viewport=size, java_script_enabled=False)
        context.set_default_timeout(PATIENCE * 1000)
        yield context.new_page()


def fits(page: Any) -> bool:
    """Whether nothing is wider than the telephone."""
    return page.locator("html").evaluate("e => e.scrollWidth") <= 320


def test_the_first_administrator_comes_in_and_invites(
    run_here, office: str, database: str, phone: Any
) -> None:
    told = run_here(
        "account", "invite", "Rosa", "rosa@x.example", "--role", "administrator",
        "--database", database,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    code = re.search(r"Code: (\S+)", told.stdout).group(1)

    phone.goto(f"{office}/es/account")
    phone.click("text=Tengo un código de invitación")
    phone.fill("#code", code.lower())
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/es/join")
    assert fits(phone)
    secret = phone.locator("code.secret").inner_text().replace(" ", "")
    phone.fill("#password", PASSWORD)
    phone.fill("#again", PASSWORD)
    first = pyotp.TOTP(secret).at(NOW)
    phone.fill("#code", first)
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/es/account")
    assert fits(phone)

    phone.click("text=Cuentas")
    phone.fill("#name", "Eva")
    phone.fill("#email", "eva@x.example")
    phone.check("text=Edición del país")
    phone.check("text=Belice")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=Invitación lista")
    assert fits(phone)
    phone.goto(f"{office}/en/accounts")
    assert "waits for the invitation" in phone.inner_text("main")
    assert fits(phone)

    phone.click("text=Sign out")
    phone.wait_for_url("**/en/sign-in")
    phone.fill("#email", "rosa@x.example")
    phone.fill("#password", PASSWORD)
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/en/code")
    phone.fill("#code", first)
    phone.keyboard.press("Enter")
    phone.wait_for_selector("[role=alert]")
    assert "was used already" in phone.inner_text("main")
    assert fits(phone)


def test_nobody_is_invited_for_a_country_that_is_none(run_here, database: str) -> None:
    told = run_here(
        "account", "invite", "Rosa", "rosa@x.example", "--role", "editor",
        "--country", "Guatemala", "--database", database,
    )  # fmt: skip
    assert told.returncode == 1
    assert "There is no country Guatemala" in told.stdout + told.stderr


def test_a_log_that_is_not_there_is_not_called_whole(run_here, tmp_path: Path) -> None:
    for words in (("register", "verify"), ("account", "audit")):
        told = run_here(*words, "--database", f"sqlite:///{tmp_path / 'nix.sqlite'}")
        assert told.returncode == 1
        assert "There is no database" in told.stderr
    assert not (tmp_path / "nix.sqlite").exists()


def test_a_form_on_another_site_does_nothing_in_a_real_browser(office: str, phone: Any) -> None:
    phone.goto(f"{office}/es/sign-in")
    form = f'<form method="post" action="{office}/es/sign-out"><button>go</button></form>'
    phone.goto(f"data:text/html,{form}")
    phone.click("button")
    phone.wait_for_selector("text=No se puede continuar")


def test_an_altered_audit_is_noticed_from_the_terminal(run_here, database: str) -> None:
    words = ("Rosa", "rosa@x.example", "--role", "administrator", "--database", database)
    run_here("account", "invite", *words)
    again = run_here("account", "invite", *words)
    assert "have an account" in again.stdout
    assert run_here("account", "audit", "--database", database).returncode == 0
    opened = open_database(database)
    with opened.writing("x") as connection:
        connection.execute(text("DROP TRIGGER audit_never_update"))
        connection.execute(text("UPDATE audit SET actor = 'eva' WHERE number = 1"))
    opened.close()
    told = run_here("account", "audit", "--database", database)
    assert told.returncode == 1
    assert "row 1 is not as it was written" in told.stdout
