"""The pages of a register and its records: what was known when, editions, files."""

import csv
import io
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.portal import create_app
from cauce.store import Store


@pytest.fixture
def client(root: Path) -> TestClient:
    return TestClient(create_app(root), raise_server_exceptions=False)


def test_a_record_is_shown_as_it_was_known_on_a_day(client: TestClient) -> None:
    now = client.get("/en/registers/things/a").text
    then = client.get("/en/registers/things/a?known=2024-01-10").text
    assert "12,000" in now
    assert "12,000" not in then
    assert "As it was known on 10 January 2024." in then
    before = client.get("/en/registers/things/a?known=2024-01-09")
    assert before.status_code == 200
    assert "Nothing was known of it yet." in before.text


@pytest.mark.parametrize(
    "query", ["known=x", "on=2024-13-01", "rows=nothing", "edition=", "known="]
)
def test_what_makes_no_sense_does_not_break_a_record(client: TestClient, query: str) -> None:
    assert client.get(f"/en/registers/things/a?{query}").status_code == 200


def test_a_record_says_what_names_it(client: TestClient) -> None:
    body = client.get("/en/registers/things/a").text
    assert 'href="/en/registers/things/b"' in body


@pytest.mark.parametrize(
    "address",
    [
        "/en/registers/nothing",
        "/en/registers/things/nothing",
        "/en/registers/things?edition=1999",
        "/en/registers/things/nothing.json",
        "/en/countries/XXX",
        "/en/corridors/GTM-XXX",
        "/en/corridors/nowhere",
        "/en/diaspora/XXX",
        "/en/studies",
        "/de/registers",
    ],
)
def test_what_is_not_public_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_an_empty_register_says_that_it_is_open(client: TestClient) -> None:
    assert "is not zero" in client.get("/en/registers/empty").text


def test_a_withdrawn_edition_says_why(client: TestClient, root: Path) -> None:
    Store(root).withdraw("things", "2026-01-02", "It named somebody.")
    answer = TestClient(create_app(root), raise_server_exceptions=False).get("/en/registers/things")
    assert answer.status_code == 410
    assert "It named somebody." in answer.text


def test_an_earlier_edition_is_marked_and_leads_to_the_current_one(
    client: TestClient, root: Path
) -> None:
    from cauce.model.shelf import Filled
    from cauce.store import Reader

    shelves = Reader(root).snapshot().shelves
    edition, records = shelves.edition("things"), shelves.records("things")
    filled = Filled(edition.shelf, records[:1])
    Store(root).publish_registers((filled,), "2026-02-02T00:00:00+00:00", "fewer", whole=False)
    again = TestClient(create_app(root))
    body = again.get("/en/registers/things?edition=2026-01-02").text
    assert "This is not the current edition." in body
    assert "Tool 10" in body
    assert "Tool 10" not in again.get("/en/registers/things").text
    assert again.get("/en/registers/things/b?edition=2026-01-02").status_code == 200
    assert again.get("/en/registers/things/b").status_code == 404


def test_the_csv_has_codes_their_words_and_no_formulas(client: TestClient, root: Path) -> None:
    from dataclasses import replace

    from cauce.model.shelf import Filled
    from cauce.store import Reader

    shelves = Reader(root).snapshot().shelves
    edition, records = shelves.edition("things"), shelves.records("things")
    state = records[1].known[0]
    bad = {
        **state.periods[0].record,
        "title_en": '=HYPERLINK("x")',
        "source": "@a",
        "about_en": "-1+1",
    }
    period = replace(state.periods[0], record=bad)
    evil = replace(records[1], known=(replace(state, periods=(period,)),))
    Store(root).publish_registers(
        (Filled(edition.shelf, (evil,)),), "2026-02-02T00:00:00+00:00", whole=False
    )
    answer = TestClient(create_app(root)).get("/es/registers/things.csv")
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert row["kind"] == "TOOL"
    assert row["kind_name"] == "Tool (es)"
    for name in ("title_en", "source", "about_en"):
        assert row[name].startswith("'")
    assert "attachment" in answer.headers["content-disposition"]


def test_the_csv_of_what_was_found_has_only_that(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/en/registers/things.csv?kind=BLA").text)))
    assert [row["key"] for row in rows] == ["a"]
    assert rows[0]["binding"] == "true"
    assert json.loads(rows[0]["steps"])[0]["since"] == "2020-01-01"


def test_the_json_has_every_state_of_knowledge(client: TestClient) -> None:
    whole = client.get("/en/registers/things.json").json()
    one = client.get("/en/registers/things/a.json").json()
    assert [record["key"] for record in whole["records"]] == ["a", "b", "c"]
    assert len(one["known"]) == 2
    assert one["known"][1]["periods"][0]["record"]["steps"][1]["until"] == {"absent": "UNK"}
    assert whole["codelists"]["CL_KIND"]["BLA"]["es"] == "Agreement (es)"


def test_a_register_that_is_not_listed_shows_a_record_only_to_who_names_it(
    client: TestClient,
) -> None:
    name = "Agreement of the RCM"
    for address in ("", "?q=agreement", "?country=GTM", ".csv", ".json", ".csv?q=RCM"):
        assert name not in client.get(f"/en/registers/badges{address}").text
    assert "/registers/badges/a" not in client.get("/en/registers?q=agreement").text
    assert name in client.get("/en/registers/badges", params={"q": name}).text
    assert name in client.get("/en/registers/badges/a").text
    assert "/registers/badges/a" not in client.get("/en/countries/GTM").text
