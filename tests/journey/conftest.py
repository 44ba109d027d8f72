"""One demo store for all journeys, made once by the command a newcomer types."""

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cauce.cli.main import app
from cauce.model.errors import BadInput, MethodFailed

CAUCE = Path(sys.executable).parent / "cauce"


def cauce(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would."""
    words = [str(CAUCE), *(str(argument) for argument in arguments)]
    return subprocess.run(words, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="session")
def run():
    return cauce


def cauce_here(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The same within this process: for many short commands whose start is not the question."""
    words = [str(argument) for argument in arguments]
    found = CliRunner().invoke(app, words)
    if isinstance(found.exception, BadInput | MethodFailed):
        told = f"{found.stderr}Error: {found.exception}\n"
        return subprocess.CompletedProcess(words, 1, found.stdout, told)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return subprocess.CompletedProcess(words, found.exit_code, found.stdout, found.stderr)


@pytest.fixture(scope="session")
def run_here():
    return cauce_here


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The released demo; several test processes share it."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    store, done = shared / "demo-store", shared / "demo-done"
    with (shared / "demo-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            made = cauce("demo", "--no-serve", "--store", store)
            assert made.returncode == 0, made.stderr
            done.write_text(made.stdout)
    return store


@pytest.fixture(scope="session")
def demo_microdata(demo_store: Path) -> Path:
    return demo_store.parent / f"{demo_store.name}-microdata"


SDMX_FIXTURE = Path(__file__).parents[1] / "sdmx_fixture"
"""A message with every kind of artefact a compliance kit looks for, and data that follow it."""


@pytest.fixture(scope="session")
def loaded_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with another agency's structures and data."""
    store = tmp_path_factory.mktemp("loaded") / "store"
    structures, data = SDMX_FIXTURE / "structures_21.xml", SDMX_FIXTURE / "DF_LM.csv"
    made = cauce_here("sdmx", "load", structures, data, "--store", store)
    assert made.returncode == 0, made.stderr
    return store
