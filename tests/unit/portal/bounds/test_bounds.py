"""What is refused, with low limits, and that nobody waits for who is slow."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient
from tests.unit.portal.conftest import figures_of, flow_of, release_of

from cauce.portal.app import create_app
from cauce.portal.bounds import Gate, Limits, Refusing
from cauce.portal.bounds.limits import Limits as Bounds
from cauce.publish import Rows, plain_csv
from cauce.store import Store

TABLE = "XAA_LFS_LABOUR"
DATA = f"/sdmx/v2/data/dataflow/CAUCE/{TABLE}/1.0/"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve rows: two indicators, three sexes, two years."""
    folder = tmp_path_factory.mktemp("bounds") / "store"
    Store(folder).publish(release_of(figures_of(flow_of(["2024", "2025"]))), "2026-01-01T10:00:00Z")
    return folder


def site(root: Path, **limits: Any) -> TestClient:
    return TestClient(create_app(root, limits=Limits(**limits)), raise_server_exceptions=False)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("query", "status"),
    [("x" * 60_000, 414), ("&".join("a=1" for _ in range(2_000)), 400), ("a&" * 10_000, 414)],
)
def test_a_long_address_is_a_page_that_says_what_exists(root, language, query, status) -> None:
    answer = site(root).get(f"/{language}/tables/{TABLE}?{query}")
    assert answer.status_code == status
    assert f'lang="{language}"' in answer.text
    assert f'href="/{language}/tables"' in answer.text
    assert "xxxx" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_programs_are_refused_in_the_format_of_their_version(root) -> None:
    query = "&".join(["a=1"] * 300)
    assert site(root).get(f"{DATA}*?{query}").json()["errors"][0]["code"] == 140
    old = site(root).get(f"/sdmx/v1/data/{TABLE}/?{'a' * 9_000}")
    assert (old.status_code, old.headers["content-type"]) == (414, "application/xml")


def test_headers_and_bodies_are_bounded(root) -> None:
    assert site(root).get("/en/", headers={"cookie": "c" * 40_000}).status_code == 431
    sent = site(root).request("GET", "/en/", content=b"take this")
    assert (sent.status_code, sent.headers["connection"]) == (413, "close")
    assert site(root).post("/en/").status_code == 405


def test_too_many_rows_are_counted_and_the_way_to_split_them_is_told(root) -> None:
    tight = site(root, most_cells=23 * 6)
    assert tight.get(f"/en/tables/{TABLE}.csv?SEX=M&TIME_PERIOD=*").status_code == 200
    page = tight.get(f"/es/tables/{TABLE}.csv")
    assert page.status_code == 413
    assert "Pidió 12 filas; se dan 6 como máximo" in page.text
    program = tight.get(f"{DATA}*?format=csv")
    assert program.status_code == 413
    told = program.json()["errors"][0]["title"]
    assert "12 rows" in told
    for part in told.split("in parts: ")[1].rstrip(".").split("; "):
        assert tight.get(f"{DATA}*?format=csv&{part}").status_code == 200


def test_where_one_period_is_too_much_another_dimension_is_named(root) -> None:
    told = site(root, most_cells=23).get(f"{DATA}*?format=csv").json()["errors"][0]["title"]
    assert "one of the 3 codes of SEX" in told


def test_a_table_that_memory_cannot_hold_is_not_read(root) -> None:
    small = site(root, memory=1_000)
    assert small.get(f"/en/tables/{TABLE}").status_code == 413
    assert "12 rows" in small.get(f"{DATA}*").json()["errors"][0]["title"]


def scope(path: str = "/en/") -> dict[str, Any]:
    return {"type": "http", "path": path, "query_string": b"", "headers": [], "method": "GET"}


async def asked(gate: Refusing, path: str = "/en/", slow: Any = None) -> list[Any]:
    """The messages a client is sent, each of whose pieces it takes once `slow` is over."""
    found: list[Any] = []

    async def send(message: Any) -> None:
        if slow is not None and message["type"].endswith("body"):
            await slow()
        found.append(message)

    async def receive() -> Any:
        await asyncio.Event().wait()

    await gate(scope(path), receive, send)
    return found


def gate(app: Any, **limits: Any) -> Refusing:
    def tell(_: Any, refused: Any) -> Response:
        return PlainTextResponse(refused.words, refused.status)

    bounds = replace(Bounds(), **limits)
    return Refusing(Gate(app, bounds), bounds, tell)


class Working:
    """An app that answers once it is told to."""

    def __init__(self) -> None:
        self.told = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.told.wait()
        await PlainTextResponse("done")(scope, receive, send)


def test_who_finds_the_waiting_room_full_is_told_when_to_come_again() -> None:
    async def run() -> list[list[Any]]:
        app = Working()
        one = gate(app, most_at_once=1, most_waiting=2, longest_wait=600, longest_query=600)
        health = asyncio.ensure_future(asked(one, "/healthz"))
        waiting = [asyncio.ensure_future(asked(one)) for _ in range(3)]
        await asyncio.sleep(0)
        refused = [await asked(one) for _ in range(2)]
        app.told.set()
        return [*(await asyncio.gather(*waiting)), *refused, await health]

    *found, health = asyncio.run(run())
    assert [messages[0]["status"] for messages in found] == [200, 200, 200, 503, 503]
    assert (b"retry-after", b"5") in found[-1][0]["headers"]
    assert health[0]["status"] == 200


def test_who_waits_too_long_is_sent_away() -> None:
    async def run() -> list[list[Any]]:
        app = Working()
        one = gate(app, most_at_once=1, longest_wait=0.01, longest_query=600)
        first = asyncio.ensure_future(asked(one))
        await asyncio.sleep(0)
        second = await asked(one)
        app.told.set()
        return [await first, second]

    assert [messages[0]["status"] for messages in asyncio.run(run())] == [200, 503]


def test_a_question_that_takes_too_long_gets_503_and_holds_its_place_to_its_end() -> None:
    async def run() -> tuple[list[Any], list[Any], list[Any]]:
        app = Working()
        one = gate(app, most_at_once=1, longest_query=0.01, longest_wait=0.01)
        first, second = await asked(one), await asked(one)
        app.told.set()
        for _ in range(10):
            await asyncio.sleep(0)
        app.told.clear()
        return first, second, await asked(one)

    first, second, third = asyncio.run(run())
    assert "within 0.01 seconds" in first[1]["body"].decode()
    assert "at once" in second[1]["body"].decode()
    assert "within" in third[1]["body"].decode()


async def long(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(3):
        await send({"type": "http.response.body", "body": b"x" * 150_000, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def test_a_slow_reader_keeps_nobody_waiting_and_gets_it_all() -> None:
    async def run() -> tuple[list[Any], list[Any]]:
        one, other_is_done = gate(long, most_at_once=1, longest_piece=600), asyncio.Event()
        slow = asyncio.ensure_future(asked(one, slow=other_is_done.wait))
        await asyncio.sleep(0.01)
        quick = await asked(one)
        other_is_done.set()
        return await slow, quick

    for messages in asyncio.run(run()):
        assert sum(len(message.get("body", b"")) for message in messages) == 450_000
        assert max(len(message.get("body", b"")) for message in messages) <= 1 << 16


def test_a_reader_who_takes_nothing_is_left() -> None:
    async def run() -> list[Any]:
        return await asked(gate(long, longest_piece=0.02), slow=asyncio.Event().wait)

    assert asyncio.run(run())[-1]["type"] == "http.response.start"


def test_a_bug_behind_the_gate_is_still_an_error() -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(asked(gate(broken)))


def test_a_stream_is_of_one_generation_while_others_are_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every row of a generation has its number as value; the sweep takes nothing being read."""
    monkeypatch.setattr("cauce.portal.bounds.sending.WHOLE", 1)
    monkeypatch.setattr("cauce.publish.joining.BATCH", 2)
    store, flow = Store(tmp_path / "store"), flow_of(["2024", "2025"])
    made = figures_of(flow)
    marked = [replace(made, value=np.full(len(made.value), 1000.0 + g)) for g in range(2)]
    store.publish(release_of(marked[0], "g0"), "2026-01-01T10:00:00Z")
    app = create_app(tmp_path / "store")
    whole: list[bytes] = []

    async def send(message: Any) -> None:
        if len(whole) == 1:
            store.publish(release_of(marked[1], "g1", "newer"), "2026-01-02T10:00:00Z")
            store.collect(older_than=0)
        if message["type"].endswith("body"):
            whole.append(message.get("body", b""))

    async def receive() -> Any:
        await asyncio.sleep(60)

    asyncio.run(app(scope(f"/en/tables/{TABLE}.csv"), receive, send))
    rows = b"".join(whole).decode().splitlines()
    column = rows[0].split(",").index("OBS_VALUE")
    assert len(whole) > 2
    assert len(rows) == 13
    assert {row.split(",")[column] for row in rows[1:]} == {"1000"}
    assert b"".join(plain_csv(Rows.all(made), "en")).count(b"\n") == len(rows)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"/es/tables/{TABLE}", "No hubo memoria suficiente para esto"),
        (f"{DATA}*", "There was not enough memory for this."),
    ],
)
def test_who_asks_for_more_than_the_memory_gets_503_and_the_worker_is_spent(
    root, monkeypatch, path: str, said: str
) -> None:
    def hungry(*_: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr("cauce.store.snapshot.Snapshot.observations", hungry)
    spent: list[bool] = []
    client = TestClient(create_app(root, spent=lambda: spent.append(True)))
    answer = client.get(path)
    assert (answer.status_code, answer.headers["retry-after"], spent) == (503, "30", [True])
    assert said in answer.text


def test_where_memory_ends_in_the_midst_of_an_answer_the_answer_has_no_end() -> None:
    async def hungry(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise MemoryError

    with pytest.raises(MemoryError):
        asyncio.run(asked(gate(hungry)))


def test_a_workbook_costs_fifty_times_what_the_same_rows_cost_as_csv(root) -> None:
    tight = site(root, most_cells=23 * 12)
    assert tight.get(f"/en/tables/{TABLE}.csv").status_code == 200
    assert tight.get(f"/en/tables/{TABLE}.parquet?SEX=M&TIME_PERIOD=*").status_code == 200
    assert tight.get(f"/en/tables/{TABLE}.parquet").status_code == 413
    assert tight.get(f"/en/tables/{TABLE}.xlsx?SEX=M&TIME_PERIOD=*").status_code == 413


def test_processes_share_what_they_may_take_and_each_works_on_one_question() -> None:
    whole = Limits(most_at_once=4, most_waiting=100, memory=1_000, answers=500)
    third = whole.share(3)
    assert (third.most_at_once, third.most_waiting, third.memory, third.answers) == (
        2,
        34,
        333,
        166,
    )
    assert whole.share(16).most_at_once == 1
    assert third.most_cells == whole.most_cells
