"""Skills that the published openings of each scenario ask for, as the command shows them."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cauce.cli.outlook import app
from cauce.model.errors import BadInput
from cauce.pipeline.outlook.run import Asked, release_outlook
from cauce.pipeline.outlook.skills import LinkFiles, skills_asked
from cauce.store import Reader, Store

from .conftest import AT, REGION, published, tables

RELATIONS = """occupationUri,relationType,skillUri,skillLabel
o/mason,essential,s/bricks,lay bricks
o/mason,optional,s/plans,read plans
"""


@pytest.fixture(scope="module")
def told(pack, tmp_path_factory) -> Path:
    """A store with a baseline and a scenario."""
    place = published(tmp_path_factory.mktemp("skills") / "store", *tables())
    for name in ("BASELINE", "PORT"):
        done = release_outlook(Asked(pack, pack.scenario(name)), place, REGION)
        Store(place).publish(done.release, AT, signed="by one person alone")
    return place


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> LinkFiles:
    folder = tmp_path_factory.mktemp("links")
    (folder / "r.csv").write_text(RELATIONS)
    (folder / "o.csv").write_text("conceptUri,iscoGroup\no/mason,7112\n")
    return LinkFiles(folder / "r.csv", folder / "o.csv")


def test_each_scenario_has_its_skills_and_says_what_no_link_covers(told, files):
    base, port = skills_asked(Reader(told).snapshot(), files, (), "", "")

    assert (base.openings.scenario.id, port.openings.scenario.id) == ("BASELINE", "PORT")
    assert base.openings.year == "2028"
    assert base.openings.digits == 1
    assert base.demanded.names == ("lay bricks", "read plans")
    at = [code.id for code in base.openings.occupations].index("7")
    assert base.demanded.value[0] == pytest.approx(base.openings.value[at])
    assert base.demanded.value[1] == pytest.approx(base.openings.value[at] / 2)
    assert base.demanded.low[0] == pytest.approx(base.openings.low[at])
    assert port.demanded.value[0] > base.demanded.value[0]
    assert [code.id for code, _ in base.unlinked] == ["4"]


def test_the_command_shows_them_and_writes_them(told, files, tmp_path):
    words = [str(files.links), "--with", str(files.beside), "--store", str(told)]
    for name in ("s.json", "s.csv"):
        more = ["--lang", "es", "--out", str(tmp_path / name)]
        done = CliRunner().invoke(app, ["skills", *words, *more])
        assert done.exit_code == 0, done.output
    assert "lay bricks" in done.output
    assert "Ningún vínculo cubre: 4" in done.output
    rows = list(csv.DictReader((tmp_path / "s.csv").read_text().splitlines()))
    whole = json.loads((tmp_path / "s.json").read_text())
    assert len(rows) == len(whole["skills"]) == 4
    assert rows[0]["status"] == "F"
    assert float(rows[0]["low_80"]) <= float(rows[0]["openings"]) <= float(rows[0]["high_80"])
    assert {one["occupation"] for one in whole["without_links"]} == {"4"}
    for wrong in (["--lang", "fr"], ["--out", str(tmp_path / "s.xlsx")]):
        assert CliRunner().invoke(app, ["skills", *words, *wrong]).exit_code == 1


@pytest.mark.parametrize(
    ("scenarios", "area", "year", "word"),
    [
        (("POR",), "", "", "Did you mean PORT"),
        ((), "GUY", "", "no outlook with openings of GUY"),
        ((), "", "2040", "no year 2040"),
    ],
)
def test_what_is_not_published_is_said(told, files, scenarios, area, year, word):
    with pytest.raises(BadInput, match=word):
        skills_asked(Reader(told).snapshot(), files, scenarios, area, year)


def test_a_store_without_an_outlook_says_what_to_run(store, files):
    with pytest.raises(BadInput, match="cauce outlook run"):
        skills_asked(Reader(store).snapshot(), files, (), "", "")
