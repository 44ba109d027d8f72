"""Backing up, restoring, upgrading: the drill, done."""

import os
import runpy
import shutil
import sqlite3
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cauce.model.entry import Action, Draft
from cauce.model.errors import BadInput
from cauce.model.status import Health
from cauce.pipeline.backup import back_up, backups_in, copy_keys, restore
from cauce.pipeline.registers import read_registers
from cauce.pipeline.status import Looked, how_it_is
from cauce.pipeline.upgrade import upgrade
from cauce.store import Reader, Store
from cauce.store.log import append, open_database

TESTS = Path(__file__).parents[2]
REGISTERS = read_registers(TESTS.parent / "packs" / "registers").registers
make_release = runpy.run_path(str(TESTS / "unit" / "store" / "conftest.py"))["make_release"]
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def fill(url: str, *keys: str) -> None:
    database = open_database(url)
    drafts = [
        Draft("bodies", key, "", Action.OPEN, {"id": key}, date(2026, 1, 1), None, "ana", "", 0)
        for key in keys
    ]
    with database.writing("ana") as connection:
        append(connection, REGISTERS, drafts, NOW)
    database.close()


@pytest.fixture
def url(tmp_path: Path) -> str:
    made = f"sqlite:///{tmp_path / 'registers.sqlite'}"
    fill(made, "a", "b")
    return made


@pytest.fixture
def store(tmp_path: Path) -> Path:
    Store(tmp_path / "store").publish(make_release("v1", ["2020"]), NOW.isoformat())
    return tmp_path / "store"


def catalog_hash(store: Path) -> bytes:
    return (store / "CURRENT").read_bytes()


def test_a_restored_log_verifies_and_the_catalogue_has_the_same_hash(url, store, tmp_path) -> None:
    made = back_up(tmp_path / "backups", NOW, url, store)
    fresh = f"sqlite:///{tmp_path / 'new' / 'registers.sqlite'}"
    found = restore(made, fresh, tmp_path / "new-store")
    assert found.holds
    assert (found.entries, found.generation) == (2, 1)
    assert catalog_hash(tmp_path / "new-store") == catalog_hash(store)
    assert Store(tmp_path / "new-store").scrub() == []
    fill(fresh, "c")


def test_objects_are_kept_once_and_every_backup_is_its_own(url, store, tmp_path) -> None:
    to = tmp_path / "backups"
    first = back_up(to, NOW, url, store)
    objects = set((to / "objects").rglob("*.parquet"))
    Store(store).publish(make_release("v2", ["2020"], base=9, reason="r"), NOW.isoformat())
    Store(store).withdraw("XAA_LFS", "v1", "a person could be seen")
    second = back_up(to, NOW + timedelta(days=1), url, store)
    assert objects < set((to / "objects").rglob("*.parquet"))
    assert [one.generation for one in backups_in(to)] == [1, 3]
    for made, flows in ((first, 2), (second, 2)):
        root = tmp_path / made.name
        restore(made, store=root)
        assert len(Reader(root).snapshot().flows()) == flows
    assert stat.S_IMODE(to.stat().st_mode) == 0o700


def test_what_is_written_while_it_is_copied_is_no_fault_of_the_copy(url, store, tmp_path) -> None:
    """An editor has a transaction open, and the log grows between looking and copying."""
    writer = open_database(url)
    with writer.writing("ana"):
        made = back_up(tmp_path / "backups", NOW, url)
    writer.close()
    assert restore(made, f"sqlite:///{tmp_path / 'x.sqlite'}").entries == 2


def test_nothing_is_restored_over_what_is_there(url, store, tmp_path) -> None:
    made = back_up(tmp_path / "backups", NOW, url, store)
    with pytest.raises(BadInput, match=r"is there already\. Restore beside it"):
        restore(made, url)
    with pytest.raises(BadInput, match="is not empty"):
        restore(made, store=store)


def test_an_unfinished_backup_is_none(url, tmp_path) -> None:
    made = back_up(tmp_path / "backups", NOW, url)
    (made / "backup.json").unlink()
    with pytest.raises(BadInput, match="was not finished"):
        restore(made, f"sqlite:///{tmp_path / 'x.sqlite'}")
    assert backups_in(tmp_path / "backups") == ()


def test_a_damaged_copy_is_not_restored(url, store, tmp_path) -> None:
    made = back_up(tmp_path / "backups", NOW, url, store)
    copy = made / "registers.sqlite"
    pages = bytearray(copy.read_bytes())
    pages[4096 * 2 : 4096 * 3] = bytes(4096)
    copy.write_bytes(pages)
    with pytest.raises(BadInput, match=r"registers\.sqlite is damaged"):
        restore(made, f"sqlite:///{tmp_path / 'x.sqlite'}")
    object_ = next((tmp_path / "backups" / "objects").rglob("*.parquet"))
    object_.write_bytes(b"x")
    with pytest.raises(BadInput, match="its hash differs"):
        restore(made, store=tmp_path / "new-store")


def test_an_altered_copy_is_restored_and_named(url, tmp_path) -> None:
    made = back_up(tmp_path / "backups", NOW, url)
    connection = sqlite3.connect(made / "registers.sqlite")
    connection.execute("DROP TRIGGER entry_never_update")
    connection.execute("UPDATE entry SET actor = 'eve' WHERE number = 2")
    connection.commit()
    connection.close()
    found = restore(made, f"sqlite:///{tmp_path / 'x.sqlite'}")
    assert found.faults == ("row 2 is not as it was written.",)


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(url, tmp_path) -> None:
    file = tmp_path / "registers.sqlite"
    pages = bytearray(file.read_bytes())
    for page in range(4, len(pages) // 4096):
        pages[4096 * page : 4096 * page + 64] = b"\xff" * 64
    file.write_bytes(pages)
    with pytest.raises(BadInput, match="cannot be read: database disk image is malformed"):
        back_up(tmp_path / "backups", NOW, url)


@pytest.mark.parametrize("place", ["store/backups", "store"])
def test_backups_are_kept_out_of_what_the_public_reads(url, store, tmp_path, place) -> None:
    with pytest.raises(BadInput, match="which the public reads"):
        back_up(tmp_path / place, NOW, url, store)
    with pytest.raises(BadInput, match="Say what to back up"):
        back_up(tmp_path / "backups", NOW)


def test_keys_go_to_a_place_of_their_own(url, tmp_path) -> None:
    keys, apart = tmp_path / "keys", tmp_path / "apart"
    keys.mkdir()
    with pytest.raises(BadInput, match="There are no keys"):
        copy_keys(keys, apart)
    (keys / "country-CRI.key").write_text("ab")
    assert copy_keys(keys, apart) == copy_keys(keys, apart) == 1
    assert stat.S_IMODE(apart.stat().st_mode) == 0o700
    (keys / "country-CRI.key").write_text("cd")
    with pytest.raises(BadInput, match="another key country-CRI"):
        copy_keys(keys, apart)
    back_up(tmp_path / "backups", NOW, url)
    with pytest.raises(BadInput, match="Keep the keys apart"):
        copy_keys(keys, tmp_path / "backups")


def test_postgresql_is_dumped_and_restored(tmp_path_factory, tmp_path, monkeypatch) -> None:
    # The server's package warns at import where no desktop has set this.
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    import pgserver

    programs = Path(pgserver.__file__).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    server = pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    try:
        for name in ("one", "two"):
            server.psql(f"CREATE DATABASE {name};")
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        one, two = (address.replace("/postgres?", f"/{name}?") for name in ("one", "two"))
        fill(one, "a", "b")
        upgrade(one, NOW, registers=REGISTERS)
        made = back_up(tmp_path / "backups", NOW, one)
        found = restore(made, two)
        assert (found.entries, found.faults) == (2, ())
        views = how_it_is(Looked(two, registers=REGISTERS), NOW)
        assert told(views, "views") == (Health.WELL, "as declared")
        with pytest.raises(BadInput, match="another kind"):
            restore(made, f"sqlite:///{tmp_path / 'x.sqlite'}")
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(BadInput, match=r"pg_dump is not installed here.*: pg_dump --format"):
            back_up(tmp_path / "backups", NOW + timedelta(days=1), one)
    finally:
        server.cleanup()


def told(status, id_: str) -> tuple[Health, str]:
    line = next(line for line in status.lines if line.id == id_)
    return line.health, line.said.en


def test_the_status_says_what_is_well_and_what_to_do(url, store, tmp_path) -> None:
    to = tmp_path / "backups"
    everything = Looked(url, store, tmp_path / "held", to, deep=True)
    before = how_it_is(everything, NOW)
    assert told(before, "backup") == (Health.ACT, "none: run `cauce backup`")
    back_up(to, NOW, url, store)
    after = how_it_is(everything, NOW + timedelta(hours=2))
    assert [line.id for line in after.lines] == [
        "database",
        "schema",
        "log",
        "glass",
        "pages",
        "store",
        "held",
        "backup",
        "disk",
    ]
    assert told(after, "backup") == (Health.WELL, "2 hours old")
    assert told(how_it_is(everything, NOW + timedelta(days=3)), "backup")[0] is Health.ACT
    assert told(after, "log")[1].startswith("2 entries; the last has the hash ")
    assert told(after, "store")[1].startswith("generation 1, 2 tables, 0 registers")


def test_what_is_broken_is_said_and_hides_nothing_else(url, store, tmp_path) -> None:
    shutil.rmtree(store / "objects")
    missing = how_it_is(Looked(f"sqlite:///{tmp_path / 'no.sqlite'}", store), NOW)
    health, said = told(missing, "database")
    assert (health, said.startswith("There is no database")) == (Health.ACT, True)
    assert told(how_it_is(Looked("nonsense"), NOW), "database")[0] is Health.ACT
    assert told(missing, "store")[0] is Health.ACT
    assert not (tmp_path / "no.sqlite").exists()
