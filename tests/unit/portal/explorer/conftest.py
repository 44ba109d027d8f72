"""One portal for all tests that change nothing: two indicators by sex, one cell withheld."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from cauce.model.observation import ConfStatus, Observations, Reliability
from cauce.model.release import Release
from cauce.portal.app import create_app
from cauce.store import Store

from ..conftest import figures_of, flow_of, judged, release_of

COUNTS = ("df", "n", "cases", "missing", "psus", "strata")


def withheld(observations: Observations, row: int) -> Observations:
    """The same with nothing said of a row, as `protect` clears it."""
    found = judged(observations, row, ConfStatus.CONFIDENTIAL, Reliability.NONE)
    gone = {}
    for name in COUNTS:
        gone[name] = getattr(found, name).copy()
        gone[name][row] = -1
    return replace(found, **gone)


def some(observations: Observations, kept: np.ndarray) -> Observations:
    from cauce.publish import picked

    return picked(observations, np.flatnonzero(kept))


def numbers() -> Observations:
    found = withheld(figures_of(flow_of(["2024", "2025"])), 3)
    return judged(found, 5, ConfStatus.FREE, Reliability.WEAK, keep=True)


@pytest.fixture
def observations() -> Observations:
    return numbers()


Open = Callable[..., TestClient]


@pytest.fixture
def portal(tmp_path: Path) -> Open:
    """A portal over observations, each a vintage of its own."""

    def over(*vintages: Observations) -> TestClient:
        return opened(tmp_path / "store", [release_of(o, v, r) for o, v, r in named(vintages)])

    return over


def named(vintages: tuple[Observations, ...]) -> list[tuple[Observations, str, str]]:
    return [(o, f"2025{f'.{i}' if i else ''}", "revised") for i, o in enumerate(vintages)]


def opened(folder: Path, releases: list[Release]) -> TestClient:
    store = Store(folder)
    for day, release in enumerate(releases, start=1):
        store.publish(release, f"2026-01-{day:02}T10:00:00+00:00")
    return TestClient(create_app(folder), raise_server_exceptions=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("explorer") / "store"
    return opened(folder, [release_of(numbers(), "2025")])
