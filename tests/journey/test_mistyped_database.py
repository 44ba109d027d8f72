"""Looking at a database that is not there does not make one."""

from collections.abc import Callable
from pathlib import Path

import pytest

LOOKS = (
    "register list",
    "register show plans",
    "register verify",
    "register export plans",
    "register publish",
    "register count counts.toml",
    "register retain",
    "register rekey",
    "register erase plans key --reason x",
    "register open plans key --purpose x",
    "account audit",
    "assess course x",
    "assess diaspora HND",
    "assess funnel x",
    "assess studies",
)


@pytest.mark.parametrize("words", LOOKS)
def test_a_command_that_looks_at_a_mistyped_address_says_so_and_makes_nothing(
    run_here: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    database = tmp_path / "mistyped.sqlite"
    done = run_here(*words.split(), "--database", f"sqlite:///{database}")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "There is no database" in done.stderr
    assert not database.exists()
