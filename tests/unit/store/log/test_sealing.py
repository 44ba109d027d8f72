"""Values that can harm somebody: sealed in the log, opened for who may, erased for good."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from cauce.model.access import Level
from cauce.model.account import Account, Role
from cauce.model.entry import Action, Draft
from cauce.model.errors import BadInput
from cauce.model.record import Absent, Sealed
from cauce.registers.access import parse_access
from cauce.registers.declaration import parse_registers
from cauce.registers.log import differences
from cauce.store.log import Database, Log, append, open_database
from cauce.store.log import door_schema as doors
from cauce.store.log.audit import audit_faults
from cauce.store.log.envelope import Whose, blind, erase, erase_again, is_erased
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.opening import find_sealed, open_record, seen_record
from cauce.store.log.sealing import seal_record, sealed_fields

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def declared_field(name: str, kind: str, level: str) -> str:
    return f"""
[[field]]
id = "{name}"
name = {{ en = "{name}", es = "{name}" }}
kind = "{kind}"
sensitivity = "{level}"
"""


COLUMNS = """
[[field.column]]
id = "place"
name = { en = "Place", es = "Lugar" }
kind = "text"
sensitivity = "P1"
[[field.column]]
id = "on"
name = { en = "On", es = "El" }
kind = "date"
sensitivity = "P3"
"""
HEAD = """
id = "cases"
name = { en = "Cases", es = "Casos" }
one = { en = "case", es = "caso" }
about = { en = "x", es = "x" }
title = { en = "title", es = "title" }
"""
CASES = parse_registers(
    {
        "cases.toml": HEAD
        + declared_field("title", "text", "P0")
        + declared_field("document", "text", "P3")
        + declared_field("born", "date", "P3")
        + declared_field("story", "note", "P3")
        + declared_field("steps", "rows", "P1")
        + COLUMNS
    },
    {},
)["cases"]
WHOSE = Whose(CASES, "k1", "GTM")
RECORD = {
    "title": "Caso 1",
    "document": "DPI 2345 67890",
    "born": date(1990, 5, 6),
    "story": Absent.NOT_STATED,
    "steps": ({"place": "Tapachula", "on": date(2025, 1, 2)}, {"place": "Ayutla"}),
}
SECRETS = ("2345 67890", "1990-05-06", "2025-01-02")
WORDS = "\n".join(
    f'{reason} = {{ en = "x", es = "x" }}'
    for reason in ("role", "verb", "place", "state", "wall", "key")
)
ACCESS = parse_access(
    f"""
[group.crisis]
registers = ["cases"]
[[grant]]
roles = ["consul"]
registers = ["crisis"]
verbs = ["see"]
where = ["own"]
states = ["all"]
shows = "P3"
[[grant]]
roles = ["planner"]
registers = ["crisis"]
verbs = ["see"]
where = ["own"]
states = ["all"]
shows = "{Level.P1.name}"
[refused]
{WORDS}
"""
)


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


def account(role: Role, country: str = "GTM") -> Account:
    return Account("a", "Ana", "a@x.example", (role,), frozenset({country}))


def sealed(database: Database, keys: KeyFolder, whose: Whose = WHOSE):
    with database.writing("ana") as connection:
        return seal_record(connection, keys, whose, RECORD)


def everything_in(database: Database) -> str:
    with database.reading() as connection:
        tables = [*doors.metadata.sorted_tables]
        return "".join(str(row) for table in tables for row in connection.execute(select(table)))


def test_what_is_sealed_is_nowhere_in_the_clear_and_opens_as_it_was(database, keys) -> None:
    with database.writing("ana") as connection:
        record = seal_record(connection, keys, WHOSE, RECORD)
        opening = Draft("cases", "k1", "GTM", Action.OPEN, record, None, None, "ana", "new", 0)
        append(connection, {"cases": CASES}, (opening,), NOW)
    stored = Log(database, {"cases": CASES}).entries("cases", "k1")[0].record
    assert stored == record
    assert isinstance(stored["document"], Sealed)
    assert stored["story"] is Absent.NOT_STATED
    assert not [secret for secret in SECRETS if secret in everything_in(database)]
    with database.writing("ana") as connection:
        names = frozenset({"document", "born", "steps.on"})
        assert open_record(connection, keys, WHOSE, stored, names) == RECORD
    with database.reading() as connection:
        row = connection.execute(select(doors.audit).where(doors.audit.c.item == "reading")).one()
        assert row.actor == "ana"
        assert "born,document,steps.on" in row.new
        assert list(audit_faults(connection)) == []


def test_the_log_refuses_what_was_not_sealed_and_names_no_value(database) -> None:
    for record in (RECORD, {"title": "x", "steps": ({"place": "x", "on": date(2025, 1, 2)},)}):
        opening = Draft("cases", "k1", "GTM", Action.OPEN, record, None, None, "ana", "", 0)
        with database.writing("ana") as connection, pytest.raises(BadInput) as error:
            append(connection, {"cases": CASES}, (opening,), NOW)
        assert "must be sealed" in str(error.value)
        assert not [secret for secret in SECRETS if secret in str(error.value)]


def test_who_may_not_see_a_field_does_not_get_it(database, keys) -> None:
    record = sealed(database, keys)

    def seen(who):
        with database.writing("x") as connection:
            return seen_record(connection, keys, ACCESS, who, WHOSE, record, "draft")

    assert seen(account(Role.CONSUL)) == RECORD
    planner = seen(account(Role.PLANNER))
    assert planner == {
        "title": "Caso 1",
        "steps": ({"place": "Tapachula"}, {"place": "Ayutla"}),
    }
    assert seen(account(Role.CONSUL, "HND")) == {}
    assert seen(account(Role.INSPECTOR)) == {}
    assert seen(None) == {}


def test_a_save_that_changed_nothing_shows_no_difference(database, keys) -> None:
    before = sealed(database, keys)
    with database.writing("ana") as connection:
        changed = {**RECORD, "born": date(1991, 1, 1), "steps": before["steps"]}
        after = seal_record(connection, keys, WHOSE, changed, before)
    assert differences(before, after) == ("born",)


def test_equal_values_of_two_records_do_not_look_equal(database, keys) -> None:
    one = sealed(database, keys)
    other = sealed(database, keys, Whose(CASES, "k2", "GTM"))
    assert one["document"] != other["document"]


def test_a_sealed_value_moved_elsewhere_does_not_open(database, keys) -> None:
    record = sealed(database, keys)
    sealed(database, keys, Whose(CASES, "k2", "GTM"))
    names = frozenset({"document", "born"})
    with database.writing("x") as connection:
        moved = {"document": record["document"]}
        other = Whose(CASES, "k2", "GTM")
        assert open_record(connection, keys, other, moved, names) == moved
        with pytest.raises(BadInput, match="altered, moved"):
            open_record(connection, keys, WHOSE, {"born": record["document"]}, names)
        with pytest.raises(BadInput, match="altered, moved"):
            open_record(connection, keys, Whose(CASES, "k1", "HND"), record, names)
        connection.execute(update(doors.sealed).values(key="k2"))
        with pytest.raises(BadInput, match="altered, moved"):
            open_record(connection, keys, other, moved, names)


def test_a_record_is_found_by_its_whole_document_and_not_by_a_part(database, keys) -> None:
    sealed(database, keys)
    sealed(database, keys)
    with database.reading() as connection:
        find = (connection, keys, "GTM", "cases", "document")
        assert find_sealed(*find, "dpi 2345 67890") == {"k1"}
        assert find_sealed(*find, "DPI 2345") == frozenset()
        assert find_sealed(*find[:4], "title", "DPI 2345 67890") == frozenset()
        other = KeyFolder(keys.folder / "x")
        assert find_sealed(connection, other, *find[2:], "DPI 2345 67890") == frozenset()


def test_a_country_finds_nothing_of_anothers_with_its_own_key(database, keys) -> None:
    sealed(database, keys)
    with database.reading() as connection:
        find = ("cases", "document", "DPI 2345 67890")
        assert find_sealed(connection, keys, "HND", *find) == frozenset()
        digests = connection.execute(select(doors.blind.c.digest)).scalars().all()
    assert blind(keys, "GTM", *find) in digests
    assert blind(keys, "HND", *find) not in digests
    assert (keys.folder / "blind-GTM.key").exists()


def test_what_was_erased_stays_erased_and_the_log_whole(database, keys) -> None:
    with database.writing("ana") as connection:
        record = seal_record(connection, keys, WHOSE, RECORD)
        opening = Draft("cases", "k1", "GTM", Action.OPEN, record, None, None, "ana", "new", 0)
        append(connection, {"cases": CASES}, (opening,), NOW)
        backup = connection.execute(select(doors.data_key)).one()
    with database.writing("ana") as connection:
        with pytest.raises(BadInput, match="Say why"):
            erase(connection, "cases", "k1", " ", NOW)
        erase(connection, "cases", "k1", "asked for by the person", NOW)
        erase(connection, "cases", "k1", "twice", NOW)
    names = frozenset({"document"})
    find = ("cases", "document", "DPI 2345 67890")
    with database.writing("ana") as connection:
        assert is_erased(connection, "cases", "k1")
        assert open_record(connection, keys, WHOSE, record, names) == record
        assert find_sealed(connection, keys, "GTM", *find) == frozenset()
        with pytest.raises(BadInput, match="was erased"):
            seal_record(connection, keys, WHOSE, RECORD)
    assert list(Log(database, {"cases": CASES}).faults()) == []
    with database.writing("restore") as connection:
        connection.execute(doors.data_key.insert().values(**backup._mapping))
        assert erase_again(connection) == 1
        assert erase_again(connection) == 0
        assert connection.execute(select(doors.data_key)).first() is None


def test_the_regions_own_records_are_sealed_with_the_regions_key(database, keys) -> None:
    sealed(database, keys, Whose(CASES, "k1", ""))
    assert (keys.folder / "country-REGION.key").exists()
    assert not (keys.folder / "country-GTM.key").exists()


def test_without_the_key_folder_nothing_opens_and_no_new_key_takes_its_place(
    database, keys, tmp_path
) -> None:
    record = sealed(database, keys)
    lost = KeyFolder(tmp_path / "lost")
    with database.writing("x") as connection, pytest.raises(BadInput, match="Restore the folder"):
        open_record(connection, lost, WHOSE, record, frozenset({"document"}))
    assert not lost.folder.exists()


def test_the_sealed_fields_of_a_register_are_known() -> None:
    assert tuple(sealed_fields(CASES)) == ("document", "born", "story", "steps.on")


def test_what_is_no_field_is_left_to_the_reader_of_values(database, keys) -> None:
    with database.writing("ana") as connection:
        record = {"unheard": "x", "steps": ({"unheard": "x", "on": Absent.UNKNOWN},)}
        assert seal_record(connection, keys, WHOSE, record) == record


def test_a_key_others_can_read_is_refused(tmp_path) -> None:
    keys = KeyFolder(tmp_path)
    first = keys.key("totp")
    path = tmp_path / "totp.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.key("totp") == first
    path.chmod(0o640)
    with pytest.raises(BadInput, match="mode 0600"):
        keys.key("totp")
    path.chmod(0o600)
    path.write_text("00ff\n")
    with pytest.raises(BadInput, match="2 bytes"):
        keys.key("totp")
    for name in ("../x", "", "a/b", "a.b"):
        with pytest.raises(BadInput, match="no name"):
            keys.key(name)


def test_two_that_make_a_key_at_once_use_the_same(tmp_path, monkeypatch) -> None:
    keys = KeyFolder(tmp_path)
    path = tmp_path / "totp.key"
    first = keys.key("totp")
    keys._make(path)
    assert keys.key("totp") == first
    assert [found.name for found in tmp_path.iterdir()] == ["totp.key"]


def test_digests_of_two_purposes_cannot_be_compared(tmp_path) -> None:
    keys = KeyFolder(tmp_path)
    assert keys.digest("a", "x") == keys.digest("a", "x")
    assert keys.digest("a", "x") != keys.digest("b", "x")


def test_the_file_of_the_database_shows_no_sealed_value(tmp_path, keys) -> None:
    """Byte by byte, with its write-ahead log, and after it was erased."""
    database = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    record = sealed(database, keys)
    with database.writing("ana") as connection:
        kept = connection.execute(select(doors.data_key.c.wrapped)).scalar_one()
        open_record(connection, keys, WHOSE, record, frozenset({"document", "born"}))
    with database.writing("ana") as connection:
        erase(connection, "cases", "k1", "why", NOW)
    with database.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    database.close()
    data = b"".join(path.read_bytes() for path in tmp_path.glob("registers.sqlite*"))
    for secret in (*SECRETS, kept):
        assert secret.encode() not in data
