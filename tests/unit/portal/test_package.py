"""All tables of the site as one Data Package, and one table as one; `cauce package` writes it."""

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.cli.package import chosen, write_folder, write_zip
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.portal.app import create_app
from cauce.portal.bounds import Limits
from cauce.publish.package import package_files
from cauce.store import Reader, Store

from .conftest import figures_of, flow_of, release_of
from .explorer.conftest import numbers

FLOW = "XAA_LFS_LABOUR"
OTHER = "XAA_LFS_CLOSED"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table with a withheld cell, and one whose licence is not open."""
    root = tmp_path_factory.mktemp("packed") / "store"
    made = numbers()
    flow = flow_of(["2024"])
    source = replace(flow.source, open_licence=False, licence="Ask us || Pregunte")
    closed = replace(flow, id=OTHER, name=Text("Closed", "Cerrada"), source=source)
    store = Store(root)
    store.publish(release_of(made, "2025"), "2026-01-02T10:00:00+00:00")
    store.publish(release_of(figures_of(closed), "2025"), "2026-01-03T10:00:00+00:00")
    return root


@pytest.fixture(scope="module")
def site(store: Path) -> TestClient:
    return TestClient(create_app(store), raise_server_exceptions=False)


def opened(content: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive


def rows(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode())))


def test_the_package_of_the_site_holds_what_may_be_given_away_and_tells_all_of_it(site) -> None:
    answer = site.get("/en/package.zip")
    assert answer.headers["content-type"] == "application/zip"
    archive = opened(answer.content)
    told = json.loads(archive.read("datapackage.json"))

    assert archive.namelist()[-1] == "datapackage.json"
    assert [one["path"] for one in told["resources"] if one["path"].startswith("data/")] == [
        f"data/{FLOW}.csv"
    ]
    for one in told["resources"]:
        content = archive.read(one["path"])
        assert one["bytes"] == len(content), one["path"]
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert {p for p in archive.namelist() if "/" in p} == {r["path"] for r in told["resources"]}
    assert b"# Licencias" in archive.read(told["licenses"][0]["path"])
    assert told["description"] == "Data of an invented country: no figure is real."


def test_every_code_of_a_row_stands_in_the_list_its_schema_leads_to(site) -> None:
    archive = opened(site.get(f"/es/tables/{FLOW}.zip").content)
    told = json.loads(archive.read("datapackage.json"))
    resources = {one["name"]: one for one in told["resources"]}
    schema = resources[FLOW.lower()]["schema"]
    data = rows(archive.read(f"data/{FLOW}.csv"))

    assert [field["name"] for field in schema["fields"]] == list(data[0])
    assert len({tuple(row[k] for k in schema["primaryKey"]) for row in data}) == len(data)
    for key in schema["foreignKeys"]:
        (field,) = key["fields"]
        listed = rows(archive.read(resources[key["reference"]["resource"]]["path"]))
        codes = {one["id"] for one in listed}
        assert {row[field] for row in data} <= codes, field
        assert len(codes) == len(listed)
        assert all(one["name_en"] and one["name_es"] for one in listed)
    for field in schema["fields"]:
        if "enum" in field.get("constraints", {}):
            assert {row[field["name"]] for row in data} == set(field["constraints"]["enum"])
    sex = next(one for one in schema["fields"] if one["name"] == "SEX")
    assert (sex["title"], sex["titles"]) == ("Sexo", {"en": "Sex", "es": "Sexo"})


def test_a_withheld_cell_is_empty_and_says_why_alike(site) -> None:
    archive = opened(site.get(f"/en/tables/{FLOW}.zip").content)
    told = [row for row in rows(archive.read(f"data/{FLOW}.csv")) if row["CONF_STATUS"] != "F"]

    assert len(told) == 1
    filled = {name for name, word in told[0].items() if word}
    assert not filled & {"OBS_VALUE", "SE", "CV", "CI_LOW", "CI_HIGH", "N_UNW", "N_CASES", "DEFF"}


def test_a_view_is_packed_as_a_part_of_its_table(site) -> None:
    archive = opened(site.get(f"/en/tables/{FLOW}.zip?SEX=M&INDICATOR=POP").content)
    told = json.loads(archive.read("datapackage.json"))

    assert told["resources"][0]["part"] is True
    assert {row["SEX"] for row in rows(archive.read(f"data/{FLOW}.csv"))} == {"M"}
    nothing = opened(site.get(f"/en/tables/{FLOW}.zip?SEX=NOBODY").content)
    assert rows(nothing.read(f"data/{FLOW}.csv")) == []


def test_the_same_tables_are_the_same_bytes(site) -> None:
    assert site.get("/en/package.zip").content == site.get("/en/package.zip").content


def test_what_is_closed_named_wrongly_or_too_much_is_not_packed(site, store) -> None:
    assert site.get(f"/en/tables/{OTHER}.zip").status_code == 403
    assert site.get(f"/en/package.zip?flow={OTHER}").status_code == 403
    assert site.get("/en/package.zip?flow=NOPE").status_code == 404
    narrow = TestClient(create_app(store, limits=Limits(most_cells=10)))
    answer = narrow.get("/es/package.zip")
    assert answer.status_code == 413
    assert "Data Package" in answer.text


def test_the_terminal_writes_the_same_as_a_folder_or_a_zip(store: Path, tmp_path: Path) -> None:
    tables, closed = chosen(Reader(store).snapshot(), ())
    title = Text("A", "B")
    folder, file = tmp_path / "out", tmp_path / "out.zip"
    for _ in range(2):
        write_folder(folder, package_files(tables, title, "en"))
    write_zip(file, package_files(tables, title, "en"))

    assert closed == [OTHER]
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        assert {p.relative_to(folder).as_posix() for p in folder.rglob("*.*")} == set(names)
        assert all((folder / name).read_bytes() == archive.read(name) for name in names)
    assert {one.name for one in tmp_path.iterdir()} == {"out", "out.zip"}
    assert "homepage" not in json.loads((folder / "datapackage.json").read_text())


def test_a_folder_of_somebody_else_is_left_alone(store: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    tables, _ = chosen(Reader(store).snapshot(), (FLOW,))
    with pytest.raises(BadInput, match="holds something that is no package"):
        write_folder(tmp_path, package_files(tables, Text("A", "B"), "en"))
    with pytest.raises(BadInput, match="cannot be written"):
        write_zip(tmp_path / "no" / "a.zip", package_files(tables, Text("A", "B"), "en"))
    with pytest.raises(BadInput, match=f"By their licence these may not be: {OTHER}"):
        chosen(Reader(store).snapshot(), (OTHER,))


def test_a_dimension_without_a_list_has_one_of_its_own_in_the_package(tmp_path: Path) -> None:
    """It stands where another agency has none."""
    made = numbers()
    flow = made.dataflow
    bare = replace(flow.dimensions[2], codelist="")
    flow = replace(flow, dimensions=(*flow.dimensions[:2], bare, *flow.dimensions[3:]))
    Store(tmp_path).publish(
        release_of(replace(made, dataflow=flow), "2025"), "2026-01-02T10:00:00+00:00"
    )
    archive = opened(TestClient(create_app(tmp_path)).get("/en/package.zip").content)

    assert b"UNE_DEAP," in archive.read("codelists/CL_INDICATOR.csv")
