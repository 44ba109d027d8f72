"""`make demo` a second time, and when something is in its way."""

import shutil
import socket
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from cauce.cli.serve import say_if_unreadable
from cauce.pipeline.demo import clear_earlier_demo
from cauce.store import Reader

PACK = Path(__file__).parents[2] / "packs" / "demo" / "lfs_2025"


@pytest.fixture
def store(demo_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_store, tmp_path / "store"))


def test_a_port_that_is_taken_is_said_before_anything_is_made(run_here, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        found = run_here("demo", "--store", tmp_path / "store", "--port", port)
    assert found.returncode == 1
    assert f"port {port}: address already in use" in found.stderr
    assert f"PORT={port + 1}" in found.stderr
    assert not list(tmp_path.iterdir())


def test_the_portal_does_not_pretend_to_answer_where_it_cannot(run_here, store: Path) -> None:
    found = run_here("serve", "--store", store, "--host", "192.0.2.1", "--port", 8200)
    assert found.returncode == 1
    assert "192.0.2.1" in found.stderr
    assert "The portal is at" not in found.stdout


def test_who_serves_a_store_that_is_not_there_is_told_so(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say_if_unreadable(store)
    assert not capsys.readouterr().out
    say_if_unreadable(tmp_path / "nowhere")
    assert "There is no store at" in capsys.readouterr().out


def test_the_demo_of_the_same_program_stays(store: Path) -> None:
    assert not clear_earlier_demo(store, made_by_the_program_of(store))
    assert store.is_dir()


def test_the_demo_of_another_program_or_pack_gives_way(store: Path) -> None:
    release = made_by_the_program_of(store)
    release.provenance = replace(release.provenance, pack_sha256="0" * 64)
    assert clear_earlier_demo(store, release)
    assert not store.exists()


@pytest.mark.prove
def test_a_store_with_a_real_survey_is_never_removed(
    run_here, demo_microdata: Path, tmp_path: Path
) -> None:
    pack, store = tmp_path / "pack", tmp_path / "store"
    shutil.copytree(PACK, pack)
    declared = (pack / "pack.toml").read_text(encoding="utf-8")
    real = declared.replace("invented = true", "invented = false")
    (pack / "pack.toml").write_text(real, encoding="utf-8")
    made = run_here("release", pack, "--file", demo_microdata, "--store", store)
    assert made.returncode == 0, made.stderr
    assert not clear_earlier_demo(store, SimpleNamespace(survey="XCA_LFS", provenance=None))
    assert (store / "CURRENT").is_file()


def test_nothing_is_removed_where_there_is_no_store(tmp_path: Path) -> None:
    assert not clear_earlier_demo(tmp_path, SimpleNamespace(survey="XCA_LFS", provenance=None))
    assert tmp_path.is_dir()


def made_by_the_program_of(store: Path) -> SimpleNamespace:
    flows = Reader(store).snapshot().flows()
    surveyed = next(flow for flow in flows if flow.dataflow.source.area == "XCA")
    return SimpleNamespace(survey=surveyed.survey, provenance=surveyed.parts[0].provenance)
