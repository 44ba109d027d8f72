"""What others published stands beside the outlook, as they published it and with its source."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cauce.portal.app import create_app


@pytest.mark.parametrize("language", ["en", "es"])
def test_studies_of_needs_stand_beside_the_outlook_and_lead_to_all(
    demo_store: Path, language: str
) -> None:
    site = TestClient(create_app(demo_store))
    page = site.get(f"/{language}/outlook").text
    _, _, panel = page.partition('id="studies"')
    panel = panel.partition("</section>")[0]

    assert panel.count(f'href="/{language}/registers/studies/') == 6
    assert f'href="/{language}/studies"' in panel
    assert re.search(r"52(,|\s|&nbsp;)396", panel)
    assert "programamesocaribe.iom.int" in panel
    # Figures of real countries: the page must not say that all of it is invented.
    assert site.get(f"/{language}/outlook/XCA").text.count('id="studies"') == 0
    assert {"en": "This country does not exist", "es": "Este país no existe"}[language] not in page


def test_no_figure_is_made_up_for_guyanas_study_and_what_only_repeats_is_left_out(
    demo_store: Path,
) -> None:
    page = TestClient(create_app(demo_store)).get("/en/outlook").text
    row = next(x for x in page.split("<tr") if "Guyanese construction industry" in x)

    assert "<strong>unknown</strong>" in row
    assert "53,000" not in page
    assert "Internal climate migrants" not in page
