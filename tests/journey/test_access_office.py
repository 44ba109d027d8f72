"""The office for everybody: every kind of page each person there sees, asked by axe."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.routing import Route

from cauce.model.account import Role
from cauce.office import create_office
from cauce.office.doors import routes
from cauce.office.doors.setting import Doors
from cauce.pipeline.registers import Declared, read_registers
from cauce.registers.access import parse_access
from cauce.store.log.key_folder import KeyFolder

from .access import faults, kinds_of, screen, walk
from .office.cases import case_of
from .office.conftest import DOUBLE
from .office.hands import type_in
from .office.house import REGISTERS, House, open_house

DOORS = ("/invitation", "/code", "/join", "/nothing-here", "/sign-in")
PEOPLE = (
    ("Elena", Role.EDITOR, "es", "light"),
    ("Rosa", Role.REVIEWER, "en", "dark"),
    ("Ada", Role.ADMINISTRATOR, "es", "dark"),
    ("Luz", Role.HOTLINE, "es", "light"),
)


@pytest.fixture(scope="module")
def declared() -> Declared:
    return read_registers(REGISTERS)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, declared: Declared) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), declared) as opened:
        yield opened


@pytest.fixture(scope="module")
def kinds(house: House, declared: Declared, tmp_path_factory: pytest.TempPathFactory) -> Any:
    access = parse_access((REGISTERS / "access.toml").read_text("utf-8"))
    keys = KeyFolder(tmp_path_factory.mktemp("keys"))
    app = create_office(house.database, declared, access, keys, DOUBLE)
    own = routes(Doors(house.database, keys, access, {}, {}))
    return kinds_of([*own, *app.routes])


def seat(house: House, name: str, role: Role, scheme: str = "light") -> Any:
    """The page of somebody who came in, with scripts on for axe alone."""
    cookies = house.desk(name, role, None).context.cookies()
    page = screen(house.chromium, 320, scheme)
    page.context.add_cookies(cookies)
    return page


@pytest.mark.parametrize(("name", "role", "language", "scheme"), PEOPLE)
def test_every_page_of_the_office_is_for_everybody(
    house: House, kinds: tuple[Route, ...], name: str, role: Role, language: str, scheme: str
) -> None:
    page = seat(house, name, role, scheme)
    walk(page, house.office, language, kinds)
    page.context.close()


def test_whoever_is_not_in_finds_doors_for_everybody(house: House) -> None:
    page = screen(house.chromium, 320, "dark")
    wrong: list[str] = []
    for language in ("es", "en"):
        for path in DOORS:
            page.goto(f"{house.office}/{language}{path}")
            wrong += [f"{language}{path}: {each}" for each in faults(page)]
    page.fill("#email", "nobody@example.org")
    page.fill("#password", "not the right one")
    page.click("main button")
    assert page.locator('[role="alert"]').count() == 1
    assert not [*wrong, *faults(page)]
    page.context.close()


def test_a_form_says_what_is_wrong_and_a_review_what_changed_to_everybody(house: House) -> None:
    """From an empty form to a record that two people changed, and a workbook that is none."""
    editor, reviewer = seat(house, *PEOPLE[0][:2]), seat(house, *PEOPLE[1][:2])
    register = house.declared.registers["quotas"]
    editor.goto(f"{house.office}/es/registers/quotas/new")
    editor.click('.bar [value="submit"]')
    told = editor.locator("[role=alert] a").first
    assert not faults(editor)
    told.click()
    assert editor.evaluate("document.activeElement.matches('input, select, textarea, fieldset')")

    type_in(editor, register, case_of(register, house.declared))
    editor.click('.bar [value="submit"]')
    assert not faults(editor)
    reviewer.goto(f"{house.office}/es/")
    reviewer.click('a[href*="/review/"]')
    assert not faults(reviewer)
    reviewer.fill("#note", "Cotejado.")
    reviewer.click('button[value="approved"]')
    assert not faults(reviewer)

    editor.goto(editor.url.partition("?")[0] + "/change")
    editor.fill('[name="title_es"]', "Otro título inventado")
    editor.fill('[name="~from"]', "2026-02-01")
    editor.fill('[name="~reason"]', "Se corrigió.")
    editor.click('.bar [value="submit"]')
    assert "Enviado" in editor.inner_text("[role=status]")
    reviewer.goto(f"{house.office}/es/")
    reviewer.click('a[href*="/review/"]')
    assert not faults(reviewer)

    editor.goto(f"{house.office}/es/registers/quotas/book")
    wrong = {"name": "book.xlsx", "mimeType": "", "buffer": b"no workbook"}
    editor.set_input_files("#book", wrong)
    editor.click("main form button")
    assert not faults(editor)
    for page in (editor, reviewer):
        page.context.close()
