"""A release kept to its second: the public sees nothing of it before, by any way there is."""

import runpy
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.portal import create_app
from cauce.store import Holds, Store

from .conftest import CAUCE
from .serving import PATIENCE, started

UNIT = Path(__file__).parent.parent / "unit" / "store" / "conftest.py"
make_release = runpy.run_path(str(UNIT))["make_release"]
FLOW = "XAA_LFS_T0"
WAYS = (
    "/healthz",
    "/en/",
    "/es/tables",
    f"/en/tables/{FLOW}",
    f"/en/tables/{FLOW}?vintage=v1",
    f"/en/tables/{FLOW}.csv",
    f"/en/tables/{FLOW}.csv?vintage=v1",
    f"/en/tables/{FLOW}.json",
    f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/*/*",
    f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/*/*?updatedAfter=2026-01-01",
    f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/*/*?asOf=2030-01-01",
    f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/*/*?c[TIME_PERIOD]=2021",
    f"/sdmx/v2/availability/dataflow/CAUCE/{FLOW}/*/*",
    "/sdmx/v2/structure/dataflow/*/*/*?references=all",
    "/sitemap.xml",
    "/feed.xml",
    "/static/../CURRENT",
)
HEADERS = ("etag", "last-modified", "cache-control", "content-disposition")


def seen(client: TestClient) -> dict[str, tuple[object, ...]]:
    """Everything an outsider can see: answers, codes and headers, by address."""
    found = {}
    for way in WAYS:
        answer = client.get(way)
        found[way] = (answer.status_code, answer.text, *(answer.headers.get(h) for h in HEADERS))
    return found


def files(store: Path) -> set[tuple[str, int, int]]:
    return {
        (path.name, path.stat().st_size, path.stat().st_mtime_ns)
        for path in (store, *store.rglob("*"))
        if path.name != "lock"
    }


@pytest.fixture
def store(tmp_path: Path) -> Path:
    Store(tmp_path / "store").publish(make_release("v0", ["2020"]), "2026-01-01T00:00:00+00:00")
    return tmp_path / "store"


@pytest.fixture
def watching(store: Path) -> Iterator[subprocess.Popen[str]]:
    """`cauce publish --watch` beside the portal."""
    words = (CAUCE, "publish", "--watch", "--store", store)
    with started(*words, stdout=subprocess.DEVNULL) as process:
        yield process


def test_the_public_learns_nothing_before_the_second_and_everything_after_it(
    store, watching
) -> None:
    holds = Holds(store.parent / "store-held", store)
    with TestClient(create_app(store), raise_server_exceptions=False) as client:
        began = datetime.now(UTC)
        before, there = seen(client), files(store)
        now = datetime.now(UTC)
        # Time for a few looks, however long one takes on this machine.
        some = timedelta(seconds=4 + 5 * ceil((now - began).total_seconds()))
        instant = now.replace(microsecond=0) + some
        holds.hold(make_release("v1", ["2020", "2021"], base=9, reason="r"), "ana", now, instant)
        holds.approve("XAA_LFS", "v1", "ben", now)
        looks = 0
        while datetime.now(UTC) < instant - timedelta(seconds=1):
            answers, now_there = seen(client), files(store)
            if datetime.now(UTC) < instant:
                assert answers == before
                assert now_there == there
                looks += 1
        assert looks > 0
        while datetime.now(UTC) < instant + timedelta(seconds=PATIENCE):
            if client.get(f"/en/tables/{FLOW}.csv?vintage=v1").status_code == 200:
                break
            time.sleep(0.1)
        late = (datetime.now(UTC) - instant).total_seconds()
        after = seen(client)
    assert late >= 0
    assert after[f"/en/tables/{FLOW}.csv?vintage=v1"][0] == 200
    assert after["/healthz"] != before["/healthz"]


def test_a_store_that_takes_two_persons_publishes_alone_only_when_told(store, run_here) -> None:
    holds = Holds(store.parent / "store-held", store)
    soon = datetime.now(UTC) + timedelta(hours=1)
    soon = soon.replace(microsecond=0)
    holds.hold(make_release("v1", ["2021"]), "ana", datetime.now(UTC), soon)
    listed = run_here("held", "--store", store)
    assert "waits for a second person" in " ".join(listed.stdout.split())
    refused = run_here("approve", "XAA_LFS", "v1", "--as", "Ana", "--store", store)
    assert refused.returncode == 1
    assert "Ask a second person" in refused.stderr
    assert run_here("approve", "XAA_LFS", "v1", "--as", "ben", "--store", store).returncode == 0
    assert "Nothing is due" in run_here("publish", "--store", store).stdout
    assert run_here("drop", "XAA_LFS", "v1", "--store", store).returncode == 0
    assert holds.all() == ()
