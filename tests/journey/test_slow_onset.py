"""The demo's rising sea and its drought: classes of pressure, and nobody counted as displaced."""

from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from cauce.portal.app import create_app
from cauce.store import Reader


@pytest.mark.parametrize("crisis", ["XCA_SEA", "XCA_DROUGHT"])
def test_a_hazard_of_slow_onset_presses_in_classes_and_displaces_nobody(
    demo_store: Path, crisis: str
) -> None:
    snapshot = Reader(demo_store).snapshot()
    flows = [m.dataflow for m in snapshot.flows() if m.survey == crisis]

    assert {flow.id for flow in flows} == {f"{crisis}_LAND", f"{crisis}_PRESSURE"}
    assert not any(one.unit == "PERSONS" for flow in flows for one in flow.indicators)
    pressure = snapshot.observations(f"{crisis}_PRESSURE")
    assert set(np.unique(pressure.value)) <= {0, 1, 2, 3}
    assert (pressure.ci_low <= pressure.ci_high).all()
    assert pressure.value.max() > 0


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_sea_has_its_page(demo_store: Path, language: str) -> None:
    site = TestClient(create_app(demo_store))
    name = {"en": "Rising sea on the coasts", "es": "Ascenso del mar en las costas"}[language]

    assert f'href="/{language}/crises/XCA_SEA"' in site.get(f"/{language}/crises").text
    page = site.get(f"/{language}/crises/XCA_SEA")
    assert page.status_code == 200
    assert name in page.text
