"""What is answered again from memory, and what never is."""

import asyncio
import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.testclient import TestClient
from tests.unit.portal.conftest import figures_of, flow_of, release_of

from cauce.portal.app import create_app
from cauce.portal.bounds import Again, Limits, pin
from cauce.portal.bounds.answers import Answer, Pin, repacked
from cauce.store import Store

TABLE = "XAA_LFS_LABOUR"
CATALOG: Any = object()


class House:
    """An app that counts how often it is asked, behind a memory; its store turns when told to."""

    def __init__(self, memory: int = 1 << 20, day: str = "") -> None:
        self.asked: list[str] = []
        self.snapshot = SimpleNamespace(catalog=CATALOG)
        self.now = datetime(2026, 1, 1, 23, 59, tzinfo=UTC)
        self.day = day
        reader: Any = SimpleNamespace(at_hand=lambda: self.snapshot)
        self.memory = Again(self, reader, lambda: self.now, Limits(answers=memory))
        self.client = TestClient(self.memory)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.append(scope["path"])
        request = Request(scope)
        status = int(request.query_params.get("status", "200"))
        if "unpinned" not in request.query_params:
            pin(request, self.snapshot, f"{self.now:%Y%m%d}" if self.day else "")  # type: ignore[arg-type]
        body = f"answer {len(self.asked)} to {request.headers.get('accept-language')}"
        headers = {"ETag": 'W/"one"', "Content-Language": "en"}
        if "long" in request.query_params:
            parts = iter([body.encode(), b"x" * int(request.query_params["long"])])
            await StreamingResponse(parts, headers=headers)(scope, receive, send)
        else:
            await Response(body, status, headers)(scope, receive, send)

    def turn(self) -> None:
        self.snapshot = SimpleNamespace(catalog=object())


def test_what_was_answered_is_given_again_until_the_store_turns() -> None:
    house = House()
    first, second = house.client.get("/en/?a=1"), house.client.get("/en/?a=1")
    assert (first.text, dict(first.headers)) == (second.text, dict(second.headers))
    assert house.client.get("/en/?a=2").text != first.text
    house.turn()
    assert house.client.get("/en/?a=1").text != first.text
    assert len(house.asked) == 3


def test_who_has_the_answer_is_told_that_nothing_changed() -> None:
    house = House()
    house.client.get("/en/")
    again = house.client.get("/en/", headers={"if-none-match": 'W/"other", W/"one"'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", 'W/"one"')
    assert "content-type" not in again.headers
    assert len(house.asked) == 1


def test_an_answer_that_holds_for_a_day_is_not_given_the_next() -> None:
    house = House(day="dated")
    first = house.client.get("/en/certificates")
    assert house.client.get("/en/certificates").text == first.text
    house.now = datetime(2026, 1, 2, 0, 0, tzinfo=UTC)
    assert house.client.get("/en/certificates").text != first.text


@pytest.mark.parametrize(
    "path", ["/en/?status=404", "/en/?status=503", "/en/?unpinned=1", "/healthz", "/static/x.css"]
)
def test_what_is_no_whole_answer_of_a_generation_is_asked_for_each_time(path: str) -> None:
    house = House()
    assert house.client.get(path).text != house.client.get(path).text


def test_only_plain_questions_are_answered_from_memory() -> None:
    house = House()
    house.client.get("/en/")
    house.client.head("/en/")
    house.client.get("/en/", headers={"range": "bytes=0-1"})
    house.client.request("GET", "/en/", content=b"body")
    assert len(house.asked) == 4


def test_languages_are_negotiated_of_programs_and_named_by_the_addresses_of_pages() -> None:
    house = House()
    for path in ("/en/", "/sdmx/v2/data/x"):
        for language in ("es", "en"):
            house.client.get(path, headers={"accept-language": language})
    assert house.asked == ["/en/", "/sdmx/v2/data/x", "/sdmx/v2/data/x"]


@pytest.mark.parametrize("first", ["gzip", "identity"])
def test_an_answer_is_packed_as_each_reader_wants_it(tmp_path: Path, first: str) -> None:
    Store(tmp_path).publish(release_of(figures_of(flow_of(["2025"]))), "2026-01-01T10:00:00Z")
    client = TestClient(create_app(tmp_path))
    for path in (f"/en/tables/{TABLE}", f"/en/tables/{TABLE}.csv", "/en/about"):
        told = {}
        for packing in (first, "gzip", "identity", "gzip", "identity"):
            answer = client.get(path, headers={"accept-encoding": packing})
            assert answer.headers.get("content-encoding", "identity") == packing
            assert answer.headers["vary"] == "Accept-Encoding"
            told[packing] = answer.content
        assert told["gzip"] == told["identity"]


def test_a_stream_that_was_short_is_given_again_with_its_length() -> None:
    house = House()
    first, second = (house.client.get("/en/?long=1000") for _ in range(2))
    assert first.content == second.content
    assert second.headers["content-length"] == str(len(first.content))
    for _ in range(2):
        house.client.get("/en/?long=140000")
    assert len(house.asked) == 3


def test_what_is_long_unpacked_is_not_unpacked_for_one_reader() -> None:
    house = House(memory=100_000)
    long = gzip.compress(b"x" * 50_000)
    assert repacked(packed(long), packed=False).body == b"x" * 50_000
    house.memory._answers.turn(house.snapshot.catalog)
    for question in (b"/en/", b"/es/"):
        house.memory._answers.put(question + b"\npacked", packed(long))
    assert asyncio.run(house.memory._kept(b"/en/", b"\npacked")) == packed(long)
    assert asyncio.run(house.memory._kept(b"/en/", b"\nplain")) is None


def packed(body: bytes) -> Answer:
    return Answer(Pin(CATALOG, ""), ((b"content-encoding", b"gzip"),), body)


def test_the_memory_forgets_what_nobody_asked_for_longest() -> None:
    house = House(memory=140_000)
    for turn in range(20):
        house.client.get(f"/en/{turn}?long=9000")
        house.client.get("/en/0?long=9000")
    assert house.asked.count("/en/0") == 1
    house.client.get("/en/1?long=9000")
    house.client.get("/en/19?long=9000")
    assert (house.asked.count("/en/1"), house.asked.count("/en/19")) == (2, 1)


def test_an_answer_of_a_generation_that_went_meanwhile_is_not_kept() -> None:
    house, newer = House(), SimpleNamespace(catalog=object())
    house.memory._reader = SimpleNamespace(at_hand=lambda: newer)  # type: ignore[assignment]
    assert house.client.get("/en/").text != house.client.get("/en/").text


def test_a_reader_who_takes_nothing_is_left() -> None:
    house = House()
    house.client.get("/en/")
    house.memory._longest_piece = 0.01
    sent: list[Any] = []

    async def slow(message: Any) -> None:
        if message["type"].endswith("body"):
            await asyncio.Event().wait()
        sent.append(message["type"])

    head = {"type": "http", "method": "GET", "path": "/en/", "query_string": b""}
    named = [(b"host", b"testserver"), (b"accept-encoding", b"gzip")]
    asyncio.run(house.memory({**head, "headers": named}, None, slow))  # type: ignore[arg-type]
    assert sent == ["http.response.start"]


def test_new_numbers_and_withdrawals_are_seen_at_the_next_look(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    flow = flow_of(["2025"])
    store.publish(release_of(figures_of(flow), "v1"), "2026-01-01T10:00:00Z")
    client = TestClient(create_app(tmp_path / "store", every=0))
    paths = (f"/en/tables/{TABLE}", f"/sdmx/v2/data/dataflow/CAUCE/{TABLE}/1.0/*?format=csv")
    before = [client.get(path).text for path in paths]
    assert before == [client.get(path).text for path in paths]
    newer = replace(figures_of(flow), value=1.0 + figures_of(flow).value)
    store.publish(release_of(newer, "v2", "newer"), "2026-01-02T10:00:00Z")
    assert all(client.get(path).text != old for path, old in zip(paths, before, strict=True))
    for vintage in ("v2", "v1"):
        store.withdraw(TABLE, vintage, "a person could be seen")
    assert [client.get(path).status_code for path in paths] == [410, 410]


def test_a_page_is_made_once_for_all_who_ask_for_it(tmp_path: Path, monkeypatch) -> None:
    Store(tmp_path).publish(release_of(figures_of(flow_of(["2025"]))), "2026-01-01T10:00:00Z")
    made: list[str] = []
    show = "cauce.portal.visit.show"
    monkeypatch.setattr(show, lambda *told: made.append(told[2]) or Response("page"))
    client = TestClient(create_app(tmp_path))
    assert [client.get("/en/about").text for _ in range(3)] == ["page"] * 3
    assert made == ["about.html"]


def test_every_page_that_asks_for_the_day_says_so() -> None:
    """Else it would be given again tomorrow: its module names it among those that are dated."""
    portal = Path("src/cauce/portal")
    asks = {path for path in portal.rglob("*.py") if ".clock()" in path.read_text("utf-8")}
    asks.remove(portal / "visit.py")
    assert len(asks) > 2
    assert [path for path in asks if "\nDATED" not in path.read_text("utf-8")] == []
