"""The page behind a number says what was drawn within PSUs, and which were sure to be drawn."""

from dataclasses import replace

import pytest

from .conftest import Portal, figures_of, flow_of, release_of

PAGE = "explain/XAA_LFS_LABOUR/A.XAA.UNE_DEAP._T?period=2025"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Unit of stage 2, column", "PSUs sure to be drawn")),
        ("es", ("Unidad de la etapa 2, columna", "UPM de selección cierta")),
    ],
)
def test_stages_and_sure_psus_are_told(
    portal: Portal, language: str, told: tuple[str, ...]
) -> None:
    flow = flow_of(["2025"])
    columns = {"psu": "upm", "stage2": "vivienda · fpc n2", "certainty": "autorrep = 1"}
    method = replace(flow.method, columns=columns)
    site = portal(release_of(figures_of(replace(flow, method=method))))

    page = site.get(f"/{language}/{PAGE}").text

    for words in (*told, "vivienda · fpc n2", "autorrep = 1"):
        assert words in page


def test_a_survey_of_one_stage_says_nothing_of_others(portal: Portal) -> None:
    page = portal(release_of(figures_of(flow_of(["2025"])))).get(f"/en/{PAGE}").text
    assert "Unit of stage" not in page
    assert "sure to be drawn" not in page
    assert "replicate weights" not in page
    assert "Strata with one PSU" in page


@pytest.mark.parametrize(
    ("language", "told", "idle"),
    [
        ("en", "Columns of replicate weights", "Strata with one PSU"),
        ("es", "Columnas de pesos replicados", "Estratos con una sola UPM"),
    ],
)
def test_beside_replicates_of_an_office_no_policy_for_single_psus_is_told(
    portal: Portal, language: str, told: str, idle: str
) -> None:
    flow = flow_of(["2025"])
    method = replace(flow.method, columns={"replicates": "r1 … r200"})
    page = portal(release_of(figures_of(replace(flow, method=method)))).get(f"/{language}/{PAGE}")
    assert "r1 … r200" in page.text
    assert told in page.text
    assert idle not in page.text
