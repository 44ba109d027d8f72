"""The commands as a user types them: the purpose first, then the crisis, then a round."""

import shutil

import pytest
from typer.testing import CliRunner

from cauce.cli.crisis import app
from cauce.store import Reader

ROUND = "#adm1+code,#adm1+name,#affected+ind\nA,Alto,120\nA,Alto,80\nB,Bajo,3\n"
TOLD = ("--component", "MOB", "--country", "XAA", "--name", "Aland | Alandia", "--number", "2",
        "--period", "2025-12", "--producer", "The producer", "--licence", "CC BY 4.0")  # fmt: skip


@pytest.fixture
def cauce(country, tmp_path):
    store = shutil.copytree(country, tmp_path / "store")

    def run(*words: object):
        return CliRunner().invoke(app, [str(w) for w in (*words, "--store", store)])

    run.store = store
    return run


def test_a_crisis_needs_a_purpose_and_enforcement_is_none(cauce, scenario):
    for words in ((), ("--purpose", "deportation")):
        found = cauce("run", scenario, *words)
        assert found.exit_code == 1
        assert "Say what they are for with --purpose" in found.output


def test_a_crisis_is_looked_at_published_and_its_purpose_kept(cauce, scenario, tmp_path):
    said = ("--purpose", "preparedness")
    looked = cauce("run", scenario, *said, "--look")
    assert "Nothing was published" in looked.output
    assert "Area N" in looked.output

    done = cauce("run", scenario, *said, "--lever", tmp_path / "lever.toml")
    assert "Published to" in done.output
    assert (tmp_path / "lever.toml").is_file()
    snapshot = Reader(cauce.store).snapshot()
    assert snapshot.catalog.reason.startswith("For preparedness")
    assert snapshot.manifest("XAA_UNO_WORKERS").crisis.purpose == "preparedness"


def test_a_second_level_file_is_refused_at_once(cauce, scenario):
    areas = scenario.parent / "areas.json"
    areas.write_text(areas.read_text().replace('"code": "S"', '"parent": "N", "code": "S"'))

    found = cauce("run", scenario, "--purpose", "training")
    assert "has 1 areas below the first level" in found.output


def test_a_round_is_added_up_to_first_level_areas_and_few_people_are_not_told(cauce, tmp_path):
    file = tmp_path / "round.csv"
    file.write_text(ROUND)
    done = cauce("round", file, *TOLD, "--purpose", "response")

    assert "XAA_DTM_MOB_2: 1 numbers" in done.output
    found = Reader(cauce.store).snapshot().observations("XAA_DTM_MOB_2")
    assert found.value[0] == 200
    assert [str(one) for one in found.obs_status] == ["A", "Q"]
    assert "no probability sample" in found.rule[0]
    manifest = Reader(cauce.store).snapshot().manifest("XAA_DTM_MOB_2")
    assert any("first-level areas" in note for note in manifest.notes)


def test_a_round_of_no_component_or_of_nobody_is_refused(cauce, tmp_path):
    file = tmp_path / "round.csv"
    file.write_text(ROUND)
    said = ("--purpose", "response")

    assert (
        "is no component: MOB, FLM, REG, SUR"
        in cauce("round", file, *TOLD[:1], "XXX", *TOLD[2:], *said).output
    )
    nobody = [word if word != "The producer" else " " for word in TOLD]
    assert "Say whose round it is" in cauce("round", file, *nobody, *said).output
