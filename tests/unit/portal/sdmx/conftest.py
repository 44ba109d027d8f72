"""Two vintages of a small dataflow, another one beside it, and the service over them."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.unit.portal.conftest import figures_of, flow_of, judged, release_of

from cauce.model.observation import ConfStatus, Observations, Reliability
from cauce.model.release import Release
from cauce.portal.app import create_app
from cauce.store import Store

FLOW, OTHER = "XAA_LFS_LABOUR", "XAA_LFS_OTHER"
Rows = list[dict[str, str]]


def withheld(found: Observations, row: int) -> Observations:
    """The same with one row withheld, whatever is said beside its value."""
    for name in ("df", "n", "cases", "missing", "psus", "strata"):
        getattr(found, name)[row] = -1
    return judged(found, row, ConfStatus.CONFIDENTIAL, Reliability.NONE)


def first() -> Release:
    """2023 and 2024 of six series; the rate of women in 2024 is withheld."""
    found = figures_of(flow_of(["2023", "2024"]))
    return release_of(withheld(found, 5), "2025")


def second() -> Release:
    """2024 and 2025: 2023 is carried along, one number of 2024 is revised."""
    found = figures_of(flow_of(["2024", "2025"]))
    old = figures_of(flow_of(["2023", "2024"]))
    for name in ("value", "ci_low", "ci_high", "df", "n", "cases", "psus", "strata"):
        getattr(found, name)[0::2] = getattr(old, name)[1::2]
    found.value[2] += 1000
    return release_of(withheld(found, 4), "2026", "men were counted anew")


def other() -> Release:
    """Another dataflow of the same shape, of 2024."""
    found = figures_of(flow_of(["2024"]))
    return replace(
        release_of(replace(found, dataflow=replace(found.dataflow, id=OTHER)), "2025"),
        survey="XAA_OTHER",
        lineages=(),
    )


@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sdmx") / "store"
    Store(root).publish(first(), "2026-01-01T10:00:00+00:00")
    Store(root).publish(other(), "2026-01-02T10:00:00+00:00")
    Store(root).publish(second(), "2026-01-03T10:00:00+00:00")
    return root


@pytest.fixture(scope="package")
def service(store: Path) -> Iterator[TestClient]:
    with TestClient(create_app(store), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="package")
def rows(service: TestClient) -> Callable[..., Rows]:
    """What a query of version 2 gives as CSV."""

    def asked(rest: str = "", **words: str) -> Rows:
        path = f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/1.0{rest}"
        answer = service.get(path, params={"format": "csv", **words})
        assert answer.status_code in (200, 204), answer.text
        return [*csv.DictReader(answer.text.splitlines())]

    return asked
