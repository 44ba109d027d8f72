"""What is past its time goes for good: from the database, and from what a backup brings back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from tests.unit.store.log.test_sealing import CASES, RECORD

from cauce.model.entry import Action, Draft
from cauce.model.errors import BadInput
from cauce.model.register import Sensitivity
from cauce.pipeline.backup import back_up, copy_keys, restore
from cauce.pipeline.register_retain import Retained, retain
from cauce.pipeline.registers import Declared
from cauce.store.log import Database, Log, append, open_database
from cauce.store.log import door_schema as doors
from cauce.store.log.database import at
from cauce.store.log.envelope import Whose, is_erased
from cauce.store.log.erasures import LIST, erase_for_good, listed
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.legal_hold import hold, is_held, release_hold
from cauce.store.log.review import Verdict, judge
from cauce.store.log.sealing import seal_record

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2037, 1, 1, tzinfo=UTC)
KEPT = replace(CASES, retention_years=10)
DECLARED = Declared({"cases": KEPT, "forever": replace(CASES, id="forever")}, {})


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'registers.sqlite'}"


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


@pytest.fixture
def database(url: str, keys: KeyFolder):
    """Three records: one ended, one whose end nobody approved, one that goes on."""
    opened = open_database(url)
    for key in ("ended", "unsure", "alive"):
        enter(opened, keys, key)
    for key in ("ended", "unsure"):
        end(opened, key, approve=key == "ended")
    yield opened
    opened.close()


def enter(database: Database, keys: KeyFolder, key: str) -> None:
    with database.writing("ana") as connection:
        record = seal_record(connection, keys, Whose(KEPT, key, "GTM"), RECORD)
        draft = Draft("cases", key, "GTM", Action.OPEN, record, None, None, "ana", "", 0)
        (entry,) = append(connection, {"cases": KEPT}, (draft,), BEGAN)
    with database.writing("eva") as connection:
        judge(connection, entry.number, Verdict.APPROVED, "eva", "", BEGAN)


def end(database: Database, key: str, approve: bool) -> None:
    day = date(2026, 6, 1)
    draft = Draft("cases", key, "GTM", Action.END, None, day, None, "ana", "over", 0)
    with database.writing("ana") as connection:
        (entry,) = append(connection, {"cases": KEPT}, (draft,), BEGAN)
    if approve:
        with database.writing("eva") as connection:
            judge(connection, entry.number, Verdict.APPROVED, "eva", "", BEGAN)


def sealed(database: Database) -> set[str]:
    """The keys of records whose sealed values can be opened."""
    with database.reading() as connection:
        return set(connection.execute(select(doors.data_key.c.key)).scalars())


def test_what_is_past_its_time_is_erased_once_and_counted(database, keys) -> None:
    assert retain(database, DECLARED, keys, NOW, dry=True) == (Retained("cases", 10, 1, 0, 0),)
    assert sealed(database) == {"ended", "unsure", "alive"}
    assert retain(database, DECLARED, keys, NOW) == (Retained("cases", 10, 1, 0, 0),)
    assert sealed(database) == {"unsure", "alive"}
    assert retain(database, DECLARED, keys, NOW) == (Retained("cases", 10, 0, 0, 0),)
    assert list(Log(database, {"cases": KEPT}).faults()) == []
    early = datetime(2036, 5, 31, tzinfo=UTC)
    assert retain(database, DECLARED, keys, early)[0].erased == 0


def test_what_the_log_holds_in_the_clear_is_counted_and_stays(database, keys) -> None:
    fields = tuple(
        replace(each, sensitivity=Sensitivity.P2) if each.id == "title" else each
        for each in KEPT.fields
    )
    declared = Declared({"cases": replace(KEPT, fields=fields)}, {})
    for erased in (1, 0):
        assert retain(database, declared, keys, NOW) == (Retained("cases", 10, erased, 0, 1),)


def test_a_legal_hold_is_respected_until_it_is_lifted(database, keys) -> None:
    with database.writing("root") as connection:
        hold(connection, "cases", "ended", "root", "case 12/2036", NOW)
    assert retain(database, DECLARED, keys, NOW) == (Retained("cases", 10, 0, 1, 0),)
    with database.writing("root") as connection:
        with pytest.raises(BadInput, match="under a legal hold"):
            erase_for_good(connection, keys, "cases", "ended", "asked for", NOW)
        release_hold(connection, "cases", "ended", "root", "closed", NOW)
        assert not is_held(connection, "cases", "ended")
        with pytest.raises(BadInput, match="under no legal hold"):
            release_hold(connection, "cases", "ended", "root", "closed", NOW)
        with pytest.raises(BadInput, match="Say why"):
            hold(connection, "cases", "ended", "root", " ", NOW)
    assert retain(database, DECLARED, keys, NOW)[0].erased == 1
    with pytest.raises(DatabaseError, match="never altered"), database.writing("x") as connection:
        connection.execute(text("DELETE FROM legal_hold"))


def test_the_drill_what_was_erased_does_not_come_back_with_an_old_backup(
    database, url, keys, tmp_path
) -> None:
    made = back_up(tmp_path / "backups", NOW, url)
    retain(database, DECLARED, keys, NOW)
    fresh = f"sqlite:///{tmp_path / 'new.sqlite'}"
    found = restore(made, fresh, keys=keys.folder)
    assert (found.holds, found.erased) == (True, 1)
    restored = at(fresh)
    assert sealed(restored) == {"unsure", "alive"}
    with restored.reading() as connection:
        assert is_erased(connection, "cases", "ended")
        for table in (doors.sealed, doors.blind):
            assert "ended" not in set(connection.execute(select(table.c.key)).scalars())
    restored.close()
    assert restore(made, f"sqlite:///{tmp_path / 'x.sqlite'}", keys=keys.folder).erased == 1


def test_a_restore_that_cannot_know_what_was_erased_says_so(database, url, tmp_path) -> None:
    made = back_up(tmp_path / "backups", NOW, url)
    for at_, keys in (("a", None), ("b", tmp_path / "nowhere")):
        found = restore(made, f"sqlite:///{tmp_path / at_}.sqlite", keys=keys)
        assert not found.holds
        assert "--keys DIR" in found.faults[0]


def test_the_list_goes_with_the_keys_and_never_loses_a_line(database, keys, tmp_path) -> None:
    retain(database, DECLARED, keys, NOW)
    apart = tmp_path / "apart"
    copy_keys(keys.folder, apart)
    assert listed(apart) == listed(keys.folder) != ()
    (keys.folder / LIST).unlink()
    with pytest.raises(BadInput, match="lists erasures"):
        copy_keys(keys.folder, apart)


def test_a_line_a_crash_left_half_written_is_written_again(database, keys) -> None:
    (keys.folder / LIST).write_text("cases|ol", "utf-8")
    assert listed(keys.folder) == ()
    with database.writing("root") as connection:
        erase_for_good(connection, keys, "cases", "alive", "asked for", NOW)
        erase_for_good(connection, keys, "cases", "alive", "asked for", NOW)
    assert [(one.register, one.key) for one in listed(keys.folder)] == [("cases", "alive")]
    (keys.folder / LIST).write_text("cases\n", "utf-8")
    with pytest.raises(BadInput, match="line 1 is no erasure"):
        listed(keys.folder)
