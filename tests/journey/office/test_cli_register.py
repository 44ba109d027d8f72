"""The registers from the terminal: the first records, what there is, whether the log is whole."""

import sqlite3

import pytest


@pytest.fixture
def database(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'registers.sqlite'}"


def test_seeds_are_entered_once_and_the_log_is_verified(run, database, tmp_path) -> None:
    first = run("register", "seed", "--database", database, "--by", "Rosa")
    assert first.returncode == 0, first.stderr
    assert "approved by Rosa" in first.stdout
    again = run("register", "seed", "--database", database)
    assert again.stdout.startswith("0 of ")

    assert "mechanisms" in run("register", "list", "--database", database).stdout
    lines = run("register", "show", "mechanisms", "--database", database).stdout.splitlines()
    key = lines[0].split()[0]
    assert "OPEN" in run("register", "show", "mechanisms", key, "--database", database).stdout
    assert run("register", "show", "mechanisms", "nada", "--database", database).returncode == 1
    nothing = run("register", "show", "nada", "--database", database)
    assert "There is no register nada" in nothing.stderr

    assert run("register", "verify", "--database", database).returncode == 0
    broken = sqlite3.connect(tmp_path / "registers.sqlite")
    broken.execute("DROP TRIGGER entry_never_update")
    broken.execute("UPDATE entry SET reason = 'otra' WHERE number = 7")
    broken.commit()
    broken.close()
    told = run("register", "verify", "--database", database)
    assert told.returncode == 1
    assert "row 7 is not as it was written" in told.stdout


def test_the_office_invites_from_the_terminal(run, database) -> None:
    told = run(
        "office", "invite", "Rosa", "rosa@x.example", "--role", "reviewer", "--database", database
    )
    assert told.returncode == 0, told.stderr
    assert "Code:" in told.stdout
