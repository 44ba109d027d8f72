"""Whatever an address says, a plain answer says what exists and says no markup again."""

import re

import pytest
from starlette.testclient import TestClient
from tests.unit.portal.conftest import NEWS, figures_of, flow_of, release_of

from cauce.portal.app import PAGES, create_app
from cauce.store import Store

TABLE = "XAA_LFS_LABOUR"
BAD = "<svg onload=alert(1)>"
DATA = "/sdmx/v2/data/dataflow/CAUCE"
ASKED = re.findall(
    r"\S+",
    "q on from to vintage period page paper known country axis year columns rows labels sort "
    f"compare chart last errors status kind key old new theme SEX INDICATOR TIME_PERIOD {BAD}",
)
"""Parameters that some page reads, and one that none does."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("bad") / "store"
    store, flow = Store(folder), flow_of(["2024", "2025"])
    store.publish(release_of(figures_of(flow), "v1"), "2026-01-01T10:00:00Z")
    store.publish(release_of(figures_of(flow), "v2", "newer"), "2026-01-02T10:00:00Z")
    return TestClient(create_app(folder, NEWS), raise_server_exceptions=False)


def filled(path: str, flow: str) -> str:
    known = {"flow": flow, "vintage": "v2", "language": "es"}
    return re.sub(r"{(\w+)(?::\w+)?}", lambda m: known.get(m[1], BAD), path)


@pytest.mark.parametrize("flow", [TABLE, BAD])
def test_markup_in_every_parameter_of_every_page_is_never_said_again(
    site: TestClient, flow: str
) -> None:
    wrong = []
    for path, _ in PAGES:
        address = f"/es{filled(path, flow)}"
        for asked in ({}, dict.fromkeys(ASKED, BAD)):
            answer = site.get(address, params=asked, follow_redirects=False)
            page = answer.headers.get("content-type", "").startswith(("text/html", "image/svg"))
            if answer.status_code >= 500 or (page and "<svg onload" in answer.text):
                wrong.append((answer.status_code, path, len(asked)))
    assert wrong == []


@pytest.mark.parametrize(
    "path", [f"{DATA}/{BAD}/1.0/*", f"{DATA}/{TABLE}/1.0/{BAD}", f"/sdmx/{BAD}"]
)
def test_programs_are_told_in_their_format_whatever_they_ask(site: TestClient, path: str) -> None:
    asked = dict.fromkeys((*ASKED, "format", "c[SEX]", "startPeriod", "asOf", "detail"), BAD)
    answer = site.get(path, params=asked)
    assert 400 <= answer.status_code < 500
    assert "<svg" not in answer.text or answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("path", "said", "leads_to"),
    [
        (
            "/en/tables/XAA_LFS_LABOR",
            "Nothing is published as XAA_LFS_LABOR",
            f"/en/tables/{TABLE}",
        ),
        ("/es/metadata/NADA", "No hay nada publicado como NADA", f"/es/tables/{TABLE}"),
        (f"/en/quality/{TABLE}?vintage=v9", "has no vintage v9", f"/en/tables/{TABLE}?vintage=v1"),
        (
            f"/en/explain/{TABLE}/NO.SUCH.KEY",
            "has no number NO.SUCH.KEY",
            f"/en/explain/{TABLE}/A.",
        ),
        (f"/es/compare/{TABLE}/NADA", "no tiene la cifra NADA", f"/es/explain/{TABLE}/A."),
        ("/fr/tables", "begins with a language", "/es/"),
        ("/en/topics/NONE", "There is no such page", "/en/topics"),
    ],
)
def test_a_page_that_is_not_there_says_what_is(
    site: TestClient, path: str, said: str, leads_to: str
) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert said in answer.text
    assert f'href="{leads_to}' in answer.text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"{DATA}/NONE/1.0/*", f"The store has: {TABLE}."),
        (
            f"/sdmx/v2/data/dataflow/OECD/{TABLE}/1.0/*",
            "There are dataflows of CAUCE: structure/dataflow/*",
        ),
        ("/sdmx/v1/data/OECD,NONE,1.0/", "There are dataflows of CAUCE: dataflow/all"),
        ("/sdmx/v2/structure/dataflow/CAUCE/NONE", f"There are: CAUCE:{TABLE}(1.0)."),
        ("/sdmx/v2/structure/codelist/CAUCE/NONE", "CAUCE:CL_SEX(1.0)"),
        ("/sdmx/v2/structure/hierarchy/CAUCE/NONE", "There are: agencyscheme, "),
    ],
)
def test_a_program_that_asks_for_what_is_not_there_is_told_what_is(
    site: TestClient, path: str, said: str
) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert said in answer.text
