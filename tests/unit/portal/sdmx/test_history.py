"""What changed since a moment, every dissemination there was, and how it stood at one."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient
from tests.unit.portal.conftest import figures_of, flow_of, release_of
from tests.unit.portal.sdmx.conftest import FLOW

from cauce.portal.app import create_app
from cauce.publish import picked
from cauce.store import Store

DATA = f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/1.0"
Rows = list[dict[str, str]]
Asked = Callable[..., Rows]


def told(rows: Rows) -> list[str]:
    return [f"{row['ACTION']} {row['INDICATOR']}.{row['SEX']}.{row['TIME_PERIOD']}" for row in rows]


def test_only_what_was_added_or_revised_since_a_moment_is_told(rows: Asked) -> None:
    """Of 2024 one number was revised; 2025 is new; 2023 was carried along."""
    found = told(rows(updatedAfter="2026-01-02T00:00:00Z", **{"c[INDICATOR]": "UNE_DEAP"}))
    assert found == [
        "R UNE_DEAP._T.2025",
        "R UNE_DEAP.M.2024",
        "R UNE_DEAP.M.2025",
        "R UNE_DEAP.F.2025",
    ]
    assert rows(updatedAfter="2026-01-03T10:00:00Z") == []
    assert len(rows(updatedAfter="2020-01-01T00:00:00Z")) == 18


def test_a_moment_without_an_offset_is_in_utc_and_one_with_a_plus_may_be_unencoded(rows) -> None:
    """The second vintage came out at 10:00 UTC."""
    assert len(rows(updatedAfter="2026-01-03T09:59:59")) == 7
    assert len(rows(updatedAfter="2026-01-03T10:59:59 01:00")) == 7
    assert rows(updatedAfter="2026-01-03T12:00:00") == []


def test_every_dissemination_is_told_from_when_on(rows: Asked) -> None:
    found = rows(includeHistory="true", **{"c[INDICATOR]": "POP", "c[SEX]": "M"})
    assert told(found) == ["R POP.M.2023", "R POP.M.2024", "R POP.M.2025"]
    assert [row["VALID_FROM"] for row in found] == [
        "2026-01-01T10:00:00+00:00",
        "2026-01-01T10:00:00+00:00",
        "2026-01-03T10:00:00+00:00",
    ]
    since = rows(includeHistory="true", updatedAfter="2026-01-02", **{"c[SEX]": "M"})
    assert {row["VALID_FROM"] for row in since} == {"2026-01-03T10:00:00+00:00"}


def test_it_is_told_as_it_stood_at_a_moment(rows: Asked) -> None:
    assert {row["TIME_PERIOD"] for row in rows(asOf="2026-01-02T00:00:00Z")} == {"2023", "2024"}
    found = rows(asOf="2026-01-02T00:00:00Z", updatedAfter="2026-01-01T00:00:00Z")
    assert len(found) == 12


@pytest.fixture
def shrunk(tmp_path: Path) -> Iterator[TestClient]:
    """A dataflow that lost its indicator POP with its second vintage, of the same period."""
    store, flow = Store(tmp_path / "store"), flow_of(["2024"])
    whole = figures_of(flow)
    store.publish(release_of(whole, "v1"), "2026-01-01T10:00:00+00:00")
    part = picked(whole, whole.key[:, 2].argsort(kind="stable")[:3])
    store.publish(release_of(part, "v2", "POP was wrong"), "2026-01-03T10:00:00+00:00")
    with TestClient(create_app(tmp_path / "store")) as client:
        yield client


def test_what_was_dropped_is_to_be_deleted_and_its_number_is_not_said_again(shrunk) -> None:
    text = shrunk.get(f"{DATA}?updatedAfter=2026-01-02&format=csv").text
    found = [*csv.DictReader(text.splitlines())]
    assert told(found) == ["D POP._T.2024", "D POP.M.2024", "D POP.F.2024"]
    assert {row["OBS_VALUE"] for row in found} == {""}
    answer = shrunk.get(f"/sdmx/v1/data/{FLOW}?includeHistory=true")
    actions = [
        each.get("action") or each.get(f"{{{each.nsmap.get('gen', '')}}}action")
        for each in etree.fromstring(answer.content).iter("{*}DataSet")
    ]
    assert actions == ["Replace", "Delete"]


def test_what_was_withdrawn_is_in_no_history(tmp_path: Path) -> None:
    root, flow = tmp_path / "store", flow_of(["2024"])
    store, wrong = Store(root), figures_of(flow)
    store.publish(release_of(figures_of(flow), "v1"), "2026-01-01T10:00:00+00:00")
    wrong.value[0] = 666
    store.publish(release_of(wrong, "v2", "counted anew"), "2026-01-03T10:00:00+00:00")
    store.withdraw(FLOW, "v2", "counted wrongly")
    with TestClient(create_app(root)) as client:
        for query in ("includeHistory=true", "updatedAfter=2025-01-01", ""):
            answer = client.get(f"{DATA}?{query}&format=csv")
            assert answer.status_code == 200
            assert "666" not in answer.text
            assert answer.text.count("\n") == 7


def test_several_dataflows_are_one_message_with_a_data_set_each(service: TestClient) -> None:
    answer = service.get("/sdmx/v2/data/dataflow/CAUCE/*?c[SEX]=F&lastNObservations=1")
    sets = answer.json()["data"]["dataSets"]
    assert len(sets) == 2
    whole = service.get("/sdmx/v2/data?format=csv").text.splitlines()
    assert len(whole) == 1 + 18 + 6
    paged = service.get("/sdmx/v2/data?format=csv&offset=17&limit=3").text.splitlines()
    assert paged[1:] == whole[18:21]


def test_only_the_series_are_told_where_nothing_else_is_asked(service: TestClient) -> None:
    query = "?attributes=none&measures=none&format=csv"
    lines = service.get(DATA + query).text.splitlines()
    assert len(lines) == 7
    assert "TIME_PERIOD" not in lines[0]
    assert service.get(f"{DATA}{query}&offset=1&limit=2").text.splitlines()[1:] == lines[2:4]
    for detail in ("serieskeysonly", "nodata"):
        answer = service.get(f"/sdmx/v1/data/{FLOW}?detail={detail}")
        root = etree.fromstring(answer.content)
        assert len([*root.iter("{*}Series")]) == 6
        assert [*root.iter("{*}Obs")] == []


def test_what_is_done_with_a_data_set_is_said(service: TestClient) -> None:
    for query, action in (("", "R"), ("&attributes=none", "M"), ("&updatedAfter=2026-01-02", "R")):
        lines = service.get(f"{DATA}?format=csv{query}").text.splitlines()
        assert lines[1].split(",")[2] == action
    assert 'action="Information"' in service.get(f"/sdmx/v1/data/{FLOW}").text
