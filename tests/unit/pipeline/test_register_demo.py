"""What a newcomer finds in the demo of recruitment and mobility, and what nobody outside sees."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.model.record import Absent
from cauce.office.mobility.funnel import judged
from cauce.pipeline.checklists import iris_frame
from cauce.pipeline.judge.contracts import judge_contract
from cauce.pipeline.judge.iris import judge_iris
from cauce.pipeline.judge.sight import LogSight
from cauce.pipeline.mobility import Operation
from cauce.pipeline.register_demo import (
    DAY,
    EDITOR,
    PLACES,
    REVIEWER,
    show_registers,
    with_invented_places,
)
from cauce.pipeline.register_publish import Published
from cauce.pipeline.registers import read_registers
from cauce.portal.app import create_app
from cauce.registers.rules import broken_rules
from cauce.sources.invented import invented_records
from cauce.store import Store
from cauce.store.log import Database, open_database
from cauce.store.log.holders import cards_of

FOLDER = Path("packs/registers")
DECLARED = with_invented_places(read_registers(FOLDER))
CLOSED = ("job_orders", "contracts", "iris_assessments", "iris_progress", "mobility_permits",
          "mobility_returns")  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A demo's registers, and what was published each of the two times it was made."""

    folder: Path
    times: tuple[Published, ...]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Made:
    folder = tmp_path_factory.mktemp("demo")
    database, store, keys = (folder / name for name in ("registers.sqlite", "store", "keys"))
    times = [show_registers(FOLDER, database, Store(store), keys=keys) for _ in range(2)]
    return Made(folder, tuple(times))


@pytest.fixture(scope="module")
def place(made: Made) -> Path:
    return made.folder


@pytest.fixture
def database(place: Path):
    opened = open_database(f"sqlite:///{place / 'registers.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def sight(database: Database) -> LogSight:
    return LogSight(database, read_registers(FOLDER), DAY)


@pytest.fixture(scope="module")
def reader(place: Path) -> TestClient:
    return TestClient(create_app(place / "store"))


def test_every_invented_record_is_one_that_the_office_would_take() -> None:
    for name, key, record in invented_records():
        register = DECLARED.registers[name]
        fields = {field.id: field for field in register.fields}
        assert not set(record) - set(fields), key
        assert not [f.id for f in register.fields if f.required and f.id not in record], key
        assert not broken_rules(register, record), key
        coded = [fields[f] for f, value in record.items() if not isinstance(value, Absent)]
        for field in (one for one in coded if one.kind == "code"):
            known = {code.id for code in DECLARED.lists[field.codelist].codes}
            assert record[field.id] in known, (key, field.id)


@pytest.mark.parametrize(
    ("contract", "worse", "unknown"),
    [
        (1, set(), set()),
        (2, {"pay_hour", "pay_week", "housing", "deductions"}, {"hours_week"}),
        (3, {"transport"}, set()),
        (4, {"insurance"}, set()),
        (5, set(), {"pay_hour", "pay_week"}),
    ],
)
def test_the_substitution_check_has_something_to_find(sight, contract, worse, unknown) -> None:
    found, told = judge_contract(sight, f"demo-contract-{contract}")
    said = {one.field: str(one.found) for one in found}
    assert {field for field, verdict in said.items() if verdict == "WORSE"} == worse
    assert {field for field, verdict in said.items() if verdict == "NOT_COMPARABLE"} == unknown
    assert bool(told.tables[1].rows) == (contract == 3), "the rate of the other money is shown"


def test_who_assesses_itself_is_certified_by_nobody(sight, reader) -> None:
    frame = iris_frame(Path("packs/frames"))
    states = {}
    for number in (1, 2, 3):
        found, _ = judge_iris(sight, frame, f"demo-recruiter-{number}")
        states[number] = [one.state for one in found.certified]
    assert states == {1: ["CERT"], 2: ["EXP"], 3: []}
    assert found.verdict is not None, "the third answered, and well by its own account"
    for key, certified in (("demo-recruiter-1", True), ("demo-recruiter-3", False)):
        page = reader.get(f"/es/recruiters/{key}?on=2026-01-15")
        assert page.status_code == 200
        assert ("INV-IRIS-" in page.text) is certified


def test_the_way_has_cards_and_events_and_says_that_they_are_invented(sight) -> None:
    operation = Operation(sight, frozenset({PLACES[0].id}))
    told = judged(operation, "demo-harvest", "es")
    assert "Inventado" in told.warnings[0].es
    waits = {row[0].said.en: row[1].said.en for row in told.tables[2].rows}
    assert waits["Permit to card"].isdigit()
    assert waits["Card to first entry"].isdigit()
    assert len(operation.entered) > 500
    assert 0 < len(operation.inside) < len(operation.entered)
    clashes = Counter(str(one.clash) for one in operation.settled[1])
    assert set(clashes) == {"ENTERED_TWICE"}, "a few scans for a person to find out, and no other"
    assert any(card.revoked_why for cards in operation.cards.values() for card in cards)


def test_the_seeds_of_the_house_are_shown_once_and_by_nobody_real(made, database) -> None:
    done, again = made.times
    assert done.records > 100
    assert again.records == done.records
    assert again.generation == done.generation == 1
    with database.reading() as connection:
        actors = set(connection.exec_driver_sql("SELECT actor FROM entry").scalars())
        others = set(connection.exec_driver_sql("SELECT actor FROM approval").scalars())
    assert (actors, others) == ({EDITOR}, {REVIEWER})


def test_entered_again_no_card_is_doubled(database) -> None:
    with database.reading() as connection:
        permits = Counter(card.permit for card in cards_of(connection))
    assert set(permits.values()) == {1}


def test_what_is_not_public_is_on_no_page(place, reader) -> None:
    for register in CLOSED:
        assert reader.get(f"/es/registers/{register}").status_code == 404
    content = b"".join(p.read_bytes() for p in (place / "store").rglob("*") if p.is_file())
    for secret in (b"INV-O-0", b"INV-C-0", b"INV-DOC", b"INV-W-", b"INV-P-", b"INV-E0"):
        assert secret not in content, secret
    assert b"INV-IRIS-1" in content, "so that the search above would have found them"
    rate = reader.get("/es/registers/exchange_rates/demo-rate-2025")
    assert "Invented for the demonstration" in rate.text, "a rate is public, and says what it is"
