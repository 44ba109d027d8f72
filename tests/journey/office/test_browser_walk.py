"""Belize 2021–22 is typed in by hand, without scripts, and a second person approves it."""

import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from sqlalchemy import delete

from cauce.cli.office import countries_of
from cauce.model.account import Role
from cauce.model.record import Absent
from cauce.model.register import Field
from cauce.office import Entrance, create_office
from cauce.office.doors import Doors, csrf_field, guards, kept_page, routes
from cauce.office.doors.cookies import SESSION
from cauce.office.typed import raw_of
from cauce.pipeline.registers import read_registers
from cauce.registers.access import parse_access
from cauce.registers.canonical import plain
from cauce.registers.log import as_of
from cauce.registers.seed import parse_seeds
from cauce.store.log import Database, Log, accounts, door_schema, sessions
from cauce.store.log.key_folder import KeyFolder

REGISTERS = Path("packs/registers")
EXAMPLE = REGISTERS / "examples" / "belize_2021_22.toml"
REGISTER = "regularization_initiatives"
DECLARED = read_registers(REGISTERS)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@pytest.fixture
def address(database: Database, tmp_path: Path) -> Iterator[str]:
    """The office with its real doors, on a port of its own."""
    access = parse_access((REGISTERS / "access.toml").read_text("utf-8"))
    doors = Doors(
        database, KeyFolder(tmp_path / "keys"), access, countries_of(DECLARED), {}, home="/"
    )
    entrance = Entrance(guards(doors), routes(doors), csrf_field, kept_page)
    app = create_office(database, DECLARED, access, doors.keys, entrance)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def sits(database: Database, address: str) -> Iterator[Callable[..., Any]]:
    """A page of somebody who came in, with scripts off, in Spanish."""
    if CHROMIUM is None:
        pytest.skip("There is no Chromium here: no page was tried in a browser.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)

        def of(name: str, role: Role, width: int = 1100) -> Any:
            now = datetime.now(UTC)
            person = accounts.Person(name, f"{name}@x.example", (role,), frozenset({"BLZ"}))
            with database.writing("root") as connection:
                id_, _ = accounts.invite(connection, person, now)
                token = sessions.open_session(connection, id_, "open", now)
            context = chromium.new_context(
                viewport={"width": width, "height": 800}, java_script_enabled=False, locale="es-GT"
            )
            context.add_cookies(
                [{"name": SESSION, "value": token, "url": address.replace("http:", "https:")}]
            )
            page = context.new_page()
            page.goto(f"{address}/")
            return page

        yield of
        chromium.close()


def give(page: Any, field: Field, name: str, value: Any) -> None:
    """Type, choose or tick one field as a person does."""
    if value is None:
        return
    if value in list(Absent):
        beside = page.locator(f'[name="{name}?"]')
        (beside if beside.count() else page.locator(f'[name="{name}"]')).select_option(value)
    elif field.kind == "codes":
        box = page.locator(f'[name="{name}"]')
        for one in value:
            box.locator(f'xpath=self::*[@value="{one}"]').check()
    elif page.locator(f'select[name="{name}"]').count():
        page.locator(f'select[name="{name}"]').select_option(value)
    else:
        page.locator(f'[name="{name}"]').fill(value)


def test_an_officer_enters_belize_by_hand_and_a_second_person_approves(
    sits: Callable[..., Any], database: Database
) -> None:
    (seed,) = parse_seeds(
        {"belize.toml": EXAMPLE.read_text("utf-8")}, DECLARED.registers, DECLARED.lists
    )
    register = DECLARED.registers[REGISTER]
    raw: dict[str, Any] = raw_of(register.fields, seed.record)

    officer = sits("Irma", Role.EDITOR)
    assert officer.url.endswith("/es/")
    officer.click("text=Iniciativas de regularización")
    officer.click("text=Ingresar: iniciativa")
    assert officer.input_value('[name="country"]') == "BLZ – Belice"
    for field in register.fields:
        if field.kind != "rows" and field.id != "country":
            give(officer, field, field.id, raw.get(field.id))
    for field in register.fields:
        if field.kind == "rows" and field.id in raw:
            officer.fill(f'[name="{field.id}~more"]', str(len(raw[field.id])))
            officer.click(f'[value="add:{field.id}"]')
            for number, row in enumerate(raw[field.id], start=1):
                for column in field.rows:
                    name = f"{field.id}.{number}.{column.id}"
                    give(officer, column, name, row.get(column.id))
    officer.click(".bar >> text=Guardar borrador")
    officer.goto(re.sub(r"/es/.*", "/es/", officer.url))
    officer.click("text=Regularización de Belice, 2021 y 2022")
    officer.click(".bar >> text=Enviar a revisión")
    assert "Enviado" in officer.inner_text("[role=status]")

    reviewer = sits("Rosa", Role.REVIEWER, width=360)
    reviewer.click("text=Regularización de Belice, 2021 y 2022")
    assert reviewer.locator("html").evaluate("e => e.scrollWidth") <= 360
    reviewer.fill("#note", "Cotejado con la fuente.")
    reviewer.click('button[value="approved"]')
    assert "Nada espera su revisión" in reviewer.inner_text("main")

    officer.reload()
    assert "Aprobado" in officer.inner_text("main")
    key = officer.url.split("/")[-1].partition("?")[0]
    entries = Log(database, DECLARED.registers).entries(REGISTER, key)
    now = as_of(entries)
    assert now is not None
    assert plain(now.record) == plain(seed.record)


def test_what_is_typed_while_a_session_ends_is_not_lost(
    sits: Callable[..., Any], database: Database
) -> None:
    page = sits("Irma", Role.EDITOR)
    page.goto(page.url + "registers/quotas/new")
    page.fill('[name="title_es"]', "Escrito con\u00a0«cuidado» <b>")
    with database.writing("root") as connection:
        connection.execute(delete(door_schema.session))
    page.click(".bar >> text=Guardar borrador")
    assert "Su sesión terminó mientras escribía" in page.inner_text("main")

    now = datetime.now(UTC)
    with database.writing("root") as connection:
        id_ = accounts.everyone(connection)[0].account.id
        token = sessions.open_session(connection, id_, "open", now)
    address = page.url.partition("/es/")[0].replace("http:", "https:")
    page.context.add_cookies([{"name": SESSION, "value": token, "url": address}])
    page.click("text=Enviar lo escrito")
    assert "Ya entró" in page.inner_text("main")
    page.click("text=Enviar lo escrito")
    assert page.input_value('[name="title_es"]') == "Escrito con\u00a0«cuidado» <b>"
    assert "Guardado el" in page.inner_text("main")
