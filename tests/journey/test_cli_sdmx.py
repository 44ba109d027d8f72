"""Loading another agency's structures and data, as it goes well and as it does not."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.portal import create_app
from cauce.store import Reader, Store

from .conftest import SDMX_FIXTURE, cauce_here

STRUCTURES, DATA = SDMX_FIXTURE / "structures_21.xml", SDMX_FIXTURE / "DF_LM.csv"
KEPT = "RLM@DF_LM@1_0"
ROWS = "/sdmx/v2/data/dataflow/RLM/DF_LM/1.0/A.BZ.F._T?c[TIME_PERIOD]=2010&format=csvdata"


@pytest.fixture
def store(loaded_store: Path, tmp_path: Path) -> Path:
    """A store of its own with the fixture loaded."""
    return shutil.copytree(loaded_store, tmp_path / "store")


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str], Path]:
    """The data with one text in the place of another, once."""

    def made(old: str, new: str) -> Path:
        text = DATA.read_text("utf-8")
        assert old in text
        path = tmp_path / "changed.csv"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return path

    return made


def load(store: Path, data: Path, *more: object, structures: Path = STRUCTURES) -> tuple[int, str]:
    done = cauce_here("sdmx", "load", structures, data, "--store", store, *more)
    return done.returncode, done.stdout + done.stderr


def value(store: Path, more: str = "") -> str:
    """What is served of one observation."""
    with TestClient(create_app(store), base_url="http://localhost") as client:
        answer = client.get(ROWS + more)
        return answer.text.splitlines()[1].split(",")[8] if answer.status_code == 200 else ""


def generation(store: Path) -> int:
    return Reader(store).snapshot().generation


def test_the_same_messages_a_second_time_change_nothing(store: Path) -> None:
    before = generation(store)
    code, told = load(store, DATA)
    assert (code, generation(store)) == (0, before)
    assert "Nothing changed" in told


def test_loading_anew_is_a_new_vintage_and_the_one_before_stays(store: Path, changed) -> None:
    then = Reader(store).snapshot().catalog.at
    code, _ = load(store, changed("1000.0", "1001.5"))
    manifest = Reader(store).snapshot().manifest(KEPT)

    assert (code, value(store)) == (0, "1001.5")
    assert value(store, f"&asOf={then.replace('+', '%2B')}") == "1000"
    assert manifest.supersedes.startswith("load-")
    assert manifest.reason.startswith("Loaded again: ")
    assert len(Reader(store).snapshot().vintages(KEPT)) == 2


def test_what_is_loaded_is_marked_as_theirs_with_its_source_and_rights(tmp_path: Path) -> None:
    store = tmp_path / "store"
    told = load(store, DATA, "--licence", "CC BY 4.0", "--source", "RLM (2026), Labour market")
    flow = Reader(store).snapshot().manifest(KEPT).dataflow

    assert told[0] == 0
    assert (flow.method.var_method, flow.source.name.en) == (
        "ADMITTED",
        "Regional labour migration system",
    )
    assert (flow.source.licence, flow.source.citation) == (
        "CC BY 4.0 || CC BY 4.0",
        "RLM (2026), Labour market",
    )


def test_a_closed_licence_gives_nothing_away_whole(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert load(store, DATA, "--closed")[0] == 0
    with TestClient(create_app(store), base_url="http://localhost") as client:
        assert client.get("/sdmx/v1/data/DF_LM").status_code == 403
    assert value(store) == "1000"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("A,BZ,F,_T,2010", "A,XX,F,_T,2010", "line 2, observation 1: REF_AREA 'XX' is no code of"),
        ("DF_LM(1.0)", "DF_LM(9.0)", "line 2: the data are of RLM:DF_LM(9.0)"),
        ("UNIT_MEASURE", "UNIT_MEASUR", "UNIT_MEASUR is no component of the data structure. Did"),
    ],
)
def test_whatever_is_wrong_is_told_with_its_line_and_nothing_is_loaded(
    store: Path, changed, old: str, new: str, told: str
) -> None:
    before = generation(store)
    code, said = load(store, changed(old, new))

    assert code == 1
    assert told in said
    assert (generation(store), value(store)) == (before, "1000")


def test_every_fault_is_in_the_file_that_is_asked_for(store: Path, tmp_path: Path) -> None:
    data, faults = tmp_path / "data.csv", tmp_path / "faults.csv"
    data.write_text(DATA.read_text("utf-8").replace(",F,", ",W,"), "utf-8")
    code, said = load(store, data, "--faults", faults)
    with faults.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert (code, len(rows)) == (1, 112)
    assert (rows[0]["line"], rows[0]["component"], rows[0]["word"]) == ("2", "SEX", "W")
    assert "112 cells cannot be taken. Nothing was loaded." in said
    assert "and 12 more; in all: SEX 112." in said


def test_structures_that_could_harm_are_refused(store: Path, tmp_path: Path) -> None:
    structures = tmp_path / "structures.xml"
    head = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
    structures.write_text(head + STRUCTURES.read_text("utf-8").partition("?>")[2], "utf-8")
    code, said = load(store, DATA, structures=structures)

    assert code == 1
    assert "structures.xml: line 1: brings a DTD" in said


def test_structures_that_say_another_thing_than_what_stays_are_refused(
    store: Path, tmp_path: Path
) -> None:
    """A second dataflow follows a list that has another code than the one published."""
    text = STRUCTURES.read_text("utf-8").replace("DF_LM", "DF_TWO")
    structures, data = tmp_path / "structures.xml", tmp_path / "data.csv"
    structures.write_text(text.replace(">Female<", ">Women<"), "utf-8")
    data.write_text(DATA.read_text("utf-8").replace("DF_LM", "DF_TWO"), "utf-8")
    code, said = load(store, data, structures=structures)

    assert code == 1
    assert "codelist RLM:CL_SEX(1.0)" in said.replace("\n", " ")
    assert "One name cannot mean two things" in said.replace("\n", " ")


def test_nobody_loads_what_is_of_this_house(store: Path, tmp_path: Path) -> None:
    structures = tmp_path / "structures.xml"
    structures.write_text(STRUCTURES.read_text("utf-8").replace('"RLM"', '"CAUCE"'), "utf-8")
    code, said = load(store, DATA, structures=structures)

    assert code == 1
    assert "which is this house" in said.replace("\n", " ")


def test_the_structures_are_sealed_and_scrubbed(store: Path) -> None:
    digest = Reader(store).snapshot().manifest(KEPT).structures_sha256
    path = store / "objects" / digest[:2] / f"{digest}.parquet"
    assert Store(store).scrub() == []

    path.write_bytes(path.read_bytes()[:-1] + b"x")
    [fault] = Store(store).scrub()
    assert KEPT in fault
    with TestClient(create_app(store), base_url="http://localhost") as client:
        assert client.get("/sdmx/v1/data/DF_LM/A.BZ.F._T").status_code == 200
        assert client.get("/sdmx/v1/codelist/RLM/CL_SEX").status_code == 404


def test_what_was_withdrawn_is_gone_with_its_structures(store: Path) -> None:
    vintage = Reader(store).snapshot().manifest(KEPT).vintage
    done = cauce_here("withdraw", KEPT, vintage, "--reason", "a mistake", "--store", store)
    assert done.returncode == 0, done.stderr
    with TestClient(create_app(store), base_url="http://localhost") as client:
        assert client.get("/sdmx/v1/data/RLM,DF_LM,1.0").status_code == 410
        assert client.get("/sdmx/v1/codelist/RLM/CL_SEX").status_code == 404


def test_the_pages_show_it_beside_our_own(loaded_store: Path) -> None:
    with TestClient(create_app(loaded_store), base_url="http://localhost") as client:
        for path in (f"/en/tables/{KEPT}", f"/es/tables/{KEPT}", f"/en/metadata/{KEPT}"):
            page = client.get(path)
            assert page.status_code == 200, path
            assert "Labour market" in page.text
        rows = client.get(f"/en/tables/{KEPT}.csv")
        assert rows.status_code == 200
        assert "1000" in rows.text
        for path in ("/en", "/en/tables", "/en/sources", "/sitemap.xml", "/en/catalog.jsonld"):
            assert client.get(path).status_code in (200, 404), path


@pytest.mark.parametrize("form", ["generic-2.1", "ml-3.0", "json-2.0"])
def test_what_is_served_can_be_loaded_again(loaded_store: Path, tmp_path: Path, form: str) -> None:
    """Every format says the same numbers, with the same words beside them."""
    from cauce.publish.forms import DATA_FORMATS

    kind, root = DATA_FORMATS[form], "v1" if 1 in DATA_FORMATS[form].of else "v2"
    address = "data/DF_LM" if root == "v1" else "data/dataflow/RLM/DF_LM/1.0"
    served, again = tmp_path / "served", tmp_path / "again"
    with TestClient(create_app(loaded_store), base_url="http://localhost") as client:
        answer = client.get(f"/sdmx/{root}/{address}", headers={"Accept": kind.media_type})
        served.write_bytes(answer.content)
    code, said = load(again, served)
    assert code == 0, said

    first, second = (Reader(one).snapshot().observations(KEPT) for one in (loaded_store, again))
    assert (first.key == second.key).all()
    assert first.value.tolist() == second.value.tolist()
    assert json.dumps(first.theirs) == json.dumps(second.theirs)
