"""Upgrading the register database: all or nothing, with a copy made before."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import cauce.store.log.database as database_module
from cauce.model.errors import BadInput
from cauce.model.status import Health
from cauce.pipeline.status import Looked, how_it_is
from cauce.pipeline.upgrade import upgrade
from cauce.store.log import open_database

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STEP = """
import os
from alembic import op
revision = "9999"
down_revision = "{before}"
def upgrade():
    op.execute("CREATE TABLE half (x)")
    op.execute("ALTER TABLE version ADD COLUMN half TEXT")
    {more}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "registers.sqlite"
    open_database(f"sqlite:///{made}").close()
    return made


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The program as it will be: with one more step, which does something at its end."""

    def make(more: str) -> Path:
        own = Path(database_module.__file__).parent / "migrations"
        steps = shutil.copytree(own, tmp_path / "migrations")
        before = database_module.newest_revision()
        (steps / "versions" / "9999_next.py").write_text(STEP.format(before=before, more=more))
        config = database_module._config

        def theirs():
            found = config()
            found.set_main_option("script_location", str(steps))
            return found

        monkeypatch.setattr(database_module, "_config", theirs)
        return steps

    return make


def tables(file: Path) -> set[str]:
    connection = sqlite3.connect(file)
    found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    found |= {row[1] for row in connection.execute("PRAGMA table_info(version)")}
    connection.close()
    return found


def revision(file: Path) -> str:
    connection = sqlite3.connect(file)
    [row] = connection.execute("SELECT version_num FROM alembic_version")
    connection.close()
    return str(row[0])


def test_what_is_up_to_date_stays_as_it_is(file) -> None:
    before = file.read_bytes()
    assert upgrade(f"sqlite:///{file}", NOW).copy is None
    assert file.read_bytes() == before


def test_an_upgrade_copies_the_database_first(file, next_step) -> None:
    old = revision(file)
    next_step("pass")
    with pytest.raises(BadInput, match="Run `cauce upgrade`"):
        open_database(f"sqlite:///{file}")
    [line] = [x for x in how_it_is(Looked(f"sqlite:///{file}"), NOW).lines if x.id == "schema"]
    assert (line.health, "cauce upgrade" in line.said.es) == (Health.ACT, True)
    done = upgrade(f"sqlite:///{file}", NOW)
    assert (done.before, done.after, revision(file)) == (old, "9999", "9999")
    assert "half" in tables(file)
    assert done.copy is not None
    assert (revision(done.copy), "half" in tables(done.copy)) == (old, False)


def test_an_upgrade_that_fails_half_way_leaves_the_old_schema(file, next_step) -> None:
    old, there = revision(file), tables(file)
    next_step('op.execute("SELECT * FROM nothing")')
    with pytest.raises(BadInput, match=f"The upgrade failed.*has schema {old} as before"):
        upgrade(f"sqlite:///{file}", NOW)
    assert (revision(file), tables(file)) == (old, there)


def test_an_upgrade_killed_half_way_leaves_the_old_schema(file, next_step) -> None:
    old, there = revision(file), tables(file)
    steps = next_step("os.kill(os.getpid(), 9)")
    script = (
        "import sys; from datetime import UTC, datetime; import cauce.store.log.database as d\n"
        "own = d._config\n"
        "def theirs():\n"
        "    found = own(); found.set_main_option('script_location', sys.argv[2]); return found\n"
        "d._config = theirs\n"
        "from cauce.pipeline.upgrade import upgrade\n"
        "upgrade('sqlite:///' + sys.argv[1], datetime.now(UTC))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, file, steps], timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert (revision(file), tables(file)) == (old, there)
    with pytest.raises(BadInput, match="Run `cauce upgrade`"):
        open_database(f"sqlite:///{file}")


def test_a_schema_of_a_newer_program_is_refused(file) -> None:
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = '8888'")
    connection.commit()
    connection.close()
    with pytest.raises(BadInput, match="has schema 8888, which this program does not know"):
        upgrade(f"sqlite:///{file}", NOW)
    status = how_it_is(Looked(f"sqlite:///{file}"), NOW)
    assert next(line for line in status.lines if line.id == "schema").health is Health.ACT


def test_there_must_be_something_to_upgrade_and_somewhere_to_copy_it(tmp_path) -> None:
    with pytest.raises(BadInput, match="There is no database"):
        upgrade(f"sqlite:///{tmp_path / 'no.sqlite'}", NOW)
    assert not (tmp_path / "no.sqlite").exists()
