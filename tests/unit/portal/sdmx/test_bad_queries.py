"""Bad queries of the SDMX service, by their numbers in the checklist (docs/reference/sdmx.md).

Whatever is asked, the answer is a sentence with a status, never a bug, and says no markup again
to who might draw it.
"""

import asyncio
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.unit.portal.sdmx.conftest import FLOW

from cauce.portal.app import create_app
from cauce.portal.bounds import Limits

DATA = f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/1.0"
BAD = (
    *(
        "' OR 1=1 --",
        "<svg onload=alert(1)>",
        "{{7*7}}",
        "\x00",
        "../../etc/passwd",
        "\r\nSet-Cookie: a=b",
    ),
    *("١٢٣", "(a+)+$" * 30, "\u202e", "c[c[c[", "eq:eq:eq:", ",+,+*" * 60),
)
PLACES = re.findall(
    r"\S+",
    "startPeriod endPeriod updatedAfter asOf firstNObservations lastNObservations offset limit "
    "sort "
    "dimensionAtObservation detail attributes measures includeHistory reportingYearStartDay mode "
    "references format formatVersion lang compression labels keys timeFormat deletion c[SEX] "
    "c[OBS_VALUE] c[TIME_PERIOD] c[RULE] c[DECIMALS] c[] c[<svg>]",
)
PATHS = (
    "/sdmx/v1/data/{}/{}/{}",
    "/sdmx/v2/data/{}/{}/{}/{}/{}",
    f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/1.0/{{}}",
    "/sdmx/v2/availability/dataflow/{}/{}/{}/{}/{}",
    "/sdmx/v1/availableconstraint/{}/{}/{}/{}",
    "/sdmx/v2/schema/{}/{}/{}/{}",
    "/sdmx/v2/structure/{}/{}/{}/{}/{}",
    "/sdmx/v1/{}/{}/{}/{}/{}",
    "/sdmx/v2/{}",
)


def fits(service: TestClient, path: str, **more: Any) -> None:
    """An answer that a client can work with, whatever was asked."""
    answer = service.get(path, **more)
    assert answer.status_code < 500 or answer.status_code == 501, (path, more, answer.text)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in answer.headers
    if answer.status_code >= 400:
        assert answer.headers["content-type"] in ("application/json", "application/xml")
        assert answer.text.startswith(("<?xml", '{"errors"'))


@pytest.mark.parametrize("bad", BAD)
def test_78_nothing_that_is_asked_is_run(service: TestClient, bad: str) -> None:
    told = quote(bad, safe="")
    for path in PATHS:
        fits(service, path.replace("{}", told))
    for name in PLACES:
        fits(service, DATA, params={name: bad})
    if bad.isascii() and bad.isprintable():
        for name in ("accept", "accept-language", "if-none-match", "if-modified-since", "cookie"):
            fits(service, DATA, headers={name: bad})


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        ("/*.*.*.*.*", 400),
        ("/*.*.*.*", 200),
        ("/" + "A+" * 2_000, 200),
        ("/" + "A.XAA.POP.F," * 500, 200),
        ("?startPeriod=9999", 400),
        ("?startPeriod=9998", 204),
        ("?endPeriod=-1", 400),
        ("?startPeriod=2024-Q5", 400),
        ("?startPeriod=2024-W54", 400),
        ("?startPeriod=0000", 400),
        ("?c[TIME_PERIOD]=ge:2025-13", 400),
        ("?firstNObservations=0", 400),
        ("?lastNObservations=1e9", 400),
        ("?lastNObservations=999999999", 200),
        ("?limit=99999999999999999999", 400),
        ("?offset=-1", 400),
        ("?limit=" + quote("٣"), 400),
        ("?updatedAfter=0001-01-01T00:00:00%2B23:59", 400),
        ("?updatedAfter=2027-01-01&asOf=2026-01-02", 422),
        ("?reportingYearStartDay=--13-01", 400),
        ("?reportingYearStartDay=--07-01", 501),
        ("?reportingYearStartDay=--01-01", 200),
        ("?sort=SEX:up", 400),
        ("?sort=NOTHING", 400),
        ("?dimensionAtObservation=NOTHING", 400),
        ("?detail=everything", 400),
        ("?includeHistory=perhaps", 400),
        ("?c[SEX]=like:F", 400),
        ("?c[OBS_VALUE]=co:1", 400),
        ("?c[OBS_VALUE]=inf", 400),
        ("?c[NOTHING]=1", 400),
        ("?c[SEX]=F&c[SEX]=M", 400),
        ("?c[OBS_VALUE]=" + ",".join(map(str, range(1_000))), 204),
        ("?c[OBS_VALUE]=" + ",".join(f"gt:{n}" for n in range(500)), 400),
        ("?c[OBS_VALUE]=" + "gt:1," * 1_000 + "gt:2", 200),
        ("?sort=" + "*+" * 3_000 + "*", 200),
    ],
)
def test_79_keys_and_periods_at_the_edges_are_answered_or_refused(
    service: TestClient, rest: str, status: int
) -> None:
    assert service.get(DATA + rest).status_code == status


def status_of(service: TestClient, path: str, query: str = "") -> int:
    """The status of an address that no client would send."""
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
        "query_string": query.encode(), "headers": [], "scheme": "http", "root_path": "",
        "server": ("x", 80), "client": ("x", 1), "http_version": "1.1",
    }  # fmt: skip
    found: list[int] = []

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            found.append(message["status"])

    asyncio.run(service.app(scope, receive, send))  # type: ignore[arg-type]
    return found[0]


def test_79_a_key_of_a_hundred_thousand_codes_is_too_long_an_address(service: TestClient) -> None:
    codes = "+".join(f"C{number}" for number in range(100_000))
    assert status_of(service, f"{DATA}/{codes}") == 414


def test_80_long_addresses_many_parameters_and_what_is_said_twice_are_refused(service) -> None:
    assert status_of(service, DATA, "x" * 65_536) == 414
    assert status_of(service, DATA, "&".join("a" * 300)) == 400
    assert service.get(f"{DATA}?startPeriod=2024&startPeriod=2025").status_code == 400
    assert service.get(f"{DATA}?startPeriod=2024&startPeriod=2024").status_code == 200
    assert service.get(f"{DATA}?_=12345&utm_source=mail").status_code == 200


@pytest.fixture
def narrow(store: Path) -> Iterator[TestClient]:
    """The service where few rows are given at once."""
    with TestClient(create_app(store, limits=Limits(most_cells=23 * 20))) as client:
        yield client


def test_83_too_much_is_counted_and_the_parts_it_may_be_asked_in_are_told(narrow) -> None:
    answer = narrow.get(DATA)
    assert answer.status_code == 413
    assert "18 rows" in answer.text
    parts = re.findall(r"startPeriod=\d{4}&endPeriod=\d{4}", answer.json()["errors"][0]["title"])
    rows = [narrow.get(f"{DATA}?{part}&format=csv").text.count("\n") - 1 for part in parts]
    assert sum(rows) == 18
    assert len(rows) > 1


def test_83_several_dataflows_together_are_counted_before_any_number_is_read(
    narrow, monkeypatch
) -> None:
    def read(*_: object) -> None:
        raise AssertionError("A table was read.")

    monkeypatch.setattr("cauce.store.snapshot.from_parquet", read)
    answer = narrow.get("/sdmx/v2/data/*")
    assert answer.status_code == 413
    assert "24 rows of 2 tables" in answer.text
    assert f"{FLOW} (18)" in answer.text


def test_83_a_history_that_memory_cannot_hold_is_not_read(store: Path) -> None:
    """Two vintages of 12 and of 18 rows."""
    limits = Limits(memory=200 * 29)
    with TestClient(create_app(store, limits=limits)) as client:
        for path in (f"{DATA}?includeHistory=true", f"{DATA}?updatedAfter=2026-01-01"):
            answer = client.get(path)
            assert answer.status_code == 413
            assert "30 rows together" in answer.text
        assert client.get(DATA).status_code == 200


def test_83_what_there_is_of_a_table_that_memory_cannot_hold_is_told_from_keys(store) -> None:
    path = f"/sdmx/v2/availability/dataflow/CAUCE/{FLOW}"
    with TestClient(create_app(store, limits=Limits(memory=200 * 17))) as client:
        assert client.get(DATA).status_code == 413
        assert client.get(path).status_code == 200
        assert client.get(f"{path}?c[OBS_VALUE]=gt:1").status_code == 413


def test_83_there_are_no_jobs_to_own_or_to_pile_up(service: TestClient) -> None:
    """Everything is answered at once or refused: nobody can leave a thousand jobs behind."""
    answer = service.get(DATA, headers={"prefer": "respond-async"})
    assert answer.status_code == 200
    assert "location" not in answer.headers


def test_87_no_pattern_of_a_user_is_run_as_a_pattern(service: TestClient) -> None:
    for operator in ("co", "nc", "sw", "ew", "eq"):
        answer = service.get(DATA, params={"c[SEX]": f"{operator}:(.*)*F|^(a*)*$"})
        assert answer.status_code == (200 if operator == "nc" else 204)


@pytest.mark.parametrize("count", [60, pytest.param(1_000, marks=pytest.mark.prove)])
def test_89_readers_who_leave_keep_no_place(store: Path, count: int) -> None:
    """Each leaves in the midst of its answer; afterwards everybody is answered as before."""
    app = create_app(store, limits=Limits(most_at_once=2, most_waiting=4, answers=0))
    scope = {
        "type": "http", "method": "GET", "path": DATA, "raw_path": DATA.encode(), "headers": [],
        "query_string": b"limit=1", "scheme": "http", "root_path": "", "http_version": "1.1",
        "server": ("x", 80), "client": ("x", 1),
    }  # fmt: skip

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            raise OSError("gone")

    async def leave() -> None:
        for _ in range(count):
            with suppress(OSError):
                await app({**scope}, receive, send)

    asyncio.run(leave())
    with TestClient(app) as client:
        assert client.get(DATA).status_code == 200


KNOWN = ["*", "all", "CAUCE", FLOW, "1.0", "A.XAA.POP.F", "dataflow", "codelist", "SEX", "latest"]
PART = st.one_of(st.text(max_size=12), st.sampled_from(KNOWN))
WORD = st.one_of(st.text(max_size=15), st.sampled_from(["*", "2024", "true", "all", "SEX", "none"]))
ACCEPT = ("*/*", "text/csv", "application/xml", "application/json", "x;q=0,y")


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
@given(
    path=st.sampled_from(PATHS),
    parts=st.lists(PART, min_size=5, max_size=5),
    words=st.dictionaries(st.sampled_from(PLACES), WORD, max_size=4),
    accept=st.sampled_from(ACCEPT),
)
def test_whatever_is_asked_there_is_an_answer_and_no_bug(
    service: TestClient, path: str, parts: list[str], words: dict[str, str], accept: str
) -> None:
    told = [quote(part.encode("utf-8", "replace"), safe="") for part in parts]
    asked = path.format(*told)
    words = {name: value.encode("utf-8", "replace").decode() for name, value in words.items()}
    fits(service, asked, params=words, headers={"accept": accept})
