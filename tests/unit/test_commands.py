"""The commands are imported when they are called."""

import subprocess
import sys

from typer.testing import CliRunner

from cauce.cli.commands import COMMANDS
from cauce.cli.main import app


def test_every_command_is_there_and_says_what_it_does() -> None:
    told = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output
    for name in COMMANDS:
        assert f"│ {name} " in told
        assert CliRunner().invoke(app, [name, "--help"]).exit_code == 0


def test_a_mistyped_command_is_told_what_it_may_have_been() -> None:
    told = CliRunner().invoke(app, ["relase"])
    assert told.exit_code == 2
    assert "Did you mean 'release'" in told.output


def test_a_command_brings_nothing_that_only_others_need() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from cauce.cli.main import app; "
        "CliRunner().invoke(app, ['register', 'seed', '--help']); "
        "print(sorted({'numba', 'uvicorn', 'cauce.portal'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
