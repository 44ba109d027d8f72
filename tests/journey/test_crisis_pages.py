"""The invented crises of the demo as a reader finds them: the screen this part aims at."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.portal.app import create_app


@pytest.fixture(scope="module")
def site(demo_store: Path) -> TestClient:
    return TestClient(create_app(demo_store))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_demo_has_a_storm_and_a_drought(site: TestClient, language: str) -> None:
    listed = site.get(f"/{language}/crises").text
    assert f"/{language}/crises/XCA_STORM" in site.get(f"/{language}/outlook").text
    for crisis in ("XCA_STORM", "XCA_DROUGHT"):
        assert f'href="/{language}/crises/{crisis}"' in listed
        assert site.get(f"/{language}/crises/{crisis}").status_code == 200


def test_search_and_the_map_of_the_site_know_outlooks_and_crises(site: TestClient) -> None:
    asked = {
        "storm": "/en/crises/XCA_STORM",
        "drought": "/en/crises/XCA_DROUGHT",
        "forecast caudaria": "/en/outlook/XCA",
        "outlook": "/en/outlook",
        "crises": "/en/crises",
    }
    mapped = site.get("/sitemap.xml").text
    for words, address in asked.items():
        found = site.get("/en/search", params={"q": words, "kind": "page"}).text
        assert f'href="{address}"' in found
        assert f"{address}</loc>" in mapped


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ("of them are migrants", "is named for 2 of 4 origins", "holds 80 %", "as many migr"),
        ),
        (
            "es",
            ("ellas son migrantes", "para 2 de 4 orígenes", "contiene 80 %", "veces más personas"),
        ),
    ],
)
def test_the_page_of_a_storm_answers_first(
    site: TestClient, language: str, said: tuple[str, ...]
) -> None:
    """Who works there, how many are migrants, whom to call, who is trained; what is missing too."""
    page = site.get(f"/{language}/crises/XCA_STORM").text
    for words in said:
        assert words in page
    slow = site.get(f"/{language}/crises/XCA_DROUGHT").text
    assert said[0] not in slow
