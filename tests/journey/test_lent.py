"""A name changes in a register: what was published keeps the old one, what follows has the new."""

import html
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert
from starlette.testclient import TestClient
from typer.testing import CliRunner

from cauce.cli.main import app
from cauce.model.entry import Action, Draft
from cauce.model.record import Record
from cauce.pipeline.registers import read_registers
from cauce.portal import create_app
from cauce.store import Reader
from cauce.store.log import Database, append, open_database
from cauce.store.log.database import acting
from cauce.store.log.schema import approval

REGISTERS = read_registers(Path(__file__).parents[2] / "packs" / "registers").registers
FLOW, OLD, NEW = "DF_MEMBERSHIPS_BODY", "Consejo Viejo", "Consejo Nuevo"
KEY = "b0d1e5" * 4


def say(
    database: Database, register: str, key: str, action: Action, record: Record, since: date
) -> None:
    """An entry of one person, approved by a second."""
    before = 0
    now = datetime.now(UTC)
    with database.writing("ana") as connection:
        if action is not Action.OPEN:
            before = 1
        draft = Draft(
            register, key, str(record.get("country", "")), action, record, since, None, "ana",
            "renamed" if before else "", before,
        )  # fmt: skip
        for entry in append(connection, REGISTERS, [draft], now):
            said = {"verdict": "approved", "actor": "ben", "at": now.isoformat(), "note": ""}
            with acting(connection, "ben"):
                connection.execute(insert(approval).values(entry=entry.number, **said))


def body(name: str) -> Record:
    return {"name_en": name, "name_es": name, "kind": "CONS", "source": "invented", "mark": "I"}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two vintages of one count, with a body renamed between them."""
    folder = tmp_path_factory.mktemp("lent")
    where = ("--database", f"sqlite:///{folder / 'r.sqlite'}", "--store", str(folder / "store"))
    database = open_database(f"sqlite:///{folder / 'r.sqlite'}")
    say(database, "bodies", KEY, Action.OPEN, body(OLD), date(2026, 1, 1))
    member = {"body": KEY, "country": "CRI", "role": "MEMB", "source": "invented", "mark": "I"}
    say(database, "memberships", "m1" * 12, Action.OPEN, member, date(2026, 1, 1))
    count = ("register", "count", "memberships", *where, "--publish")
    done = CliRunner().invoke(app, [*count, "--day", "2026-02-01"])
    assert done.exit_code == 0, done.stderr
    say(database, "bodies", KEY, Action.CHANGE, body(NEW), date(2026, 3, 1))
    done = CliRunner().invoke(app, [*count, "--day", "2026-04-01"])
    assert done.exit_code == 0, done.stderr
    database.close()
    return folder / "store"


@pytest.fixture
def reader(published: Path) -> TestClient:
    return TestClient(create_app(published))


@pytest.mark.parametrize(
    ("vintage", "says", "not_"), [("2026-02-01", OLD, NEW), ("2026-04-01", NEW, OLD)]
)
def test_pages_and_files_of_a_vintage_have_the_names_of_its_day(
    reader: TestClient, vintage: str, says: str, not_: str
) -> None:
    query = f"?vintage={vintage}"
    table = reader.get(f"/es/tables/{FLOW}{query}").text
    behind = re.search(rf'href="(/es/explain/[^"]*{KEY}[^"]*)"', table)
    assert behind is not None
    for address in (f"/es/tables/{FLOW}.csv{query}", f"/es/tables/{FLOW}.json{query}"):
        body = reader.get(address).text
        assert says in body
        assert not_ not in body
    page = reader.get(behind[1].replace("&amp;", "&")).text
    assert says in page
    assert not_ not in page
    assert "registers/bodies" in page
    assert says in table


@pytest.mark.parametrize(("when", "says", "not_"), [("then", OLD, NEW), ("now", NEW, OLD)])
def test_sdmx_has_the_names_of_the_vintage_it_is_asked_for(
    reader: TestClient, published: Path, when: str, says: str, not_: str
) -> None:
    first = Reader(published).snapshot().manifest(FLOW, "2026-02-01").published_at
    asked = {"asOf": first} if when == "then" else {}
    for address in (
        f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/*/*",
        "/sdmx/v2/structure/codelist/CAUCE/CL_BODIES",
        "/sdmx/v1/codelist/CAUCE/CL_BODIES",
    ):
        told = reader.get(address, params=asked).text
        assert says in told, address
        assert not_ not in told, address


def test_the_page_of_an_earlier_vintage_leads_to_its_sdmx(reader: TestClient) -> None:
    page = html.unescape(reader.get(f"/en/tables/{FLOW}?vintage=2026-02-01").text)
    found = re.findall(r'href="(/sdmx/[^"]+)"', page)
    assert len(found) == 3
    for address in found:
        told = reader.get(address)
        assert told.status_code == 200, address
        assert NEW not in told.text
    assert OLD in reader.get(found[1]).text


def test_a_vintage_records_which_state_of_each_list_it_used(published: Path) -> None:
    snapshot = Reader(published).snapshot()
    old, new = (snapshot.manifest(FLOW, v).lent for v in ("2026-02-01", "2026-04-01"))
    assert [(x.codelist, x.origin, x.day) for x in old] == [
        ("CL_MEMBER_ROLE", "registers/codelists/CL_MEMBER_ROLE.csv", "2026-02-01"),
        ("CL_BODIES", "registers/bodies", "2026-02-01"),
    ]
    assert datetime.fromisoformat(old[1].known_at) < datetime.fromisoformat(new[1].known_at)
    assert (old[0].sha256 == new[0].sha256, old[1].sha256 == new[1].sha256) == (True, False)


def test_no_number_changed_with_the_name(published: Path) -> None:
    snapshot = Reader(published).snapshot()
    old, new = (snapshot.observations(FLOW, v) for v in ("2026-02-01", "2026-04-01"))
    assert old.value.tolist() == new.value[-len(old.value) :].tolist()
    assert old.value.tolist() == [1] * 4


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--day", "2026-01-01"], "--day and --registers go with --database"),
        (["--database", "sqlite:///no.sqlite"], "no.sqlite"),
    ],
)
def test_a_survey_borrows_names_only_from_registers_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["release", "pack", *more])
    assert done.exit_code == 1
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []
