"""A country's key is changed under the office's hands, and a change that was killed goes on."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.unit.store.log.test_sealing import CASES, RECORD, WHOSE

from cauce.model.errors import BadInput
from cauce.store.log import Database, open_database, rotation
from cauce.store.log import door_schema as doors
from cauce.store.log.audit import audit_faults
from cauce.store.log.envelope import Whose
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.opening import open_record
from cauce.store.log.rotation import countries_with_keys, rotate
from cauce.store.log.sealing import seal_record

NAMES = frozenset({"document", "born"})


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


def seal_some(database: Database, keys: KeyFolder, count: int, country: str = "GTM") -> None:
    with database.writing("ana") as connection:
        for number in range(count):
            seal_record(connection, keys, Whose(CASES, f"k{number}{country}", country), RECORD)


def wrapped_by(database: Database) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    with database.reading() as connection:
        for row in connection.execute(select(doors.data_key)):
            found.setdefault(row.country, set()).add(row.wrapped_by)
    return found


def test_every_record_opens_under_the_new_key_and_the_old_one_is_needed_no_more(
    database: Database, keys: KeyFolder
) -> None:
    with database.writing("ana") as connection:
        record = seal_record(connection, keys, WHOSE, RECORD)
    seal_some(database, keys, 3, "HND")
    done = rotate(database, keys, "GTM", "root")
    assert (done.key, done.wrapped) == ("country-GTM2", 1)
    assert wrapped_by(database) == {"GTM": {"GTM2"}, "HND": {"HND"}}
    (keys.folder / "country-GTM.key").unlink()
    with database.writing("ana") as connection:
        opened = open_record(connection, keys, WHOSE, record, NAMES)
        assert opened["document"] == RECORD["document"]
    # What is sealed from now on is under the new key, and it can be changed again.
    seal_some(database, keys, 2)
    assert wrapped_by(database)["GTM"] == {"GTM2"}
    assert rotate(database, keys, "GTM", "root").key == "country-GTM3"
    with database.reading() as connection:
        assert list(audit_faults(connection)) == []


def test_the_regions_key_is_changed_too(database: Database, keys: KeyFolder) -> None:
    seal_some(database, keys, 1, "")
    assert countries_with_keys(database) == ("",)
    assert rotate(database, keys, "", "root").key == "country-REGION2"


def test_a_country_without_sealed_records_has_no_key_to_change(database, keys) -> None:
    with pytest.raises(BadInput, match="NIC has no sealed records"):
        rotate(database, keys, "NIC", "root")
    assert not keys.folder.exists()


def test_without_the_old_key_nothing_is_changed(database: Database, keys: KeyFolder) -> None:
    seal_some(database, keys, 1)
    lost = (keys.folder / "country-GTM.key").rename(keys.folder / "elsewhere")
    with pytest.raises(BadInput, match="Restore the folder"):
        rotate(database, keys, "GTM", "root")
    assert wrapped_by(database) == {"GTM": {"GTM"}}
    lost.rename(keys.folder / "country-GTM.key")
    assert rotate(database, keys, "GTM", "root").wrapped == 1


def test_a_change_that_was_killed_goes_on_with_the_key_it_made(tmp_path: Path, keys) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    seal_some(database, keys, 7)
    script = (
        "import os, sys; from pathlib import Path\n"
        "from cauce.store.log import open_database, rotation\n"
        "from cauce.store.log.key_folder import KeyFolder\n"
        "rotation.BATCH = 3\n"
        "rotation.rotate(open_database(sys.argv[1]), KeyFolder(Path(sys.argv[2])), 'GTM', 'root',"
        " lambda n: os.kill(os.getpid(), 9))\n"
    )
    address = f"sqlite:///{tmp_path / 'registers.sqlite'}"
    done = subprocess.run([sys.executable, "-c", script, address, keys.folder], timeout=120)
    assert done.returncode == -9
    assert wrapped_by(database) == {"GTM": {"GTM", "GTM2"}}
    again = rotate(database, keys, "GTM", "root")
    assert (again.key, again.wrapped) == ("country-GTM2", 4)
    assert wrapped_by(database) == {"GTM": {"GTM2"}}
    database.close()


def test_it_says_how_far_it_is(database: Database, keys, monkeypatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    seal_some(database, keys, 5)
    told: list[int] = []
    assert rotate(database, keys, "GTM", "root", told.append).wrapped == 5
    assert told == [2, 4, 5]
