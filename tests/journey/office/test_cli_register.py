"""The registers from the terminal: the first records, what there is, whether the log is whole."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cauce.model.entry import Action, Draft
from cauce.pipeline.registers import read_registers
from cauce.store.log import append, open_database
from cauce.store.log.envelope import Whose
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.sealing import seal_record

DECLARED = read_registers(Path(__file__).parents[3] / "packs" / "registers").registers


@pytest.fixture
def database(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'registers.sqlite'}"


def test_seeds_are_entered_once_and_the_log_is_verified(run, run_here, database, tmp_path) -> None:
    first = run("register", "seed", "--database", database, "--by", "Rosa")
    assert first.returncode == 0, first.stderr
    assert "approved by Rosa" in first.stdout
    again = run_here("register", "seed", "--database", database)
    assert again.stdout.startswith("0 of ")

    assert "mechanisms" in run_here("register", "list", "--database", database).stdout
    lines = run_here("register", "show", "mechanisms", "--database", database).stdout.splitlines()
    key = lines[0].split()[0]
    assert "OPEN" in run_here("register", "show", "mechanisms", key, "--database", database).stdout
    assert (
        run_here("register", "show", "mechanisms", "nada", "--database", database).returncode == 1
    )
    nothing = run_here("register", "show", "nada", "--database", database)
    assert "There is no register nada" in nothing.stderr

    assert run_here("register", "verify", "--database", database).returncode == 0
    broken = sqlite3.connect(tmp_path / "registers.sqlite")
    broken.execute("DROP TRIGGER entry_never_update")
    broken.execute("UPDATE entry SET reason = 'otra' WHERE number = 7")
    broken.commit()
    broken.close()
    told = run_here("register", "verify", "--database", database)
    assert told.returncode == 1
    assert "row 7 is not as it was written" in told.stdout


def test_the_office_invites_from_the_terminal(run_here, database) -> None:
    told = run_here(
        "office", "invite", "Rosa", "rosa@x.example", "--role", "reviewer", "--database", database
    )
    assert told.returncode == 0, told.stderr
    assert "Code:" in told.stdout


def test_what_is_sealed_is_opened_rekeyed_and_erased_from_the_terminal(
    run_here, database, tmp_path
):
    keys = KeyFolder(tmp_path / "keys")
    opened, whose = open_database(database), Whose(DECLARED["observations"], "k1", "GTM")
    with opened.writing("ana") as connection:
        record = seal_record(connection, keys, whose, {"account": "what was seen"})
        draft = Draft("observations", "k1", "GTM", Action.OPEN, record, None, None, "ana", "", 0)
        append(connection, DECLARED, (draft,), datetime(2026, 1, 1, tzinfo=UTC))
    opened.close()
    kept, one = ("--database", database, "--keys", str(keys.folder)), ("observations", "k1")

    assert "1 records, now under country-GTM2" in run_here("register", "rekey", *kept).stdout
    told = run_here("register", "open", *one, "--purpose", "order 3", *kept)
    assert "what was seen" in told.stdout
    assert run_here("register", "erase", *one, "--reason", "asked", *kept).returncode == 0
    told = run_here("register", "open", *one, "--purpose", "order 3", *kept)
    assert "what was seen" not in told.stdout
