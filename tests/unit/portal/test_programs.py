"""The SDMX queries that pages name answer what the pages show."""

import html
import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient
from tests.unit.portal.conftest import Portal, figures_of, flow_of, release_of

from cauce.model.foreign import Foreign
from cauce.model.structure import Ref
from cauce.portal.programs import sdmx_links


@pytest.fixture
def site(portal: Portal) -> TestClient:
    return portal(release_of(figures_of(flow_of(["2024", "2025"]))))


def test_every_query_a_table_names_is_answered(site: TestClient) -> None:
    for path in ("/en/tables/XAA_LFS_LABOUR", "/es/tables/XAA_LFS_LABOUR?SEX=F&SEX=M"):
        page = site.get(path).text
        queries = set(re.findall(r"/sdmx/v[12]/data[^\"'<\s]+", html.unescape(page)))
        assert len(queries) >= 3
        for query in queries:
            assert site.get(query).status_code == 200, query


def test_the_key_of_another_agency_has_its_dimensions_in_its_order() -> None:
    ref = Ref("dataflow", "RLM", "DF_LM", "1.0")
    structure = Ref("datastructure", "RLM", "DSD_LM", "1.0")
    foreign = Foreign(ref, structure, ("SEX", "FREQ", "TIME_PERIOD"))
    flow = replace(flow_of(["2025"]), id="RLM@DF_LM@1_0", foreign=foreign)
    csv, json, ml = sdmx_links(flow, [(0,), (0,), (0,), (1, 2), None])
    begin = "/sdmx/v2/data/dataflow/RLM/DF_LM/1.0/*.A?c%5BSEX%5D=M%2CF"
    assert csv.href.startswith(begin)
    assert json.href.startswith(begin)
    assert ml.href == "/sdmx/v1/data/RLM,DF_LM,1.0/M+F.A"
