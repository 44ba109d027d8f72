"""Another producer's numbers on the public pages and in the SDMX service."""

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.pipeline.imports import Wanted, import_file
from cauce.portal.app import create_app
from cauce.store import Store

HERE = Path(__file__).parent.parent / "pipeline" / "imports"
REGION = Path(__file__).parents[3] / "packs" / "region"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A portal with a table of an open licence, and one whose licence is not stated."""
    store = tmp_path_factory.mktemp("admitted") / "store"
    for pack, file in (("long", "long.csv"), ("sheets", "sheets.json")):
        wanted = Wanted(pack, HERE / "files" / file)
        found = import_file(wanted, HERE / "packs", REGION, store)
        Store(store).publish(found.release, "2026-01-31T12:00:00+00:00")
    return TestClient(create_app(store))


def text(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))


@pytest.mark.parametrize(
    ("language", "said", "not_given"),
    [
        ("en", "The producer gives no error and no interval with this number", "not given"),
        ("es", "El productor no da error ni intervalo con este número", "no dado"),
    ],
)
def test_a_page_says_that_no_error_is_given(client, language, said, not_given):
    page = text(client.get(f"/{language}/explain/OFF_LONG/A.XAA.STOCK.XAB?period=2021"))

    assert said in page
    assert "0,0" not in page
    assert "audit" not in page
    assert "cauce import long --file long.csv" in page
    table = client.get(f"/{language}/tables/OFF_LONG?ORIGIN=XAB&TIME_PERIOD=*")
    assert not_given in text(table)
    assert "compare/" not in table.text
    assert ("The producer gives no error with them" in table.text) == (language == "en")


def test_the_page_of_a_number_says_of_which_area_it_is(client):
    assert "Area Alpha Origin Beta" in text(client.get("/en/explain/OFF_LONG/A.XAA.STOCK.XAB"))


def test_a_missing_number_is_called_by_its_reason(client):
    page = text(client.get("/en/explain/OFF_LONG/A.XAB.STOCK.XAA?period=2020"))
    assert "no number: not collected" in page
    assert "Not available." in page
    assert "withheld" not in page


def test_what_a_producer_says_of_a_number_is_a_flag_with_its_meaning(client):
    page = text(client.get("/en/tables/OFF_LONG?ORIGIN=XAB&TIME_PERIOD=2021"))
    assert "provisional" in page
    assert "The producer may still revise this number." in page


def test_the_about_page_explains_every_flag(client):
    for language in ("en", "es"):
        assert client.get(f"/{language}/about").text.count("<dt>") >= 23


@pytest.mark.parametrize(
    "path",
    [
        "/en/tables/OFF_LONG.csv",
        "/es/tables/OFF_LONG.json",
        "/sdmx/v2/data/dataflow/CAUCE/OFF_LONG",
    ],
)
def test_a_table_without_an_open_licence_is_not_given_away_whole(client, path):
    refused = client.get(path)
    assert refused.status_code == 403
    assert re.search("licen", refused.text)
    some = "?REF_AREA=XAA&ORIGIN=XAB" if "tables" in path else "/1.0/A.XAA.*.*"
    assert client.get(path + some).status_code == 200
    assert client.get(path.replace("OFF_LONG", "OFF_SHEETS")).status_code == 200


def test_sdmx_says_the_status_and_leaves_the_error_empty(client):
    answer = client.get("/sdmx/v2/data/dataflow/CAUCE/OFF_LONG/1.0/A.XAA.*.XAB?format=csv")
    head, *rows = (line.split(",") for line in answer.text.splitlines())
    [row] = [dict(zip(head, row, strict=True)) for row in rows if "2021" in row]

    assert (row["OBS_VALUE"], row["OBS_STATUS"], row["RELIABILITY"]) == ("130", "P", "NOT_JUDGED")
    assert row["LINKED_TABLES_AUDITED"] == ""
    assert (row["SE"], row["CI_LOW"], row["N_UNW"]) == ("", "", "")


def test_the_structure_holds_every_status_in_use(client):
    path = "/sdmx/v2/structure/datastructure/CAUCE/DSD_OFF_SHEETS?references=all"
    found = client.get(path, headers={"Accept": "application/json"})
    lists = {one["id"]: one for one in json.loads(found.text)["data"]["codelists"]}
    assert {"E", "I", "L", "O", "P"} <= {code["id"] for code in lists["CL_OBS_STATUS"]["codes"]}
    assert "NOT_JUDGED" in {code["id"] for code in lists["CL_RELIABILITY"]["codes"]}


def test_a_table_begins_with_its_topic_and_its_first_figure_names_the_area(client):
    html = client.get("/en/tables/OFF_LONG?REF_AREA=XAA").text
    crumbs = re.search(r'<nav class="crumb".*?</nav>', html, re.S)[0]
    assert crumbs.index("/en/topics") < crumbs.index("/en/topics/OTHER")
    assert "/en/tables" not in crumbs
    assert re.search(r'<div class="first">\s*<p class="quiet">Alpha · ', html)


def test_other_producers_are_listed_apart_and_once(client):
    """Both tables are of one office: they stand under its name together."""
    told = text(client.get("/en/tables"))
    assert told.count("Figures of other producers An invented office") == 1
    assert "Surveys" not in told


def test_variables_are_named_beside_their_codes(client):
    table = client.get("/en/tables/OFF_LONG").text
    behind = re.search(r'href="(/en/explain/OFF_LONG/[^"]+)"', table)[1].replace("&amp;", "&")
    assert "Origin <code>ORIGIN</code>" in client.get(behind).text
