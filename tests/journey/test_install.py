"""What a newcomer sees when an installation cannot go on; nothing is installed here."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "install.py"


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The installer, pointed at an empty folder."""
    spec = importlib.util.spec_from_file_location("install", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    return module


def test_a_python_too_old_is_said_with_the_way_out(tool, monkeypatch) -> None:
    monkeypatch.setattr(tool, "OLDEST", (4, 0))
    with pytest.raises(SystemExit, match=r"make demo PYTHON="):
        tool.main("requirements.lock")


def test_a_pip_that_fails_is_quoted_and_explained(tool, monkeypatch) -> None:
    says = "print('Collecting a==1'); print('ERROR: no such thing'); raise SystemExit(1)"
    monkeypatch.setattr(tool, "PIP", (sys.executable, "-c", says))
    clock = tool.Clock()
    with pytest.raises(SystemExit) as stopped:
        tool.install([], clock)
    assert "ERROR: no such thing" in str(stopped.value)
    assert "is there a network?" in str(stopped.value)
    assert clock.doing == "fetching 1: a==1"


def test_a_python_without_venv_is_told_what_to_install(tool, monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(tool.venv, "create", refuse)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        tool.make_venv()


def test_an_environment_that_was_interrupted_is_not_whole(tool, monkeypatch) -> None:
    assert not tool.is_whole()
    tool.VENV.mkdir()
    (tool.VENV / "pyvenv.cfg").write_text("")
    assert tool.is_whole(), "this Python has pip"
    monkeypatch.setattr(tool, "PIP", (str(tool.VENV / "bin" / "python"),))
    assert not tool.is_whole()
