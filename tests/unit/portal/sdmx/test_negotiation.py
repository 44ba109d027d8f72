"""Which format, language and packing a client gets, and what it need not be sent again."""

import gzip
import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.unit.portal.sdmx.conftest import FLOW, first, second

from cauce.portal.app import create_app
from cauce.publish.forms import DATA_FORMATS
from cauce.store import Store

V1, V2 = f"/sdmx/v1/data/{FLOW}", f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/1.0/*"
VENDOR = "application/vnd.sdmx."


@pytest.mark.parametrize(
    ("accept", "v1", "v2"),
    [
        ("*/*", "genericdata+xml;version=2.1", "data+json;version=2.1.0"),
        ("", "genericdata+xml;version=2.1", "data+json;version=2.1.0"),
        ("application/xml", "genericdata+xml;version=2.1", "data+xml;version=3.1.0"),
        ("text/xml", "genericdata+xml;version=2.1", "data+xml;version=3.1.0"),
        ("application/json", "data+json;version=1.0.0", "data+json;version=2.1.0"),
        ("text/csv", "data+csv;version=1.0.0", "data+csv;version=2.1.0"),
        (f"{VENDOR}data+csv", "data+csv;version=1.0.0", "data+csv;version=2.1.0"),
        (f"{VENDOR}data+csv;version=2", "data+csv;version=2.1.0", "data+csv;version=2.1.0"),
        (f"{VENDOR}data+csv;version=2.0", "data+csv;version=2.0.0", "data+csv;version=2.0.0"),
        (f"{VENDOR}data+json;version=2.0.0+", "data+json;version=2.0.0", "data+json;version=2.0.0"),
        (f"{VENDOR}data+json;version=2.0+.0", "data+json;version=2.1.0", "data+json;version=2.1.0"),
        (f"{VENDOR}data+xml;version=3.0.0", "data+xml;version=3.0.0", "data+xml;version=3.0.0"),
        ("text/html, */*;q=0.1", "genericdata+xml;version=2.1", "data+json;version=2.1.0"),
        ("image/png, text/csv;q=0.3", "data+csv;version=1.0.0", "data+csv;version=2.1.0"),
        ("*/*, text/csv", "data+csv;version=1.0.0", "data+csv;version=2.1.0"),
        ("text/csv;q=0.2, application/json", "data+json;version=1.0.0", "data+json;version=2.1.0"),
        (
            "text/csv;q=0, application/json;q=.5",
            "data+json;version=1.0.0",
            "data+json;version=2.1.0",
        ),
        (";;;===,,,", "genericdata+xml;version=2.1", "data+json;version=2.1.0"),
        ("TEXT/CSV ; Q=1", "data+csv;version=1.0.0", "data+csv;version=2.1.0"),
    ],
)
def test_what_is_accepted_is_sent_and_each_version_has_its_default(
    service: TestClient, accept: str, v1: str, v2: str
) -> None:
    for path, told in ((V1, v1), (V2, v2)):
        answer = service.get(path, headers={"accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, VENDOR + told)


@pytest.mark.parametrize("name", DATA_FORMATS)
def test_every_format_is_had_from_both_versions_by_its_media_type(
    service: TestClient, name: str
) -> None:
    told = DATA_FORMATS[name].media_type
    for path in (V1, V2):
        assert service.get(path, headers={"accept": told}).headers["content-type"] == told
        answer = service.get(path, params={"format": told}, headers={"accept": "text/html"})
        assert answer.headers["content-type"] == told


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("format=csvdata", "data+csv;version=2.1.0"),
        ("format=csv&formatVersion=2.0.0", "data+csv;version=2.0.0"),
        ("format=jsondata&formatVersion=1.0.0", "data+json;version=1.0.0"),
        ("format=genericdata", "genericdata+xml;version=2.1"),
        ("format=generictimeseriesdata", "generictimeseriesdata+xml;version=2.1"),
        ("format=structurespecificdata&formatVersion=2.1", "structurespecificdata+xml;version=2.1"),
        ("format=xml", "data+xml;version=3.1.0"),
        ("format=application/vnd.sdmx.data+csv;version=1.0.0", "data+csv;version=1.0.0"),
    ],
)
def test_words_in_the_address_beat_what_a_browser_accepts(
    service: TestClient, query: str, told: str
) -> None:
    answer = service.get(f"{V2}?{query}", headers={"accept": "text/html,application/xhtml+xml"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, VENDOR + told)


@pytest.mark.parametrize(
    "accept",
    [
        "image/png",
        f"{VENDOR}data+csv;version=9.0.0",
        f"{VENDOR}data+protobuf",
        "no/sense;q=nan",
        f"{VENDOR}data+csv;version=2.0.0;labels=loud",
        f"{VENDOR}data+csv;version=" + "9." * 500,
        "text/csv;q=0",
    ],
)
def test_81_what_cannot_be_served_is_406_with_what_can(service: TestClient, accept: str) -> None:
    for path in (V1, V2):
        answer = service.get(path, headers={"accept": accept})
        assert answer.status_code == 406
        assert "Served here are" in answer.text or "labels can be" in answer.text


def test_81_an_unknown_word_of_format_is_406_in_the_format_of_the_version(service) -> None:
    answer = service.get(f"{V2}?format=spreadsheet")
    assert answer.status_code == 406
    assert "data+csv;version=2.1.0" in json.loads(answer.text)["errors"][0]["title"]
    assert service.get(f"{V1}?format=spreadsheet").text.startswith("<?xml")
    assert service.get(f"{V2}?format=xls", headers={"accept": "text/xml"}).text.startswith("<?xml")


def test_csv_says_labels_keys_and_normal_times_where_they_are_asked(service: TestClient) -> None:
    asked = f"{VENDOR}data+csv;version=2.0.0;labels=both;keys=both;timeFormat=normalized"
    head, row = service.get(V2, headers={"accept": asked}).text.splitlines()[:2]
    assert "SEX: Sex" in head
    assert "SERIES_KEY,OBS_KEY" in head
    assert "A.XAA.UNE_DEAP._T" in row
    assert "_T: Total" in row
    same = service.get(f"{V2}?format=csv&formatVersion=2.0.0&labels=both&keys=both")
    assert "SEX: Sex" in same.text


@pytest.mark.parametrize(
    ("query", "accept", "told"),
    [
        ("", "es", "es"),
        ("", "fr, es;q=0.4, en;q=0.2", "es"),
        ("", "fr", "en"),
        ("", "en;q=0.1, es-CR", "es"),
        ("?lang=es", "en", "es"),
        ("?lang=es-AR", "en", "es"),
        ("?lang=all", "es", "en"),
    ],
)
def test_the_language_is_that_of_the_address_or_the_most_wanted(
    service: TestClient, query: str, accept: str, told: str
) -> None:
    answer = service.get(V2 + query, headers={"accept-language": accept})
    assert answer.headers["content-language"] == told


def test_a_language_or_a_compression_there_is_none_of_is_406(service: TestClient) -> None:
    assert service.get(f"{V2}?lang=fr").status_code == 406
    assert service.get(f"{V2}?compression=br").status_code == 406
    plain = {"accept-encoding": "identity"}
    packed = service.get(f"{V2}?compression=gzip", headers=plain)
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == service.get(V2, headers=plain).text


@pytest.fixture
def turning(tmp_path: Path) -> Iterator[tuple[TestClient, Store]]:
    """A service whose store can turn."""
    store = Store(tmp_path / "store")
    store.publish(first(), "2026-01-01T10:00:00.400+00:00")
    with TestClient(create_app(tmp_path / "store", every=0)) as client:
        yield client, store


@pytest.mark.parametrize("path", [V1, V2, "/sdmx/v2/structure/codelist"])
def test_who_has_it_is_told_so_until_the_store_turns(turning, path: str) -> None:
    client, store = turning
    fresh = client.get(path)
    told = fresh.headers
    assert told["last-modified"] == "Thu, 01 Jan 2026 10:00:00 GMT"
    by_tag = {"if-none-match": f'"other", {told["etag"]}'}
    by_date = {"if-modified-since": told["last-modified"]}
    for have in (by_tag, by_date, by_tag | {"if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"}):
        # Asked of the service, and of the memory in front of it.
        for more in ({}, {"range": "bytes=0-1"}):
            again = client.get(path, headers=have | more)
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == told["etag"]
            assert again.headers["access-control-allow-origin"] == "*"
    store.publish(second(), "2026-01-03T10:00:00+00:00")
    assert client.get(path, headers=by_date).status_code == 200
    if "structure" not in path:
        assert client.get(path, headers=by_tag).status_code == 200


@pytest.mark.parametrize("date", ["yesterday", "", "Thu, 01 Jan 1970 00:00:00 GMT", "99 99 99"])
def test_82_a_date_that_is_none_or_of_before_gets_the_answer(turning, date: str) -> None:
    client, _ = turning
    for more in ({}, {"range": "bytes=0-1"}):
        answer = client.get(V2, headers={"if-modified-since": date} | more)
        assert answer.status_code == 200


def test_82_a_range_gets_the_whole_and_a_star_is_what_there_is(service: TestClient) -> None:
    whole = service.get(V2)
    assert service.get(V2, headers={"range": "bytes=0-10"}).content == whole.content
    assert service.get(V2, headers={"if-none-match": "*", "range": "x"}).status_code == 304


def test_82_a_body_is_not_read(service: TestClient) -> None:
    bomb = gzip.compress(b"0" * 1_000_000)
    answer = service.request("GET", V2, content=bomb, headers={"content-encoding": "gzip"})
    assert answer.status_code == 413


def test_small_answers_are_packed_too(service: TestClient) -> None:
    small = f"{V2}?attributes=none&limit=1&format=csv"
    for _ in range(2):
        answer = service.get(small, headers={"accept-encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert len(answer.content) < 300
        assert (
            "content-encoding"
            not in service.get(small, headers={"accept-encoding": "identity"}).headers
        )


@pytest.mark.parametrize(("path", "method"), [*product((V1, V2), ("HEAD", "OPTIONS"))])
def test_84_heads_and_options_have_no_body(service: TestClient, path: str, method: str) -> None:
    answer = service.request(method, path)
    assert answer.status_code == (200 if method == "HEAD" else 204)
    assert answer.content == b""
    assert answer.headers["access-control-allow-origin"] == "*"
    assert ("etag" in answer.headers) == (method == "HEAD")


@pytest.mark.parametrize("method", ["TRACE", "POST", "PUT", "DELETE", "PATCH"])
def test_84_nothing_else_is_done(service: TestClient, method: str) -> None:
    answer = service.request(method, V2)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["content-type"] == "application/json"


def test_what_breaks_is_told_to_a_program_in_its_format(service, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("cauce.portal.sdmx.service.data_answer", broken)
    for path, begins in ((V1, "<?xml"), (V2, '{"errors"')):
        answer = service.get(f"{path}?broken=1")
        assert answer.status_code == 500
        assert answer.text.startswith(begins)
        assert "secret" not in answer.text
    assert service.get("/sdmx/v3/data/x").status_code == 404


def test_88_no_header_of_a_proxy_is_in_an_answer_and_what_varies_is_told(service) -> None:
    bad = {"host": "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "ftp"}
    for path in (V1, V2, "/sdmx/v2/structure/dataflow", "/sdmx/v2/data/dataflow/CAUCE/NONE"):
        answer = service.get(path, headers=bad)
        assert "evil" not in answer.text + str(dict(answer.headers))
        assert {"Accept", "Accept-Encoding", "Accept-Language"} <= {
            each.strip() for each in answer.headers["vary"].split(",")
        }
        assert service.get(path).text == answer.text
