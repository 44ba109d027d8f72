"""For every register declared: a record is typed into its form, submitted, and approved."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from cauce.model.entry import Action
from cauce.model.record import Record
from cauce.model.register import Field, Register
from cauce.model.seed import Seed
from cauce.office import create_office, drafting
from cauce.office.seat import Office, Seat
from cauce.office.typed import Typed
from cauce.pipeline.register_seed import enter_seeds, read_seeds
from cauce.pipeline.registers import read_registers
from cauce.registers.access import parse_access
from cauce.registers.canonical import plain
from cauce.store.log import open_database
from cauce.store.log.key_folder import KeyFolder

from .conftest import DOUBLE, PEOPLE, REGISTERS, Clock
from .forms import Paper

DECLARED = read_registers(REGISTERS)
SEEDS = read_seeds(REGISTERS, DECLARED)
BY_REGISTER = {seed.register: seed for seed in reversed(SEEDS)}
EXAMPLE = {"text": "Ejemplo", "note": "Un ejemplo.", "web": "https://example.org/a"}
PATTERNED = ("ejemplo-1", "EJEMPLO-1", "ejemplo_1", "ABCDEFGHJK23", "a@example.org", "e" * 64)


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A database with all seeds but the one that is to be typed."""
    folder = tmp_path_factory.mktemp("shelves")

    def without(register: str) -> Path:
        path = folder / f"{register}.sqlite"
        database = open_database(f"sqlite:///{path}")
        left = [seed for seed in SEEDS if seed is not BY_REGISTER.get(register)]
        with database.writing("cauce") as connection:
            enter_seeds(connection, DECLARED, left, Clock()(), "beto")
        database.close()
        return path

    return without


@pytest.fixture
def seeded(shelves: Callable[[str], Path], register: Register, tmp_path: Path) -> Iterator[Office]:
    shutil.copy(shelves(register.id), tmp_path / "registers.sqlite")
    database = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    access = parse_access((REGISTERS / "access.toml").read_text("utf-8"))
    keys = KeyFolder(tmp_path / "keys")
    yield Office(
        database, DECLARED.registers, DECLARED.lists, DECLARED.topics, access, keys, Clock()
    )
    database.close()


def browser(office: Office, who: str) -> TestClient:
    app = create_office(office.database, DECLARED, office.access, office.keys, DOUBLE, office.clock)
    return TestClient(app, headers={"x-who": who})


def writer_of(office: Office, register: Register) -> str:
    """Who keeps a register: civil society its own, an editor all others."""
    return next(name for name in ("ana", "watch") if Seat(office, PEOPLE[name]).writes(register.id))


@pytest.mark.parametrize("register", DECLARED.registers.values(), ids=lambda one: one.id)
def test_a_record_goes_from_an_empty_form_to_an_approved_page(
    register: Register, seeded: Office
) -> None:
    who = writer_of(seeded, register)
    record = wanted(seeded, register, who)
    paper = Paper(browser(seeded, who), f"/es/registers/{register.id}/new")
    paper.fill(register, record)
    sent = paper.press("submit")
    assert "Enviado." in sent.text, faults(sent.text)

    key = sent.url.path.split("/")[4]
    judge = browser(seeded, "beto")
    told = judge.get("/es/")
    assert f"/es/registers/{register.id}/{key}/review/" in told.text
    number = told.text.partition(f"{key}/review/")[2].partition('"')[0]
    judge.post(f"/es/registers/{register.id}/{key}/review/{number}", data={"verdict": "approved"})

    page = browser(seeded, who).get(f"/es/registers/{register.id}/{key}")
    assert 'class="state approved"' in page.text
    answer = browser(seeded, who).get(f"/api/v1/registers/{register.id}/records/{key}")
    assert answer.json()["record"] == plain(record)
    for part in ("", "/history", "/change", "/correct", "/end"):
        for language in ("es", "en"):
            shown = browser(seeded, who).get(f"/{language}/registers/{register.id}/{key}{part}")
            assert shown.status_code == 200


def faults(text: str) -> str:
    return "; ".join(html.fromstring(text).xpath("//section[@role='alert']//a/text()"))


def wanted(office: Office, register: Register, who: str) -> Record:
    """The record to type in: a seed if there is one, or the least that the register asks for."""
    seed: Seed | None = BY_REGISTER.get(register.id)
    return least(office, register, who) if seed is None else seed.record


def least(office: Office, register: Register, who: str) -> Record:
    """The least record that a register takes, found as an editor finds it: fault by fault."""
    seat = Seat(office, PEOPLE[who])
    paper = drafting.begin(seat, register, "", Action.OPEN)
    values: dict[str, Any] = {f.id: example(office, f) for f in register.fields if f.required}
    for _ in range(8):
        checked = drafting.check(seat, replace(paper, typed=Typed(values)))
        if not checked.blocking:
            return checked.record
        for fault in checked.blocking:
            correct(office, register, values, fault.field)
    raise AssertionError([(f.field, f.message.en) for f in checked.blocking])


def correct(office: Office, register: Register, values: dict[str, Any], place: str) -> None:
    """Fill in the field at fault."""
    field = next(f for f in register.fields if f.id == place.partition("[")[0])
    values[field.id] = example(office, field)


def example(office: Office, field: Field) -> object:
    """Something that a field holds."""
    match field.kind:
        case "rows":
            return [{c.id: example(office, c) for c in field.rows if c.required} or {}]
        case "number" | "money":
            return str(int(field.minimum or 1))
        case "date":
            return "2023-06-02"
        case "flag":
            return "true"
        case "code":
            codes = [code.id for code in office.lists[field.codelist].codes]
            return "BLZ" if "BLZ" in codes else codes[0]
        case "codes":
            return [office.lists[field.codelist].codes[0].id]
        case "link":
            there = [seed.key for seed in SEEDS if seed.register == field.register]
            return there[0] if there else "UNK"
        case _ if field.pattern:
            return next(one for one in PATTERNED if re.fullmatch(field.pattern, one))
        case _:
            return EXAMPLE[field.kind]
